# SPDX-License-Identifier: GPL-3.0-or-later
"""People who work at the school: the list, and one person with all loans."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, select

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.listing import Column, ListColumn, Listing
from egn_desktop.errors import UserError
from egn_desktop.fields import columns_of, kept_of
from egn_desktop.inventory.people.queries.borrowers import held_by
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.inventory.register.model import Staff
from egn_desktop.inventory.register.nouns import StaffFields
from egn_desktop.inventory.register.shown import shown_fields, shown_held, shown_person
from egn_desktop.inventory.register.text import person_name
from egn_desktop.lists import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRow(StaffFields):
    """One person in a list; ``open_loans`` are what he or she holds, ``late`` those overdue."""

    id: int
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


class StaffColumn(StrEnum):
    """What the staff can be sorted by and narrowed to."""

    NAME = "name"
    HELD = "held"


def staff_members(dossier: Dossier, asked: str | Asked = "") -> Sequence[StaffRow]:
    """Return the staff by name, unless another order is asked for.

    Args:
        asked: words to be found in the names or the duty; or those, an order, a limit.
    """
    return staff_list(dossier).rows(asked)


def staff_list(dossier: Dossier) -> Listing[StaffRow]:
    """Return the staff as a list that is searched, sorted and counted in the dossier."""
    wanted, open_loans, late = _select(dossier)
    return Listing(
        dossier,
        wanted.where(Staff.deleted_at.is_(None)),
        words=(Staff.search,),
        order=(Staff.sort_key, Staff.id),
        shown=_row,
        columns=lambda: {
            StaffColumn.NAME: ListColumn(shown_person(Staff)),
            **shown_fields(Staff, StaffFields),
            StaffColumn.HELD: ListColumn(shown_held(open_loans, late), (-open_loans,)),
        },
    )


def has_staff(dossier: Dossier) -> bool:
    """Tell whether the list has anybody."""
    return bool(dossier.rows(select(Staff.id).where(Staff.deleted_at.is_(None)).limit(1)))


def staff_member(dossier: Dossier, staff_id: int) -> StaffDetail:
    """Return one person's sheet, removed or not.

    Raises:
        UserError: there is nobody of that id.
    """
    wanted, _, _ = _select(dossier)
    found = next(iter(dossier.rows(wanted.where(Staff.id == staff_id))), None)
    if found is None:
        raise UserError(f"Il n’y a personne sous le n° {staff_id} parmi le personnel.")
    return StaffDetail(_row(found), tuple(loans(dossier, borrower_id=staff_id)))


def _select(dossier: Dossier) -> tuple[Any, Column, Column]:
    """Return what a row is made of, and of it what somebody holds, and what is late of that."""
    held, open_loans, late = held_by(dossier.today())
    wanted = select(
        *(getattr(Staff, name) for name in columns_of(StaffFields)),
        Staff.id,
        open_loans,
        late,
    ).outerjoin(held, held.c.borrower_id == Staff.id)
    return wanted, open_loans.element, late.element


def _row(found: Row[Any]) -> StaffRow:
    return StaffRow(
        **kept_of(StaffFields, found),
        id=found.id,
        open_loans=found.open_loans,
        late=found.late,
    )
