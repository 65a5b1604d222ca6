# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists, facts, framed notes and chips: words beside or inside something drawn."""

from dataclasses import dataclass, replace
from typing import Literal

from egn_desktop.documents.blocks import Tone
from egn_desktop.documents.boxes.box import Box, Stack, TextBox, write_lines
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.tags import Element
from egn_desktop.documents.text import fonts
from egn_desktop.documents.text.lines import break_lines
from egn_desktop.documents.text.styles import MUTED, STRONG, TEXT, TONES, WHITE, TextStyle

Sign = Literal["bullet", "check", "words"]


@dataclass(slots=True, kw_only=True)
class ItemBox(Box):
    """A label (a bullet, a number, a box to tick, a few words) and what it labels, side by side.

    Attributes:
        label: its words, wrapped in a column as wide as ``indent``.
        sign: a drawn label instead of words.
        first: False on the piece that goes on after a page's end, which has no label.
        beside: the label in another language, at the right end.
    """

    label: TextBox
    body: TextBox
    indent: float
    sign: Sign = "words"
    first: bool = True
    beside: TextBox | None = None

    def height(self, width: float) -> float:
        """Return the height of the higher of the two."""
        body = self.body.height(self._body_width(width))
        return max(body, self._label_height()) if self.first else body

    def start_height(self, width: float) -> float:
        """Return the height of the label and of the lines that stay together."""
        return max(self.body.start_height(self._body_width(width)), self._label_height())

    @property
    def _label_width(self) -> float:
        return self.indent - 6

    @property
    def _beside_width(self) -> float:
        return self.indent * 0.75 if self.beside else 0.0

    def _label_height(self) -> float:
        beside = self.beside.height(self._beside_width) if self.beside else 0.0
        return max(self.label.height(self._label_width), beside)

    def _body_width(self, width: float) -> float:
        return width - self.indent - self._beside_width

    def split(self, width: float, room: float) -> "tuple[ItemBox, ItemBox] | None":
        """Return the label with the first lines, and the other lines."""
        if self.first and self._label_height() > room:
            return None
        pieces = self.body.split(self._body_width(width), room)
        if not pieces:
            return None
        return replace(self, body=pieces[0]), replace(self, body=pieces[1], first=False)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the label, then write the words."""
        if self.first:
            self._draw_label(sheet, x, top)
            if self.beside:
                left = x + width - self._beside_width
                self.beside.draw(sheet, left, top, self._beside_width)
        self.body.draw(sheet, x + self.indent, top, self._body_width(width))

    def _draw_label(self, sheet: Sheet, x: float, top: float) -> None:
        middle = top - self.body.style.leading / 2
        if self.sign == "words":
            self.label.draw(sheet, x, top, self._label_width)
        elif self.sign == "bullet":
            with sheet.tag(self.label.element):
                sheet.disc(x + 5, middle, 1.7, MUTED)
        else:
            side = min(9.0, self.body.style.size)
            with sheet.tag(self.label.element):
                sheet.box(
                    x + 1, middle - side / 2, side, side, stroke=TEXT, radius=1.2, thickness=0.9
                )


@dataclass(slots=True, kw_only=True)
class CalloutBox(Box):
    """Words on a soft ground, with a bar and a sign that tell the tone without its colour.

    Attributes:
        sign_element: the sign's place in the structure, when it means something.
    """

    content: Stack
    tone: Tone
    sign_element: Element | None = None

    _PAD = 11.0
    _SIDE = 36.0
    _SHORT = 120.0
    """What is no higher than this is never cut."""

    def height(self, width: float) -> float:
        """Return the height of the words and of the ground around them."""
        return self.content.height(width - self._SIDE - self._PAD) + 2 * self._PAD

    def start_height(self, width: float) -> float:
        """Return its height, or that of its first lines when it is a long one."""
        return min(self.height(width), self._SHORT)

    def split(self, width: float, room: float) -> "tuple[CalloutBox, CalloutBox] | None":
        """Return the boxes and lines that fit, and the other ones, in a frame each."""
        if self.height(width) <= self._SHORT:
            return None
        inside, left = width - self._SIDE - self._PAD, room - 2 * self._PAD
        boxes = list(self.content.boxes)
        for at, box in enumerate(boxes):
            wanted = box.height(inside)
            if wanted <= left:
                left -= wanted + (
                    max(box.after, boxes[at + 1].before) if at + 1 < len(boxes) else 0
                )
                continue
            pieces = box.split(inside, left)
            if pieces:
                return self._piece([*boxes[:at], pieces[0]]), self._rest(
                    [pieces[1], *boxes[at + 1 :]]
                )
            if at and not boxes[at - 1].keep:
                return self._piece(boxes[:at]), self._rest(boxes[at:])
            return None
        return None

    def _piece(self, boxes: list[Box]) -> "CalloutBox":
        return replace(self, content=Stack(boxes=boxes))

    def _rest(self, boxes: list[Box]) -> "CalloutBox":
        return replace(self, content=Stack(boxes=boxes), sign_element=None)

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the ground, the bar and the sign, then the words."""
        high = self.height(width)
        ink = TONES[self.tone]
        with sheet.artifact():
            sheet.box(x, top - high, width, high, fill=ink.ground)
            sheet.box(x, top - high, 3, high, fill=ink.strong)
            if self.sign_element is None:
                self._draw_sign(sheet, x, top)
        if self.sign_element is not None:
            with sheet.tag(self.sign_element):
                self._draw_sign(sheet, x, top)
        inside = width - self._SIDE - self._PAD
        self.content.draw(sheet, x + self._SIDE, top - self._PAD, inside)

    def _draw_sign(self, sheet: Sheet, x: float, top: float) -> None:
        first = self.content.boxes[0]
        leading = first.style.leading if isinstance(first, TextBox) else 14.0
        across, up = x + 19.5, top - self._PAD - leading / 2
        sheet.disc(across, up, 7.2, TONES[self.tone].strong)
        if self.tone == "good":
            points = [(across - 3.2, up - 0.2), (across - 0.9, up - 2.6), (across + 3.3, up + 2.5)]
            sheet.path(points, WHITE, 1.5)
        elif self.tone == "bad":
            sheet.path([(across - 2.5, up - 2.5), (across + 2.5, up + 2.5)], WHITE, 1.5)
            sheet.path([(across - 2.5, up + 2.5), (across + 2.5, up - 2.5)], WHITE, 1.5)
        else:
            over = self.tone == "attention"
            dot, low, high = (-3.6, -1.3, 3.9) if over else (3.4, -3.8, 1.1)
            sheet.disc(across, up + dot, 1.0, WHITE)
            sheet.path([(across, up + low), (across, up + high)], WHITE, 1.6)


@dataclass(slots=True, kw_only=True)
class ChipBox(Box):
    """A state: words on a soft, outlined ground."""

    text: str
    tone: Tone
    style: TextStyle
    element: Element

    _PAD = 5.0

    def _style(self) -> TextStyle:
        return replace(self.style, colour=TONES[self.tone].strong, font=STRONG)

    def height(self, width: float) -> float:
        """Return the height of its lines and of the ground around them."""
        return (
            len(break_lines(self.text, self._style(), width - 2 * self._PAD)) * (self.style.leading)
            + 3.0
        )

    def draw(self, sheet: Sheet, x: float, top: float, width: float) -> None:
        """Draw the ground, then write the words."""
        style = self._style()
        if not fonts.printable(self.text, style.font).strip():
            return
        lines = break_lines(self.text, style, width - 2 * self._PAD)
        wide = max(line.width for line in lines) + 2 * self._PAD
        left = x
        if style.align == "right":
            left = x + width - wide
        elif style.align == "center":
            left = x + (width - wide) / 2
        high = self.height(width)
        ink = TONES[self.tone]
        with sheet.artifact():
            sheet.box(
                left, top - high, wide, high, fill=ink.ground, stroke=ink.strong,
                radius=min(high / 2, 6.5), thickness=1.0 if self.tone == "bad" else 0.5,
            )  # fmt: skip
        with sheet.tag(self.element):
            centred = style.aligned("center")
            write_lines(sheet, lines, centred, left, top - 1.5, wide)
