# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of loans: lists, one loan with what was handed over, the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    Row,
    and_,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
)

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.listing import ListColumn, Listing, by_class, day_of
from egn_desktop.errors import UserError
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.model import Borrower, Device, Loan, LoanAccessory
from egn_desktop.inventory.register.shown import (
    HAS_LEFT,
    shown_code,
    shown_device,
    shown_group,
    shown_loan_state,
    shown_person,
    stands,
)
from egn_desktop.inventory.register.terms import (
    BorrowerKind,
    Condition,
    DeviceKind,
    LoanState,
    Standing,
)
from egn_desktop.inventory.register.text import NO_CLASS, person_name
from egn_desktop.inventory.register.wiping import WipingStep, steps_left
from egn_desktop.lists import Asked


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One loan in a list.

    Attributes:
        code: the device's asset number, else its serial number.
        school_class: the pupil's on the day of the loan.
        ended_on: the day it ended: returned, lost or stolen.
        standing: how soon it needs attention.
        state_label: its state in French ("En retard de 11 j").
        has_left: whether the pupil left the school, with the device while the loan is open.
    """

    id: int
    device_id: int
    borrower_id: int
    device_name: str
    kind: DeviceKind
    code: str
    borrower_name: str
    borrower_kind: BorrowerKind
    school_class: str
    lent_on: date
    due_on: date
    ended_on: date | None
    state: LoanState
    standing: Standing
    days_late: int
    state_label: str
    has_left: bool = False

    @property
    def device_label(self) -> str:
        """The device's name and number: "HP ProBook 11 · YSS-0001"."""
        return f"{self.device_name} · {self.code}"

    @property
    def group(self) -> str:
        """What lists group the loan under: the pupil's class, else « Personnel »."""
        if self.borrower_kind is BorrowerKind.STAFF:
            return self.borrower_kind.label
        return self.school_class or NO_CLASS


@dataclass(frozen=True, slots=True)
class LoanDetail:
    """One loan with what was handed over and how it ended.

    Attributes:
        accessories: name → whether it came back; None while it is out.
        came_apart: name → the day it came back without the device, before it or after.
        replaces_id: the loan that this one took over, when the device was exchanged.
        replaced_by: the loan that took this one over.
        wiped: the steps done of the wiping checklist; None while the device is not back.
    """

    row: LoanRow
    accessories: dict[str, bool | None]
    condition_out: Condition
    condition_in: Condition | None
    note_out: str
    note_in: str
    came_apart: dict[str, date]
    replaces_id: int | None
    replaced_by: int | None
    wiped: tuple[str, ...] | None

    @property
    def still_out(self) -> tuple[str, ...]:
        """The accessories that did not come back so far."""
        return tuple(name for name, back in self.accessories.items() if not back)

    @property
    def wiping_left(self) -> tuple[WipingStep, ...]:
        """The steps still to do before the device is lent again."""
        return steps_left(self.row.kind, self.wiped)


@dataclass(frozen=True, slots=True)
class LoanSummary:
    """The register in figures.

    Attributes:
        oldest_late_days: by how many days the latest loan is late; 0 when none is.
        this_week: how many are due from today to Sunday.
    """

    open: int
    late: int
    oldest_late_days: int
    this_week: int


_COLUMNS = (
    Loan.id,
    Loan.device_id,
    Loan.borrower_id,
    Loan.school_class,
    Loan.lent_on,
    Loan.due_on,
    Loan.ended_on,
    Loan.state,
    Device.kind,
    Device.brand,
    Device.model,
    Device.asset_number,
    Device.serial_number,
    HAS_LEFT,
    Borrower.kind,
    Borrower.last_name,
    Borrower.usual_name,
    Borrower.first_name,
)


class LoanColumn(StrEnum):
    """What the register can be sorted by and narrowed to."""

    BORROWER = "borrower"
    GROUP = "group"
    DEVICE = "device"
    LENT_ON = "lent_on"
    UNTIL = "until"
    STATE = "state"


def loans(
    dossier: Dossier,
    asked: str | Asked = "",
    state: LoanState | None = None,
    *,
    device_id: int | None = None,
    borrower_id: int | None = None,
    since: date | None = None,
    until: date | None = None,
    due_before: date | None = None,
) -> Sequence[LoanRow]:
    """Return loans by what needs attention, unless another order is asked for.

    Open ones first, of those who left with the device, then by due date; then ended ones, latest
    first.

    Args:
        asked: words to be found in the borrower or the device; or those, an order, a limit.
        state: only those in this state; cancelled loans are left out unless asked for.
        since: only those open or ended since that day.
        until: only those made until that day.
        due_before: only those that were to end before that day.
    """
    listed = loan_list(dossier, state)
    if device_id is not None:
        listed = listed.where(Loan.device_id == device_id)
    if borrower_id is not None:
        listed = listed.where(Loan.borrower_id == borrower_id)
    if since is not None:
        listed = listed.where(or_(Loan.state == LoanState.OPEN, Loan.ended_on >= since))
    if until is not None:
        # The plus keeps SQLite from its index: most loans of all years were made until then.
        listed = listed.where(literal_column("+loan.lent_on", Date()) <= until)
    if due_before is not None:
        listed = listed.where(Loan.due_on < due_before)
    return listed.rows(asked)


def loan_list(
    dossier: Dossier, state: LoanState | None = None, standing: Standing | None = None
) -> Listing[LoanRow]:
    """Return the register as a list that is searched, sorted and counted in the dossier.

    Args:
        state: as for ``loans``.
        standing: only open ones that need attention as soon as that.
    """
    today = dossier.today()
    is_open = Loan.state == LoanState.OPEN
    wanted = (
        select(*_COLUMNS)
        .join(Device, Device.id == Loan.device_id)
        .join(Borrower, Borrower.id == Loan.borrower_id)
        .where(Loan.state == state if state else Loan.state != LoanState.CANCELLED)
    )
    if standing is not None:
        wanted = wanted.where(is_open, stands(standing, today))
    return Listing(
        dossier,
        wanted,
        words=(Borrower.search, Device.search),
        order=(
            is_open.desc(),
            and_(is_open, HAS_LEFT).desc(),
            case((is_open, Loan.due_on)),
            Loan.ended_on.desc(),
            Borrower.sort_key,
            Loan.id.desc(),
        ),
        shown=partial(_row, today=today),
        columns=partial(_list_columns, today),
    )


def _list_columns(today: date) -> Mapping[str, ListColumn]:
    is_late = and_(Loan.state == LoanState.OPEN, stands(Standing.LATE, today))
    until = func.coalesce(Loan.ended_on, Loan.due_on)
    group = shown_group()
    return {
        LoanColumn.BORROWER: ListColumn(shown_person(Borrower)),
        LoanColumn.GROUP: ListColumn(group, (by_class(group),)),
        LoanColumn.DEVICE: ListColumn(shown_device() + " · " + shown_code()),
        LoanColumn.LENT_ON: ListColumn(day_of(Loan.lent_on), (Loan.lent_on,)),
        LoanColumn.UNTIL: ListColumn(day_of(until), (until,)),
        LoanColumn.STATE: ListColumn(shown_loan_state(today), (not_(is_late), Loan.due_on)),
    }


def loan(dossier: Dossier, loan_id: int) -> LoanDetail:
    """Return one loan with what was handed over, cancelled or not.

    Raises:
        UserError: there is no such loan.
    """
    wanted = (
        select(
            *_COLUMNS,
            Loan.condition_out,
            Loan.condition_in,
            Loan.note_out,
            Loan.note_in,
            Loan.replaces_id,
            Loan.wiped,
        )
        .join(Device, Device.id == Loan.device_id)
        .join(Borrower, Borrower.id == Loan.borrower_id)
        .where(Loan.id == loan_id)
    )
    found = next(iter(dossier.rows(wanted)), None)
    if found is None:
        raise UserError(f"Il n’y a pas de prêt n° {loan_id} dans ce dossier.")
    accessories = dossier.rows(
        select(LoanAccessory.name, LoanAccessory.returned, LoanAccessory.returned_on)
        .where(LoanAccessory.loan_id == loan_id)
        .order_by(LoanAccessory.position)
    )
    return LoanDetail(
        row=_row(found, dossier.today()),
        accessories={accessory.name: accessory.returned for accessory in accessories},
        condition_out=Condition(found.condition_out),
        condition_in=Condition(found.condition_in) if found.condition_in else None,
        note_out=found.note_out,
        note_in=found.note_in,
        came_apart={went.name: went.returned_on for went in accessories if went.returned_on},
        replaces_id=found.replaces_id,
        replaced_by=_replaced_by(dossier, loan_id),
        wiped=None if found.wiped is None else tuple(found.wiped.split()),
    )


def _replaced_by(dossier: Dossier, loan_id: int) -> int | None:
    wanted = select(Loan.id).where(Loan.replaces_id == loan_id, Loan.state != LoanState.CANCELLED)
    return next((row.id for row in dossier.rows(wanted)), None)


def handover_days(dossier: Dossier, since: date) -> Sequence[tuple[date, int]]:
    """Return each day since then on which something was lent that is still out, and how much."""
    wanted = (
        select(Loan.lent_on, func.count().label("how_many"))
        .where(Loan.state == LoanState.OPEN, Loan.lent_on >= since)
        .group_by(Loan.lent_on)
        .order_by(Loan.lent_on.desc())
    )
    return [(row.lent_on, row.how_many) for row in dossier.rows(wanted)]


def lending_months(dossier: Dossier, since: date) -> Sequence[tuple[int, int]]:
    """Return the years and months in which something was lent since a day, the latest first."""
    written = func.strftime("%Y-%m", Loan.lent_on)
    wanted = (
        select(written.label("month"))
        .where(Loan.state != LoanState.CANCELLED, Loan.lent_on >= since)
        .distinct()
        .order_by(written.desc())
    )
    return [(int(row.month[:4]), int(row.month[5:])) for row in dossier.rows(wanted)]


def loan_summary(dossier: Dossier) -> LoanSummary:
    """Return how many loans are open, late and due this week."""
    today = dossier.today()
    (row,) = dossier.rows(
        select(
            func.count().label("open"),
            func.count().filter(stands(Standing.LATE, today)).label("late"),
            func.min(Loan.due_on).label("oldest"),
            func.count().filter(stands(Standing.THIS_WEEK, today)).label("this_week"),
        ).where(Loan.state == LoanState.OPEN)
    )
    oldest = rules.days_late(row.oldest, today) if row.oldest else 0
    return LoanSummary(row.open, row.late, oldest, row.this_week)


_KINDS = {kind.value: kind for kind in DeviceKind}
_STATES = {state.value: state for state in LoanState}
_BORROWERS = {kind.value: kind for kind in BorrowerKind}


def _row(found: Row[Any], today: date) -> LoanRow:
    # Unpacked at once: a list has thousands of rows, and asking a row for a name is dear; so is
    # asking an enumeration for its member.
    columns: list[Any] = list(found[: len(_COLUMNS)])
    id_, device_id, borrower_id, school_class, lent_on, due_on, ended_on, state = columns[:8]
    kind, brand, model, asset_number, serial_number, left, borrower_kind, *names = columns[8:]
    kind, state = _KINDS[kind], _STATES[state]
    shown = _standing(state, due_on, today)
    return LoanRow(
        id=id_,
        device_id=device_id,
        borrower_id=borrower_id,
        device_name=_device_name(kind, brand, model),
        kind=kind,
        code=asset_number or serial_number,
        borrower_name=person_name(*names),
        borrower_kind=_BORROWERS[borrower_kind],
        school_class=school_class,
        lent_on=lent_on,
        due_on=due_on,
        ended_on=ended_on,
        state=state,
        standing=shown.standing,
        days_late=shown.days_late,
        state_label=_of_leaver(shown.label) if left and state is LoanState.OPEN else shown.label,
        has_left=bool(left),
    )


def _of_leaver(label: str) -> str:
    """Return "Parti, en retard de 11 j"."""
    return f"Parti, {label[:1].lower()}{label[1:]}"


class _Shown(NamedTuple):
    standing: Standing
    days_late: int
    label: str


@lru_cache(maxsize=8_192)
def _standing(state: LoanState, due_on: date, today: date) -> _Shown:
    late = rules.days_late(due_on, today) if state is LoanState.OPEN else 0
    label = rules.standing_label(state, due_on, today)
    return _Shown(rules.standing(state, due_on, today), late, label)


_device_name = lru_cache(maxsize=1_024)(rules.device_name)
