# SPDX-License-Identifier: GPL-3.0-or-later
"""What proves that actions are as they were noted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.actions.model import Action
from egn_desktop.actions.rules import ActionState
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.accounts import Account, held_against_journal
from egn_desktop.dossier.report import Check


def checks(dossier: Dossier) -> Iterable[Check]:
    """Hold the actions against the journal."""
    yield held_against_journal(dossier, "Actions", (_ACTIONS,))


def _actions(session: Session) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for row in session.scalars(select(Action)):
        yield row.id, {name: getattr(row, name) for name in _ACTIONS.fields}


_ACTIONS: Final = Account(
    kind="action",
    name="Action n°",
    rows=_actions,
    fields={
        "title": "intitulé",
        "source_kind": "nature de l’origine",
        "source_ref": "origine",
        "source_within": "état des lieux d’origine",
        "responsible": "responsable",
        "provider": "qui fournit",
        "due_on": "échéance",
        "cost": "coût",
        "cost_cents": "coût exact",
        "state": "état",
        "closed_on": "close le",
    },
    implied={"action.added": {"state": ActionState.OPEN, "closed_on": None}},
    ends=frozenset({"action.taken_back"}),
)
