# SPDX-License-Identifier: GPL-3.0-or-later
"""What surrounds the body of a page: the first page's head, running title, footer."""

from dataclasses import dataclass

from egn_desktop.documents.blocks import Document
from egn_desktop.documents.boxes.box import Box, TextBox
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.text.lines import one_line
from egn_desktop.documents.text.styles import (
    BRAND,
    LINE,
    MARGIN,
    MM,
    PAGE_HEIGHT,
    RUNNING,
    RUNNING_STRONG,
    TEXT_WIDTH,
    Align,
    TextStyle,
)

_FOOTER = 14 * MM
_HEADER = PAGE_HEIGHT - 14 * MM


@dataclass(slots=True, kw_only=True)
class TitleBox(Box):
    """The head of the first page: school and date, title, subtitle, a rule in the brand's colour.

    The title comes first in reading order, whatever stands above it.
    """

    title: TextBox
    subtitle: TextBox | None
    school: TextBox
    printed_on: TextBox

    def height(self, width: float) -> float:
        """Return the height of all of it."""
        under = 7.0 + self.subtitle.height(width) if self.subtitle else 0.0
        return self._overline(width) + 14 + self.title.height(width) + under + 16

    def _overline(self, width: float) -> float:
        return max(self.school.height(width * 0.66), self.printed_on.height(width * 0.3))

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Write the title, then what stands around it."""
        under_overline = top - self._overline(width) - 14
        self.title.draw(sheet, x, under_overline, width)
        foot = under_overline - self.title.height(width)
        if self.subtitle:
            foot -= 7
            self.subtitle.draw(sheet, x, foot, width)
            foot -= self.subtitle.height(width)
        self.school.draw(sheet, x, top, width * 0.66)
        self.printed_on.draw(sheet, x + width * 0.7, top, width * 0.3)
        with sheet.artifact():
            sheet.line(x, foot - 15, x + width, foot - 15, LINE, 0.8)
            sheet.line(x, foot - 15, x + 22 * MM, foot - 15, BRAND, 2.4)


def draw_surroundings(sheet: Sheet, document: Document, page: int, pages: int) -> None:
    """Draw the footer, and from the second page on the running title."""
    right = MARGIN + TEXT_WIDTH
    if page:
        with sheet.artifact("/Type /Pagination /Subtype /Header"):
            _write(sheet, document.title, RUNNING_STRONG, MARGIN, _HEADER, TEXT_WIDTH)
            sheet.line(MARGIN, _HEADER - 6, right, _HEADER - 6, LINE, 0.6)
    with sheet.artifact("/Type /Pagination /Subtype /Footer"):
        sheet.line(MARGIN, _FOOTER + 12, right, _FOOTER + 12, LINE, 0.6)
        _write(sheet, document.school, RUNNING, MARGIN, _FOOTER, TEXT_WIDTH * 0.4)
        _write(
            sheet, document.reference, RUNNING, MARGIN + TEXT_WIDTH * 0.42, _FOOTER,
            TEXT_WIDTH * 0.46, "right",
        )  # fmt: skip
        if document.journal is not None:
            _write(sheet, document.journal.text, RUNNING, MARGIN, _FOOTER - 10, TEXT_WIDTH)
        numbers = f"{page + 1} / {pages}"
        _write(sheet, numbers, RUNNING_STRONG, right - 50, _FOOTER, 50, "right")


def _write(
    sheet: Sheet,
    words: str,
    style: TextStyle,
    x: float,
    y: float,
    room: float,
    align: Align = "left",
) -> None:
    line = one_line(words, style, room)
    if align == "right":
        x += room - line.width
    if line.runs:
        sheet.text(x, y, line.runs, style.size, style.colour)
