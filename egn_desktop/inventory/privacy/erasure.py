# SPDX-License-Identifier: GPL-3.0-or-later
"""What is erased of a person, within the caller's write: all, old loans, or a pupil's needs."""

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from egn_desktop.dossier import Base, Dossier
from egn_desktop.inventory.lending.needs import need_subject
from egn_desktop.inventory.people.service.pupils import detach_guardian
from egn_desktop.inventory.register.finding import find_borrower, settle
from egn_desktop.inventory.register.model import (
    Device,
    Incident,
    Loan,
    LoanPaper,
    Photo,
    Pupil,
    PupilGuardian,
    PupilNeed,
    SignedPaper,
    Staff,
)
from egn_desktop.inventory.register.nouns import personal_columns
from egn_desktop.inventory.register.terms import BorrowerKind


def erase_need(dossier: Dossier, session: Session, pupil_id: int) -> bool:
    """Erase a pupil's answers; tell whether there were any."""
    need = session.get(PupilNeed, pupil_id)
    if need is not None:
        session.delete(need)
    return dossier.erase_details(need_subject(pupil_id)) or need is not None


def erase_person(dossier: Dossier, session: Session, borrower_id: int) -> None:
    """Blank all that is known of somebody who holds nothing; the row and the loans stay."""
    now = dossier.now()
    who = find_borrower(session, borrower_id)
    if isinstance(who, Pupil):
        links = select(PupilGuardian.guardian_id).where(PupilGuardian.pupil_id == who.id)
        for guardian_id in session.scalars(links).all():
            detach_guardian(session, who.id, guardian_id)
        erase_need(dossier, session, who.id)
    # The columns of a pupil and of the staff alike: one table holds both.
    people = Base.metadata.tables["borrower"]
    session.execute(update(people).where(people.c.id == who.id).values(_blanks("borrower")))
    session.refresh(who)
    who.deleted_at, who.erased_at = who.deleted_at or now, now
    for device in session.scalars(select(Device).where(Device.reserved_for == who.id)):
        device.reserved_for, device.reserved_note = None, ""
        settle(device)
    loan_ids = session.scalars(select(Loan.id).where(Loan.borrower_id == who.id)).all()
    details = _blank_loans(session, loan_ids)
    dossier.erase_details(*details, f"pupil:{who.id}", f"staff:{who.id}")


def forget_loans(
    dossier: Dossier, session: Session, loan_ids: Sequence[int], kind: BorrowerKind
) -> int:
    """Hand somebody's old loans over to nobody of that kind, and return whose id that is."""
    now = dossier.now()
    nobody = (Staff if kind is BorrowerKind.STAFF else Pupil)(
        last_name="", first_name="", search="", sort_key="",
        created_at=now, deleted_at=now, erased_at=now,
    )  # fmt: skip
    session.add(nobody)
    session.flush()
    dossier.erase_details(*_blank_loans(session, loan_ids))
    session.execute(update(Loan).where(Loan.id.in_(loan_ids)).values(borrower_id=nobody.id))
    return nobody.id


def _erase_papers(session: Session, loan_ids: Sequence[int]) -> Sequence[int]:
    """Erase the papers about these loans, but those still needed for another; return their ids."""
    about = select(LoanPaper.paper_id).where(LoanPaper.loan_id.in_(loan_ids))
    paper_ids = session.scalars(about.distinct()).all()
    session.execute(delete(LoanPaper).where(LoanPaper.loan_id.in_(loan_ids)))
    needed = select(LoanPaper.paper_id).where(LoanPaper.paper_id.in_(paper_ids))
    gone = set(paper_ids) - set(session.scalars(needed))
    session.execute(delete(SignedPaper).where(SignedPaper.id.in_(gone)))
    return sorted(gone)


def _blank_loans(session: Session, loan_ids: Sequence[int]) -> Sequence[str]:
    """Erase what was written, signed or photographed about these loans.

    Returns:
        The subjects of the journal whose details are to go as well.
    """
    session.execute(update(Loan).where(Loan.id.in_(loan_ids)).values(_blanks("loan")))
    incidents = select(Incident.id).where(Incident.loan_id.in_(loan_ids))
    incident_ids = session.scalars(incidents).all()
    session.execute(
        update(Incident).where(Incident.id.in_(incident_ids)).values(_blanks("incident"))
    )
    session.execute(
        delete(Photo).where(Photo.loan_id.in_(loan_ids) | Photo.incident_id.in_(incident_ids))
    )
    paper_ids = _erase_papers(session, loan_ids)
    return [
        *(f"loan:{loan_id}" for loan_id in loan_ids),
        *(f"incident:{incident_id}" for incident_id in incident_ids),
        *(f"paper:{paper_id}" for paper_id in paper_ids),
    ]


def _blanks(table: str) -> dict[str, str | None]:
    """Return what an erasure leaves in the columns that it blanks: nothing, or an empty text."""
    is_ = personal_columns(table)
    return {
        column.name: None if column.nullable else ""
        for column in Base.metadata.tables[table].columns
        if is_[column.name].gone == "blank"
    }
