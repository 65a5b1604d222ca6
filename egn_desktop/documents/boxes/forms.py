# SPDX-License-Identifier: GPL-3.0-or-later
"""What is filled in or copied by hand: signatures, ruled lines, groups of characters."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from egn_desktop.documents.blocks import Drawing
from egn_desktop.documents.boxes.box import Box, TextBox
from egn_desktop.documents.boxes.strokes import Point, placed
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text.styles import GROUND, LINE, MM, TEXT, WRITE_LINE

_MOST_A_LINE = 4
_GAP = 9.0
_PAD = 8.0
_SIGNING_ROOM = 25 * MM
_INK = 1.1
_RULE_EVERY = 8.5 * MM


@dataclass(slots=True, kw_only=True)
class Signer:
    """Who signs in a box, and the signature where it is drawn already.

    Attributes:
        words: role, name, note: above the signature.
        signed: how it was signed: below it.
        figure: the drawing's place in the structure.
    """

    words: Sequence[TextBox]
    signed: TextBox | None = None
    drawing: Drawing | None = None
    figure: Element | None = None

    def height(self, width: float) -> float:
        """Return the height of the words above and below."""
        return sum(text.height(width) for text in self.words) + self.foot(width)

    def foot(self, width: float) -> float:
        """Return the height of the words below the signature."""
        return self.signed.height(width) if self.signed else 0.0

    def draw(self, sheet: Sheet, x: float, top: float, width: float, foot: float) -> None:
        """Write the words from the top and from the foot, and draw the signature between."""
        for text in self.words:
            text.draw(sheet, x, top, width)
            top -= text.height(width)
        if self.figure and self.drawing:
            under = foot + self.foot(width) + _INK
            ink = placed(self.drawing, x + _INK, under, width - 2 * _INK, top - under - _INK)
            self._draw_ink(sheet, self.figure, ink)
        if self.signed:
            self.signed.draw(sheet, x, foot + self.foot(width), width)

    def _draw_ink(self, sheet: Sheet, figure: Element, ink: list[list[Point]]) -> None:
        if not ink:
            return
        xs, ys = [x for stroke in ink for x, _ in stroke], [y for stroke in ink for _, y in stroke]
        figure.box = (min(xs) - _INK, min(ys) - _INK, max(xs) + _INK, max(ys) + _INK)
        with sheet.tag(figure):
            for stroke in ink:
                sheet.path(stroke, TEXT, _INK)


@dataclass(slots=True, kw_only=True)
class SignaturesBox(Box):
    """Boxes to sign in, three or four a line.

    Attributes:
        place_and_date: the words of "Fait à", "le", with room to write beside each.
    """

    signers: Sequence[Signer]
    place_and_date: Sequence[TextBox] = ()

    @property
    def _per_line(self) -> int:
        """How many a line: four rather than one left alone, else at most three; room for two."""
        many = len(self.signers)
        return many if many == _MOST_A_LINE else min(max(many, 2), _MOST_A_LINE - 1)

    def _lines(self) -> list[Sequence[Signer]]:
        step = self._per_line
        return [self.signers[i : i + step] for i in range(0, len(self.signers), step)]

    def _card(self, width: float) -> float:
        per_line = self._per_line
        return (width - _GAP * (per_line - 1)) / per_line

    def _line_height(self, line: Sequence[Signer], width: float) -> float:
        inside = self._card(width) - 2 * _PAD
        return max(signer.height(inside) for signer in line) + _PAD + _SIGNING_ROOM

    def _date_height(self) -> float:
        return self.place_and_date[0].style.leading + 12 if self.place_and_date else 0.0

    def height(self, width: float) -> float:
        """Return the height of all lines of boxes, and of the place and date."""
        lines = self._lines()
        gaps = _GAP * max(len(lines) - 1, 0)
        boxes = sum(self._line_height(line, width) for line in lines)
        return self._date_height() + boxes + gaps

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the place and date, then the boxes."""
        if self.place_and_date:
            self._draw_place_and_date(sheet, x, top, width)
            top -= self._date_height()
        card = self._card(width)
        for line in self._lines():
            high = self._line_height(line, width)
            for at, signer in enumerate(line):
                left = x + at * (card + _GAP)
                with sheet.artifact():
                    sheet.box(
                        left, top - high, card, high, stroke=WRITE_LINE, radius=3, thickness=0.7
                    )
                foot = top - high + _PAD - 2
                signer.draw(sheet, left + _PAD, top - _PAD + 1, card - 2 * _PAD, foot)
            top -= high + _GAP

    def _draw_place_and_date(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        place, day = self.place_and_date
        foot = top - place.style.leading
        spans = ((place, x, 38.0, x + width * 0.52), (day, x + width * 0.54, 18.0, x + width * 0.8))
        for words, left, room, end in spans:
            words.draw(sheet, left, top, room)
            with sheet.artifact():
                sheet.line(left + room, foot + 2, end, foot + 2, WRITE_LINE, 0.7)


@dataclass(slots=True, kw_only=True)
class WriteLinesBox(Box):
    """Ruled lines to write on."""

    count: int

    def height(self, width: float) -> float:
        """Return the height of the lines."""
        return self.count * _RULE_EVERY

    def start_height(self, width: float) -> float:
        """Return the height of two lines."""
        return min(self.count, 2) * _RULE_EVERY

    def split(self, width: float, room: float) -> "tuple[WriteLinesBox, WriteLinesBox] | None":
        """Return the lines that fit and the other ones."""
        fit = min(int(room // _RULE_EVERY), self.count - 1)
        if fit < 1:
            return None
        return replace(self, count=fit), replace(self, count=self.count - fit)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Rule the lines."""
        with sheet.artifact():
            for at in range(1, self.count + 1):
                y = top - at * _RULE_EVERY + 3
                sheet.line(x, y, x + width, y, WRITE_LINE, 0.6)


@dataclass(slots=True, kw_only=True)
class CodeLineBox(Box):
    """One line of numbered groups of characters, spaced for the eye and the pen.

    Attributes:
        groups: for each group, its number and its characters.
        per_line: how many groups a full line has.
    """

    groups: Sequence[tuple[TextBox, TextBox]]
    per_line: int

    _HIGH = 40.0

    def height(self, width: float) -> float:
        """Return the height of a line."""
        return self._HIGH

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the boxes, then write numbers and characters."""
        gap = 7.0
        wide = (width - gap * (self.per_line - 1)) / self.per_line
        for number, characters in self.groups:
            with sheet.artifact():
                sheet.box(
                    x, top - self._HIGH, wide, self._HIGH,
                    fill=GROUND, stroke=LINE, radius=3, thickness=0.7,
                )  # fmt: skip
            number.draw(sheet, x + 6, top - 3, wide - 12)
            characters.draw(sheet, x + 3, top - 16, wide - 6)
            x += wide + gap
