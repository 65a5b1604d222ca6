# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices: add one, change it, take it out of the inventory and put it back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.apart import read_work_write
from egn_desktop.errors import UserError
from egn_desktop.fields import (
    given,
    kept_of,
    names_of,
    trimmed,
)
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.finding import (
    describe_device,
    device_code,
    find_borrower,
    find_device,
    index_device,
    open_loan_of,
    set_accessories,
    settle,
)
from egn_desktop.inventory.register.imports import ImportCounts, noted, refuse
from egn_desktop.inventory.register.model import Device
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import Condition, DeviceState, Retirement
from egn_desktop.inventory.stock.service.import_devices import DeviceImport

_OF_STATE: Final = ("state", "reserved_for", "reserved_note", "retired_as", "retired_on")
CHANGEABLE: Final = (*names_of(DeviceInput), *_OF_STATE)
_STEPS: Final = ("state", "accessories", "condition")
"""Set by a rule of their own, once the other fields are."""
_UNTOLD: Final = ("accessories", "reserved_note")
"""What the journal does not copy: its own list of names; words that may be about somebody."""


class DeviceService:
    """Use cases of devices."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def add_device(self, device: DeviceInput) -> int:
        """Add a device and return its id.

        Raises:
            UserError: it has no number, or another device bears its asset number.
        """
        _check(device)
        with self._dossier.write(Changed.DEVICES, undo="ajout d’un appareil") as session:
            _check_number_is_free(session, device.asset_number)
            kept = Device(**given(device), created_at=self._dossier.now())
            kept.owner_kind = device.owner_kind or rules.guess_owner_kind(device.owner)
            kept.state = rules.state_for(device.condition, DeviceState.AVAILABLE)
            set_accessories(kept, device.accessories)
            index_device(kept)
            session.add(kept)
            session.flush()
            self._dossier.name_act(f"ajout de {device_code(kept)}")
            self._dossier.record("device.added", f"device:{kept.id}", after=_fields(kept))
            return kept.id

    def change_device(self, device_id: int, **fields: Any) -> None:
        """Change some of a device's fields: those of ``CHANGEABLE``.

        ``accessories`` is the new list of names. A device noted as broken is no more available;
        one mended is again. One that becomes reserved says for whom (``reserved_for``) or what
        for (``reserved_note``); one that is retired, what became of it (``retired_as``).

        Raises:
            UserError: the new number is taken or missing, the device is lent and its state would
                change, who or what it is reserved for or what became of it is missing, or there
                is no such device.
        """
        unknown = set(fields) - set(CHANGEABLE)
        if unknown:
            raise TypeError(f"not fields of a device: {sorted(unknown)}")
        with self._dossier.write(Changed.DEVICES, undo="modification d’un appareil") as session:
            device = find_device(session, device_id)
            self._dossier.name_act(f"modification de {device_code(device)}")
            before = _fields(device)
            _set_fields(session, device, fields)
            self._check_state(session, device, fields)
            _check(DeviceInput(**kept_of(DeviceInput, device)))
            if rules.asset_key(device.asset_number) != device.asset_key:
                _check_number_is_free(session, device.asset_number, but=device.id)
            after = _fields(device)
            changed = [name for name in after if after[name] != before[name]]
            if not changed:
                return
            index_device(device)
            self._dossier.record(
                "device.changed",
                f"device:{device.id}",
                before={name: before[name] for name in changed},
                after={name: after[name] for name in changed},
            )

    def _check_state(self, session: Session, device: Device, fields: Mapping[str, Any]) -> None:
        """Refuse a state that does not say what it must, and drop what another state said."""
        told = {"state", "retired_as", "retired_on"}.intersection(fields)
        if device.state == DeviceState.RESERVED:
            _check_reservation(session, device)
        # One that an incident took out of the stock may be told of in several steps.
        elif device.state == DeviceState.RETIRED and told:
            device.retired_on = device.retired_on or self._dossier.today()
            how = Retirement(device.retired_as) if device.retired_as else None
            problem = rules.retirement_problem(how, device.retired_on, self._dossier.today())
            if problem:
                raise UserError(problem, kept=f"{describe_device(device)} reste au parc.")
        settle(device)

    def remove_device(self, device_id: int) -> None:
        """Take a device out of the inventory.

        Raises:
            UserError: it is lent.
        """
        with self._dossier.write(Changed.DEVICES, undo="retrait d’un appareil") as session:
            device = find_device(session, device_id)
            self._dossier.name_act(f"retrait de {device_code(device)}")
            if open_loan_of(session, device_id):
                raise UserError(
                    f"{describe_device(device)} est prêté et ne peut pas être supprimé.",
                    todo="Notez d’abord son retour, sa perte ou son vol.",
                )
            device.deleted_at = self._dossier.now()
            self._dossier.record("device.removed", f"device:{device.id}")

    def import_devices(self, devices: Sequence[DeviceInput]) -> ImportCounts:
        """Add and update devices, matched on the asset number, else on the serial number.

        Raises:
            UserError: a row cannot be kept; then none is.
        """
        refuse([rules.device_problem(device) for device in devices])

        def matched() -> DeviceImport:
            with self._dossier.read() as session:
                run = DeviceImport(session, self._dossier.now())
            for device in devices:
                run.take(device)
            run.end()
            return run

        def written(session: Session, run: DeviceImport) -> ImportCounts:
            run.write(session)
            counts = ImportCounts(run.added, run.updated, run.unchanged)
            return noted(self._dossier, "devices", counts)

        return read_work_write(
            self._dossier, Changed.DEVICES, undo="import de matériel", work=matched, keep=written
        )


def _set_fields(session: Session, device: Device, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if name not in _STEPS:
            setattr(device, name, trimmed(value))
    if "owner" in fields and "owner_kind" not in fields:
        device.owner_kind = rules.guess_owner_kind(device.owner)
    if "accessories" in fields:
        set_accessories(device, fields["accessories"])
    if "condition" in fields:
        _set_condition(device, Condition(fields["condition"]))
    if "state" in fields:
        _set_state(session, device, DeviceState(fields["state"]))


def _set_condition(device: Device, condition: Condition) -> None:
    mended = device.condition == Condition.BROKEN and condition is not Condition.BROKEN
    if mended and device.state == DeviceState.IN_REPAIR:
        device.state = DeviceState.AVAILABLE
    device.condition = condition
    device.state = rules.state_for(condition, DeviceState(device.state))


def _set_state(session: Session, device: Device, state: DeviceState) -> None:
    if state is DeviceState.LENT or open_loan_of(session, device.id):
        raise UserError(
            f"{describe_device(device)} : l’état d’un matériel prêté se change depuis son prêt.",
            todo="Notez le retour, la perte ou le vol sur le prêt.",
        )
    if state is DeviceState.AVAILABLE and device.condition == Condition.BROKEN:
        device.condition = Condition.WORN
    device.state = state


def _check_reservation(session: Session, device: Device) -> None:
    if device.reserved_for is None and not device.reserved_note:
        raise UserError(
            "Il manque pour qui, ou pour quoi, ce matériel est réservé.",
            kept=f"{describe_device(device)} n’a pas été réservé.",
        )
    if device.condition == Condition.BROKEN:
        raise UserError(
            f"{describe_device(device)} est en panne et ne peut pas être réservé.",
            todo="Notez d’abord qu’il est réparé.",
        )
    if device.reserved_for is not None:
        find_borrower(session, device.reserved_for)


def _check(device: DeviceInput) -> None:
    problem = rules.device_problem(device)
    if problem:
        raise UserError(problem)


def _check_number_is_free(session: Session, asset_number: str, *, but: int | None = None) -> None:
    key = rules.asset_key(asset_number)
    if not key:
        return
    other = session.scalar(
        select(Device).where(
            Device.asset_key == key, Device.deleted_at.is_(None), Device.id != (but or 0)
        )
    )
    if other is not None:
        raise UserError(
            f"Le numéro d’inventaire {asset_number.strip()} est déjà celui d’un autre matériel : "
            f"{describe_device(other)}.",
            todo="Donnez un autre numéro, ou ouvrez la fiche de ce matériel.",
        )


def _fields(device: Device) -> dict[str, str | bool | date | list[str] | None]:
    plain = {name: getattr(device, name) for name in CHANGEABLE if name not in _UNTOLD}
    # An enumeration's member is kept as the word that it is.
    plain = {name: str(value) if isinstance(value, str) else value for name, value in plain.items()}
    return plain | {
        "accessories": [accessory.name for accessory in device.accessories],
    }
