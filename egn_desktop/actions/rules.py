# SPDX-License-Identifier: GPL-3.0-or-later
"""What an action is: where it comes from, who must provide, whether it is late."""

from datetime import date
from enum import StrEnum


class SourceKind(StrEnum):
    """What an action comes from; the value is kept in the dossier."""

    AUDIT = "audit"
    PLAN = "plan"
    RISK = "risk"
    DRILL = "drill"
    FREE = "free"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            SourceKind.AUDIT: "Socle numérique",
            SourceKind.PLAN: "Plan de continuité",
            SourceKind.RISK: "DUERP",
            SourceKind.DRILL: "Exercice",
            SourceKind.FREE: "Autre",
        }[self]


class ActionState(StrEnum):
    """Where an action stands; the value is kept in the dossier."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            ActionState.OPEN: "À faire",
            ActionState.DONE: "Faite",
            ActionState.DROPPED: "Abandonnée",
        }[self]


class Provider(StrEnum):
    """Who must provide what an action needs; the value is kept in the dossier."""

    COMMUNE = "co"
    DEPARTEMENT = "dep"
    REGION = "reg"
    STATE = "st"
    SCHOOL = "sch"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Provider.COMMUNE: "Commune ou intercommunalité",
            Provider.DEPARTEMENT: "Département",
            Provider.REGION: "Région",
            Provider.STATE: "État",
            Provider.SCHOOL: "École ou établissement",
        }[self]


def provider_label(provider: str | None) -> str:
    """Return the French name of a provider, or the words as they were written."""
    if not provider:
        return ""
    return Provider(provider).label if provider in list(Provider) else provider


def is_late(state: ActionState, due_on: date | None, today: date) -> bool:
    """Tell whether an action should be done by now: open, and its day is past."""
    return state is ActionState.OPEN and due_on is not None and due_on < today


def sort_key(state: ActionState, due_on: date | None) -> tuple[bool, bool, date]:
    """Order actions by what needs attention: open ones first, soonest first, undated last."""
    return state is not ActionState.OPEN, due_on is None, due_on or date.max
