# SPDX-License-Identifier: GPL-3.0-or-later
"""The embedded fonts: what they can write, and how wide it is."""

import unicodedata
from functools import cache, lru_cache
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from egn_desktop import paths

_metrics: Any = pdfmetrics
UNKNOWN = "□"
_LOOKALIKES = str.maketrans({"☐": "□", "☑": "✓", "☒": "✗", "\t": " ", "\r": "\n", "\x0b": "\n"})
_BREAKS_OF_LINE = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0c": "\n"})
_NEVER_PRINTED = {"Cc", "Cf", "Cs", "Co", "Cn"}


@cache
def face(font: str) -> Any:
    """Load a font of ``resources/fonts`` by its name and return its measures."""
    loaded: Any = TTFont(
        font, str(paths.resources() / "fonts" / f"{font}.ttf"), asciiReadable=False
    )
    _metrics.registerFont(loaded)
    return loaded.face


@cache
def _widths(font: str) -> dict[int, float]:
    return face(font).charWidths


@lru_cache(maxsize=50_000)
def width(text: str, font: str, size: float, tracking: float = 0.0) -> float:
    """Return how wide the text prints, in points, on one line."""
    widths = _widths(font)
    missing = widths[ord(UNKNOWN)]
    units = sum(widths.get(ord(char), missing) for char in text)
    return units * size / 1000 + tracking * len(text)


def printable(text: str, font: str) -> str:
    """Return the text with what the font cannot write replaced by a visible mark.

    Control and joining characters are dropped; only line breaks are kept.
    """
    glyphs = face(font).charToGlyph
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    text = text.translate(_LOOKALIKES).translate(_BREAKS_OF_LINE)
    return "".join(_mark(char, glyphs) for char in text)


def _mark(char: str, glyphs: dict[int, int]) -> str:
    if char == "\n":
        return char
    code = ord(char)
    if code in glyphs and code < 0x10000 and unicodedata.category(char) not in _NEVER_PRINTED:
        return char
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"} or 0xFE00 <= code <= 0xFE0F:
        return ""
    return UNKNOWN
