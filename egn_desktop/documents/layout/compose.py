# SPDX-License-Identifier: GPL-3.0-or-later
"""From blocks to boxes: what each block looks like, and its place in the structure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from egn_desktop.documents import blocks
from egn_desktop.documents.boxes.box import Box, NewPage, TextBox, stack
from egn_desktop.documents.boxes.contents import ContentsLine, HeadingBox
from egn_desktop.documents.boxes.foreign import foreign_box
from egn_desktop.documents.layout.page import TitleBox
from egn_desktop.documents.layout.shapes import boxes_of
from egn_desktop.documents.pdf.tags import Element, Place, Role
from egn_desktop.documents.text import styles

_HEADING_ROLES: tuple[Role, ...] = ("H2", "H3", "H4", "H5")
_HEADING_SPACE = ((24.0, 9.0), (17.0, 6.0), (13.0, 4.0), (11.0, 3.0))


@dataclass(slots=True)
class Composed:
    """A document's boxes, its structure, and its headings' places."""

    boxes: list[Box]
    root: Element
    places: list[Place]


def compose(document: blocks.Document) -> Composed:
    """Return what the document prints, before it is laid out on pages."""
    root = Element("Document")
    title = _title(document, root)
    contents = root.add("Div") if document.contents else None
    composer = _Composer(root)
    body = list(composer.boxes(document.blocks, root))
    places = composer.places
    front = list(_contents(contents, places)) if contents and places else []
    if contents and not places:
        root.kids.remove(contents)
    return Composed([title, *front, *body], root, places)


def _title(document: blocks.Document, root: Element) -> TitleBox:
    def text(words: str, style: styles.TextStyle, role: Role) -> TextBox:
        return TextBox(text=words, style=style, element=root.add(role))

    return TitleBox(
        title=text(document.title, styles.TITLE, "H1"),
        subtitle=text(document.subtitle, styles.SUBTITLE, "P") if document.subtitle else None,
        school=text(document.school, styles.OVERLINE, "P"),
        printed_on=text(document.printed_on, styles.OVERLINE_DATE, "P"),
        after=20.0,
    )


def _contents(parent: Element, places: Sequence[Place]) -> Iterator[Box]:
    heading = parent.add("H2")
    yield TextBox(text="Sommaire", style=styles.HEADINGS[1], element=heading, after=8.0, keep=True)
    toc = parent.add("TOC")
    shown = [place for place in places if place.level <= 2]
    for at, place in enumerate(shown):
        style = replace(styles.BODY, font=styles.STRONG if place.level == 1 else styles.REGULAR)
        yield ContentsLine(
            place=place,
            style=style,
            element=toc.add("TOCI").add("Link"),
            indent=0.0 if place.level == 1 else 14.0,
            before=6.0 if place.level == 1 and at else 1.5,
            after=26.0 if at == len(shown) - 1 else 0.0,
        )


def _announces_table(sequence: Sequence[blocks.Block], at: int) -> bool:
    """Tell whether a block is what stands between a heading and its table: all stay together."""
    return (
        0 < at < len(sequence) - 1
        and isinstance(sequence[at], blocks.Paragraph | blocks.Callout)
        and isinstance(sequence[at - 1], blocks.Heading)
        and isinstance(sequence[at + 1], blocks.Table)
    )


@dataclass(slots=True)
class _Composer:
    root: Element
    places: list[Place] = field(default_factory=list[Place])
    level: int = 0

    def boxes(self, sequence: Sequence[blocks.Block], parent: Element) -> Iterator[Box]:
        """Yield the boxes of these blocks, whose elements become the parent's children."""
        for at, block in enumerate(sequence):
            if _announces_table(sequence, at):
                yield from (replace(box, keep=True) for box in self._boxes(block, parent))
            else:
                yield from self._boxes(block, parent)

    def _boxes(self, block: blocks.Block, parent: Element) -> Iterator[Box]:
        match block:
            case blocks.Heading():
                yield self._heading(block, parent)
            case blocks.Together():
                yield stack(list(self.boxes(block.blocks, parent)))
            case blocks.PageBreak():
                yield NewPage()
            case _:
                yield from boxes_of(block, parent)

    def _heading(self, block: blocks.Heading, parent: Element) -> Box:
        printed = min(max(block.level, 1), len(styles.HEADINGS))
        self.level = min(printed, self.level + 1)
        place = Place(title=block.text, level=self.level)
        self.places.append(place)
        before, after = _HEADING_SPACE[printed - 1]
        style, element = styles.HEADINGS[printed - 1], parent.add(_HEADING_ROLES[self.level - 1])
        return HeadingBox(
            text=block.text,
            style=style,
            element=element.add("Span") if block.beside else element,
            place=place,
            beside=foreign_box(block.beside, style, element, align="right"),
            rule=printed == 1,
            before=before,
            after=after,
            keep=True,
        )
