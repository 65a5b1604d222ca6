# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables: columns wide enough for their words, rows that stay whole, a header on each page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from egn_desktop.documents.boxes.box import Box, Stack, TextBox
from egn_desktop.documents.boxes.items import ChipBox
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.text.lines import longest_word, plain
from egn_desktop.documents.text.styles import BODY_BOTTOM, BODY_TOP_AFTER_FIRST, LINE, SOFT, TEXT

PAD_ACROSS = 6.0
_WIDEST_WORD = 0.45
"""No word may claim more than this share of the table: beyond it, the word is cut."""


@dataclass(slots=True)
class Row:
    """One row's cells, a box each, from left to right."""

    cells: Sequence[Box]

    def height(self, widths: Sequence[float], pad: float) -> float:
        """Return the height of its highest cell."""
        pairs = zip(self.cells, widths, strict=True)
        return max(cell.height(wide - 2 * PAD_ACROSS) for cell, wide in pairs) + 2 * pad


def column_widths(shares: Sequence[float], needs: Sequence[float], width: float) -> list[float]:
    """Return the columns' widths: by their shares, but none narrower than its longest word.

    Where the words do not all fit, none is narrower than its word or an equal share of the line.
    """
    total, equal = sum(shares), width / len(shares)
    widths = [width * share / total for share in shares]
    needs = [min(need + 2 * PAD_ACROSS, width * _WIDEST_WORD) for need in needs]
    widths = _widened(widths, needs)
    return _widened(widths, [min(need, equal) for need in needs])


def _widened(widths: list[float], needs: Sequence[float]) -> list[float]:
    """Return the widths with each column's need met from what other columns do not need."""
    for _ in widths:
        missing = sum(max(need - wide, 0) for need, wide in zip(needs, widths, strict=True))
        spare = [max(wide - need, 0) for need, wide in zip(needs, widths, strict=True)]
        if missing < 0.01 or sum(spare) < 0.01:
            break
        taken = min(missing / sum(spare), 1.0)
        given = min(sum(spare) / missing, 1.0)
        widths = [
            wide - extra * taken + max(need - wide, 0) * given
            for wide, extra, need in zip(widths, spare, needs, strict=True)
        ]
    return widths


@dataclass(slots=True, kw_only=True)
class TableBox(Box):
    """A table, or the part of one that a page holds.

    Attributes:
        shares: of the line, one a column.
        header: the row that each page repeats, if any.
        pad: white space above and below the words of a cell.
        goes_on: this part follows another one: its header is only decoration.
    """

    shares: Sequence[float]
    header: Row | None
    rows: Sequence[Row]
    pad: float
    goes_on: bool = False
    widths: list[float] = field(default_factory=list[float])
    heights: list[float] = field(default_factory=list[float])
    header_height: float = 0.0

    def _measure(self, width: float) -> None:
        if self.widths and abs(sum(self.widths) - width) < 0.1:
            return
        everything = [*([self.header] if self.header else []), *self.rows]
        needs = [max(_need(row.cells[at]) for row in everything) for at in range(len(self.shares))]
        self.widths = column_widths(self.shares, needs, width)
        self.heights = [row.height(self.widths, self.pad) for row in self.rows]
        self.header_height = self.header.height(self.widths, self.pad) if self.header else 0.0

    def height(self, width: float) -> float:
        """Return the height of the header and of all rows."""
        self._measure(width)
        return self.header_height + sum(self.heights)

    def start_height(self, width: float) -> float:
        """Return the height of the header and of the first row, or of some lines of a huge one."""
        self._measure(width)
        return self.header_height + min(sum(self.heights[:2]), 150.0)

    def split(self, width: float, room: float) -> "tuple[TableBox, TableBox] | None":
        """Return the rows that fit and the other ones; a row is cut if no page could hold it."""
        self._measure(width)
        left = room - self.header_height + 0.01
        fit = 0
        while fit < len(self.rows) and self.heights[fit] <= left:
            left -= self.heights[fit]
            fit += 1
        if fit and len(self.rows) - fit == 1 and fit > 2 and self.heights[fit] < 60:
            fit -= 1
        if fit:
            return self._part(0, fit), self._part(fit, len(self.rows), goes_on=True)
        return self._split_first_row(left)

    def _part(self, start: int, end: int, *, goes_on: bool = False) -> "TableBox":
        return replace(
            self,
            rows=self.rows[start:end],
            heights=self.heights[start:end],
            goes_on=goes_on or self.goes_on,
        )

    def _split_first_row(self, room: float) -> "tuple[TableBox, TableBox] | None":
        """Cut the first row where a page's room ends: only asked for when it has a page's room."""
        if not self.rows or room < 80 or self.header_height + self.heights[0] <= _WHOLE_PAGE:
            return None
        upper: list[Box] = []
        lower: list[Box] = []
        for cell, wide in zip(self.rows[0].cells, self.widths, strict=True):
            inside = wide - 2 * PAD_ACROSS
            pieces = cell.split(inside, room - 2 * self.pad)
            if cell.height(inside) <= room - 2 * self.pad or not pieces:
                upper.append(cell)
                lower.append(_nothing(cell))
            else:
                upper.append(pieces[0])
                lower.append(pieces[1])
        first, rest = Row(upper), Row(lower)
        return (
            self._with_rows([first]),
            replace(self._with_rows([rest, *self.rows[1:]]), goes_on=True),
        )

    def _with_rows(self, rows: Sequence[Row]) -> "TableBox":
        heights = [row.height(self.widths, self.pad) for row in rows]
        return replace(self, rows=rows, heights=heights)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the grounds and hairlines, then write the cells row by row."""
        self._measure(width)
        if self.header:
            self._draw_header(sheet, self.header, x, top, width)
            top -= self.header_height
        for row, high in zip(self.rows, self.heights, strict=True):
            self._draw_row(sheet, row, x, top)
            top -= high
            with sheet.artifact():
                sheet.line(x, top, x + width, top, LINE, 0.6)

    def _draw_header(self, sheet: Sheet, header: Row, x: float, top: float, width: float) -> None:
        foot = top - self.header_height
        with sheet.artifact():
            sheet.box(x, foot, width, self.header_height, fill=SOFT)
            sheet.line(x, foot, x + width, foot, TEXT, 0.9)
        if self.goes_on:
            with sheet.decorative():
                self._draw_row(sheet, header, x, top)
        else:
            self._draw_row(sheet, header, x, top)

    def _draw_row(self, sheet: Sheet, row: Row, x: float, top: float) -> None:
        for cell, wide in zip(row.cells, self.widths, strict=True):
            cell.draw(sheet, x + PAD_ACROSS, top - self.pad, wide - 2 * PAD_ACROSS)
            x += wide


_WHOLE_PAGE = BODY_TOP_AFTER_FIRST - BODY_BOTTOM
"""A row is cut only when no page could hold it with its header; others move to the next page."""


def _need(cell: Box) -> float:
    if isinstance(cell, TextBox):
        return longest_word(cell.text, cell.style) if plain(cell.text) else 0.0
    if isinstance(cell, ChipBox):
        return longest_word(cell.text, cell.style) + 11.0
    if isinstance(cell, Stack):
        return max(_need(box) for box in cell.boxes)
    return 0.0


def _nothing(cell: Box) -> Box:
    if isinstance(cell, TextBox):
        return replace(cell, text="", lines=[], lines_width=-1.0)
    if isinstance(cell, ChipBox):
        return replace(cell, text="")
    return cell
