# SPDX-License-Identifier: GPL-3.0-or-later
"""Whoever borrows, pupil or staff: who somebody is, and everybody in one list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import case, func, select

from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.model import Borrower, Loan
from egn_desktop.inventory.register.terms import BorrowerKind, LoanState
from egn_desktop.inventory.register.text import person_name


@dataclass(frozen=True, slots=True)
class BorrowerRow:
    """One person who may borrow.

    Attributes:
        detail: a pupil's class, a staff member's duty.
        open_loans: how many devices he or she holds; ``late`` of them are overdue.
        is_listed: whether he or she is in the list, neither taken out nor erased.
    """

    id: int
    kind: BorrowerKind
    name: str
    detail: str
    open_loans: int
    late: int
    is_listed: bool

    @property
    def label(self) -> str:
        """Name and detail: "Benali Inès, CM2 M. Colin"."""
        return ", ".join(filter(None, (self.name, self.detail)))


def borrowers(
    dossier: Dossier, search: str = "", *, kind: BorrowerKind | None = None
) -> Sequence[BorrowerRow]:
    """Return all who may borrow, by name; those whose own name is searched for come first.

    Args:
        search: words to be found in the names, the class or the duty, without regard to accents
            or case.
        kind: only pupils, or only the staff.
    """
    wanted = (
        _select(dossier.today())
        .where(Borrower.deleted_at.is_(None))
        .order_by(Borrower.sort_key, Borrower.id)
    )
    if kind is not None:
        wanted = wanted.where(Borrower.kind == kind)
    words = fold(search).split()
    for word in words:
        wanted = wanted.where(Borrower.search.contains(word, autoescape=True))
    rows = [_row(found) for found in dossier.rows(wanted)]
    # "vidal" means Mme Vidal before each pupil of "CE1 Mme Vidal".
    return sorted(rows, key=lambda row: not _is_named(row, words)) if words else rows


def known_borrowers(dossier: Dossier, *, limit: int | None = None) -> Sequence[BorrowerRow]:
    """Return everybody who was not erased, by name, those out of the list too.

    Args:
        limit: no more than so many, the first.
    """
    wanted = (
        _select(dossier.today())
        .where(Borrower.erased_at.is_(None))
        .order_by(Borrower.sort_key, Borrower.id)
        .limit(limit)
    )
    return [_row(found) for found in dossier.rows(wanted)]


def _is_named(row: BorrowerRow, words: Sequence[str]) -> bool:
    own = fold(row.name).split()
    return all(any(name.startswith(word) for name in own) for word in words)


def borrower(dossier: Dossier, borrower_id: int) -> BorrowerRow:
    """Return who somebody is, removed or not.

    Raises:
        UserError: there is nobody of that id.
    """
    wanted = _select(dossier.today()).where(Borrower.id == borrower_id)
    found = next(iter(dossier.rows(wanted)), None)
    if found is None:
        raise UserError(f"Il n’y a pas d’emprunteur n° {borrower_id} dans ce dossier.")
    return _row(found)


def held_by(today: date) -> tuple[Any, Any, Any]:
    """Return a subquery of what each borrower holds, to be joined, and its two counts."""
    held = (
        select(
            Loan.borrower_id,
            func.count().label("open_loans"),
            func.count().filter(Loan.due_on < today).label("late"),
        )
        .where(Loan.state == LoanState.OPEN)
        .group_by(Loan.borrower_id)
        .subquery()
    )
    open_loans = func.coalesce(held.c.open_loans, 0).label("open_loans")
    return held, open_loans, func.coalesce(held.c.late, 0).label("late")


def detail() -> Any:
    """Return the column that tells people of one name apart: a pupil's class, a duty."""
    # The columns of a kind, named through its class, would leave the other kind out.
    columns = Borrower.__table__.c
    is_staff = Borrower.kind == BorrowerKind.STAFF
    return case((is_staff, columns.duty), else_=columns.school_class).label("detail")


def _select(today: date) -> Any:
    held, open_loans, late = held_by(today)
    return select(
        Borrower.id,
        Borrower.kind,
        Borrower.last_name,
        Borrower.usual_name,
        Borrower.first_name,
        detail(),
        open_loans,
        late,
        Borrower.deleted_at.is_(None),
    ).outerjoin(held, held.c.borrower_id == Borrower.id)


def _row(found: Sequence[Any]) -> BorrowerRow:
    id_, kind, last_name, usual_name, first_name, told, open_loans, late, is_listed = found
    name = person_name(last_name, usual_name, first_name)
    return BorrowerRow(id_, BorrowerKind(kind), name, told, open_loans, late, is_listed)
