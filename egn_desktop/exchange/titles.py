# SPDX-License-Identifier: GPL-3.0-or-later
"""The titles of columns as words: how they are written in the content, and which are known."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from egn_desktop.collation import fold

_LITTLE_WORDS = re.compile(r"\b(?:d|de|du|des|l|la|le|les|un|une)\b ?")
_KEPT_WORDS = frozenset({"ne e le", "ne le", "nee le", "ne nee le"})


def header_word(title: str) -> str:
    """Return a header title as the content writes it: "N° d’inventaire" → "n inventaire"."""
    word = fold(title)
    return word if word in _KEPT_WORDS else _LITTLE_WORDS.sub("", word).strip()


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Counts the known header words of a line, for finding the header.

    Attributes:
        words: those that are known, as ``header_word`` writes them; data, for another process.
    """

    words: frozenset[str]

    def __call__(self, cells: Sequence[str]) -> int:
        """Return how many of the known words these cells hold."""
        return len({header_word(cell) for cell in cells if cell} & self.words)
