# SPDX-License-Identifier: GPL-3.0-or-later
"""Headings, and the table of contents that leads to them."""

from dataclasses import dataclass, replace

from egn_desktop.documents.boxes.box import Box, TextBox, write_lines
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.tags import Element, LinkArea, Place
from egn_desktop.documents.text import fonts
from egn_desktop.documents.text.lines import Line, break_lines
from egn_desktop.documents.text.styles import LINE, TextStyle


@dataclass(slots=True, kw_only=True)
class HeadingBox(TextBox):
    """A heading that links can lead to; ``beside`` is the same in another language."""

    place: Place
    rule: bool = False
    beside: TextBox | None = None

    def split(self, width: float, room: float) -> None:
        """Return None: a heading stays whole."""

    def height(self, width: float) -> float:
        """Return the height of its lines and of the hairline below."""
        return TextBox.height(self, width) + (5.0 if self.rule else 0.0)

    def start_height(self, width: float) -> float:
        """Return its height."""
        return self.height(width)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Write the heading, then draw its hairline."""
        TextBox.draw(self, sheet, x, top, width)
        if self.beside:
            half = width / 2
            shift = (self.style.leading - self.beside.style.leading) / 2
            self.beside.draw(sheet, x + half, top - shift, half)
        if self.rule:
            foot = top - self.height(width) + 1
            with sheet.artifact():
                sheet.line(x, foot, x + width, foot, LINE, 0.8)


@dataclass(slots=True, kw_only=True)
class ContentsLine(Box):
    """One line of the table of contents: title, dots, page number; all of it a link.

    Attributes:
        element: the Link.
    """

    place: Place
    style: TextStyle
    element: Element
    indent: float = 0.0

    _NUMBER = 34.0

    def _fill(self, width: float) -> list[Line]:
        room = width - self.indent - self._NUMBER
        return break_lines(self.place.title, self.style, room)

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        return len(self._fill(width)) * self.style.leading

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Write the line and note where it can be clicked."""
        lines = self._fill(width)
        last_top = top - (len(lines) - 1) * self.style.leading
        foot = top - self.height(width)
        left, right = x + self.indent, x + width
        number = str(self.place.page + 1)
        number_width = fonts.width(number, self.style.font, self.style.size)
        self._draw_dots(sheet, left + lines[-1].width + 5, right - 20, last_top)
        with sheet.tag(self.element):
            write_lines(sheet, lines, self.style, left, top, width - self.indent)
            at_right = Line([(f" {number}", self.style.font)], number_width)
            style = replace(self.style, align="right")
            space = fonts.width(" ", self.style.font, self.style.size)
            write_lines(sheet, [at_right], style, left - space, last_top, right - left)
        says = f"{self.place.title}, page {number}"
        area = LinkArea(sheet.page, (left, foot, right, top), self.place.page, self.place.top, says)
        self.element.kids.append(area)

    def _draw_dots(self, sheet: Sheet, start: float, end: float, top: float) -> None:
        y = top - self.style.leading / 2 - 0.36 * self.style.size
        with sheet.artifact():
            sheet.dots(end, start, y + 0.6, self.style.colour)
