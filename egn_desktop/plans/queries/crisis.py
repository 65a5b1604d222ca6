# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done in a crisis, as the crisis screen and its documents read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.plans.model import Crisis, CrisisEntry

NOTE = "note"


@dataclass(frozen=True, slots=True)
class CrisisEntryRow:
    """One thing done: ``field`` is the list that it was ticked off, or "note"."""

    id: int
    field: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CrisisLog:
    """One crisis with what was done, in order; ``ended_at`` is None while it lasts."""

    id: int
    scenario: str
    started_at: datetime
    ended_at: datetime | None
    entries: tuple[CrisisEntryRow, ...]


def open_crisis(dossier: Dossier, scenario_id: str) -> CrisisLog | None:
    """Return the crisis of a scenario that has not been ended, or None."""
    found = [
        crisis
        for crisis in crises(dossier)
        if crisis.scenario == scenario_id and not crisis.ended_at
    ]
    return found[0] if found else None


def crises(dossier: Dossier) -> Sequence[CrisisLog]:
    """Return every crisis that was noted, the latest first."""
    with dossier.read():
        entries: dict[int, list[CrisisEntryRow]] = {}
        for row in dossier.rows(
            select(
                CrisisEntry.crisis_id,
                CrisisEntry.id,
                CrisisEntry.field,
                CrisisEntry.text,
                CrisisEntry.at,
            )
            .where(CrisisEntry.undone_at.is_(None))
            .order_by(CrisisEntry.at, CrisisEntry.id)
        ):
            entry = CrisisEntryRow(row.id, row.field, row.text, row.at)
            entries.setdefault(row.crisis_id, []).append(entry)
        rows = dossier.rows(
            select(Crisis.id, Crisis.scenario, Crisis.started_at, Crisis.ended_at).order_by(
                Crisis.id.desc()
            )
        )
    return [
        CrisisLog(
            row.id, row.scenario, row.started_at, row.ended_at, tuple(entries.get(row.id, ()))
        )
        for row in rows
    ]
