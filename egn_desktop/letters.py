# SPDX-License-Identifier: GPL-3.0-or-later
"""Which characters a text may hold: those that somebody can see, or that shape those around them.

A name may carry signs that nobody sees: they turn a line around, break it, or make one name look
like another. Whatever comes in, typed, pasted, given to a command or read in a list, goes through
``cleaned`` first. The joiners of Persian and of the scripts of India are letters to those who write
them, and stay; so do the spaces of French.
"""

import re
import unicodedata
from typing import Final

MOST_MARKS: Final = 8
"""How many accents one letter may carry: twice what any script asks for."""

_FIRST_MARK: Final = "\u0300"
_BREAKS: Final = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # directions
    "\u200b\u2060-\u2064\ufeff\ufff9-\ufffb"  # no width, and notes between lines
    "\ud800-\udfff"  # halves of characters
    "\U000e0000-\U000e007f"  # tags
    "]"
)


def cleaned(text: str) -> str:
    """Return a text without the signs that nobody sees; breaks of every kind become line feeds."""
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", _BREAKS.sub("\n", text))
    return _with_few_marks(text) if text and max(text) >= _FIRST_MARK else text


def _with_few_marks(text: str) -> str:
    """Leave out the accents of a heap that covers the lines around it, and takes hours to sort."""
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(sign)
    return "".join(kept)
