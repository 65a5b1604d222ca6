# SPDX-License-Identifier: GPL-3.0-or-later
"""What an incident is, how it can end, and what that makes of its device. Pure."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from egn_desktop import french
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
)

QUIET_DAYS: Final = 30
"""For how long an open incident needs no reminder; our proposal."""
LONGEST_DESCRIPTION: Final = 2_000
LONGEST_FIELD: Final = 200
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
MISSING: Final = {
    IncidentKind.LOSS: DeviceState.LOST,
    IncidentKind.THEFT: DeviceState.STOLEN,
}


@dataclass(frozen=True, slots=True)
class IncidentInput:
    """One incident as a form gives it.

    Attributes:
        report_number: of the police report, or of the receipt of the complaint.
        sent_on: the day it went to the repairer.
    """

    kind: IncidentKind
    happened_on: date
    description: str = ""
    report_number: str = ""
    repairer: str = ""
    sent_on: date | None = None
    cost_cents: int | None = None


FIELDS: Final = tuple(one.name for one in fields(IncidentInput))


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


def incident_problem(one: IncidentInput, today: date) -> str | None:
    """Return what keeps an incident from being kept, in French, or None."""
    if one.happened_on > today:
        return f"Le {french.short_date(one.happened_on)} est une date à venir."
    if one.sent_on is not None and one.sent_on < one.happened_on:
        return "L’appareil ne peut pas être parti en réparation avant l’incident."
    if len(one.description) > LONGEST_DESCRIPTION:
        return f"Le récit est trop long ({LONGEST_DESCRIPTION} caractères au plus)."
    for name, value in (
        ("le numéro du procès-verbal", one.report_number),
        ("le réparateur", one.repairer),
    ):
        if len(value) > LONGEST_FIELD:
            return f"Le texte est trop long pour {name} ({LONGEST_FIELD} caractères au plus)."
    if one.cost_cents is not None and not 0 <= one.cost_cents <= GREATEST_COST:
        return "Le coût est un montant en euros, de 0 à 1 000 000."
    return None


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
