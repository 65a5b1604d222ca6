# SPDX-License-Identifier: GPL-3.0-or-later
"""The colours and sizes of the window, in one place; style sheet and painted widgets read them."""

from dataclasses import dataclass

TONES = ("neutral", "brand", "good", "attention", "bad")


@dataclass(frozen=True, slots=True)
class Tokens:
    """One theme's colours, as six hexadecimal digits with their ``#``.

    Attributes:
        line: parts surfaces; too faint to be the edge of a control.
        edge: the border of a control, 3:1 against what it lies on.
        hover: what lies under the pointer on a surface.
        track: the empty part of a bar.
    thumb: what a scroll bar is held by.
        on_brand: text and marks on the brand colour.
        brand_strong: the brand colour under the pointer.
        off: text of what cannot be used now.
        rail_text: text on the rail; ``rail_chosen`` its ground on the page shown.
        rail_alarm: crisis mode, at the foot of the rail.
    """

    name: str
    background: str
    surface: str
    line: str
    edge: str
    hover: str
    track: str
    thumb: str
    text: str
    muted: str
    off: str
    brand: str
    brand_strong: str
    brand_soft: str
    on_brand: str
    good: str
    good_soft: str
    attention: str
    attention_soft: str
    bad: str
    bad_soft: str
    neutral_soft: str
    rail: str
    rail_text: str
    rail_muted: str
    rail_chosen: str
    rail_alarm: str

    def ink(self, tone: str) -> str:
        """Return the colour of a tone's words."""
        return self.text if tone == "neutral" else getattr(self, tone)

    def ground(self, tone: str) -> str:
        """Return the soft colour under a tone's words."""
        return getattr(self, f"{tone}_soft")


LIGHT = Tokens(
    name="light",
    background="#F6F7F9",
    surface="#FFFFFF",
    line="#D9DEE5",
    edge="#7D8999",
    hover="#F1F4F8",
    track="#DFE3E9",
    thumb="#B9C2CD",
    text="#1B2430",
    muted="#566273",
    off="#7D8999",
    brand="#1F5FA8",
    brand_strong="#184C88",
    brand_soft="#E6EFF9",
    on_brand="#FFFFFF",
    good="#1C7C4A",
    good_soft="#E4F4EB",
    attention="#9A5B00",
    attention_soft="#FCF0DC",
    bad="#B3261E",
    bad_soft="#FBE9E7",
    neutral_soft="#EBEEF2",
    rail="#14304F",
    rail_text="#DCE6F2",
    rail_muted="#B4C5D9",
    rail_chosen="#2F4C6E",
    rail_alarm="#FFB4AB",
)

DARK = Tokens(
    name="dark",
    background="#12171E",
    surface="#1B222C",
    line="#313B48",
    edge="#728093",
    hover="#232C38",
    track="#313B48",
    thumb="#4A5767",
    text="#EEF2F6",
    muted="#A9B4C2",
    off="#728093",
    brand="#7DB4F0",
    brand_strong="#A3CBF6",
    brand_soft="#1D3450",
    on_brand="#10202F",
    good="#6FD09A",
    good_soft="#163325",
    attention="#F0B95C",
    attention_soft="#3A2C12",
    bad="#F59A92",
    bad_soft="#402120",
    neutral_soft="#2A3441",
    rail="#0C1118",
    rail_text="#D5DEE8",
    rail_muted="#9CA9B8",
    rail_chosen="#2A323D",
    rail_alarm="#FFB4AB",
)

SCALES = {"normal": 1.0, "large": 1.15, "larger": 1.3}


@dataclass(frozen=True, slots=True)
class TypeStyle:
    """One style of text: its size in pixels at the normal size, and its weight."""

    size: int
    weight: int = 400


TYPE = {
    "title": TypeStyle(24, 600),
    "section": TypeStyle(16, 600),
    "body": TypeStyle(14),
    "strong": TypeStyle(14, 600),
    "help": TypeStyle(13),
    "heading": TypeStyle(13, 600),
    "chip": TypeStyle(12, 600),
    "figure": TypeStyle(28, 600),
}
