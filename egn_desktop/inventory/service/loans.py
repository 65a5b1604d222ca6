# SPDX-License-Identifier: GPL-3.0-or-later
"""Loans: lend, undo, prolong."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.inventory import due_dates, rules
from egn_desktop.inventory.model import Borrower, Device, Loan, LoanAccessory, Pupil
from egn_desktop.inventory.service.base import (
    borrower_name,
    clean_names,
    describe_device,
    find_borrower,
    find_device,
    open_loan_of,
)
from egn_desktop.inventory.service.loan_room import LoanRoom, find_open, lent_fields
from egn_desktop.inventory.terms import Condition, DeviceState, LoanState
from egn_desktop.school.queries import calendar


class LoanUseCases(LoanRoom):
    """Use cases of the register of loans."""

    def lend(
        self,
        *,
        device_id: int,
        borrower_id: int,
        due_on: date | None = None,
        lent_on: date | None = None,
        condition: Condition | None = None,
        accessories: Sequence[str] | None = None,
        note: str = "",
    ) -> int:
        """Lend a device to somebody and return the loan's id; ``undo_lend`` undoes it.

        A device that waits for this person is lent as any other; its reservation ends with the
        loan, so that a loan made by mistake gives it back.

        Args:
            due_on: the end of the school year when left out (our proposal).
            lent_on: today when left out.
            condition: the device's on that day; as it was known when left out.
            accessories: what is handed over with it; all that is present when left out.

        Raises:
            UserError: the device or the borrower is gone, the device is lent, out of use or
                reserved for somebody else, or the days make no sense.
        """
        day = lent_on or self._dossier.today()
        due = due_on or due_dates.end_of_school_year(day, calendar(self._dossier))
        self._check_day(day)
        problem = rules.due_problem(day, due)
        if problem:
            raise UserError(problem, kept="Le prêt n’a pas été enregistré.")
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            device, who = find_device(session, device_id), find_borrower(session, borrower_id)
            state = Condition(condition or device.condition)
            _check_lendable(session, device, who, state)
            device.condition = state
            present = [one.name for one in device.accessories if one.present]
            loan = Loan(
                device_id=device.id,
                borrower_id=who.id,
                school_class=who.school_class if isinstance(who, Pupil) else "",
                lent_on=day,
                due_on=due,
                state=LoanState.OPEN,
                condition_out=state,
                note_out=note.strip(),
                created_at=self._dossier.now(),
                accessories=[
                    LoanAccessory(position=position, name=name)
                    for position, name in enumerate(
                        present if accessories is None else clean_names(accessories)
                    )
                ],
            )
            session.add(loan)
            session.flush()
            self._note_loan(session, "loan.lent", loan, after=lent_fields(loan, device))
            return loan.id

    def undo_lend(self, loan_id: int) -> None:
        """Cancel a loan made by mistake: the device is in stock again, the journal keeps both.

        Raises:
            UserError: the loan is not open any more, or came by an exchange.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_open(session, loan_id)
            if loan.replaces_id is not None:
                raise UserError(
                    "Ce prêt vient d’un échange.", todo="Annulez l’échange pour annuler ce prêt."
                )
            self._cancel(session, loan)

    def renew(self, loan_id: int, *, due_on: date) -> None:
        """Move the day on which an open loan is due.

        Raises:
            UserError: the loan is not open, or the day comes before the loan.
        """
        with self._dossier.write(Changed.LOANS) as session:
            loan = find_open(session, loan_id)
            problem = rules.due_problem(loan.lent_on, due_on)
            if problem:
                raise UserError(problem)
            if loan.due_on == due_on:
                return
            before, loan.due_on = {"due_on": loan.due_on}, due_on
            self._note_loan(session, "loan.renewed", loan, before=before, after={"due_on": due_on})

    def _cancel(self, session: Session, loan: Loan) -> None:
        loan.state, loan.ended_on = LoanState.CANCELLED, self._dossier.today()
        after = {"state": loan.state, "ended_on": loan.ended_on}
        self._note_loan(session, "loan.cancelled", loan, after=after)


def _check_lendable(session: Session, device: Device, who: Borrower, condition: Condition) -> None:
    kept = "Le prêt n’a pas été enregistré."
    if who.deleted_at is not None:
        raise UserError("Cette personne n’est plus dans la liste.", kept=kept)
    if device.deleted_at is not None:
        raise UserError(f"{describe_device(device)} n’est plus dans l’inventaire.", kept=kept)
    held = open_loan_of(session, device.id)
    if held is not None:
        holder = borrower_name(find_borrower(session, held.borrower_id))
        raise UserError(
            f"{describe_device(device)} est déjà prêté à {holder}, jusqu’au "
            f"{french.short_date(held.due_on)}.",
            kept=kept,
            todo="Notez d’abord son retour, ou choisissez un autre matériel.",
        )
    if device.state == DeviceState.RESERVED and device.reserved_for != who.id:
        raise UserError(
            f"{describe_device(device)} est réservé {_reservation(session, device)}.",
            kept=kept,
            todo="Choisissez un autre matériel, ou levez la réservation sur la fiche de celui-ci.",
        )
    usable = (DeviceState.AVAILABLE, DeviceState.RESERVED)
    if device.state not in usable or condition is Condition.BROKEN:
        state = rules.state_for(condition, DeviceState(device.state))
        raise UserError(
            f"{describe_device(device)} ne peut pas être prêté : {state.label.lower()}.",
            kept=kept,
            todo="Choisissez un autre matériel, ou corrigez l’état de celui-ci.",
        )


def _reservation(session: Session, device: Device) -> str:
    """Return "pour Inès Benali (jusqu’au conseil)", or "(rallye de maths)"."""
    note = f"({device.reserved_note})" if device.reserved_note else ""
    if device.reserved_for is None:
        return note
    name = borrower_name(find_borrower(session, device.reserved_for))
    return f"pour {name} {note}".rstrip()
