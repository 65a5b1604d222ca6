# SPDX-License-Identifier: GPL-3.0-or-later
"""The stock of devices: the list, one device with its history, the figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Row, and_, case, func, select
from sqlalchemy.orm import aliased

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.listing import ListColumn, Listing, label_of
from egn_desktop.errors import UserError
from egn_desktop.fields import columns_of, kept_of
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.inventory.register.model import Borrower, Device, DeviceAccessory, Loan
from egn_desktop.inventory.register.nouns import DeviceFields
from egn_desktop.inventory.register.shown import (
    shown_code,
    shown_device,
    shown_fields,
    shown_person,
)
from egn_desktop.inventory.register.terms import (
    DeviceKind,
    DeviceState,
    LoanState,
    OwnerKind,
    Retirement,
    Standing,
)
from egn_desktop.inventory.register.text import person_name
from egn_desktop.lists import Asked

LENT_AND_LATE = "Prêté, en retard"
WARRANTY_ENDS_DAYS = 60
"""How many days before its end a warranty is recalled, for a device that is broken."""
PLAN_ENDS_DAYS = 30
"""How many days before its end a data plan is recalled."""
GONE = (DeviceState.LOST, DeviceState.STOLEN, DeviceState.RETIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceRow(DeviceFields):
    """One device in a list.

    Attributes:
        state: ``LENT`` when a loan is open; the fields of that loan follow, else they are None
            or empty.
        reserved_for: who it waits for; ``reserved_name`` and ``reserved_note`` go with it.
    """

    id: int
    state: DeviceState
    loan_id: int | None
    borrower_id: int | None
    borrower_name: str
    due_on: date | None
    is_late: bool
    reserved_for: int | None
    reserved_name: str
    reserved_note: str
    retired_as: Retirement | None
    retired_on: date | None

    @property
    def name(self) -> str:
        """Its brand and model, else its kind."""
        return rules.device_name(self.kind, self.brand, self.model)

    @property
    def code(self) -> str:
        """Its asset number, else its serial number."""
        return self.asset_number or self.serial_number

    @property
    def state_label(self) -> str:
        """Where it stands, in French."""
        return LENT_AND_LATE if self.is_late else self.state.label

    @property
    def reservation(self) -> str:
        """Who or what it waits for, in French: "Inès Benali, jusqu’au conseil"."""
        return ", ".join(filter(None, (self.reserved_name, self.reserved_note)))


@dataclass(frozen=True, slots=True)
class AccessoryRow:
    """What goes with a device; not ``present`` when it never came back."""

    name: str
    present: bool


@dataclass(frozen=True, slots=True)
class DeviceDetail:
    """One device with what goes with it and all its loans, the open one first."""

    row: DeviceRow
    accessories: tuple[AccessoryRow, ...]
    loans: tuple[LoanRow, ...]


@dataclass(frozen=True, slots=True)
class StockSummary:
    """The stock in figures.

    Attributes:
        total: all that the school still has or looks for: the five figures that follow added up.
        lost: lost or stolen.
        retired: out of the stock for good, not in the total.
    """

    total: int
    lent: int
    available: int
    reserved: int
    in_repair: int
    lost: int
    retired: int


class DeviceColumn(StrEnum):
    """What the stock can be sorted by and narrowed to."""

    CODE = "code"
    NAME = "name"
    KIND = "kind"
    WHERE = "where"
    STATE = "state"
    OWNER = "owner"
    AGE = "age"


def devices(
    dossier: Dossier,
    asked: str | Asked = "",
    state: DeviceState | None = None,
    *,
    kind: DeviceKind | None = None,
) -> Sequence[DeviceRow]:
    """Return the devices by number, as people count: 9 before 10; unless asked otherwise.

    Args:
        asked: words to be found in the device, its borrower or who it is reserved for; or those,
            an order, a limit.
        state: only those in this state.
    """
    return device_list(dossier, state, kind).rows(asked)


def device_list(
    dossier: Dossier, state: DeviceState | None = None, kind: DeviceKind | None = None
) -> Listing[DeviceRow]:
    """Return the stock as a list that is searched, sorted and counted in the dossier."""
    today = dossier.today()
    wanted = _select().where(Device.deleted_at.is_(None))
    if kind is not None:
        wanted = wanted.where(Device.kind == kind)
    if state is DeviceState.LENT:
        wanted = wanted.where(Loan.id.is_not(None))
    elif state is not None:
        wanted = wanted.where(Loan.id.is_(None), Device.state == state)
    return Listing(
        dossier,
        wanted,
        words=(Device.search, Borrower.search, _Awaited.search),
        order=(Device.sort_key, Device.id),
        shown=partial(_row, today=today),
        columns=partial(_list_columns, today),
    )


def _list_columns(today: date) -> Mapping[str, ListColumn]:
    is_lent = Loan.id.is_not(None)
    where = case(
        (is_lent, shown_person(Borrower)),
        (_Awaited.id.is_not(None), "Pour " + shown_person(_Awaited)),
        (Device.reserved_note != "", Device.reserved_note),
        else_=Device.place,
    )
    state = case(
        (Loan.due_on < today, LENT_AND_LATE),
        (is_lent, DeviceState.LENT.label),
        else_=label_of(Device.state, {state: state.label for state in DeviceState}),
    )
    owner_kind = label_of(Device.owner_kind, {kind: kind.label for kind in OwnerKind})
    age = func.julianday(today.isoformat()) - func.julianday(Device.acquired_on)
    return {
        DeviceColumn.CODE: ListColumn(shown_code()),
        DeviceColumn.NAME: ListColumn(shown_device()),
        DeviceColumn.KIND: ListColumn(
            label_of(Device.kind, {kind: kind.label for kind in DeviceKind})
        ),
        DeviceColumn.WHERE: ListColumn(where),
        DeviceColumn.STATE: ListColumn(state),
        **shown_fields(Device, DeviceFields),
        DeviceColumn.OWNER: ListColumn(func.coalesce(func.nullif(Device.owner, ""), owner_kind)),
        DeviceColumn.AGE: ListColumn(None, (age,)),
    }


def device(dossier: Dossier, device_id: int) -> DeviceDetail:
    """Return one device with its accessories and its loans, removed or not.

    Raises:
        UserError: there is no such device.
    """
    wanted = _select().where(Device.id == device_id)
    found = next(iter(dossier.rows(wanted)), None)
    if found is None:
        raise UserError(f"Il n’y a pas de matériel n° {device_id} dans ce dossier.")
    accessories = dossier.rows(
        select(DeviceAccessory.name, DeviceAccessory.present)
        .where(DeviceAccessory.device_id == device_id)
        .order_by(DeviceAccessory.position, DeviceAccessory.id)
    )
    return DeviceDetail(
        row=_row(found, dossier.today()),
        accessories=tuple(
            AccessoryRow(accessory.name, accessory.present) for accessory in accessories
        ),
        loans=tuple(loans(dossier, device_id=device_id)),
    )


def stock(dossier: Dossier) -> StockSummary:
    """Return the stock in figures."""
    state = case((Loan.id.is_not(None), DeviceState.LENT), else_=Device.state)
    found = dossier.rows(
        select(state.label("shown"), func.count().label("how_many"))
        .select_from(Device)
        .outerjoin(Loan, _open_loan())
        .where(Device.deleted_at.is_(None))
        .group_by(state)
    )
    counts = Counter[str]({row.shown: row.how_many for row in found})
    lost = counts[DeviceState.LOST] + counts[DeviceState.STOLEN]
    retired = counts[DeviceState.RETIRED]
    return StockSummary(
        total=counts.total() - retired,
        lent=counts[DeviceState.LENT],
        available=counts[DeviceState.AVAILABLE],
        reserved=counts[DeviceState.RESERVED],
        in_repair=counts[DeviceState.IN_REPAIR],
        lost=lost,
        retired=retired,
    )


_Awaited = aliased(Borrower)
"""Who a device is reserved for."""


def warranty_claims(dossier: Dossier) -> Sequence[DeviceRow]:
    """Return the broken devices whose warranty ends soon, the first to end at the top."""
    today = dossier.today()
    soon = today + timedelta(days=WARRANTY_ENDS_DAYS)
    broken = devices(dossier, state=DeviceState.IN_REPAIR)
    ending = [row for row in broken if row.warranty_until and today <= row.warranty_until <= soon]
    return sorted(ending, key=lambda row: (row.warranty_until, row.id))


def ending_plans(dossier: Dossier) -> Sequence[DeviceRow]:
    """Return the keys and routers whose data plan has ended or ends soon, the first at the top."""
    soon = dossier.today() + timedelta(days=PLAN_ENDS_DAYS)
    wanted = _select().where(
        Device.deleted_at.is_(None),
        Device.kind == DeviceKind.HOTSPOT,
        Device.state.not_in(GONE),
        Device.data_until <= soon,
    )
    found = dossier.rows(wanted.order_by(Device.data_until, Device.id))
    return [_row(row, dossier.today()) for row in found]


def _open_loan() -> Any:
    return and_(Loan.device_id == Device.id, Loan.state == LoanState.OPEN)


def _select() -> Any:
    columns = (
        *(getattr(Device, name) for name in columns_of(DeviceFields)),
        Device.id,
        Device.state,
        Loan.id.label("loan_id"),
        Loan.borrower_id,
        Loan.due_on,
        Borrower.last_name,
        Borrower.usual_name,
        Borrower.first_name,
        Device.reserved_for,
        Device.reserved_note,
        Device.retired_as,
        Device.retired_on,
        _Awaited.last_name.label("awaited_last_name"),
        _Awaited.usual_name.label("awaited_usual_name"),
        _Awaited.first_name.label("awaited_first_name"),
    )
    return (
        select(*columns)
        .outerjoin(Loan, _open_loan())
        .outerjoin(Borrower, Borrower.id == Loan.borrower_id)
        .outerjoin(_Awaited, _Awaited.id == Device.reserved_for)
    )


def _row(found: Row[Any], today: date) -> DeviceRow:
    lent = found.loan_id is not None
    # Kept while it is lent, to be there again if the loan was a mistake.
    waits = not lent and found.reserved_for is not None
    return DeviceRow(
        **kept_of(DeviceFields, found),
        id=found.id,
        state=DeviceState.LENT if lent else DeviceState(found.state),
        loan_id=found.loan_id,
        borrower_id=found.borrower_id,
        borrower_name=_borrower_name(found) if lent else "",
        due_on=found.due_on,
        is_late=lent and rules.standing(LoanState.OPEN, found.due_on, today) is Standing.LATE,
        reserved_for=found.reserved_for if waits else None,
        reserved_name=_awaited_name(found) if waits else "",
        reserved_note="" if lent else found.reserved_note,
        retired_as=Retirement(found.retired_as) if found.retired_as else None,
        retired_on=found.retired_on,
    )


def _borrower_name(found: Row[Any]) -> str:
    return person_name(found.last_name, found.usual_name, found.first_name)


def _awaited_name(found: Row[Any]) -> str:
    names = (found.awaited_last_name, found.awaited_usual_name, found.awaited_first_name)
    return person_name(*names)
