# SPDX-License-Identifier: GPL-3.0-or-later
"""Loans: lend, take back, renew, note a loss or a theft, and undo."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.documents import french
from egn_desktop.errors import UserError
from egn_desktop.inventory import due_dates, rules
from egn_desktop.inventory.model import Borrower, Device, Loan, LoanAccessory, Pupil
from egn_desktop.inventory.service.base import (
    UseCases,
    borrower_name,
    clean_names,
    describe_device,
    find_borrower,
    find_device,
    find_loan,
    open_loan_of,
)
from egn_desktop.inventory.terms import Condition, DeviceState, LoanState
from egn_desktop.inventory.text import fold
from egn_desktop.school.queries import calendar


class LoanUseCases(UseCases):
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

        Args:
            due_on: the end of the school year when left out (our proposal).
            lent_on: today when left out.
            condition: the device's on that day; as it was known when left out.
            accessories: what is handed over with it; all that is present when left out.

        Raises:
            UserError: the device or the pupil is gone, the device is lent or out of use, or the
                days make no sense.
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
            self._note(session, "loan.lent", loan, after=_lent_fields(loan, device))
            return loan.id

    def undo_lend(self, loan_id: int) -> None:
        """Cancel a loan made by mistake: the device is in stock again, the journal keeps both.

        Raises:
            UserError: the loan is not open any more.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = _find_open(session, loan_id)
            loan.state, loan.ended_on = LoanState.CANCELLED, self._dossier.today()
            self._note(session, "loan.cancelled", loan, after={"state": loan.state})

    def return_device(
        self,
        loan_id: int,
        *,
        returned_on: date | None = None,
        condition: Condition | None = None,
        accessories: Collection[str] | None = None,
        note: str = "",
    ) -> None:
        """Take a lent device back; ``undo_return`` undoes it.

        Args:
            returned_on: today when left out.
            condition: as it is known when left out; a broken device is not available again.
            accessories: those that came back; all that were handed over when left out.

        Raises:
            UserError: the loan is not open, or the day makes no sense.
        """
        day = returned_on or self._dossier.today()
        self._check_day(day)
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = _find_open(session, loan_id)
            _check_end(loan, day)
            device = find_device(session, loan.device_id)
            state = Condition(condition or device.condition)
            came_back = None if accessories is None else {fold(name) for name in accessories}
            for one in loan.accessories:
                one.returned = came_back is None or fold(one.name) in came_back
            missing = {fold(one.name) for one in loan.accessories if not one.returned}
            for accessory in device.accessories:
                accessory.present = accessory.present and fold(accessory.name) not in missing
            device.condition = state
            device.state = rules.state_for(state, DeviceState.AVAILABLE)
            loan.state, loan.ended_on = LoanState.RETURNED, day
            loan.condition_in, loan.note_in = state, note.strip()
            self._note(session, "loan.returned", loan, after=_ended_fields(loan))

    def declare_missing(
        self, loan_id: int, *, stolen: bool = False, on: date | None = None, note: str = ""
    ) -> None:
        """Note that a lent device is lost, or stolen; ``undo_return`` undoes it.

        Args:
            on: today when left out.
            note: the number of the complaint, what the family says.

        Raises:
            UserError: the loan is not open, or the day makes no sense.
        """
        day = on or self._dossier.today()
        self._check_day(day)
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = _find_open(session, loan_id)
            _check_end(loan, day)
            device = find_device(session, loan.device_id)
            device.state = DeviceState.STOLEN if stolen else DeviceState.LOST
            loan.state = LoanState.STOLEN if stolen else LoanState.LOST
            loan.ended_on, loan.note_in = day, note.strip()
            self._note(session, "loan.missing", loan, after=_ended_fields(loan))

    def undo_return(self, loan_id: int) -> None:
        """Open a loan again that was ended by mistake.

        Raises:
            UserError: the loan did not end, or its device was lent again or removed meanwhile.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_loan(session, loan_id)
            if loan.state in (LoanState.OPEN, LoanState.CANCELLED):
                raise UserError("Ce prêt n’est pas terminé : il n’y a pas de retour à annuler.")
            device = find_device(session, loan.device_id)
            if device.deleted_at is not None or open_loan_of(session, device.id):
                raise UserError(
                    f"Le retour ne peut plus être annulé : {describe_device(device)} a été prêté "
                    "à nouveau ou supprimé depuis.",
                )
            before = _ended_fields(loan)
            missing = {fold(one.name) for one in loan.accessories if one.returned is False}
            for accessory in device.accessories:
                accessory.present = accessory.present or fold(accessory.name) in missing
            for one in loan.accessories:
                one.returned = None
            device.condition, device.state = loan.condition_out, DeviceState.AVAILABLE
            loan.state, loan.ended_on = LoanState.OPEN, None
            loan.condition_in, loan.note_in = None, ""
            self._note(session, "loan.reopened", loan, before=before, after=_ended_fields(loan))

    def renew(self, loan_id: int, *, due_on: date) -> None:
        """Move the day on which an open loan is due.

        Raises:
            UserError: the loan is not open, or the day comes before the loan.
        """
        with self._dossier.write(Changed.LOANS) as session:
            loan = _find_open(session, loan_id)
            problem = rules.due_problem(loan.lent_on, due_on)
            if problem:
                raise UserError(problem)
            if loan.due_on == due_on:
                return
            before, loan.due_on = {"due_on": loan.due_on}, due_on
            self._note(session, "loan.renewed", loan, before=before, after={"due_on": due_on})

    def _check_day(self, day: date) -> None:
        if day > self._dossier.today():
            raise UserError(
                f"Le {french.short_date(day)} est une date à venir.",
                todo="Indiquez aujourd’hui ou un jour passé.",
            )

    def _note(
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


def _find_open(session: Session, loan_id: int) -> Loan:
    loan = find_loan(session, loan_id)
    if loan.state != LoanState.OPEN:
        label = LoanState(loan.state).label.lower()
        raise UserError(
            f"Le prêt n° {loan_id} est déjà terminé ({label}).",
            todo="Ouvrez le prêt en cours de ce matériel.",
        )
    return loan


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
    if device.state != DeviceState.AVAILABLE or condition is Condition.BROKEN:
        state = rules.state_for(condition, DeviceState(device.state))
        raise UserError(
            f"{describe_device(device)} ne peut pas être prêté : {state.label.lower()}.",
            kept=kept,
            todo="Choisissez un autre matériel, ou corrigez l’état de celui-ci.",
        )


def _check_end(loan: Loan, day: date) -> None:
    if day < loan.lent_on:
        raise UserError(
            f"Le prêt a commencé le {french.short_date(loan.lent_on)} : il ne peut pas se "
            "terminer avant.",
        )


def _lent_fields(loan: Loan, device: Device) -> dict[str, Any]:
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


def _ended_fields(loan: Loan) -> dict[str, Any]:
    return {
        "state": loan.state,
        "ended_on": loan.ended_on,
        "condition_in": loan.condition_in,
        "returned": [one.name for one in loan.accessories if one.returned],
        "missing": [one.name for one in loan.accessories if one.returned is False],
        "note": loan.note_in,
    }
