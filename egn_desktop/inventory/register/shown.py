# SPDX-License-Identifier: GPL-3.0-or-later
"""What lists show of devices and people, in SQL: the same words as ``rules`` and ``text`` find."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, cast, func

from egn_desktop import french
from egn_desktop.dossier.listing import label_of
from egn_desktop.inventory.register.model import Device
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.register.text import ERASED_NAME


def shown_device() -> ColumnElement[str]:
    """Return what a device is called: see ``rules.device_name``."""
    named = func.trim(Device.brand + " " + Device.model)
    kind = label_of(Device.kind, {one: one.label for one in DeviceKind})
    return func.coalesce(func.nullif(named, ""), kind)


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


def shown_days(since: Any, until: date) -> ColumnElement[str]:
    """Return how many days lie between two: "11 j"."""
    days = cast(func.julianday(until.isoformat()) - func.julianday(since), Integer)
    return _figure(days, f"{french.NARROW_SPACE}j")


def _figure(number: Any, words: Any) -> ColumnElement[str]:
    return func.format("%d%s", number, words)
