# SPDX-License-Identifier: GPL-3.0-or-later
"""People who work at the school: the list, and one person with all loans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.borrowers import held_by
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.inventory.register.model import Staff
from egn_desktop.inventory.register.text import fold, person_name


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person in a list; ``open_loans`` are what he or she holds, ``late`` those overdue."""

    id: int
    last_name: str
    first_name: str
    duty: str
    email: str
    phone: str
    open_loans: int
    late: int

    @property
    def name(self) -> str:
        """The name, then the first name."""
        return person_name(self.last_name, "", self.first_name)


@dataclass(frozen=True, slots=True)
class StaffDetail:
    """One person with all loans, open ones first."""

    row: StaffRow
    loans: tuple[LoanRow, ...]


def staff_members(dossier: Dossier, search: str = "") -> Sequence[StaffRow]:
    """Return the staff by name.

    Args:
        search: words to be found in the names or the duty, without regard to accents or case.
    """
    wanted = _select(dossier).where(Staff.deleted_at.is_(None)).order_by(Staff.sort_key, Staff.id)
    for word in fold(search).split():
        wanted = wanted.where(Staff.search.contains(word, autoescape=True))
    return [StaffRow(*found) for found in dossier.rows(wanted)]


def has_staff(dossier: Dossier) -> bool:
    """Tell whether the list has anybody."""
    return bool(dossier.rows(select(Staff.id).where(Staff.deleted_at.is_(None)).limit(1)))


def staff_member(dossier: Dossier, staff_id: int) -> StaffDetail:
    """Return one person's sheet, removed or not.

    Raises:
        UserError: there is nobody of that id.
    """
    found = next(iter(dossier.rows(_select(dossier).where(Staff.id == staff_id))), None)
    if found is None:
        raise UserError(f"Il n’y a personne sous le n° {staff_id} parmi le personnel.")
    return StaffDetail(StaffRow(*found), tuple(loans(dossier, borrower_id=staff_id)))


def _select(dossier: Dossier) -> Any:
    held, open_loans, late = held_by(dossier.today())
    return select(
        Staff.id,
        Staff.last_name,
        Staff.first_name,
        Staff.duty,
        Staff.email,
        Staff.phone,
        open_loans,
        late,
    ).outerjoin(held, held.c.borrower_id == Staff.id)
