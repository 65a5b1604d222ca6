# SPDX-License-Identifier: GPL-3.0-or-later
"""What an incident is, how it can end, and what that makes of its device. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from egn_desktop import french
from egn_desktop.fields import fields_of, too_long
from egn_desktop.inventory.register.nouns import IncidentFields
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
)
from egn_desktop.personal import OF_OTHERS

QUIET_DAYS: Final = 30
"""For how long an open incident needs no reminder; our proposal."""
LONGEST_DESCRIPTION: Final = 2_000
GREATEST_COST: Final = 1_000_000_00
OUTCOMES: Final = {
    IncidentKind.BREAKAGE: (
        IncidentOutcome.REPAIRED,
        IncidentOutcome.REPLACED,
        IncidentOutcome.RETIRED,
        IncidentOutcome.NOTHING,
    ),
    IncidentKind.LOSS: (
        IncidentOutcome.FOUND,
        IncidentOutcome.REPLACED,
        IncidentOutcome.UNRECOVERED,
        IncidentOutcome.RETIRED,
    ),
    IncidentKind.THEFT: (
        IncidentOutcome.FOUND,
        IncidentOutcome.REPLACED,
        IncidentOutcome.UNRECOVERED,
        IncidentOutcome.RETIRED,
    ),
    IncidentKind.OTHER: (
        IncidentOutcome.REPAIRED,
        IncidentOutcome.REPLACED,
        IncidentOutcome.RETIRED,
        IncidentOutcome.NOTHING,
    ),
}
"""How an incident of each kind can end, the likeliest first."""
IN_COLUMNS: Final = ("kind", "happened_on", "description", "cost_cents")
"""What lists on paper say of an incident each in a column."""
MISSING: Final = {
    IncidentKind.LOSS: DeviceState.LOST,
    IncidentKind.THEFT: DeviceState.STOLEN,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a device that nobody has stands: what an incident changes of it.

    Attributes:
        reserved_for: who it waits for, and what for, while it is reserved.
    """

    state: DeviceState
    condition: Condition
    reserved_for: int | None = None
    reserved_note: str = ""


def incident_problem(incident: IncidentFields, today: date) -> str | None:
    """Return what keeps an incident from being kept, in French, or None."""
    if incident.happened_on > today:
        return f"Le {french.short_date(incident.happened_on)} est une date à venir."
    if incident.sent_on is not None and incident.sent_on < incident.happened_on:
        return "L’appareil ne peut pas être parti en réparation avant l’incident."
    if len(incident.description) > LONGEST_DESCRIPTION:
        return f"Le récit est trop long ({LONGEST_DESCRIPTION} caractères au plus)."
    if incident.cost_cents is not None and not 0 <= incident.cost_cents <= GREATEST_COST:
        return "Le coût est un montant en euros, de 0 à 1 000 000."
    return too_long(incident)


def followed(incident: IncidentFields, *, named: bool = True) -> list[str]:
    """Return what is noted of how an incident is followed: "plainte n° 2026/0451".

    Its nature, day, tale and cost stand in columns of their own.

    Args:
        named: say who else is named in it: who mends the device.
    """
    said = {
        "report_number": f"plainte n° {incident.report_number}",
        "repairer": incident.repairer,
        "sent_on": f"envoyé le {french.short_date(incident.sent_on)}",
    }
    found: list[str] = []
    for field in fields_of(IncidentFields):
        is_told = field.name not in IN_COLUMNS and (named or field.personal is not OF_OTHERS)
        if is_told and (shown := field.shown(getattr(incident, field.name))):
            found.append(said.get(field.name, f"{field.lower_label} : {shown}"))
    return found


def after_opening(kind: IncidentKind, device: Standing) -> Standing:
    """Return where a device that nobody has stands once an incident is noted."""
    if device.state is DeviceState.RETIRED or kind is IncidentKind.OTHER:
        return device
    if kind is IncidentKind.BREAKAGE:
        return Standing(DeviceState.IN_REPAIR, Condition.BROKEN)
    return Standing(MISSING[kind], device.condition)


def after_closing(outcome: IncidentOutcome, device: Standing) -> Standing:
    """Return where a device that nobody has stands once an incident ended."""
    if outcome is IncidentOutcome.RETIRED:
        return Standing(DeviceState.RETIRED, device.condition)
    if outcome is IncidentOutcome.FOUND and device.state in MISSING.values():
        broken = device.condition is Condition.BROKEN
        return Standing(
            DeviceState.IN_REPAIR if broken else DeviceState.AVAILABLE, device.condition
        )
    if outcome is IncidentOutcome.REPAIRED and device.state is DeviceState.IN_REPAIR:
        broken = device.condition is Condition.BROKEN
        return Standing(DeviceState.AVAILABLE, Condition.WORN if broken else device.condition)
    return device
