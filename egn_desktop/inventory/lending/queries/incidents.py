# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents: the list with what is still open first, one of them, the figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import Row, and_, case, func, not_, or_, select

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.listing import ListColumn, Listing, day_of, folded, label_of
from egn_desktop.errors import UserError
from egn_desktop.fields import columns_of, kept_of
from egn_desktop.inventory.lending.incidents import QUIET_DAYS
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.model import Borrower, Device, Incident, Loan
from egn_desktop.inventory.register.nouns import IncidentFields
from egn_desktop.inventory.register.shown import (
    shown_code,
    shown_days,
    shown_device,
    shown_fields,
    shown_person,
)
from egn_desktop.inventory.register.terms import (
    BorrowerKind,
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
)
from egn_desktop.inventory.register.text import person_name
from egn_desktop.lists import Asked
from egn_desktop.school.calendar import loan_year

IN_REPAIR = "En réparation"
OPEN_TODAY = "Ouvert aujourd’hui"
OPEN_FOR = "Ouvert depuis "


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow(IncidentFields):
    """One incident with its device, and who had it.

    Attributes:
        code: the device's asset number, else its serial number.
        device_state: as kept; that the device is lent is said by its open loan.
        borrower_name: whose loan it happened in; empty outside a loan, or once erased.
        days_open: since it happened; 0 once closed.
        is_quiet: open for long without news.
    """

    id: int
    device_id: int
    loan_id: int | None
    device_name: str
    code: str
    device_state: DeviceState
    device_condition: Condition
    borrower_id: int | None
    borrower_name: str
    borrower_kind: BorrowerKind | None
    school_class: str
    closed_on: date | None
    outcome: IncidentOutcome | None
    days_open: int
    is_quiet: bool

    @property
    def device_label(self) -> str:
        """The device's name and number: "HP ProBook 11 · YSS-0001"."""
        return f"{self.device_name} · {self.code}"

    @property
    def is_open(self) -> bool:
        """Whether it is still to be followed."""
        return self.closed_on is None

    @property
    def state_label(self) -> str:
        """How it stands in French: "En réparation", "Ouvert depuis 12 j", "Retrouvé"."""
        if self.outcome is not None:
            return self.outcome.label
        if self.sent_on is not None:
            return IN_REPAIR
        if not self.days_open:
            return OPEN_TODAY
        return f"{OPEN_FOR}{self.days_open}{french.NARROW_SPACE}j"

    @property
    def cost_label(self) -> str:
        """What it cost, in French; empty when it is not known."""
        return french.money(self.cost_cents)


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """The incidents in figures.

    Attributes:
        quiet: those open for long without news.
        cost_cents: of this school year's incidents, as far as it is known.
    """

    open: int
    quiet: int
    this_year: int
    cost_cents: int


class IncidentColumn(StrEnum):
    """What the incidents can be sorted by and narrowed to."""

    KIND = "kind"
    DEVICE = "device"
    HAPPENED_ON = "happened_on"
    BORROWER = "borrower"
    STATE = "state"


def incidents(
    dossier: Dossier,
    asked: str | Asked = "",
    *,
    only_open: bool = False,
    device_id: int | None = None,
    loan_id: int | None = None,
    borrower_id: int | None = None,
    since: date | None = None,
) -> Sequence[IncidentRow]:
    """Return the incidents: open ones first, the oldest at the top, then closed ones.

    Args:
        asked: words to be found in the device, the borrower, the number of the report or the
            repairer; or those, an order, a limit.
        since: only those open, or closed since that day.
    """
    listed = incident_list(dossier, only_open=only_open)
    for column, value in (
        (Incident.device_id, device_id),
        (Incident.loan_id, loan_id),
        (Loan.borrower_id, borrower_id),
    ):
        if value is not None:
            listed = listed.where(column == value)
    if since is not None:
        listed = listed.where(or_(Incident.closed_on.is_(None), Incident.closed_on >= since))
    return listed.rows(asked)


def incident_list(dossier: Dossier, *, only_open: bool = False) -> Listing[IncidentRow]:
    """Return the incidents as a list that is searched, sorted and counted in the dossier."""
    today = dossier.today()
    is_open = Incident.closed_on.is_(None)
    listed = Listing(
        dossier,
        _select().where(Incident.deleted_at.is_(None)),
        words=(
            Device.search,
            Borrower.search,
            folded(_shown_kind() + " " + Incident.report_number + " " + Incident.repairer),
        ),
        order=(
            is_open.desc(),
            Incident.closed_on.desc(),
            case((is_open, Incident.happened_on)),
            case((is_open, Incident.id), else_=-Incident.id),
        ),
        shown=partial(_row, today=today),
        columns=partial(_list_columns, today),
    )
    return listed.where(is_open) if only_open else listed


def _list_columns(today: date) -> Mapping[str, ListColumn]:
    is_open = Incident.closed_on.is_(None)
    open_for = OPEN_FOR + shown_days(Incident.happened_on, today)
    state = case(
        (
            Incident.outcome.is_not(None),
            label_of(Incident.outcome, {outcome: outcome.label for outcome in IncidentOutcome}),
        ),
        (Incident.sent_on.is_not(None), IN_REPAIR),
        (and_(is_open, Incident.happened_on < today), open_for),
        else_=OPEN_TODAY,
    )
    return {
        IncidentColumn.KIND: ListColumn(_shown_kind()),
        IncidentColumn.DEVICE: ListColumn(shown_device() + " · " + shown_code()),
        IncidentColumn.HAPPENED_ON: ListColumn(
            day_of(Incident.happened_on), (Incident.happened_on,)
        ),
        IncidentColumn.BORROWER: ListColumn(
            case((Borrower.id.is_not(None), shown_person(Borrower)), else_="")
        ),
        **shown_fields(Incident, IncidentFields),
        IncidentColumn.STATE: ListColumn(state, (not_(is_open), Incident.happened_on)),
    }


def _shown_kind() -> Any:
    return label_of(Incident.kind, {kind: kind.label for kind in IncidentKind})


def incident(dossier: Dossier, incident_id: int) -> IncidentRow:
    """Return one incident.

    Raises:
        UserError: there is none of that id, or it was removed.
    """
    wanted = _select().where(Incident.id == incident_id, Incident.deleted_at.is_(None))
    found = next(iter(dossier.rows(wanted)), None)
    if found is None:
        raise UserError(f"Il n’y a pas d’incident n° {incident_id} dans ce dossier.")
    return _row(found, dossier.today())


def incident_summary(dossier: Dossier) -> IncidentSummary:
    """Return how many are open or quiet, and what this school year's cost."""
    today = dossier.today()
    is_open = Incident.closed_on.is_(None)
    long_ago = func.coalesce(Incident.sent_on, Incident.happened_on) < _quiet_since(today)
    this_year = Incident.happened_on >= date(loan_year(today), 9, 1)
    (row,) = dossier.rows(
        select(
            func.count().filter(is_open).label("open"),
            func.count().filter(is_open, long_ago).label("quiet"),
            func.count().filter(this_year).label("this_year"),
            func.coalesce(func.sum(Incident.cost_cents).filter(this_year), 0).label("cost"),
        ).where(Incident.deleted_at.is_(None))
    )
    return IncidentSummary(row.open, row.quiet, row.this_year, row.cost)


def _quiet_since(today: date) -> date:
    return today - timedelta(days=QUIET_DAYS)


_OWN = (
    Incident.id,
    Incident.device_id,
    Incident.loan_id,
    Incident.closed_on,
    Incident.outcome,
    *(getattr(Incident, name) for name in columns_of(IncidentFields)),
)


def _select() -> Any:
    return (
        select(
            *_OWN,
            Device.kind.label("device_kind"),
            Device.brand,
            Device.model,
            Device.asset_number,
            Device.serial_number,
            Device.state.label("device_state"),
            Device.condition.label("device_condition"),
            Loan.borrower_id,
            Loan.school_class,
            Borrower.kind.label("borrower_kind"),
            Borrower.last_name,
            Borrower.usual_name,
            Borrower.first_name,
        )
        .join(Device, Device.id == Incident.device_id)
        .outerjoin(Loan, Loan.id == Incident.loan_id)
        .outerjoin(Borrower, Borrower.id == Loan.borrower_id)
    )


def _row(found: Row[Any], today: date) -> IncidentRow:
    is_open = found.closed_on is None
    kind = found.borrower_kind
    names = (found.last_name or "", found.usual_name or "", found.first_name or "")
    return IncidentRow(
        **kept_of(IncidentFields, found),
        id=found.id,
        device_id=found.device_id,
        loan_id=found.loan_id,
        device_name=rules.device_name(DeviceKind(found.device_kind), found.brand, found.model),
        code=found.asset_number or found.serial_number,
        device_state=DeviceState(found.device_state),
        device_condition=Condition(found.device_condition),
        borrower_id=found.borrower_id,
        borrower_name=person_name(*names) if kind else "",
        borrower_kind=BorrowerKind(kind) if kind else None,
        school_class=found.school_class or "",
        closed_on=found.closed_on,
        outcome=IncidentOutcome(found.outcome) if found.outcome else None,
        days_open=max(0, (today - found.happened_on).days) if is_open else 0,
        is_quiet=is_open and (found.sent_on or found.happened_on) < _quiet_since(today),
    )
