# SPDX-License-Identifier: GPL-3.0-or-later
"""What proves that drills are as they were noted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.accounts import Account, held_against_journal
from egn_desktop.dossier.report import Check
from egn_desktop.drills.model import Drill, Lesson
from egn_desktop.drills.rules import DrillState


def checks(dossier: Dossier) -> Iterable[Check]:
    """Hold the drills and their lessons against the journal."""
    yield held_against_journal(dossier, "Exercices", (_DRILLS, _LESSONS))


def _drills(session: Session) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for row in session.scalars(select(Drill)):
        yield row.id, {name: getattr(row, name) for name in _DRILLS.fields}


def _lessons(session: Session) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for row in session.scalars(select(Lesson)):
        removed = row.deleted_at is not None
        yield row.id, {"text": row.text, "action": row.action_id, "removed": removed}


_DRILLS: Final = Account(
    kind="drill",
    name="Exercice n°",
    rows=_drills,
    fields={
        "kind": "type",
        "scenario": "scénario",
        "script": "déroulé",
        "aim": "objectif",
        "planned_on": "jour prévu",
        "held_on": "jour tenu",
        "state": "état",
        "plan_version": "version du plan",
        "course": "déroulement",
    },
    # Not the plan's version: schema 0003 found it for the drills held before.
    implied={"drill.planned": {"state": DrillState.PLANNED, "held_on": None, "course": ""}},
)
_LESSONS: Final = Account(
    number="lesson",
    changes=("drill.lesson_added", "drill.lesson_removed", "drill.lesson_restored"),
    name="Enseignement n°",
    rows=_lessons,
    fields={"text": "texte", "action": "action", "removed": "retrait"},
    implied={
        "drill.lesson_added": {"removed": False},
        "drill.lesson_removed": {"removed": True},
        "drill.lesson_restored": {"removed": False},
    },
)
