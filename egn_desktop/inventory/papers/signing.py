# SPDX-License-Identifier: GPL-3.0-or-later
"""The boxes of a document, and the document once they are signed on screen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Block,
    Callout,
    Document,
    Paragraph,
    SideBySide,
    SignatureBox,
    Signatures,
    Strong,
    Text,
    Together,
)
from egn_desktop.inventory.papers.kinds import Signature


def boxes(document: Document) -> tuple[SignatureBox, ...]:
    """Return who signs a document, in order."""
    return tuple(
        box
        for block in _flat(document.blocks)
        if isinstance(block, Signatures)
        for box in block.boxes
    )


def plain_words(document: Document) -> tuple[str, str]:
    """Return what the document says on top in plain words: in French, and in the other language."""
    for block in _flat(document.blocks):
        if isinstance(block, Callout):
            return _joined(block.text), ""
        if isinstance(block, SideBySide):
            said = [(_joined(words), _joined(other.text)) for words, other in block.rows]
            return "\n".join(one for one, _ in said), "\n".join(other for _, other in said)
    return "", ""


def _joined(text: Text) -> str:
    words = (text,) if isinstance(text, str) else text
    return "".join(one.text if isinstance(one, Strong) else one for one in words)


def signed(
    document: Document, signatures: Sequence[Signature], at: datetime, place: str
) -> Document:
    """Return the document with its boxes signed; a box that nobody signed stays empty."""
    given = {one.role: one for one in signatures}
    made_at = f"Fait à {place}, le" if place else "Fait le"
    line = Paragraph(f"{made_at} {french.long_date(at.date())}.")
    return replace(document, blocks=_filled(document.blocks, given, at, line))


def _flat(blocks: Sequence[Block]) -> list[Block]:
    return [
        inner
        for block in blocks
        for inner in (_flat(block.blocks) if isinstance(block, Together) else [block])
    ]


def _filled(
    blocks: Sequence[Block], given: Mapping[str, Signature], at: datetime, line: Paragraph
) -> tuple[Block, ...]:
    filled: list[Block] = []
    for block in blocks:
        if isinstance(block, Together):
            filled.append(Together(_filled(block.blocks, given, at, line)))
        elif isinstance(block, Signatures):
            signers = [_box(box, given.get(box.role), at) for box in block.boxes]
            filled += [line, Signatures(signers, place_and_date=False)]
        else:
            filled.append(block)
    return tuple(filled)


def _box(box: SignatureBox, given: Signature | None, at: datetime) -> SignatureBox:
    if given is None:
        return box
    moment = f"le {french.long_date(at.date())} à {french.clock_time(at)}"
    how = "Signé à l’écran" if given.drawing else "Signé à l’écran, par le nom,"
    asks_name = box.note.startswith("Nom ")
    return replace(
        box,
        name=given.name,
        note="" if asks_name else box.note,
        drawing=given.drawing,
        signed=f"{how} {moment} par {given.name}",
    )
