# SPDX-License-Identifier: GPL-3.0-or-later
"""What a document is made of. Each block knows its role; the engine prints and tags it.

Text is plain: whatever the user typed prints as typed. ``Strong`` marks the words in bold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from egn_desktop import french


@dataclass(frozen=True, slots=True)
class Strong:
    """Words in bold."""

    text: str


Text = str | Sequence[str | Strong]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language than French, said to be so, and written in its direction.

    Attributes:
        language: its code ("ar").
    """

    text: Text
    language: str
    right_to_left: bool = False


Tone = Literal["neutral", "brand", "good", "attention", "bad"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; levels 1 to 4 without gaps (the document's title is above level 1).

    ``beside`` is the same in another language, at the other end of the line.
    """

    text: str
    level: int = 1
    beside: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. ``lead`` is larger, ``muted`` smaller and grey."""

    text: Text | Foreign
    style: Literal["body", "lead", "muted"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list, numbered when ``ordered``; ``checks`` prints boxes to tick instead of bullets.

    ``close`` leaves less white between the items, where one page must hold them.
    """

    items: Sequence[Text]
    ordered: bool = False
    checks: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; ``width`` is its share of the line among its neighbours.

    ``below`` is its title in another language.
    """

    title: str
    width: float = 1.0
    align: Literal["left", "right", "center"] = "left"
    below: Foreign | None = None


@dataclass(frozen=True, slots=True)
class Chip:
    """A state in a table's cell: words on a soft ground, readable in black and white."""

    text: str
    tone: Tone = "neutral"


@dataclass(frozen=True, slots=True)
class Both:
    """A table's cell that says the same in two languages, one below the other."""

    text: Text
    below: Foreign


Cell = Text | Chip | Both


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header repeats on each page and whose rows are never cut.

    ``row_headers``: the first cell of each row is a header too.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    caption: str = ""
    row_headers: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, two columns, no rules: an identity card.

    ``beside`` are the labels in another language, one a line, in a third column.
    """

    items: Sequence[tuple[str, Text]]
    beside: Sequence[Foreign] = ()


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The same in French and in another language, two columns, one paragraph a line.

    Attributes:
        titles: the names of the two languages.
        large: in large type, on a soft ground.
    """

    titles: tuple[str, Foreign]
    rows: Sequence[tuple[Text, Foreign]]
    large: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """Large figures side by side, each with its label; four at most."""

    items: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Callout:
    """A framed note, in large type when ``large``."""

    text: Text
    title: str = ""
    tone: Tone = "brand"
    large: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart, 0 to 1; ``high`` beyond ``low`` prints a lighter tail."""

    label: str
    low: float
    high: float
    value: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A horizontal bar chart with the value written beside each bar; ``alt`` says it in words."""

    bars: Sequence[Bar]
    alt: str


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code; ``alt`` says what it holds without repeating a secret."""

    data: str
    alt: str
    size_mm: float = 40


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG file, and the words that say what it shows."""

    content: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Photos:
    """Photos side by side, three a line, each with its words below."""

    items: Sequence[Photo]


@dataclass(frozen=True, slots=True)
class CodeGroups:
    """Groups of characters to copy by hand, numbered, large, in a fixed-width face."""

    groups: Sequence[str]
    per_line: int = 4


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a hand drew: strokes through points, each from 0 to 1 across and down the pad.

    ``aspect`` is the pad's width over its height.
    """

    strokes: Sequence[Sequence[tuple[float, float]]]
    aspect: float = 3.0


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """Room for one signature: who signs, the name if known, and room to sign by hand.

    Attributes:
        drawing: the signature, when it was drawn on screen.
        signed: how it was signed ("Signé à l’écran le … par …"); empty until it is.
        below: the words above the signature in another language.
    """

    role: str
    name: str = ""
    note: str = ""
    drawing: Drawing | None = None
    signed: str = ""
    below: Sequence[Foreign] = ()


@dataclass(frozen=True, slots=True)
class Signatures:
    """Boxes side by side, three or four a line, never split over two pages."""

    boxes: Sequence[SignatureBox]
    place_and_date: bool = True


@dataclass(frozen=True, slots=True)
class WriteLines:
    """Empty ruled lines to write on by hand."""

    count: int = 3
    label: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


@dataclass(frozen=True, slots=True)
class Together:
    """Blocks that stay on one page."""

    blocks: "Sequence[Block]"


Block = (
    Heading
    | Paragraph
    | Bullets
    | Table
    | Facts
    | SideBySide
    | Figures
    | Callout
    | Bars
    | QrCode
    | Photos
    | CodeGroups
    | Signatures
    | WriteLines
    | PageBreak
    | Together
)


@dataclass(frozen=True, slots=True)
class JournalMark:
    """How far the dossier's journal had come when something was printed.

    Attributes:
        entries: how many entries it had.
        head: the hash of the last one, in hexadecimal.
        fingerprint: the beginning of that hash, as it is printed.
    """

    entries: int
    head: str
    fingerprint: str

    @property
    def text(self) -> str:
        """What every footer says of it."""
        said = french.count(self.entries, "écriture")
        return f"Journal du dossier : {said}, empreinte {self.fingerprint}"


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, ready to print.

    Attributes:
        title: shown large on the first page, and in the reader's window.
        subtitle: one line below it.
        school: the school's name and town, in every footer.
        reference: what tells this print from another one ("Version 1 adoptée le 12/10/2026"), in
            every footer.
        printed_on: the French date it bears; the same document of the same day has the same bytes.
        journal: how far the dossier's journal had come, in every footer and in the file's own
            facts: what a register or an adopted plan proves of the dossier.
        contents: print a table of contents after the title.
    """

    title: str
    school: str
    printed_on: str
    blocks: Sequence[Block]
    subtitle: str = ""
    reference: str = ""
    subject: str = ""
    author: str = ""
    keywords: Sequence[str] = field(default=())
    contents: bool = False
    journal: JournalMark | None = None
