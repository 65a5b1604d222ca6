# SPDX-License-Identifier: GPL-3.0-or-later
"""What the use cases of loans share: an open loan, a day that can be, what the journal keeps."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register import rules, wiping
from egn_desktop.inventory.register.finding import (
    borrower_name,
    describe_device,
    device_code,
    find_borrower,
    find_device,
    find_loan,
    open_loan_of,
)
from egn_desktop.inventory.register.model import Borrower, Device, Loan
from egn_desktop.inventory.register.terms import Condition, DeviceKind, DeviceState, LoanState


def check_day(dossier: Dossier, day: date) -> None:
    """Refuse a day to come.

    Raises:
        UserError: the day is later than today.
    """
    if day > dossier.today():
        raise UserError(
            f"Le {french.short_date(day)} est une date à venir.",
            todo="Indiquez aujourd’hui ou un jour passé.",
        )


def note_loan(
    dossier: Dossier,
    session: Session,
    what: str,
    loan: Loan,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
) -> None:
    """Write a journal entry about a loan, with whose it is."""
    who = find_borrower(session, loan.borrower_id)
    named = {"borrower": who.id, "name": borrower_name(who)} | after
    dossier.record(what, f"loan:{loan.id}", before=before, after=named)


def name_loan_act(dossier: Dossier, session: Session, what: str, loan: Loan) -> None:
    """Say what is done to a loan, by its device, for who would undo it."""
    dossier.name_act(f"{what} de {device_code(find_device(session, loan.device_id))}")


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
        "accessories": [accessory.name for accessory in loan.accessories],
        "note": loan.note_out,
    }


def ended_fields(loan: Loan) -> dict[str, Any]:
    """Return what the journal keeps of a loan ended."""
    return {
        "state": loan.state,
        "ended_on": loan.ended_on,
        "condition_in": loan.condition_in,
        "returned": [accessory.name for accessory in loan.accessories if accessory.returned],
        "missing": [
            accessory.name for accessory in loan.accessories if accessory.returned is False
        ],
        "note": loan.note_in,
    }


def check_lendable(session: Session, device: Device, who: Borrower, condition: Condition) -> None:
    """Refuse a loan that cannot be made.

    Raises:
        UserError: the person or the device is gone, or the device is lent, kept or unfit.
    """
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


def replacement_of(session: Session, loan_id: int) -> Loan | None:
    """Return the loan that took over from one that was exchanged, or None."""
    wanted = select(Loan).where(Loan.replaces_id == loan_id, Loan.state != LoanState.CANCELLED)
    return session.scalar(wanted)


def check_can_reopen(session: Session, loan: Loan, device: Device) -> None:
    """Refuse to open a loan again whose device or borrower moved on.

    Raises:
        UserError: the device was lent, reserved, retired or removed, or the person is gone.
    """
    after = or_(Loan.lent_on > loan.lent_on, (Loan.lent_on == loan.lent_on) & (Loan.id > loan.id))
    later = select(Loan.id).where(
        Loan.device_id == device.id, after, Loan.state != LoanState.CANCELLED
    )
    is_gone = device.state in (DeviceState.RETIRED, DeviceState.RESERVED)
    if device.deleted_at is not None or is_gone or session.scalar(later) is not None:
        raise UserError(
            f"Le retour ne peut plus être annulé : {describe_device(device)} a été prêté "
            "à nouveau, réservé, sorti du parc ou supprimé depuis.",
        )
    who = find_borrower(session, loan.borrower_id)
    if who.erased_at is not None or who.deleted_at is not None:
        name = borrower_name(who) or "cette personne"
        raise UserError(
            f"Le retour ne peut plus être annulé : {name} n’est plus dans la liste.",
            todo="Remettez d’abord cette personne dans la liste, si elle n’a pas été effacée.",
        )


def set_present(session: Session, loan: Loan, names: Collection[str], *, present: bool) -> None:
    """Note of the accessories of a loan's device whether they are there; names are folded."""
    device = find_device(session, loan.device_id)
    for accessory in device.accessories:
        if fold(accessory.name) in names:
            accessory.present = present


def known_steps(session: Session, loan: Loan, done: Collection[str]) -> list[str]:
    """Return the wiping steps done, in the order of the checklist.

    Raises:
        UserError: one of them is not a step of this kind of device.
    """
    kind = DeviceKind(find_device(session, loan.device_id).kind)
    known = [step.id for step in wiping.steps_for(kind)]
    unknown = sorted(set(done) - set(known))
    if unknown:
        raise UserError(
            f"« {unknown[0]} » n’est pas une étape d’effacement de ce matériel.",
            todo=f"Au choix : {', '.join(known) or 'aucune'}.",
        )
    return [step for step in known if step in done]
