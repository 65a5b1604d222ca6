# SPDX-License-Identifier: GPL-3.0-or-later
"""A crisis seen from the inventory: the loan campaign in figures, and whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, literal_column, select

from egn_desktop.collation import class_key
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.queries.needs import needs_summary, servable, waiting
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.model import Guardian, Loan, PupilGuardian
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.inventory.stock.queries.devices import stock


@dataclass(frozen=True, slots=True)
class Campaign:
    """Where lending stands.

    Attributes:
        surveyed: pupils whose family has answered the questionnaire; the next two are among them.
        without_device: pupils without an appropriate device at home.
        waiting: pupils who wait for a loan.
        available: devices that can be lent.
        servable: how many of those waited for can be lent at once.
        lent: loans made since the day asked for; one that takes over another is none.
    """

    surveyed: int
    without_device: int
    waiting: int
    available: int
    servable: int
    lent: int


def campaign(dossier: Dossier, since: date) -> Campaign:
    """Return the loan campaign in figures, counting the loans made since a day."""
    with dossier.read():
        needs = needs_summary(dossier)
        (made,) = dossier.rows(
            select(func.count().label("n")).where(
                Loan.lent_on >= since,
                Loan.state != LoanState.CANCELLED,
                # The plus keeps SQLite from its index: nearly every loan replaces none.
                literal_column("+loan.replaces_id").is_(None),
            )
        )
        return Campaign(
            surveyed=needs.surveyed,
            without_device=needs.without_device,
            waiting=needs.waiting,
            available=stock(dossier).available,
            servable=servable(dossier),
            lent=made.n,
        )


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """Whom to call for one pupil, and what is known already.

    Attributes:
        callers: name and number of each legal representative who has one.
        has_loan: a device of the school is at home.
        waits: the pupil waits for a loan.
    """

    name: str
    school_class: str
    callers: tuple[tuple[str, str], ...]
    has_loan: bool
    waits: bool


def families(dossier: Dossier, school_class: str = "") -> Sequence[FamilyRow]:
    """Return whom to call for the pupils of a class, or of all, by class and name."""
    with dossier.read():
        waits = {row.id for row in waiting(dossier, school_class=school_class)}
        callers: dict[int, list[tuple[str, str]]] = {}
        for row in dossier.rows(
            select(
                PupilGuardian.pupil_id,
                Guardian.title,
                Guardian.first_name,
                Guardian.last_name,
                Guardian.phone,
            )
            .join(Guardian, PupilGuardian.guardian_id == Guardian.id)
            .where(Guardian.phone != "")
            .order_by(PupilGuardian.position, Guardian.id)
        ):
            name = " ".join(part for part in (row.title, row.first_name, row.last_name) if part)
            callers.setdefault(row.pupil_id, []).append((name, row.phone))
        found = [
            FamilyRow(
                pupil.name,
                pupil.school_class,
                tuple(callers.get(pupil.id, ())),
                has_loan=bool(pupil.open_loans),
                waits=pupil.id in waits,
            )
            for pupil in pupils(dossier, school_class=school_class)
            if pupil.left_on is None
        ]
    return sorted(found, key=lambda row: class_key(row.school_class))
