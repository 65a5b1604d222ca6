# SPDX-License-Identifier: GPL-3.0-or-later
"""What is looked at rather than read: bar charts, large figures, QR codes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from reportlab.graphics.barcode.qrencoder import QRCode as QrMatrix
from reportlab.graphics.barcode.qrencoder import QRErrorCorrectLevel

from egn_desktop.documents.blocks import Bar
from egn_desktop.documents.boxes.box import Box, TextBox, write_lines
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text.lines import break_lines
from egn_desktop.documents.text.styles import (
    BRAND,
    CELL,
    GROUND,
    LINE,
    STRONG,
    TEXT,
    TEXT_WIDTH,
    WHITE,
    WRITE_LINE,
    colour,
)

_TAIL = colour("C5D9EF")
_BAR_HEIGHT = 9.0
_BAR_PAD = 4.0
_LABEL_SHARE = 0.36
_VALUE_SHARE = 0.17
_LABEL = CELL
_VALUE = replace(CELL, font=STRONG)


@dataclass(slots=True, kw_only=True)
class BarsBox(Box):
    """A horizontal bar chart: one Figure, whose words say what it shows."""

    bars: Sequence[Bar]
    element: Element

    def _row_height(self, bar: Bar, width: float) -> float:
        label = break_lines(bar.label, _LABEL, width * _LABEL_SHARE - 8)
        value = break_lines(bar.value, _VALUE, width * _VALUE_SHARE - 8)
        return max(len(label), len(value)) * _LABEL.leading + _BAR_PAD

    def height(self, width: float) -> float:
        """Return the height of its bars."""
        return sum(self._row_height(bar, width) for bar in self.bars)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the labels, the bars and the values."""
        high = self.height(width)
        self.element.box = (x, top - high, x + width, top)
        with sheet.tag(self.element):
            for bar in self.bars:
                tall = self._row_height(bar, width)
                self._draw_bar(sheet, bar, x, top - _BAR_PAD / 2, width)
                top -= tall

    def _draw_bar(self, sheet: Sheet, bar: Bar, x: float, top: float, width: float) -> None:
        label_room, value_room = width * _LABEL_SHARE, width * _VALUE_SHARE
        track = width - label_room - value_room
        label = break_lines(bar.label, _LABEL, label_room - 8)
        write_lines(sheet, label, _LABEL, x, top, label_room - 8)
        value = break_lines(bar.value, _VALUE, value_room - 8)
        write_lines(sheet, value, _VALUE, x + width - value_room + 8, top, value_room - 8)
        foot = top - (_LABEL.leading + _BAR_HEIGHT) / 2
        start = x + label_room
        low, high = _inside(bar.low), max(_inside(bar.high), _inside(bar.low))
        sheet.box(start, foot, track, _BAR_HEIGHT, fill=GROUND, stroke=LINE, thickness=0.5)
        if high > low:
            _hatched(sheet, start + track * low, foot, track * (high - low), _BAR_HEIGHT)
        if low > 0:
            sheet.box(start, foot, track * low, _BAR_HEIGHT, fill=BRAND)


def _inside(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def _hatched(sheet: Sheet, x: float, y: float, width: float, height: float) -> None:
    """Draw a light, slanting-ruled, outlined rectangle: it tells itself apart in grey too."""
    sheet.box(x, y, width, height, fill=_TAIL)
    with sheet.clipped(x, y, width, height):
        at = x - height
        while at < x + width:
            sheet.line(at, y, at + height, y + height, BRAND, 0.5)
            at += 3.2
    sheet.box(x, y, width, height, stroke=BRAND, thickness=0.7)


@dataclass(slots=True, kw_only=True)
class FiguresBox(Box):
    """Large figures side by side, each above its label.

    Attributes:
        pairs: the figure and its label.
    """

    pairs: Sequence[tuple[TextBox, TextBox]]

    _PAD = 11.0
    _GAP = 9.0

    @classmethod
    def room(cls, cards: int) -> float:
        """Return how wide a figure may be where so many cards share the line."""
        return cls._card_of(cards, TEXT_WIDTH) - 2 * cls._PAD

    @classmethod
    def _card_of(cls, cards: int, width: float) -> float:
        return (width - cls._GAP * (cards - 1)) / cards

    def _card(self, width: float) -> float:
        return self._card_of(len(self.pairs), width)

    def height(self, width: float) -> float:
        """Return the height of the highest card."""
        inside = self._card(width) - 2 * self._PAD
        words = (value.height(inside) + label.height(inside) for value, label in self.pairs)
        return max(words) + 2 * self._PAD

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the cards, then write figures and labels."""
        card, high = self._card(width), self.height(width)
        inside = card - 2 * self._PAD
        for value, label in self.pairs:
            with sheet.artifact():
                sheet.box(x, top - high, card, high, fill=WHITE, stroke=LINE, thickness=0.8)
                sheet.box(x, top - 2.4, card, 2.4, fill=BRAND)
            value.draw(sheet, x + self._PAD, top - self._PAD, inside)
            under = top - self._PAD - value.height(inside)
            label.draw(sheet, x + self._PAD, under, inside)
            x += card + self._GAP


@dataclass(slots=True, kw_only=True)
class QrBox(Box):
    """A QR code with medium error correction, drawn as rectangles."""

    data: str
    size: float
    element: Element

    def height(self, width: float) -> float:
        """Return its side."""
        return min(self.size, width)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the dark modules, joined along each line, inside the white margin."""
        side = self.height(width)
        rows = qr_rows(self.data)
        module = side / (len(rows) + 8)
        self.element.box = (x, top - side, x + side, top)
        with sheet.tag(self.element):
            sheet.box(x, top - side, side, side, stroke=WRITE_LINE, radius=3, thickness=0.5)
            for down, row in enumerate(rows):
                y = top - (down + 5) * module
                for start, length in dark_stretches(row):
                    across = x + (start + 4) * module
                    sheet.box(across, y, length * module, module + 0.02, fill=TEXT)


def qr_rows(data: str) -> list[list[bool]]:
    """Return a QR code's modules, line by line, with medium error correction."""
    matrix: Any = QrMatrix(None, QRErrorCorrectLevel.M)
    matrix.addData(data)
    matrix.make()
    return [[bool(dark) for dark in row] for row in matrix.modules]


def dark_stretches(row: Sequence[bool]) -> list[tuple[int, int]]:
    """Return where the dark modules stand that touch each other, and how many."""
    found: list[tuple[int, int]] = []
    start = None
    for at, dark in enumerate([*row, False]):
        if dark and start is None:
            start = at
        elif not dark and start is not None:
            found.append((start, at - start))
            start = None
    return found
