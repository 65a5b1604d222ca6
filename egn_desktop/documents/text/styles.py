# SPDX-License-Identifier: GPL-3.0-or-later
"""What documents look like: colours, type sizes, page measures. Lengths are in points."""

from dataclasses import dataclass, replace
from typing import Literal

from egn_desktop.documents.blocks import Tone

MM = 72 / 25.4

PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
MARGIN = 20 * MM
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
BODY_TOP = PAGE_HEIGHT - 19 * MM
BODY_TOP_AFTER_FIRST = PAGE_HEIGHT - 23 * MM
BODY_BOTTOM = 23 * MM

REGULAR = "Inter-Regular"
MEDIUM = "Inter-Medium"
STRONG = "Inter-SemiBold"
BOLD = "Inter-Bold"
MONO = "JetBrainsMono-Medium"

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Colour:
    """An sRGB colour, each part from 0 to 1."""

    red: float
    green: float
    blue: float


def colour(code: str) -> Colour:
    """Return the colour that "1F5FA8" writes."""
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return Colour(red, green, blue)


TEXT = colour("1B2430")
MUTED = colour("566273")
BRAND = colour("1F5FA8")
SOFT = colour("E6EFF9")
GROUND = colour("F4F6F9")
LINE = colour("D9DEE5")
WRITE_LINE = colour("9AA5B3")
WHITE = colour("FFFFFF")


@dataclass(frozen=True, slots=True)
class ToneInk:
    """A tone's strong colour and its soft ground."""

    strong: Colour
    ground: Colour


TONES: dict[Tone, ToneInk] = {
    "neutral": ToneInk(MUTED, GROUND),
    "brand": ToneInk(BRAND, SOFT),
    "good": ToneInk(colour("1C7C4A"), colour("E4F4EB")),
    "attention": ToneInk(colour("9A5B00"), colour("FCF0DC")),
    "bad": ToneInk(colour("B3261E"), colour("FBE9E7")),
}


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How words print.

    Attributes:
        size: of the type, in points.
        leading: from one line's foot to the next one's.
        font: of plain words; ``strong`` of those marked as such.
        tracking: added between letters; negative tightens a large title.
        right_to_left: lines are written from the right.
        french: signs are put right as French has them.
    """

    size: float
    leading: float
    colour: Colour = TEXT
    font: str = REGULAR
    strong: str = STRONG
    align: Align = "left"
    tracking: float = 0.0
    right_to_left: bool = False
    french: bool = True

    def aligned(self, align: Align) -> "TextStyle":
        """Return the same style, aligned otherwise."""
        return self if align == self.align else replace(self, align=align)

    def foreign(self, *, right_to_left: bool) -> "TextStyle":
        """Return the same style for another language than French.

        Letters written from right to left are smaller than Latin ones of the same size and go
        lower.
        """
        style = replace(self, french=False)
        if not right_to_left:
            return style
        size, leading = self.size * 1.1, self.leading * 1.12
        return replace(style, size=size, leading=leading, align="right", right_to_left=True)


TITLE = TextStyle(24, 29, font=BOLD, tracking=-0.4)
SUBTITLE = TextStyle(12.5, 17.5, MUTED)
OVERLINE = TextStyle(8.8, 12, BRAND, font=STRONG)
OVERLINE_DATE = TextStyle(8.8, 12, MUTED, align="right")
HEADINGS = (
    TextStyle(15.5, 20, BRAND, font=BOLD, tracking=-0.15),
    TextStyle(12, 16.5, font=STRONG, tracking=-0.05),
    TextStyle(10.4, 14.5, font=STRONG),
    TextStyle(9.6, 13.5, MUTED, font=STRONG),
)
BODY = TextStyle(9.8, 14.4)
LEAD = TextStyle(11.4, 17)
LARGE = TextStyle(13.4, 19)
SMALL = TextStyle(8.5, 12.2, MUTED)
CAPTION = TextStyle(9.2, 13, font=STRONG)
CELL = TextStyle(9, 12.6)
CELL_HEADER = TextStyle(8.4, 11.4, font=STRONG)
CELL_SMALL = TextStyle(7.8, 10.6)
CELL_HEADER_SMALL = TextStyle(7.4, 9.8, font=STRONG)
CHIP = TextStyle(8, 10.4, font=STRONG)
CHIP_SMALL = TextStyle(7.2, 9.4, font=STRONG)
FIGURE = TextStyle(21, 25, BRAND, font=BOLD, tracking=-0.3)
RUNNING = TextStyle(7.8, 10, MUTED)
RUNNING_STRONG = TextStyle(7.8, 10, MUTED, font=STRONG)
CODE = TextStyle(15, 19, font=MONO, align="center", tracking=0.6)
