# SPDX-License-Identifier: GPL-3.0-or-later
"""The nouns of the register, each field described once: devices, people, what befell a device.

A field that is added here is in the form, the list, the sheet, the import, the spreadsheet and the
command; its table gets its column (``model``), for which a step is to be written.
"""

from collections.abc import Mapping
from typing import Any, Final

from egn_desktop.fields import columns_of, fields_of, listed
from egn_desktop.inventory.register.nouns.devices import DeviceFields, DeviceInput
from egn_desktop.inventory.register.nouns.incidents import IncidentFields
from egn_desktop.inventory.register.nouns.people import (
    GuardianFields,
    PupilFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.personal import Personal, classified
from egn_desktop.school.identity import SchoolFields

__all__ = (
    "NOUNS",
    "DeviceFields",
    "DeviceInput",
    "GuardianFields",
    "IncidentFields",
    "PupilFields",
    "PupilInput",
    "StaffFields",
    "fields_told",
    "personal_columns",
)

NOUNS: Final[Mapping[str, tuple[type[Any], ...]]] = {
    "device": (DeviceInput,),
    "borrower": (PupilInput, StaffFields),
    "guardian": (GuardianFields,),
    "incident": (IncidentFields,),
    "school": (SchoolFields,),
}
"""What each table holds of which nouns; pupils and staff share theirs."""


def personal_columns(table: str) -> Mapping[str, Personal]:
    """Return the columns of a table, described or not, and what each is to people."""
    found = dict(classified(table))
    for noun in NOUNS.get(table, ()):
        kept = columns_of(noun)
        found |= {field.name: field.personal for field in fields_of(noun) if field.name in kept}
    return found


def fields_told(*, line: str = "", limit: str = "") -> str:
    """Return the described fields that a line of the register, or a limit, is about, in French."""
    return listed(
        field
        for nouns in NOUNS.values()
        for noun in nouns
        for field in fields_of(noun)
        if (line and field.personal.line == line) or (limit and field.personal.limit == limit)
    )
