# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rooms of loans share: an open loan, a day that can be, what the journal keeps."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.model import Device, Loan
from egn_desktop.inventory.service.base import (
    UseCases,
    borrower_name,
    describe_device,
    find_borrower,
    find_loan,
)
from egn_desktop.inventory.terms import LoanState


class LoanRoom(UseCases):
    """A room of the service that is about loans."""

    def _check_day(self, day: date) -> None:
        if day > self._dossier.today():
            raise UserError(
                f"Le {french.short_date(day)} est une date à venir.",
                todo="Indiquez aujourd’hui ou un jour passé.",
            )

    def _note_loan(
        self,
        session: Session,
        what: str,
        loan: Loan,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any],
    ) -> None:
        who = find_borrower(session, loan.borrower_id)
        named = {"borrower": who.id, "name": borrower_name(who)} | after
        self._record(what, f"loan:{loan.id}", before=before, after=named)


def find_open(session: Session, loan_id: int) -> Loan:
    """Return an open loan.

    Raises:
        UserError: it ended, or there is none of that id.
    """
    loan = find_loan(session, loan_id)
    if loan.state != LoanState.OPEN:
        label = LoanState(loan.state).label.lower()
        raise UserError(
            f"Le prêt n° {loan_id} est déjà terminé ({label}).",
            todo="Ouvrez le prêt en cours de ce matériel.",
        )
    return loan


def check_end(loan: Loan, day: date, today: date) -> None:
    """Refuse an end before the beginning.

    Raises:
        UserError: the loan began after that day; names the clock when it began after today.
    """
    if day >= loan.lent_on:
        return
    began = f"Le prêt a commencé le {french.short_date(loan.lent_on)}"
    if loan.lent_on > today:
        raise UserError(
            f"{began}, et l’horloge de l’ordinateur indique le {french.short_date(today)}.",
            todo="Corrigez la date de l’ordinateur, puis recommencez.",
        )
    raise UserError(f"{began} : il ne peut pas se terminer avant.")


def lent_fields(loan: Loan, device: Device) -> dict[str, Any]:
    """Return what the journal keeps of a loan made."""
    return {
        "device": loan.device_id,
        "device_name": describe_device(device),
        "school_class": loan.school_class,
        "lent_on": loan.lent_on,
        "due_on": loan.due_on,
        "condition_out": loan.condition_out,
        "accessories": [one.name for one in loan.accessories],
        "note": loan.note_out,
    }


def ended_fields(loan: Loan) -> dict[str, Any]:
    """Return what the journal keeps of a loan ended."""
    return {
        "state": loan.state,
        "ended_on": loan.ended_on,
        "condition_in": loan.condition_in,
        "returned": [one.name for one in loan.accessories if one.returned],
        "missing": [one.name for one in loan.accessories if one.returned is False],
        "note": loan.note_in,
    }
