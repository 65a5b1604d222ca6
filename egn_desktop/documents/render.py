# SPDX-License-Identifier: GPL-3.0-or-later
"""A document's blocks into the bytes of a tagged PDF."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from egn_desktop.documents.blocks import Document
from egn_desktop.documents.boxes.box import Box, Stack
from egn_desktop.documents.boxes.contents import HeadingBox
from egn_desktop.documents.layout.compose import compose
from egn_desktop.documents.layout.page import draw_surroundings
from egn_desktop.documents.layout.pages import Placed, paginate
from egn_desktop.documents.pdf.metadata import describe
from egn_desktop.documents.pdf.seal import with_seal
from egn_desktop.documents.pdf.sheet import Sheet
from egn_desktop.documents.pdf.structure import mend_text_maps, write_outline, write_structure
from egn_desktop.documents.text import fonts
from egn_desktop.documents.text.styles import MARGIN, TEXT_WIDTH


def render(document: Document) -> bytes:
    """Return the document as a PDF: A4, tagged, archival.

    The same document always gives the same bytes: nothing is read from the clock.
    """
    return rendered(document).pdf


@dataclass(frozen=True, slots=True)
class Rendered:
    """A printed document.

    Attributes:
        unwritten: each text with a sign that no font of ours can write, and that a mark replaces.
    """

    pdf: bytes
    unwritten: tuple[str, ...] = ()


def rendered(document: Document) -> Rendered:
    """Return the document as ``render`` does, and what of it could not be written."""
    with fonts.noting_unwritten() as unwritten:
        pdf = _pdf(document)
    return Rendered(pdf, tuple(unwritten))


def _pdf(document: Document) -> bytes:
    composed = compose(document)
    pages = paginate(composed.boxes)
    _note_places(pages)
    drawn = _draw(document, pages)
    with pikepdf.open(BytesIO(drawn)) as pdf:
        mend_text_maps(pdf)
        write_structure(pdf, composed.root)
        if composed.places:
            write_outline(pdf, composed.places)
        if document.contents:
            pdf.Root.PageMode = pikepdf.Name.UseOutlines
        describe(pdf, document)
        return with_seal(pdf)


def _note_places(pages: list[list[Placed]]) -> None:
    for number, page in enumerate(pages):
        for placed in page:
            for box, top in _headings(placed):
                box.place.page, box.place.top = number, top + 12


def _headings(placed: Placed) -> Iterator[tuple[HeadingBox, float]]:
    """Yield the headings of a placed box, in a group of boxes too, with about where they stand."""
    waiting: list[Box] = [placed.box]
    while waiting:
        box = waiting.pop(0)
        if isinstance(box, HeadingBox):
            yield box, placed.top
        elif isinstance(box, Stack):
            waiting.extend(box.boxes)


def _draw(document: Document, pages: list[list[Placed]]) -> bytes:
    sheet = Sheet()
    for number, page in enumerate(pages):
        for placed in page:
            placed.box.draw(sheet, MARGIN, placed.top, TEXT_WIDTH)
        draw_surroundings(sheet, document, number, len(pages))
        sheet.next_page()
    return sheet.finished()
