# SPDX-License-Identifier: GPL-3.0-or-later
"""How words are compared as a French reader does: found, and put in order.

An É stands with the E, a capital with its small letter, A10 after A9. The window sorts by these
keys what it holds; the dossier has its SQL call them for what it reads.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LEVELS: Final = (
    *("tps", "ps", "ms", "gs", "cp", "ce1", "ce2", "cm1", "cm2"),
    *("6", "5", "4", "3", "2", "1", "t"),
)
_LEVEL: Final = re.compile(r"(tps|ps|ms|gs|cp|ce1|ce2|cm1|cm2|[1-6]|t(?=erm|le|ale|\b))")
_NUMBER: Final = re.compile("[0-9]+")
_DIGITS: Final = 10
"""How many digits a number has in a key: what has more of them is marked as such."""


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return a text as it is searched: no accents, no case, no apostrophes, single spaces.

    "L’Œuvre de GARCÍA-LÓPEZ" becomes "l oeuvre de garcia lopez". Folding twice changes nothing.
    """
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ø", "o")
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    letters = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


@lru_cache(maxsize=16_384)
def natural_key(text: str) -> str:
    """Return a text that sorts numbers by value: "yss 9" before "yss 10"."""
    return _NUMBER.sub(_number_key, fold(text))


def _number_key(found: re.Match[str]) -> str:
    digits = found.group().lstrip("0")
    if len(digits) <= _DIGITS:
        return digits.zfill(_DIGITS)
    # An IMEI has 15: the colon, which no folded text holds, comes after every digit.
    return f":{len(digits):04}{digits}"


@lru_cache(maxsize=1_024)
def class_key(school_class: str) -> str:
    """Return what sorts classes as a school does: PS to CM2, then 6e to terminale, then others."""
    first = _LEVEL.match(fold(school_class))
    place = _LEVELS.index(first.group()) if first else len(_LEVELS)
    return f"{place:02} {natural_key(school_class)}"
