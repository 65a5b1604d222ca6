# SPDX-License-Identifier: GPL-3.0-or-later
"""What a scanned label or a typed name means: one device, one borrower, or a choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.borrowers import BorrowerRow, borrowers
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.model import Device
from egn_desktop.inventory.stock.queries.devices import DeviceRow, device, devices


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: an exact number gives one device and nothing else."""

    devices: Sequence[DeviceRow] = ()
    borrowers: Sequence[BorrowerRow] = ()

    @property
    def only_device(self) -> DeviceRow | None:
        """The device, when nothing else was found."""
        return self.devices[0] if len(self.devices) == 1 and not self.borrowers else None

    @property
    def only_borrower(self) -> BorrowerRow | None:
        """The borrower, when nothing else was found."""
        return self.borrowers[0] if len(self.borrowers) == 1 and not self.devices else None


def scanned(dossier: Dossier, text: str) -> Found:
    """Return what a text typed or scanned means, exact numbers first."""
    key = rules.asset_key(text)
    if not key:
        return Found()
    exact = dossier.rows(
        select(Device.id)
        .where(
            Device.deleted_at.is_(None),
            or_(Device.asset_key == key, func.lower(Device.serial_number) == text.strip().lower()),
        )
        .order_by((Device.asset_key == key).desc())
        .limit(1)
    )
    for (device_id,) in exact:
        return Found(devices=(device(dossier, device_id).row,))
    return Found(devices=devices(dossier, text), borrowers=borrowers(dossier, text))
