# SPDX-License-Identifier: GPL-3.0-or-later
"""All that the dossier knows of one borrower: what is handed over on request (RGPD, article 15)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from egn_desktop.dossier import Dossier, journal
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incidents
from egn_desktop.inventory.lending.queries.needs import NeedRow, need
from egn_desktop.inventory.lending.queries.reminders import reminders_made
from egn_desktop.inventory.lending.reminders import Sent
from egn_desktop.inventory.papers.queries import PaperRow, papers
from egn_desktop.inventory.people.queries.borrowers import BorrowerRow, borrower
from egn_desktop.inventory.people.queries.pupils import PupilDetail, pupil
from egn_desktop.inventory.people.queries.staff import StaffRow, staff_member
from egn_desktop.inventory.register.loans import LoanDetail, loan
from egn_desktop.inventory.register.model import Borrower, Incident, Loan, Photo, SignedPaper
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceState, LoanState
from egn_desktop.inventory.stock.queries.devices import DeviceRow, device, devices
from egn_desktop.inventory.stock.queries.photos import PhotoRow, photo_rows


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What the journal says of one change; the operator is somebody else and left out.

    Attributes:
        is_undone: whether it was taken back, and counts no more.
    """

    at: datetime
    what: str
    is_undone: bool
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Borrowings:
    """What one borrower holds and held.

    Attributes:
        reminders: those made for each loan, by its id.
        papers: what he or she signed, withdrawn ones too.
        reserved: the devices that wait for the borrower.
    """

    who: BorrowerRow
    loans: tuple[tuple[LoanDetail, DeviceRow], ...]
    reminders: Mapping[int, Sequence[Sent]]
    incidents: tuple[IncidentRow, ...]
    papers: tuple[PaperRow, ...]
    photos: tuple[PhotoRow, ...]
    reserved: tuple[DeviceRow, ...]

    @property
    def held(self) -> Sequence[tuple[LoanDetail, DeviceRow]]:
        """What the borrower has now."""
        return [loan for loan in self.loans if loan[0].row.state is LoanState.OPEN]

    @property
    def past(self) -> Sequence[tuple[LoanDetail, DeviceRow]]:
        """What the borrower had, cancelled loans too."""
        return [loan for loan in self.loans if loan[0].row.state is not LoanState.OPEN]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All that is known of one borrower, who is a pupil or of the staff."""

    person: PupilDetail | StaffRow
    borrowings: Borrowings
    need: NeedRow | None
    journal: tuple[JournalLine, ...]


def borrowings(dossier: Dossier, borrower_id: int) -> Borrowings:
    """Return what one borrower holds and held.

    Raises:
        UserError: there is nobody of that id, or the person was erased for good.
    """
    with dossier.read() as session:
        _check_not_erased(session, borrower_id)
        who = borrower(dossier, borrower_id)
        own = select(Loan.id).where(Loan.borrower_id == borrower_id).order_by(Loan.lent_on.desc())
        loan_ids = session.scalars(own.order_by(Loan.id.desc())).all()
        details = [loan(dossier, loan_id) for loan_id in loan_ids]
        return Borrowings(
            who=who,
            loans=tuple((detail, device(dossier, detail.row.device_id).row) for detail in details),
            reminders=reminders_made(dossier, loan_ids),
            incidents=tuple(incidents(dossier, borrower_id=borrower_id)),
            papers=tuple(papers(dossier, borrower_id=borrower_id, withdrawn=True)),
            photos=tuple(_photos(session, loan_ids)),
            reserved=tuple(
                row
                for row in devices(dossier, state=DeviceState.RESERVED)
                if row.reserved_for == borrower_id
            ),
        )


def personal_data(dossier: Dossier, borrower_id: int) -> PersonalData:
    """Return all that is known of one borrower.

    Raises:
        UserError: there is nobody of that id, or the person was erased for good.
    """
    with dossier.read() as session:
        found = borrowings(dossier, borrower_id)
        is_pupil = found.who.kind is BorrowerKind.PUPIL
        subjects = _subjects(session, borrower_id, [loan.row.id for loan, _ in found.loans])
        undone = journal.undone(session)
        lines = [
            JournalLine(entry.at, entry.what, entry.id in undone, **json.loads(entry.details))
            for entry in journal.entries(session, subjects)
            if entry.details
        ]
        return PersonalData(
            person=(
                pupil(dossier, borrower_id) if is_pupil else staff_member(dossier, borrower_id).row
            ),
            borrowings=found,
            need=need(dossier, borrower_id) if is_pupil else None,
            journal=tuple(lines),
        )


def _check_not_erased(session: Session, borrower_id: int) -> None:
    kept = session.get(Borrower, borrower_id)
    if kept is not None and kept.erased_at is not None:
        raise UserError(
            "Cette personne a été effacée définitivement : il n’y a plus rien à remettre."
        )


def _photos(session: Session, loan_ids: Sequence[int]) -> Sequence[PhotoRow]:
    incident_ids = select(Incident.id).where(Incident.loan_id.in_(loan_ids))
    wanted = photo_rows().where(
        or_(Photo.loan_id.in_(loan_ids), Photo.incident_id.in_(incident_ids))
    )
    return [PhotoRow(*row) for row in session.execute(wanted)]


def _subjects(session: Session, borrower_id: int, loan_ids: Sequence[int]) -> Sequence[str]:
    """Return what the journal calls the person, and all that it may say of him or her."""
    about = select(Incident.id).where(Incident.loan_id.in_(loan_ids))
    signed = select(SignedPaper.id).where(SignedPaper.borrower_id == borrower_id)
    return [
        *(f"{kind}:{borrower_id}" for kind in ("pupil", "staff", "need")),
        *(f"loan:{loan_id}" for loan_id in loan_ids),
        *(f"incident:{incident_id}" for incident_id in session.scalars(about)),
        *(f"paper:{paper_id}" for paper_id in session.scalars(signed)),
    ]
