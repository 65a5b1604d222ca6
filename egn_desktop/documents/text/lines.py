# SPDX-License-Identifier: GPL-3.0-or-later
"""Words into lines, as wide as a column lets them be."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from egn_desktop import typography
from egn_desktop.documents.blocks import Strong, Text
from egn_desktop.documents.text import bidi, fonts
from egn_desktop.documents.text.styles import TextStyle

# Where an address that is wider than a line, or a name of two, is cut.
_SIGNS_TO_CUT_BEHIND = " -–—@/._"

Run = tuple[str, str]
"""Words and the font they print in."""


@dataclass(slots=True)
class Line:
    """One printed line; ``width`` leaves out the space at its end."""

    runs: list[Run] = field(default_factory=list[Run])
    width: float = 0.0

    def add(self, runs: Sequence[Run]) -> None:
        """Append words, joined to the last ones where the font is the same."""
        for words, font in runs:
            if self.runs and self.runs[-1][1] == font:
                self.runs[-1] = (self.runs[-1][0] + words, font)
            elif words:
                self.runs.append((words, font))


@dataclass(slots=True)
class _Word:
    """What is never cut, unless wider than a line, and the break that follows it."""

    runs: list[Run]
    break_after: str = ""


def plain(text: Text) -> str:
    """Return the words without their marks."""
    if isinstance(text, str):
        return text
    return "".join(part.text if isinstance(part, Strong) else part for part in text)


def _runs(text: Text, style: TextStyle) -> Iterator[Run]:
    parts = [text] if isinstance(text, str) else text
    for part in parts:
        strong = isinstance(part, Strong)
        font = style.strong if strong else style.font
        words = part.text if strong else part
        yield from fonts.runs(typography.typeset(words) if style.french else words, font)


def _words(text: Text, style: TextStyle) -> Iterator[_Word]:
    runs = list(_runs(text, style))
    whole = "".join(words for words, _ in runs)
    start = 0
    for end, next_start in typography.breaks(whole):
        yield _Word(_slice(runs, start, end), whole[end:next_start])
        start = next_start
    yield _Word(_slice(runs, start, len(whole)))


def _slice(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    if len(runs) == 1:
        words, font = runs[0]
        return [(words[start:end], font)]
    pieces: list[Run] = []
    at = 0
    for words, font in runs:
        piece = words[max(start - at, 0) : max(end - at, 0)]
        if piece:
            pieces.append((piece, font))
        at += len(words)
    return pieces


def _width(runs: Sequence[Run], style: TextStyle) -> float:
    return sum(fonts.width(words, font, style.size, style.tracking) for words, font in runs)


def _cut(runs: Sequence[Run], style: TextStyle, room: float) -> list[list[Run]]:
    """Cut a word that is wider than a line into pieces that are not, behind a sign if it may be."""
    pieces: list[list[Run]] = [[]]
    left = room
    for words, font in runs:
        start, behind_sign, left_there = 0, 0, 0.0
        for at, char in enumerate(words):
            wide = fonts.width(char, font, style.size, style.tracking)
            if wide > left and (at > start or pieces[-1]):
                cut = behind_sign if behind_sign > start else at
                pieces[-1].append((words[start:cut], font))
                pieces.append([])
                left = room if cut == at else room - (left_there - left)
                start = cut
            left -= wide
            if char in _SIGNS_TO_CUT_BEHIND:
                behind_sign, left_there = at + 1, left
        pieces[-1].append((words[start:], font))
    return pieces


def longest_word(text: Text, style: TextStyle) -> float:
    """Return the width of what must not be cut, in points."""
    return max(_width(word.runs, style) for word in _words(text, style))


def break_lines(text: Text, style: TextStyle, room: float) -> list[Line]:
    """Return the lines that the text takes in a column of this width, in points."""
    lines = _lines(text, style, room)
    for line in lines:
        if style.right_to_left or bidi.has_right_to_left(_written(line)):
            line.runs = _turned(line, style)
    return lines


def one_line(text: str, style: TextStyle, room: float) -> Line:
    """Return the words on one line, cut short with an ellipsis where they are too long."""
    words = text.replace("\n", " ").strip()
    line = break_lines(words, style, math.inf)[0]
    while words and line.width > room:
        words = words[:-1].rstrip()
        line = break_lines(f"{words}…", style, math.inf)[0]
    return line if words else Line()


def _written(line: Line) -> str:
    return "".join(words for words, _ in line.runs)


def _turned(line: Line, style: TextStyle) -> list[Run]:
    """Return a line's words from left to right, without the space at its end."""
    line_fonts = [font for words, font in line.runs for _ in words]
    turned = Line()
    order = bidi.visual_order(_written(line).rstrip(" "), right_to_left=style.right_to_left)
    for at, char in order:
        turned.add([(char, line_fonts[at])])
    return turned.runs


def _lines(text: Text, style: TextStyle, room: float) -> list[Line]:
    lines = [Line()]
    gap = 0.0
    for word in _words(text, style):
        wide = _width(word.runs, style)
        if lines[-1].runs and lines[-1].width + gap + wide > room + 0.01:
            lines.append(Line())
            gap = 0.0
        if wide > room:
            for piece in _cut(word.runs, style, room):
                if lines[-1].runs:
                    lines.append(Line())
                lines[-1].add(piece)
                lines[-1].width = _width(piece, style)
        else:
            lines[-1].add(word.runs)
            lines[-1].width += gap + wide
        gap = 0.0
        if word.break_after == "\n":
            lines.append(Line())
        elif word.break_after:
            font = word.runs[-1][1] if word.runs else style.font
            gap = fonts.width(word.break_after, font, style.size, style.tracking)
            if word.runs:
                lines[-1].add([(word.break_after, font)])
    return lines
