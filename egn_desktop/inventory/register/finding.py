# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rooms of the service share: the dossier, and how a record is found."""

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.collation import fold, natural_key
from egn_desktop.errors import UserError
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.model import (
    Borrower,
    Device,
    DeviceAccessory,
    Loan,
    Pupil,
    Staff,
)
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState, LoanState
from egn_desktop.inventory.register.text import person_name, search_text

Record = TypeVar("Record")


def device_code(device: Device) -> str:
    """Return the number by which people name a device."""
    return device.asset_number or device.serial_number


def describe_device(device: Device) -> str:
    """Return "HP ProBook 11 (YSS-0001)"."""
    name = rules.device_name(DeviceKind(device.kind), device.brand, device.model)
    return f"{name} ({device_code(device)})"


def _found(record: Record | None, missing: str) -> Record:
    if record is None:
        raise UserError(missing)
    return record


def find_device(session: Session, device_id: int) -> Device:
    """Return a device, removed or not.

    Raises:
        UserError: there is none of that id.
    """
    return _found(
        session.get(Device, device_id), f"Il n’y a pas de matériel n° {device_id} dans ce dossier."
    )


def find_borrower(session: Session, borrower_id: int) -> Borrower:
    """Return a pupil or somebody of the staff, removed or not.

    Raises:
        UserError: there is nobody of that id.
    """
    return _found(
        session.get(Borrower, borrower_id),
        f"Il n’y a pas d’emprunteur n° {borrower_id} dans ce dossier.",
    )


def borrower_name(borrower: Borrower) -> str:
    """Return the name in use, then the first name."""
    return person_name(borrower.last_name, borrower.usual_name, borrower.first_name)


def check_holds_nothing(session: Session, borrower: Borrower, what: str) -> None:
    """Refuse to take somebody off the list, or to erase, who still has a device.

    Args:
        what: what cannot be done, as a French passive infinitive ("être effacé").

    Raises:
        UserError: a loan is open.
    """
    held = select(Loan.id).where(Loan.borrower_id == borrower.id, Loan.state == LoanState.OPEN)
    if session.scalar(held) is not None:
        raise UserError(
            f"{borrower_name(borrower)} a encore un matériel prêté et ne peut pas {what}.",
            todo="Notez d’abord le retour, la perte ou le vol de ce matériel.",
        )


def find_pupil(session: Session, pupil_id: int) -> Pupil:
    """Return a pupil, removed or not.

    Raises:
        UserError: there is none of that id.
    """
    return _found(
        session.get(Pupil, pupil_id), f"Il n’y a pas d’élève n° {pupil_id} dans ce dossier."
    )


def find_staff(session: Session, staff_id: int) -> Staff:
    """Return somebody of the staff, removed or not.

    Raises:
        UserError: there is nobody of that id.
    """
    return _found(
        session.get(Staff, staff_id), f"Il n’y a personne sous le n° {staff_id} parmi le personnel."
    )


def find_loan(session: Session, loan_id: int) -> Loan:
    """Return a loan.

    Raises:
        UserError: there is none of that id.
    """
    return _found(session.get(Loan, loan_id), f"Il n’y a pas de prêt n° {loan_id} dans ce dossier.")


def open_loan_of(session: Session, device_id: int) -> Loan | None:
    """Return the open loan of a device, or None."""
    return session.scalar(
        select(Loan).where(Loan.device_id == device_id, Loan.state == LoanState.OPEN)
    )


def settle(device: Device) -> None:
    """Drop what belongs to a state that the device has left: a reservation, a retirement."""
    if device.state != DeviceState.RESERVED:
        device.reserved_for, device.reserved_note = None, ""
    elif device.reserved_for is None and not device.reserved_note:
        device.state = DeviceState.AVAILABLE
    if device.state != DeviceState.RETIRED:
        device.retired_as = device.retired_on = None


def index_device(device: Device) -> None:
    """Derive what a device is searched, sorted and told apart by."""
    device.asset_key = rules.asset_key(device.asset_number)
    device.search = device_search(device, [accessory.name for accessory in device.accessories])
    device.sort_key = natural_key(device_code(device))


def device_search(device: Any, accessories: Iterable[str]) -> str:
    """Return the text that a device is found by; an accessory with a number finds it too."""
    return search_text(
        (
            *(name for name in accessories if _HAS_NUMBER.search(name)),
            device.asset_number,
            device.serial_number,
            device.brand,
            device.model,
            DeviceKind(device.kind).label,
            device.place,
            device.owner,
        )
    )


_HAS_NUMBER = re.compile(r"\d{4}")


def index_pupil(pupil: Pupil) -> None:
    """Derive what a pupil is searched and sorted by."""
    pupil.search = pupil_search(pupil)
    pupil.sort_key = fold(f"{pupil.usual_name or pupil.last_name} {pupil.first_name}")


def pupil_search(pupil: Any) -> str:
    """Return the text that a pupil is found by."""
    return search_text((pupil.usual_name, pupil.last_name, pupil.first_name, pupil.school_class))


def index_staff(member: Staff) -> None:
    """Derive what somebody of the staff is searched and sorted by."""
    member.search, member.sort_key = staff_search(member), staff_sort_key(member)


def staff_search(member: Any) -> str:
    """Return what somebody of the staff is searched by; anything with these attributes will do."""
    return search_text((member.last_name, member.first_name, member.duty))


def staff_sort_key(member: Any) -> str:
    """Return what somebody of the staff is sorted by; anything with both names will do."""
    return fold(f"{member.last_name} {member.first_name}")


def clean_names(names: Sequence[str]) -> tuple[str, ...]:
    """Return accessories without blanks, each named once."""
    kept: dict[str, str] = {}
    for name in names:
        trimmed = " ".join(name.split())
        if trimmed:
            kept.setdefault(fold(trimmed) or trimmed, trimmed)
    return tuple(kept.values())


def set_accessories(device: Device, names: Sequence[str]) -> None:
    """Have a device go with these accessories; those it had keep whether they are present."""
    known = {fold(accessory.name): accessory for accessory in device.accessories}
    device.accessories[:] = [
        known.get(fold(name)) or DeviceAccessory(name=name, present=True, position=0)
        for name in clean_names(names)
    ]
    for position, accessory in enumerate(device.accessories):
        accessory.position = position
