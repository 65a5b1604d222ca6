# SPDX-License-Identifier: GPL-3.0-or-later
"""What two copies of a dossier may differ in: drills and what was learnt."""

from typing import Any, Final

from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.subjects import Row, Subject
from egn_desktop.dossier.copies.words import day, quoted
from egn_desktop.drills.rules import DrillState, kinds
from egn_desktop.school.joining import kind_in

_HEADING: Final = "Exercices"


def _state(value: Any) -> str:
    return DrillState(value).label.lower() if value else ""


def _drill(book: Book, row: Row, other: Row | None) -> str:
    del other
    kind = kinds(kind_in(book)).get(row["kind"])
    on = day(row["held_on"] or row["planned_on"])
    when = f" du {on}" if on else ""
    return f"{kind.title if kind else 'Exercice'}{when} : {_state(row['state'])}"


def _lesson(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Enseignement {quoted(row['text'])}"


SUBJECTS: Final = (
    Subject(
        table="drill",
        heading=_HEADING,
        tell=_drill,
        fields={
            "planned_on": "prévu le",
            "held_on": "tenu le",
            "state": "état",
            "plan_version": "version du plan",
            "course": "déroulement",
            "aim": "objectif",
        },
        values={"planned_on": day, "held_on": day, "state": _state},
        parts={
            "drill_preparation": "drill_id",
            "drill_participants": "drill_id",
            "drill_result": "drill_id",
            "drill_answer": "drill_id",
        },
        texts={"scenario": {"ecole-": "own_scenario"}},
        kinds=("drill",),
    ),
    Subject(
        table="drill_lesson",
        heading=_HEADING,
        tell=_lesson,
        fields={"text": "enseignement", "deleted_at": "retiré le"},
        values={"deleted_at": day},
    ),
)
