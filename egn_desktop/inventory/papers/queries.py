# SPDX-License-Identifier: GPL-3.0-or-later
"""The papers signed on screen, as lists, as bytes, and as they are recognised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from egn_desktop.collation import class_key, fold
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers.lender import lacking, lenders
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.inventory.register.model import Borrower, Device, Loan, LoanPaper, SignedPaper
from egn_desktop.inventory.register.terms import LoanState, OwnerKind
from egn_desktop.inventory.register.text import person_name
from egn_desktop.school.queries import identity
from egn_desktop.todo import Todo, Urgency

_FEW = 500
"""So many ids are named in a statement; beyond, all links are read."""


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One signed paper.

    Attributes:
        document: the id of the document that it is; ``title`` its French title.
        signed_by: who signed, in the order of the boxes.
        digest: its SHA-256 in hexadecimal.
        withdrawn_on: when it was withdrawn as signed by mistake; its bytes are gone since.
        loan_ids: the loans that it is about.
        size: in bytes.
    """

    id: int
    borrower_id: int
    borrower_name: str
    document: str
    title: str
    signed_on: date
    signed_by: str
    digest: str
    withdrawn_on: date | None
    size: int
    loan_ids: tuple[int, ...]


def papers(
    dossier: Dossier,
    *,
    borrower_id: int | None = None,
    loan_id: int | None = None,
    withdrawn: bool = False,
) -> Sequence[PaperRow]:
    """Return the signed papers, the latest first.

    Args:
        withdrawn: those that were withdrawn too.
    """
    wanted = _select().order_by(SignedPaper.id.desc())
    if borrower_id is not None:
        wanted = wanted.where(SignedPaper.borrower_id == borrower_id)
    if loan_id is not None:
        about = select(LoanPaper.paper_id).where(LoanPaper.loan_id == loan_id)
        wanted = wanted.where(SignedPaper.id.in_(about))
    if not withdrawn:
        wanted = wanted.where(SignedPaper.withdrawn_on.is_(None))
    return _rows(dossier, wanted)


def paper(dossier: Dossier, paper_id: int) -> PaperRow:
    """Return one signed paper, withdrawn or not.

    Raises:
        UserError: there is none of that id.
    """
    found = _rows(dossier, _select().where(SignedPaper.id == paper_id))
    if not found:
        raise UserError(f"Il n’y a pas de papier signé n° {paper_id} dans ce dossier.")
    return found[0]


def paper_pdf(dossier: Dossier, paper_id: int) -> bytes:
    """Return a signed paper, byte for byte as it was signed.

    Raises:
        UserError: there is none of that id, or it was withdrawn.
    """
    row = paper(dossier, paper_id)
    if row.withdrawn_on is not None:
        raise UserError(
            f"Ce papier a été retiré le {row.withdrawn_on:%d/%m/%Y} : il n’en reste que la trace.",
            todo="Faites-le signer à nouveau, ou imprimez le document à signer sur papier.",
        )
    with dossier.read() as session:
        return session.scalars(select(SignedPaper.pdf).where(SignedPaper.id == paper_id)).one()


def paper_of_digest(dossier: Dossier, digest: str) -> PaperRow | None:
    """Return the signed paper with that SHA-256, withdrawn or not; None where there is none."""
    found = _rows(dossier, _select().where(SignedPaper.digest == digest.lower()))
    return found[0] if found else None


def signed_loans(
    dossier: Dossier, document: str, *, borrower_id: int | None = None
) -> frozenset[int]:
    """Return the loans, of a person or of all, for which this document was signed."""
    wanted = (
        select(LoanPaper.loan_id)
        .join(SignedPaper, SignedPaper.id == LoanPaper.paper_id)
        .where(SignedPaper.document == document, SignedPaper.withdrawn_on.is_(None))
    )
    if borrower_id is not None:
        wanted = wanted.where(SignedPaper.borrower_id == borrower_id)
    return frozenset(row.loan_id for row in dossier.rows(wanted))


def signable(dossier: Dossier, document: str, *, borrower_id: int) -> Sequence[LoanRow]:
    """Return the loans of a person for which this document was not signed, the latest first."""
    done = signed_loans(dossier, document, borrower_id=borrower_id)
    rows = [row for row in loans(dossier, borrower_id=borrower_id) if row.id not in done]
    return sorted(rows, key=lambda row: (row.ended_on or row.lent_on, row.id), reverse=True)


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """What one person is given on a day of hand-over, and whether it is signed for.

    Attributes:
        group: the class or the duty.
        unsigned: the loans that are not signed for yet.
    """

    borrower_id: int
    name: str
    group: str
    devices: tuple[str, ...]
    loan_ids: tuple[int, ...]
    unsigned: tuple[int, ...]

    @property
    def is_signed(self) -> bool:
        """Whether all of it is signed for."""
        return not self.unsigned


def handover(dossier: Dossier, document: str, day: date) -> Sequence[HandoverRow]:
    """Return who was given something on a day and has it still, by class and name."""
    done = signed_loans(dossier, document)
    held: dict[int, list[LoanRow]] = {}
    for row in loans(dossier, state=LoanState.OPEN):
        if row.lent_on == day:
            held.setdefault(row.borrower_id, []).append(row)
    found = [
        HandoverRow(
            borrower_id=borrower_id,
            name=rows[0].borrower_name,
            group=rows[0].group,
            devices=tuple(row.device_label for row in rows),
            loan_ids=tuple(row.id for row in rows),
            unsigned=tuple(row.id for row in rows if row.id not in done),
        )
        for borrower_id, rows in held.items()
    ]
    return sorted(found, key=lambda row: (class_key(row.group), fold(row.name)))


def _select() -> Select[*tuple[Any, ...]]:
    return select(
        SignedPaper.id,
        SignedPaper.borrower_id,
        SignedPaper.document,
        SignedPaper.title,
        SignedPaper.signed_on,
        SignedPaper.signed_by,
        SignedPaper.digest,
        SignedPaper.withdrawn_on,
        func.length(SignedPaper.pdf).label("size"),
        Borrower.last_name,
        Borrower.usual_name,
        Borrower.first_name,
    ).join(Borrower, Borrower.id == SignedPaper.borrower_id)


def _rows(dossier: Dossier, wanted: Select[*tuple[Any, ...]]) -> Sequence[PaperRow]:
    found = dossier.rows(wanted)
    links = select(LoanPaper.paper_id, LoanPaper.loan_id).order_by(LoanPaper.loan_id)
    if len(found) <= _FEW:
        links = links.where(LoanPaper.paper_id.in_([row.id for row in found]))
    about: dict[int, list[int]] = {}
    for link in dossier.rows(links) if found else ():
        about.setdefault(link.paper_id, []).append(link.loan_id)
    return [
        PaperRow(
            id=row.id,
            borrower_id=row.borrower_id,
            borrower_name=person_name(row.last_name, row.usual_name, row.first_name),
            document=row.document,
            title=row.title,
            signed_on=row.signed_on,
            signed_by=row.signed_by,
            digest=row.digest,
            withdrawn_on=row.withdrawn_on,
            size=row.size,
            loan_ids=tuple(about.get(row.id, ())),
        )
        for row in found
    ]


def lacking_accords(dossier: Dossier, loan_id: int | None = None) -> tuple[str, ...]:
    """Return the accords that are not noted of what is lent, or of one loan, in French."""
    wanted = (
        select(Device.owner, Device.owner_kind)
        .join(Loan, Loan.device_id == Device.id)
        .where(Loan.state == LoanState.OPEN)
        .distinct()
    )
    if loan_id is not None:
        wanted = wanted.where(Loan.id == loan_id)
    owned = [
        (row.owner, OwnerKind(row.owner_kind) if row.owner_kind else None)
        for row in dossier.rows(wanted)
    ]
    school = identity(dossier)
    return lacking(school, lenders(school, owned)) if owned else ()


def todos(dossier: Dossier) -> Sequence[Todo]:
    """Return what the agreements of the open loans still wait for."""
    missing = lacking_accords(dossier)
    if not missing:
        return ()
    text = f"Prêts en cours : noter {' et '.join(missing)}"
    return (Todo(Urgency.SOON, "Accord", text, "settings", "Noter", "school"),)
