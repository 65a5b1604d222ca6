# SPDX-License-Identifier: GPL-3.0-or-later
"""What two copies of a dossier may differ in: the actions."""

from typing import Any, Final

from egn_desktop.actions.rules import ActionState
from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.subjects import Row, Subject
from egn_desktop.dossier.copies.words import day, quoted


def _state(value: Any) -> str:
    return ActionState(value).label.lower() if value else ""


def _action(book: Book, row: Row, other: Row | None) -> str:
    del book
    if other is not None and row["state"] != other["state"]:
        return f"Action {quoted(row['title'])} : {_state(row['state'])}"
    return f"Action {quoted(row['title'])}"


SUBJECTS: Final = (
    Subject(
        table="action",
        heading="Actions",
        tell=_action,
        fields={
            "title": "action",
            "state": "état",
            "responsible": "responsable",
            "due_on": "échéance",
            "cost": "coût",
            "closed_on": "faite le",
        },
        values={"state": _state, "due_on": day, "closed_on": day},
        texts={
            "source_ref": {"risk:": "risk_line", "drill:": "drill"},
            "source_within": {"campaign:": "audit_campaign"},
        },
        kinds=("action",),
        journal_refs={"action": "action"},
    ),
)
