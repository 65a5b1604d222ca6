# SPDX-License-Identifier: GPL-3.0-or-later
"""The document's logical structure, as screen readers and archives read it."""

from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "Document", "Div", "H1", "H2", "H3", "H4", "H5", "P", "Span", "L", "LI", "Lbl", "LBody",
    "Table", "Caption", "TR", "TH", "TD", "Figure", "TOC", "TOCI", "Link",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked content number ``number`` of page ``page`` (both from 0)."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """Where a link can be clicked: page, rectangle, and the place that it leads to."""

    page: int
    box: tuple[float, float, float, float]
    target_page: int
    target_top: float
    says: str


@dataclass(slots=True, kw_only=True)
class Place:
    """Where a heading came to stand; known once the pages are laid out."""

    title: str
    level: int
    page: int = -1
    top: float = 0.0


@dataclass(slots=True, eq=False)
class Element:
    """A node of the structure tree.

    Its children keep their logical order, whatever the order and the page they are drawn on: an
    element drawn in two pieces holds two marks.

    Attributes:
        alt: what a Figure shows, in words.
        actual: the text that a drawn sign stands for, or that is not drawn in the order of reading.
        language: of its words, where it is not the document's.
        scope: which cells a TH heads.
        box: where a Figure stands on its page.
    """

    role: Role
    alt: str = ""
    actual: str = ""
    language: str = ""
    scope: Literal["", "Row", "Column"] = ""
    numbering: Literal["", "Disc", "Decimal", "None"] = ""
    box: tuple[float, float, float, float] | None = None
    kids: "list[Element | Mark | LinkArea]" = field(
        default_factory=list["Element | Mark | LinkArea"]
    )

    def add(self, role: Role, **attributes: str) -> "Element":
        """Append a child and return it."""
        child = Element(role, **attributes)  # pyright: ignore[reportArgumentType]
        self.kids.append(child)
        return child
