# SPDX-License-Identifier: GPL-3.0-or-later
"""Which devices came back and are not wiped yet: to be done before they are lent again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, or_, select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.model import Device, Loan
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState, LoanState
from egn_desktop.inventory.register.wiping import WipingStep, steps_for, steps_left


@dataclass(frozen=True, slots=True)
class ToWipe:
    """A device that came back with steps left of the wiping checklist; ``id`` is the loan's."""

    id: int
    device_id: int
    device_name: str
    code: str
    ended_on: date
    left: tuple[WipingStep, ...]

    @property
    def device_label(self) -> str:
        """The device's name and number: "HP ProBook 11 · YSS-0001"."""
        return f"{self.device_name} · {self.code}"


def to_wipe(dossier: Dossier, *, device_id: int | None = None) -> Sequence[ToWipe]:
    """Return the devices whose last loan ended with steps left, the longest back first.

    Args:
        device_id: only this device.
    """
    last = select(func.max(Loan.id)).where(Loan.state != LoanState.CANCELLED)
    if device_id is not None:
        last = last.where(Loan.device_id == device_id)
    unfinished = or_(
        *(
            and_(Device.kind == kind, Loan.wiped != " ".join(step.id for step in steps_for(kind)))
            for kind in DeviceKind
            if steps_for(kind)
        )
    )
    wanted = (
        select(
            Loan.id,
            Loan.device_id,
            Loan.ended_on,
            Loan.wiped,
            Device.kind,
            Device.brand,
            Device.model,
            Device.asset_number,
            Device.serial_number,
        )
        .join(Device, Device.id == Loan.device_id)
        .where(
            Loan.state.in_((LoanState.RETURNED, LoanState.EXCHANGED)),
            Loan.wiped.is_not(None),
            unfinished,
            Device.deleted_at.is_(None),
            Device.state.not_in((DeviceState.LOST, DeviceState.STOLEN, DeviceState.RETIRED)),
            # Once: to ask of each loan whether another followed takes seconds after ten years.
            Loan.id.in_(last.group_by(Loan.device_id)),
        )
        .order_by(Loan.ended_on, Device.sort_key)
    )
    found: list[ToWipe] = []
    for row in dossier.rows(wanted):
        kind = DeviceKind(row.kind)
        left = steps_left(kind, row.wiped.split())
        if left:
            name = rules.device_name(kind, row.brand, row.model)
            code = row.asset_number or row.serial_number
            found.append(ToWipe(row.id, row.device_id, name, code, row.ended_on, left))
    return found
