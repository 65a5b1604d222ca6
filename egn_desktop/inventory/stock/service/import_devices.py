# SPDX-License-Identifier: GPL-3.0-or-later
"""One import of devices: which are known, what changes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from egn_desktop.collation import fold, natural_key
from egn_desktop.fields import columns_of, given
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.finding import clean_names, device_search
from egn_desktop.inventory.register.model import Device, DeviceAccessory
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import Condition, DeviceKind, DeviceState

_KEPT: Final = ("id", "state", *columns_of(DeviceInput))
_RULED: Final = ("kind", "owner_kind", "refurbished", "condition")
"""What a list says of a known device by a rule of its own."""


class _Draft:
    """A device under way: its columns as attributes, and its accessories' names."""

    def __init__(self, columns: dict[str, Any], accessories: Sequence[str] = ()) -> None:
        self.columns = columns
        self.accessories = tuple(accessories)
        self.had_accessories = len(self.accessories)

    def __getattr__(self, name: str) -> Any:
        return self.columns[name]


class DeviceImport:
    """Reads what is known, takes rows one by one, then writes them at once.

    Only the reading and the writing have a session: rows are matched while the dossier is free.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self.added = self.updated = self.unchanged = 0
        self._now = now
        self._new: list[_Draft] = []
        self._changed_rows: list[dict[str, Any]] = []
        self._new_rows: list[dict[str, Any]] = []
        self._changed: dict[int, _Draft] = {}
        self._taken: set[int] = set()
        names: dict[int, list[str]] = {}
        for device_id, name in session.execute(
            select(DeviceAccessory.device_id, DeviceAccessory.name).order_by(
                DeviceAccessory.position
            )
        ):
            names.setdefault(device_id, []).append(name)
        found = session.execute(
            select(*(getattr(Device, name) for name in _KEPT)).where(Device.deleted_at.is_(None))
        )
        drafts = [_Draft(dict(row), names.get(row["id"], ())) for row in found.mappings()]
        self._by_number = {rules.asset_key(d.asset_number): d for d in drafts if d.asset_number}
        self._by_serial = {fold(d.serial_number): d for d in drafts if fold(d.serial_number)}
        self._first_new_id = 1 + (session.scalar(select(func.max(Device.id))) or 0)
        self._next_id = self._first_new_id

    def take(self, device: DeviceInput) -> None:
        """Find the device that a row means, or add it."""
        draft = self._match(device)
        if draft is None:
            self._add(device)
            return
        first_time = draft.id not in self._taken
        self._taken.add(draft.id)
        if self._bring_up_to_date(draft, device):
            if draft.id not in self._changed and draft.id < self._first_new_id:
                self._changed[draft.id] = draft
                self.updated += 1
                self.unchanged -= not first_time
        elif first_time:
            self.unchanged += 1

    def end(self) -> None:
        """Make the rows of everything taken."""
        self._changed_rows = [{**d.columns, **_derived(d)} for d in self._changed.values()]
        self._new_rows = [{**d.columns, **_derived(d), "created_at": self._now} for d in self._new]

    def write(self, session: Session) -> None:
        """Write the rows that were made."""
        if self._changed_rows:
            session.execute(update(Device), self._changed_rows)
        if self._new_rows:
            session.execute(insert(Device), self._new_rows)
        _write_accessories(session, [*self._changed.values(), *self._new])

    def _match(self, device: DeviceInput) -> _Draft | None:
        key = rules.asset_key(device.asset_number)
        if key and key in self._by_number:
            return self._by_number[key]
        found = self._by_serial.get(fold(device.serial_number))
        if found is None or (key and found.asset_number):
            # Two asset numbers are two devices, even where a serial number was copied down.
            return None
        return found

    def _add(self, device: DeviceInput) -> None:
        columns = given(device) | {
            "id": self._next_id,
            "owner_kind": device.owner_kind or rules.guess_owner_kind(device.owner),
            "state": rules.state_for(device.condition, DeviceState.AVAILABLE),
        }
        self._next_id += 1
        draft = _Draft(columns)
        draft.accessories = clean_names(device.accessories)
        self._new.append(draft)
        self._taken.add(draft.id)
        self.added += 1
        self._list(draft)

    def _bring_up_to_date(self, draft: _Draft, device: DeviceInput) -> bool:
        # What the list does not say, or says in words nobody understood, is not news.
        new = {
            name: value
            for name, value in given(device).items()
            if name not in _RULED and value not in ("", None)
        }
        if device.kind is not DeviceKind.OTHER:
            new["kind"] = device.kind
        if draft.notes:
            new.pop("notes", None)
        new["refurbished"] = device.refurbished or draft.refurbished
        if "owner" in new or device.owner_kind:
            new["owner_kind"] = device.owner_kind or rules.guess_owner_kind(device.owner)
        # A list says "en panne"; a plain "bon" does not mend what was found broken or worn.
        if device.condition is Condition.BROKEN:
            new["condition"] = device.condition
            new["state"] = rules.state_for(device.condition, DeviceState(draft.state))
        names = clean_names((*draft.accessories, *device.accessories))
        changed = any(draft.columns[name] != value for name, value in new.items())
        changed = changed or names != draft.accessories
        draft.columns |= new
        draft.accessories = names
        self._list(draft)
        return changed

    def _list(self, draft: _Draft) -> None:
        if draft.asset_number:
            self._by_number[rules.asset_key(draft.asset_number)] = draft
        if fold(draft.serial_number):
            self._by_serial.setdefault(fold(draft.serial_number), draft)


def _write_accessories(session: Session, drafts: Sequence[_Draft]) -> None:
    rows = [
        {"device_id": draft.id, "position": position, "name": name, "present": True}
        for draft in drafts
        for position, name in enumerate(draft.accessories)
        if position >= draft.had_accessories
    ]
    if rows:
        session.execute(insert(DeviceAccessory), rows)


def _derived(draft: _Draft) -> dict[str, str]:
    return {
        "asset_key": rules.asset_key(draft.asset_number),
        "search": device_search(draft, draft.accessories),
        "sort_key": natural_key(draft.asset_number or draft.serial_number),
    }
