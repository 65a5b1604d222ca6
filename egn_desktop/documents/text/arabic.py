# SPDX-License-Identifier: GPL-3.0-or-later
"""Arabic letters in the shapes that they take beside each other.

Unicode has a character for each joined shape of each letter of Arabic, Persian and Urdu, and a font
that has them needs no shaping engine. Vowel signs would need to be placed: they are not drawn.
"""

import re
import unicodedata
from functools import cache

_PRESENTATION_FORMS = (range(0xFB50, 0xFBC2), range(0xFBD3, 0xFC00), range(0xFE80, 0xFEFD))
_SIGNS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_LETTERS = re.compile("[\u0620-\u064a\u066e-\u06d3]+")
_KASHIDA = "\u0640"


@cache
def _shapes() -> dict[tuple[str, str], str]:
    """Return each shape by its place ("initial") and the letter, or the two letters joined."""
    shapes: dict[tuple[str, str], str] = {}
    for code in (code for some in _PRESENTATION_FORMS for code in some):
        place, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        written = "".join(chr(int(letter, 16)) for letter in letters.split())
        if len(written) == 1 or (len(written) == 2 and written[0] == "ل"):
            shapes.setdefault((place.strip("<>"), written), chr(code))
    return shapes


def is_arabic(text: str) -> bool:
    """Tell whether some of it is written in Arabic letters."""
    return _LETTERS.search(text) is not None


def joined(text: str) -> str:
    """Return the text with each Arabic letter in its shape, still in the order of reading."""
    if not is_arabic(text):
        return text
    return _LETTERS.sub(lambda found: _joined_word(found.group()), _SIGNS.sub("", text))


def _joined_word(word: str) -> str:
    shapes = _shapes()
    units = _units(word)
    written: list[str] = []
    for at, unit in enumerate(units):
        before = at > 0 and _joins_next(units[at - 1]) and _joins_previous(unit)
        after = at + 1 < len(units) and _joins_next(unit) and _joins_previous(units[at + 1])
        place = ("medial" if after else "final") if before else "initial" if after else "isolated"
        written.append(shapes.get((place, unit), unit))
    return "".join(written)


def _units(word: str) -> list[str]:
    """Return its letters; lam and an alef after it are one."""
    return re.findall("ل[آأإا]|.", word)


def _joins_next(unit: str) -> bool:
    return unit == _KASHIDA or (len(unit) == 1 and ("initial", unit) in _shapes())


def _joins_previous(unit: str) -> bool:
    return unit == _KASHIDA or ("final", unit) in _shapes()


def spelt(char: str) -> str:
    """Return the letter that a shape stands for, as it is typed and searched.

    Lam and alef in one shape stay that shape: readers turn right-to-left text round letter by
    letter, and would turn round these two.
    """
    if any(ord(char) in some for some in _PRESENTATION_FORMS):
        letters = unicodedata.normalize("NFKC", char)
        return letters if len(letters) == 1 else char
    return char
