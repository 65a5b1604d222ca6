# SPDX-License-Identifier: GPL-3.0-or-later
"""What lists show of devices, people and loans, in SQL: the words that ``rules`` say in Python."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, false, func

from egn_desktop import french
from egn_desktop.dossier import Base
from egn_desktop.dossier.listing import ListColumn, day_of, label_of
from egn_desktop.fields import Field, Shape, fields_of
from egn_desktop.inventory.register.model import Borrower, Device, Loan
from egn_desktop.inventory.register.rules import sunday_of
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind, LoanState, Standing
from egn_desktop.inventory.register.text import ERASED_NAME, NO_CLASS

# The column itself: asked of pupils, it would leave out the loans of the staff.
HAS_LEFT = Borrower.__table__.c.left_on.is_not(None)


def shown_device() -> ColumnElement[str]:
    """Return what a device is called: see ``rules.device_name``."""
    named = func.trim(Device.brand + " " + Device.model)
    kind = label_of(Device.kind, {kind: kind.label for kind in DeviceKind})
    return func.coalesce(func.nullif(named, ""), kind)


def shown_fields(table: type[Base], noun: type[Any]) -> dict[str, ListColumn]:
    """Return the columns that lists offer of a noun's fields, as ``Field.shown`` shows them."""
    return {
        field.name: _shown_field(getattr(table, field.name), field)
        for field in fields_of(noun)
        if field.in_list
    }


def _shown_field(column: Any, field: Field) -> ListColumn:
    match field.shape:
        case Shape.CHOICE:
            return ListColumn(
                label_of(column, {choice.value: choice.label for choice in field.choices})
            )
        case Shape.DAY | Shape.TERM:
            return ListColumn(day_of(column), (column,))
        case Shape.MONEY:
            return ListColumn(None, (column,))
        case Shape.YES_NO:
            return ListColumn(case((column, "oui"), else_=""))
        case _:
            return ListColumn(column)


def shown_code() -> ColumnElement[str]:
    """Return a device's asset number, else its serial number."""
    return func.coalesce(func.nullif(Device.asset_number, ""), Device.serial_number)


def shown_person(person: Any) -> ColumnElement[str]:
    """Return what a person is called, of ``Borrower`` or one of its aliases or kinds."""
    name = func.coalesce(func.nullif(person.usual_name, ""), person.last_name)
    full = func.trim(name + " " + person.first_name)
    return case((full == "", ERASED_NAME), else_=full)


def shown_held(open_loans: Any, late: Any) -> ColumnElement[str]:
    """Return how many devices somebody holds: "1 en retard", "2 en cours", nothing."""
    return case(
        (late > 0, _figure(late, " en retard")),
        (open_loans > 0, _figure(open_loans, " en cours")),
        else_="",
    )


def shown_held_by_pupil(left_on: Any, open_loans: Any, late: Any) -> ColumnElement[str]:
    """Return how many devices a pupil holds: "Parti avec 1 appareil" where he or she left."""
    devices = case((open_loans > 1, " appareils"), else_=" appareil")
    return case(
        (and_(left_on.is_not(None), open_loans > 0), "Parti avec " + _figure(open_loans, devices)),
        (left_on.is_not(None), "Parti"),
        else_=shown_held(open_loans, late),
    )


def stands(standing: Standing, today: date) -> ColumnElement[bool]:
    """Return which open loans stand so: see ``rules.standing``."""
    sunday = sunday_of(today)
    return {
        Standing.LATE: Loan.due_on < today,
        Standing.THIS_WEEK: Loan.due_on.between(today, sunday),
        Standing.CURRENT: Loan.due_on > sunday,
        Standing.ENDED: false(),
    }[standing]


def shown_group() -> ColumnElement[str]:
    """Return what lists group a loan under: the pupil's class, else « Personnel »."""
    return case(
        (Borrower.kind == BorrowerKind.STAFF, BorrowerKind.STAFF.label),
        (Loan.school_class == "", NO_CLASS),
        else_=Loan.school_class,
    )


def shown_loan_state(today: date) -> ColumnElement[str]:
    """Return how a loan stands, in French: see ``rules.standing_label`` and ``_of_leaver``."""
    is_open = Loan.state == LoanState.OPEN
    label = case(
        (
            and_(is_open, stands(Standing.LATE, today)),
            "En retard de " + shown_days(Loan.due_on, today),
        ),
        (and_(is_open, Loan.due_on == today), "Aujourd’hui"),
        (and_(is_open, stands(Standing.THIS_WEEK, today)), "Cette semaine"),
        else_=label_of(Loan.state, {state: state.label for state in LoanState}),
    )
    of_leaver = "Parti, " + func.lower(func.substr(label, 1, 1)) + func.substr(label, 2)
    return case((and_(is_open, HAS_LEFT), of_leaver), else_=label)


def shown_days(since: Any, until: date) -> ColumnElement[str]:
    """Return how many days lie between two: "11 j"."""
    days = cast(func.julianday(until.isoformat()) - func.julianday(since), Integer)
    return _figure(days, f"{french.NARROW_SPACE}j")


def _figure(number: Any, words: Any) -> ColumnElement[str]:
    return func.format("%d%s", number, words)
