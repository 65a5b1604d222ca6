# SPDX-License-Identifier: GPL-3.0-or-later
"""All that the dossier knows of one pupil: what is handed over on request (RGPD, article 15)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from egn_desktop.dossier import Dossier, journal
from egn_desktop.errors import UserError
from egn_desktop.inventory.model import Loan, Pupil
from egn_desktop.inventory.queries.devices import DeviceRow, device
from egn_desktop.inventory.queries.loans import LoanDetail, loan
from egn_desktop.inventory.queries.needs import NeedRow, need
from egn_desktop.inventory.queries.pupils import PupilDetail, pupil
from egn_desktop.inventory.queries.reminders import late_loan
from egn_desktop.inventory.reminders import Sent
from egn_desktop.inventory.terms import LoanState
from egn_desktop.inventory.text import person_name


@dataclass(frozen=True, slots=True)
class Person:
    """One pupil whose data the dossier holds, still in the list or not."""

    id: int
    name: str
    school_class: str
    is_listed: bool


@dataclass(frozen=True, slots=True)
class JournalLine:
    """What the journal says of one change; the operator is somebody else and left out."""

    at: datetime
    what: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PersonalData:
    """All that is known of one pupil; ``reminders`` are those made for each loan, by its id."""

    pupil: PupilDetail
    loans: tuple[tuple[LoanDetail, DeviceRow], ...]
    reminders: Mapping[int, tuple[Sent, ...]]
    need: NeedRow | None
    journal: tuple[JournalLine, ...]

    @property
    def held(self) -> Sequence[tuple[LoanDetail, DeviceRow]]:
        """What the pupil has now."""
        return [one for one in self.loans if one[0].row.state is LoanState.OPEN]

    @property
    def past(self) -> Sequence[tuple[LoanDetail, DeviceRow]]:
        """What the pupil had, cancelled loans too."""
        return [one for one in self.loans if one[0].row.state is not LoanState.OPEN]


def persons(dossier: Dossier) -> Sequence[Person]:
    """Return every pupil who was not erased, by name, those out of the list too."""
    wanted = (
        select(
            Pupil.id,
            Pupil.last_name,
            Pupil.usual_name,
            Pupil.first_name,
            Pupil.school_class,
            Pupil.deleted_at,
        )
        .where(Pupil.erased_at.is_(None))
        .order_by(Pupil.sort_key, Pupil.school_class, Pupil.id)
    )
    return [
        Person(
            id=row.id,
            name=person_name(row.last_name, row.usual_name, row.first_name),
            school_class=row.school_class,
            is_listed=row.deleted_at is None,
        )
        for row in dossier.rows(wanted)
    ]


def personal_data(dossier: Dossier, pupil_id: int) -> PersonalData:
    """Return all that is known of one pupil.

    Raises:
        UserError: there is no such pupil, or he or she was erased for good.
    """
    with dossier.read() as session:
        kept = session.get(Pupil, pupil_id)
        if kept is not None and kept.erased_at is not None:
            raise UserError(
                "Cet élève a été effacé définitivement : il n’y a plus rien à remettre."
            )
        found = pupil(dossier, pupil_id)
        own = select(Loan.id).where(Loan.borrower_id == pupil_id).order_by(Loan.lent_on.desc())
        loan_ids = session.scalars(own.order_by(Loan.id.desc())).all()
        details = [loan(dossier, loan_id) for loan_id in loan_ids]
        subjects = [f"pupil:{pupil_id}", f"need:{pupil_id}", *(f"loan:{n}" for n in loan_ids)]
        lines = [
            JournalLine(entry.at, entry.what, **json.loads(entry.details))
            for entry in journal.entries(session, subjects)
            if entry.details
        ]
        return PersonalData(
            pupil=found,
            loans=tuple((one, device(dossier, one.row.device_id).row) for one in details),
            reminders={n: late_loan(dossier, n).history for n in loan_ids},
            need=need(dossier, pupil_id),
            journal=tuple(lines),
        )
