# SPDX-License-Identifier: GPL-3.0-or-later
"""What the list of actions prints."""

from collections.abc import Sequence
from typing import Final

from egn_desktop.actions.queries import actions, responsibles
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier

ALL: Final = "toutes"

OPEN: Final = "a-faire"

LATE: Final = "en-retard"

SOURCE: Final = "origine:"

PERSON: Final = "responsable:"


def selections(dossier: Dossier) -> Sequence[Subject]:
    """Return what can be printed: all actions, then those of each kind there are."""
    rows = actions(dossier)
    if not rows:
        return ()
    found = [Subject(ALL, "Toutes les actions")]
    if any(row.state is ActionState.OPEN for row in rows):
        found.append(Subject(OPEN, "Actions à faire"))
    if any(row.is_late for row in rows):
        found.append(Subject(LATE, "Actions en retard"))
    kinds = {row.source.kind for row in rows}
    found += [
        Subject(f"{SOURCE}{kind.value}", f"Origine : {kind.label}")
        for kind in SourceKind
        if kind in kinds
    ]
    found += [
        Subject(f"{PERSON}{responsible}", f"Responsable : {responsible}")
        for responsible in responsibles(rows)
    ]
    return found


OFFERS: Final = (
    Offer(
        "plan-d-actions",
        title="Plan d’actions",
        purpose="Ce qui est à faire, par qui, pour quand et à quel coût : retards d’abord.",
        missing="Ajoutez une action, ou tirez-en une de l’état des lieux, d’un risque, d’un "
        "exercice.",
        maker="egn_desktop.actions.report:action_plan",
        subjects=selections,
        names_people=True,
        first_holds_all=True,
    ),
)
