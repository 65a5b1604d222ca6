# SPDX-License-Identifier: GPL-3.0-or-later
"""What an action is: where it comes from, who must provide, whether it is late."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


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
            SourceKind.AUDIT: "État des lieux",
            SourceKind.PLAN: "Plan de continuité",
            SourceKind.RISK: "DUERP",
            SourceKind.DRILL: "Exercice",
            SourceKind.FREE: "Autre",
        }[self]


_CAMPAIGN: Final = "campaign:"
_RISK: Final = "risk:"
_DRILL: Final = "drill:"


@dataclass(frozen=True, slots=True)
class Source:
    """The very thing that an action comes from, by its id, as it is kept in the dossier.

    Attributes:
        ref: a criterion's id, "risk:4" or "drill:3"; empty for what comes from no such thing.
        within: "campaign:2", the audit that found the criterion's gap; empty for the others, and
            where an earlier version did not note it.
    """

    kind: SourceKind = SourceKind.FREE
    ref: str = ""
    within: str = ""

    @classmethod
    def gap(cls, criterion_id: str, campaign_id: int) -> "Source":
        """Name the gap that an audit found in a criterion."""
        return cls(SourceKind.AUDIT, criterion_id, f"{_CAMPAIGN}{campaign_id}")

    @classmethod
    def risk(cls, line_id: int) -> "Source":
        """Name a line of the DUERP."""
        return cls(SourceKind.RISK, f"{_RISK}{line_id}")

    @classmethod
    def drill(cls, drill_id: int) -> "Source":
        """Name a drill; which of its lessons, the lesson itself says."""
        return cls(SourceKind.DRILL, f"{_DRILL}{drill_id}")

    @property
    def criterion_id(self) -> str:
        """The criterion whose gap it is; empty if it is none."""
        return self.ref if self.kind is SourceKind.AUDIT else ""

    @property
    def campaign_id(self) -> int | None:
        """The audit that found the gap, where it is known."""
        return _number(self.within, _CAMPAIGN)

    @property
    def risk_id(self) -> int | None:
        """The line of the DUERP."""
        return _number(self.ref, _RISK)

    @property
    def drill_id(self) -> int | None:
        """The drill."""
        return _number(self.ref, _DRILL)


def _number(text: str, prefix: str) -> int | None:
    number = text.removeprefix(prefix)
    return int(number) if number != text and number.isdecimal() else None


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
            Provider.SCHOOL: "Direction et équipe",
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
