# SPDX-License-Identifier: GPL-3.0-or-later
"""What is signed on screen at hand-over: which papers there are, and their boxes filled."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from egn_desktop.documents import french
from egn_desktop.documents.blocks import (
    Block,
    Callout,
    Document,
    Drawing,
    Paragraph,
    SideBySide,
    SignatureBox,
    Signatures,
    Strong,
    Text,
    Together,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.agreement import TITLE, agreements_for
from egn_desktop.inventory.queries import LoanRow, loan
from egn_desktop.inventory.return_report import RECEIPT, receipt_key, receipt_of
from egn_desktop.inventory.terms import LoanState

AGREEMENT: Final = "convention-de-pret"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature, given on screen.

    Attributes:
        role: of the box that it goes in ("Le représentant légal").
        name: who signs.
        drawing: what the hand drew; None for who signs by writing the name.
    """

    role: str
    name: str
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper that can be signed on screen.

    Attributes:
        id: of the document that it is.
        make: makes it unsigned, for loans of one person, in French and beside it in the language
            of that code, if any.
        key: names the unsigned document, of one loan, to be signed on paper.
        languages: whether it is translated.
        concerns: whether a loan can be on it.
        refusal: why a loan cannot, in French.
    """

    id: str
    title: str
    make: "Make"
    concerns: Callable[[LoanRow], bool]
    refusal: str
    key: Callable[[LoanRow], str]
    languages: bool = False


class Make(Protocol):
    """Makes a paper."""

    def __call__(
        self, dossier: Dossier, loan_ids: Sequence[int], *, language: str = ""
    ) -> Document:
        """Return it, unsigned."""
        ...


def _receipt(dossier: Dossier, loan_ids: Sequence[int], *, language: str = "") -> Document:
    del language  # it is in French alone
    return receipt_of(dossier, loan_ids, day=loan(dossier, loan_ids[0]).row.ended_on)


_KINDS: Final = (
    Kind(
        AGREEMENT,
        TITLE,
        agreements_for,
        lambda row: row.state is LoanState.OPEN,
        "La convention se signe tant que le prêt est en cours.",
        lambda row: str(row.id),
        languages=True,
    ),
    Kind(
        RECEIPT,
        "Reçu de retour",
        _receipt,
        lambda row: row.state in (LoanState.RETURNED, LoanState.EXCHANGED),
        "Le reçu se signe une fois le retour noté.",
        lambda row: receipt_key(row.borrower_id, row.ended_on or row.due_on),
    ),
)


def kinds() -> Sequence[Kind]:
    """Return every paper that can be signed on screen."""
    return _KINDS


def kind(document_id: str) -> Kind:
    """Return the paper of that document id.

    Raises:
        UserError: that document is not signed on screen.
    """
    for one in _KINDS:
        if one.id == document_id:
            return one
    known = ", ".join(one.id for one in _KINDS)
    raise UserError(
        f"Le document « {document_id} » ne se signe pas à l’écran.", todo=f"Au choix : {known}."
    )


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
