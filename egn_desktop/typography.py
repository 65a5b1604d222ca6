# SPDX-License-Identifier: GPL-3.0-or-later
"""French typography, for whatever is printed or shown: our own texts and those that users type.

What is kept is what was typed: signs are put right where words meet paper or screen. The signs and
their spaces follow the rules of the Imprimerie nationale: a narrow no-break space before ; ! ? and
within quotation marks, a no-break space before a colon.
"""

import re
from functools import lru_cache
from typing import Final

from egn_desktop.french import DAYS, MONTHS, NARROW_SPACE, NO_BREAK_SPACE

Break = tuple[int, int]
"""Where a line may end and where the next one then begins; the same place at a hyphen."""

_SPACE: Final = f"[ {NO_BREAK_SPACE}{NARROW_SPACE}]"
_END: Final = r"(?:[\s»”)\]…]|$)"
# Addresses of the web and of mail, paths of files, HTML: their signs are no punctuation.
_ADDRESS: Final = re.compile(r"\S*(?:://|www\.|@|\\)\S*|&#?\w+;")
_SIGNS: Final = (
    (re.compile(r"(?<=[^\W\d_])['´](?=[\w«“\"])"), "’"),
    (re.compile(r"(?<!\.)\.{3}(?!\.)"), "…"),
    # Marks that stand around words; behind a figure they are inches.
    (re.compile(r"(?<![^\s(’])[\"“](?=\S)([^\"“”\n]*[^\s\"“”])[\"”](?!\w)"), r"«\1»"),
    (re.compile(f"«{_SPACE}*(?=[^ »])"), f"«{NARROW_SPACE}"),
    (re.compile(f"(?:{_SPACE}+|(?<=[^\\s«]))»"), f"{NARROW_SPACE}»"),
    (re.compile(f"(?:{_SPACE}+|(?<=[\\w)»%€’”]))(?=[;!?]+{_END})"), NARROW_SPACE),
    (re.compile(f"(?:{_SPACE}+|(?<=[\\w)»%€’”]))(?=:{_END})"), NO_BREAK_SPACE),
    (re.compile(f"(?<=\\d){_SPACE}*(?=[%€‰])"), NARROW_SPACE),
)

_MONTH: Final = f"(?:{'|'.join(MONTHS)})"
_UNITS: Final = (
    "[kdcm]?m²?|k?g|[cm]?l|k?Wh?|[kMGT]?o|[kMG]bit/s|[kMG]Hz|h|min|s|ans?|mois|jours?|semaines?"
    "|heures?|minutes?|euros?|pouces|élèves?"
)
_STREETS: Final = (
    "bis|ter|rue|avenue|av|boulevard|bd|chemin|place|allée|impasse|route|quai|cours|square"
    "|passage|lotissement|résidence|sentier|montée|faubourg|esplanade"
)
# The space at which no line ends is the last sign of each.
_TIED: Final = re.compile(
    r"(?<!\w)(?:MM?\.|Mmes?|Mlles?|Dr|Me|[nN]°|art\.|articles?|p\.|pages?|§) (?=[\dA-ZÀ-Ý])"
    r"|(?<!\w)(?:à|le|du|au) (?=\d{1,2}(?!\d))|(?<=\d.h) (?=\d)"
    rf"|\d (?=(?:{_UNITS})(?!\w)|\d)"
    rf"|\d (?=(?:{_STREETS})(?!\w))"
    rf"|(?:\d|\der|{'|'.join(DAYS)}) (?={_MONTH}(?!\w)|\d)"
    rf"|(?<!\w){_MONTH} (?=\d{{4}}(?!\d))"
    r"|(?<!\d)\d{5} (?=[A-ZÀ-Ý])"
)
# No line begins with these signs nor ends with an opening quotation mark, even when the space
# beside them was typed as an ordinary one.
_BREAK: Final = re.compile(
    r"\n|(?<!«)(?<!^) +(?![ :;?!»%€]|$)|(?<=[^\W\d_]{3}[-–—])(?=[^\W\d_]{3})"
)
# What a hyphen ties to its verb (« est-elle ») is too short a line to begin with.
_PRONOUN: Final = re.compile(r"(?:elles?|ils|nous|vous|leur|moi|toi|lui|les)(?!\w)")


@lru_cache(maxsize=20_000)
def typeset(text: str) -> str:
    """Return a French text with its signs, and the spaces beside them, put right.

    Its words and its lines stay as they are; addresses of the web and of mail are left alone.
    """
    if text.isalnum():
        return text
    pieces: list[str] = []
    at = 0
    for address in _ADDRESS.finditer(text):
        pieces += (_put_right(text[at : address.start()]), address.group())
        at = address.end()
    pieces.append(_put_right(text[at:]))
    return "".join(pieces)


def tied(text: str) -> str:
    """Return a text whose spaces at which no line may end are no-break ones."""
    return _TIED.sub(lambda found: found.group()[:-1] + NO_BREAK_SPACE, typeset(text))


@lru_cache(maxsize=20_000)
def breaks(text: str) -> tuple[Break, ...]:
    """Return where the lines of a French text may end, and must, in their order.

    Between « Mme » and a name, a number and its unit, within a date, a telephone number, a street
    with its number, an address of the web or of mail, no line ends; nor within a name of persons or
    places that is written with a hyphen.
    """
    kept = {found.end() - 1 for found in _TIED.finditer(text)}
    return tuple(
        found.span()
        for found in _BREAK.finditer(text)
        if found.start() not in kept and (found.group() or _may_end_at_hyphen(text, found.start()))
    )


def _put_right(text: str) -> str:
    for wrong, right in _SIGNS:
        text = wrong.sub(right, text)
    return text


def _may_end_at_hyphen(text: str, at: int) -> bool:
    before = text[:at].split()[-1]
    after = text[at:].split(maxsplit=1)[0]
    is_name = before[0].isupper() and after[0].isupper()
    return not (is_name or _ADDRESS.match(before + after) or _PRONOUN.match(after))
