# SPDX-License-Identifier: GPL-3.0-or-later
"""How a loan ends and what that makes of its device; within the caller's write."""

from collections.abc import Collection
from datetime import date

from sqlalchemy.orm import Session

from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.service.incidents import open_with_end, take_back_with_end
from egn_desktop.inventory.lending.service.loan_checks import (
    check_can_reopen,
    check_day,
    check_end,
    ended_fields,
    note_loan,
    set_present,
)
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.finding import find_device, settle
from egn_desktop.inventory.register.model import Loan
from egn_desktop.inventory.register.terms import Condition, DeviceState, IncidentKind, LoanState


def take_back(
    dossier: Dossier,
    session: Session,
    loan: Loan,
    state: LoanState,
    day: date,
    condition: Condition | None,
    accessories: Collection[str] | None,
    note: str,
) -> None:
    """Have a device and what came with it in stock again, and open an incident if broken."""
    check_day(dossier, day)
    check_end(loan, day, dossier.today())
    device = find_device(session, loan.device_id)
    found = Condition(condition or device.condition)
    came_back = None if accessories is None else {fold(name) for name in accessories}
    for accessory in loan.accessories:
        if not accessory.returned:
            accessory.returned = came_back is None or fold(accessory.name) in came_back
    missing = {fold(accessory.name) for accessory in loan.accessories if not accessory.returned}
    set_present(session, loan, missing, present=False)
    device.condition = found
    device.state = rules.state_for(found, DeviceState.AVAILABLE)
    settle(device)
    loan.state, loan.ended_on = state, day
    loan.condition_in, loan.note_in, loan.wiped = found, note.strip(), ""
    if found is Condition.BROKEN:
        open_with_end(dossier, session, loan, IncidentKind.BREAKAGE, loan.note_in)


def reopen(dossier: Dossier, session: Session, loan: Loan) -> None:
    """Open a loan again; the incident that its end opened goes."""
    device = find_device(session, loan.device_id)
    check_can_reopen(session, loan, device)
    before = ended_fields(loan)
    missing = {
        fold(accessory.name) for accessory in loan.accessories if accessory.returned is False
    }
    set_present(session, loan, missing, present=True)
    for accessory in loan.accessories:
        # What came back apart from the device stays back.
        accessory.returned = True if accessory.returned and accessory.returned_on else None
    device.condition, device.state = loan.condition_out, DeviceState.AVAILABLE
    loan.state, loan.ended_on = LoanState.OPEN, None
    loan.condition_in, loan.note_in, loan.wiped = None, "", None
    take_back_with_end(dossier, session, loan)
    note_loan(dossier, session, "loan.reopened", loan, before=before, after=ended_fields(loan))


def cancel(dossier: Dossier, session: Session, loan: Loan) -> None:
    """Note that a loan never was."""
    loan.state, loan.ended_on = LoanState.CANCELLED, dossier.today()
    after = {"state": loan.state, "ended_on": loan.ended_on}
    note_loan(dossier, session, "loan.cancelled", loan, after=after)
