# SPDX-License-Identifier: GPL-3.0-or-later
"""What each person gave back on a day: devices with their kit, and parts of a kit apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, literal_column, select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.model import Borrower, Loan, LoanAccessory
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.inventory.register.text import person_name

# The plus keeps SQLite from its index of states: nearly every old loan is in one of these two, and
# to look each up takes ten times as long as to read through them all.
_IS_BACK = literal_column("+loan.state").in_((LoanState.RETURNED, LoanState.EXCHANGED))


@dataclass(frozen=True, slots=True)
class ReturnDay:
    """All that one person gave back on one day.

    Attributes:
        loan_ids: the loans that ended on it by a return or an exchange.
        apart: loan → the accessories that came back on it without their device.
    """

    borrower_id: int
    borrower_name: str
    day: date
    loan_ids: tuple[int, ...]
    apart: dict[int, tuple[str, ...]]


def returns(
    dossier: Dossier, *, since: date | None = None, borrower_id: int | None = None
) -> Sequence[ReturnDay]:
    """Return the days on which people gave something back, the latest first.

    Args:
        since: only days from that one on.
        borrower_id: only this person's.
    """
    devices = (
        select(Loan.borrower_id, Loan.ended_on.label("day"), Loan.id)
        .where(_IS_BACK)
        .order_by(Loan.ended_on, Loan.id)
    )
    parts = (
        select(
            Loan.borrower_id,
            LoanAccessory.returned_on.label("day"),
            Loan.id,
            LoanAccessory.name,
        )
        .join(LoanAccessory, LoanAccessory.loan_id == Loan.id)
        .where(LoanAccessory.returned_on.is_not(None), Loan.state != LoanState.CANCELLED)
        .order_by(LoanAccessory.returned_on, Loan.id, LoanAccessory.position)
    )
    if since is not None:
        devices = devices.where(Loan.ended_on >= since)
        parts = parts.where(LoanAccessory.returned_on >= since)
    if borrower_id is not None:
        devices = devices.where(Loan.borrower_id == borrower_id)
        parts = parts.where(Loan.borrower_id == borrower_id)
    whole: dict[tuple[int, date], list[int]] = {}
    apart: dict[tuple[int, date], dict[int, list[str]]] = {}
    for row in dossier.rows(devices):
        whole.setdefault((row.borrower_id, row.day), []).append(row.id)
    for row in dossier.rows(parts):
        of_day = apart.setdefault((row.borrower_id, row.day), {})
        of_day.setdefault(row.id, []).append(row.name)
    keys = whole.keys() | apart.keys()
    names = _names(dossier, {who for who, _ in keys})
    found = [
        ReturnDay(
            who,
            names[who],
            day,
            tuple(whole.get((who, day), ())),
            {loan_id: tuple(those) for loan_id, those in apart.get((who, day), {}).items()},
        )
        for who, day in keys
    ]
    return sorted(found, key=lambda day: (-day.day.toordinal(), day.borrower_name, day.borrower_id))


def last_return(dossier: Dossier) -> date | None:
    """Return the latest day on which anybody gave anything back, or None."""
    device = select(func.max(Loan.ended_on)).where(_IS_BACK)
    part = (
        select(func.max(LoanAccessory.returned_on))
        .join(Loan, Loan.id == LoanAccessory.loan_id)
        .where(LoanAccessory.returned_on.is_not(None), Loan.state != LoanState.CANCELLED)
    )
    days: list[date | None] = [row[0] for wanted in (device, part) for row in dossier.rows(wanted)]
    return max(filter(None, days), default=None)


def _names(dossier: Dossier, borrower_ids: set[int]) -> dict[int, str]:
    wanted = select(
        Borrower.id, Borrower.last_name, Borrower.usual_name, Borrower.first_name
    ).where(Borrower.id.in_(borrower_ids))
    return {
        row.id: person_name(row.last_name, row.usual_name, row.first_name)
        for row in dossier.rows(wanted)
    }
