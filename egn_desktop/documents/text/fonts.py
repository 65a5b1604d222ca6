# SPDX-License-Identifier: GPL-3.0-or-later
"""The embedded fonts: what they can write, and how wide it is."""

import unicodedata
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from egn_desktop import paths
from egn_desktop.documents.text import arabic, bidi
from egn_desktop.documents.text.styles import BOLD, STRONG

_metrics: Any = pdfmetrics
UNKNOWN = "□"
_BOXES = UNKNOWN + "☐"
_LOOKALIKES = str.maketrans({"☐": "□", "☑": "✓", "☒": "✗", "\t": " ", "\r": "\n", "\x0b": "\n"})
_BREAKS_OF_LINE = str.maketrans({"\u2028": "\n", "\u2029": "\n", "\x85": "\n", "\x0c": "\n"})
_NEVER_PRINTED = {"Cc", "Cf", "Cs", "Co", "Cn"}
ARABIC, ARABIC_STRONG = "NotoSansArabic-Regular", "NotoSansArabic-SemiBold"
_unwritten: ContextVar[dict[str, None] | None] = ContextVar("unwritten", default=None)


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
    marks = dict.fromkeys(map(ord, (bidi.ISOLATE, bidi.END_OF_ISOLATE)), 0.0)
    return face(font).charWidths | marks


@lru_cache(maxsize=50_000)
def width(text: str, font: str, size: float, tracking: float = 0.0) -> float:
    """Return how wide the text prints, in points, on one line."""
    widths = _widths(font)
    missing = widths.get(ord(UNKNOWN), 0.0)
    units = sum(widths.get(ord(char), missing) for char in text)
    return units * size / 1000 + tracking * len(text)


@contextmanager
def noting_unwritten() -> Generator[dict[str, None]]:
    """Note, meanwhile, each text of which a sign had to be replaced by a mark, in their order."""
    noted: dict[str, None] = {}
    before = _unwritten.set(noted)
    try:
        yield noted
    finally:
        _unwritten.reset(before)


def printable(text: str, font: str) -> str:
    """Return the text with what the font cannot write replaced by a visible mark.

    A sign that stands for plain letters (the ligature of "fi", a letter in a circle) prints as
    these. Control and joining characters are dropped; only line breaks are kept.
    """
    glyphs = face(font).charToGlyph
    if text.isascii() and text.isprintable():
        return text
    return _told(text, "".join(_mark(char, glyphs) for char in _plain(text)))


def runs(text: str, font: str) -> list[tuple[str, str]]:
    """Return the text in pieces of one font each; Arabic letters are joined, in another font.

    What no font can write is replaced by a visible mark. The order is that of reading, and marks of
    isolates are kept for who turns it into that of printing.
    """
    if not bidi.has_right_to_left(text):
        return [(printable(text, font), font)]
    other = ARABIC_STRONG if font in (STRONG, BOLD) else ARABIC
    own, others = face(font).charToGlyph, face(other).charToGlyph
    pieces: list[tuple[str, str]] = []
    for char in arabic.joined(_plain(text)):
        if char in (bidi.ISOLATE, bidi.END_OF_ISOLATE):
            pieces.append((char, font))
        elif ord(char) not in own and ord(char) in others:
            pieces.append((_mark(char, others), other))
        else:
            pieces.append((_mark(char, own), font))
    _told(text, "".join(words for words, _ in pieces))
    grouped = groupby(pieces, lambda piece: piece[1])
    return [("".join(words for words, _ in group), face_name) for face_name, group in grouped]


def _told(text: str, shown: str) -> str:
    noted = _unwritten.get()
    if noted is not None and shown.count(UNKNOWN) > sum(map(text.count, _BOXES)):
        noted[text] = None
    return shown


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return text.translate(_LOOKALIKES).translate(_BREAKS_OF_LINE)


def _mark(char: str, glyphs: dict[int, int]) -> str:
    if char == "\n":
        return char
    code = ord(char)
    if code in glyphs and code < 0x10000 and unicodedata.category(char) not in _NEVER_PRINTED:
        return char
    category = unicodedata.category(char)
    if category in {"Cc", "Cf"} or 0xFE00 <= code <= 0xFE0F:
        return ""
    plain = unicodedata.normalize("NFKC", char)
    return plain if all(ord(letter) in glyphs for letter in plain) else UNKNOWN
