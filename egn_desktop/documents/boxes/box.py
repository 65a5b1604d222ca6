# SPDX-License-Identifier: GPL-3.0-or-later
"""What a page is filled with: boxes that know their height, can be split, and draw themselves."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from egn_desktop.documents.blocks import Text
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text import bidi
from egn_desktop.documents.text.lines import Line, break_lines, plain
from egn_desktop.documents.text.styles import TextStyle


@dataclass(slots=True, kw_only=True)
class Box:
    """One thing on a page. A subclass gives its height and draws it; it may know how to split.

    Attributes:
        before: white space above it, in points; of two neighbours the larger one counts.
        after: white space below it.
        keep: it stays on the same page as the beginning of what follows.
        accompanied: it never stands alone on a page: the end of what precedes comes with it.
    """

    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    accompanied: bool = False

    def height(self, width: float) -> float:
        """Return how high it is when it is this wide, in points."""
        raise NotImplementedError

    def start_height(self, width: float) -> float:
        """Return the height that its first piece needs at least."""
        return self.height(width)

    def split(self, width: float, room: float) -> "tuple[Box, Box] | None":
        """Return the piece that fits in ``room`` and the rest, or None when it cannot be split."""
        del width, room
        return None

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw it with its upper left corner there."""
        raise NotImplementedError


@dataclass(slots=True, kw_only=True)
class NewPage(Box):
    """What follows starts a page."""


@dataclass(slots=True, kw_only=True)
class TextBox(Box):
    """Words in lines, content of one element.

    Attributes:
        split_at: at least so many lines stay together on either side of a page's end.
    """

    text: Text
    style: TextStyle
    element: Element
    split_at: int = 2
    lines: list[Line] = field(default_factory=list[Line])
    lines_width: float = -1.0

    def _fill(self, width: float) -> list[Line]:
        if self.lines_width != width:
            self.lines = break_lines(self.text, self.style, width)
            self.lines_width = width
        return self.lines

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        return len(self._fill(width)) * self.style.leading

    def start_height(self, width: float) -> float:
        """Return the height of the lines that stay together."""
        count = len(self._fill(width))
        least = count if self.keep or count < 2 * self.split_at else self.split_at
        return least * self.style.leading

    def split(self, width: float, room: float) -> "tuple[TextBox, TextBox] | None":
        """Return the first lines and the other ones, two or more on either side."""
        lines = self._fill(width)
        fit = min(int((room + 0.01) // self.style.leading), len(lines) - self.split_at)
        if fit < self.split_at:
            return None
        return self._piece(lines[:fit], width), self._piece(lines[fit:], width)

    def _piece(self, lines: list[Line], width: float) -> "TextBox":
        return TextBox(
            text=self.text,
            style=self.style,
            element=self.element,
            split_at=self.split_at,
            before=self.before,
            after=self.after,
            lines=lines,
            lines_width=width,
        )

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Write the lines."""
        lines = self._fill(width)
        if not any(line.runs for line in lines):
            return
        if bidi.has_right_to_left(words := plain(self.text)):
            self.element.actual = words
        with sheet.tag(self.element):
            write_lines(sheet, lines, self.style, x, top, width)


def write_lines(
    sheet: Sheet, lines: Sequence[Line], style: TextStyle, x: float, top: float, width: float
) -> None:
    """Write lines one below the other, inside a tag or an artifact that is already open."""
    # Inter's letters, from the top of the capitals to their foot, sit in the middle of the line.
    foot = top - (style.leading + 0.727 * style.size) / 2
    for line in lines:
        shift = 0.0
        if style.align == "right":
            shift = width - line.width
        elif style.align == "center":
            shift = (width - line.width) / 2
        if line.runs:
            sheet.text(x + shift, foot, line.runs, style.size, style.colour, style.tracking)
        foot -= style.leading


@dataclass(slots=True, kw_only=True)
class Stack(Box):
    """Boxes that stay on one page when a page can hold them."""

    boxes: Sequence[Box]

    def height(self, width: float) -> float:
        """Return the height of its boxes and of the white space between them."""
        total = 0.0
        for at, box in enumerate(self.boxes):
            total += box.height(width)
            if at:
                total += max(self.boxes[at - 1].after, box.before)
        return total

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the boxes from top to bottom."""
        for at, box in enumerate(self.boxes):
            if at:
                top -= max(self.boxes[at - 1].after, box.before)
            box.draw(sheet, x, top, width)
            top -= box.height(width)


def stack(boxes: Sequence[Box]) -> Stack:
    """Return the boxes as one that is not split, with the white space of its ends."""
    if not boxes:
        return Stack(boxes=())
    return Stack(
        boxes=boxes,
        before=boxes[0].before,
        after=boxes[-1].after,
        keep=boxes[-1].keep,
        accompanied=boxes[0].accompanied,
    )
