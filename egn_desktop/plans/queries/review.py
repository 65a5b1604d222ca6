# SPDX-License-Identifier: GPL-3.0-or-later
"""The yearly review of the plan in force, and what the plan has taken up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from egn_desktop import french
from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.dossier import Dossier
from egn_desktop.plans import rules
from egn_desktop.plans.model import PlanTakenUp, PlanVersionAction
from egn_desktop.plans.queries.adopted import version_content, versions
from egn_desktop.plans.queries.draft import content, sections
from egn_desktop.plans.review import ClosedAction, Known, LineKind, ReviewLine, review


@dataclass(frozen=True, slots=True)
class TakenUpRow:
    """A line of the review that the plan has taken up.

    Attributes:
        action_id: the action that it is about; None for what is no action.
        words: the line as it was written into the section.
        version: the version with which it was adopted; None while it waits in the draft.
        is_rewritten: it waits in the draft, whose section no longer has the line as it was.
        recovered: found by its words when an older dossier was brought to this version.
    """

    id: int
    kind: LineKind
    action_id: int | None
    section: str
    words: str
    taken_on: date
    version: int | None
    is_rewritten: bool
    recovered: bool

    @property
    def section_title(self) -> str:
        """The section's French title."""
        return rules.sections()[self.section].title

    @property
    def where(self) -> str:
        """Where it stands in the plan, in French: "plan, version 3 (« Ressources »)"."""
        plan = f"plan, version {self.version}" if self.version else "projet de plan"
        return f"{plan} («\u202f{self.section_title}\u202f»)"

    @property
    def text(self) -> str:
        """What was taken up, with what is to be known of it, in French."""
        notes = (
            "réécrit ou supprimé depuis" if self.is_rewritten else "",
            "lien retrouvé" if self.recovered else "",
        )
        note = ", ".join(filter(None, notes))
        words = self.words.removeprefix("- ")
        return f"{words} ({note})" if note else words

    @property
    def line(self) -> str:
        """All of it on one line of French."""
        return f"{self.text} · {self.where} · le {french.short_date(self.taken_on)}"


def review_lines(dossier: Dossier) -> Sequence[ReviewLine]:
    """Return what has changed since the last adoption and is not taken up; nothing before."""
    with dossier.read():
        last = next(iter(versions(dossier)), None)
        if last is None:
            return ()
        return review(
            version_content(dossier, last.number),
            content(dossier),
            adopted_on=last.adopted_on,
            gaps=_made_of(dossier, SourceKind.AUDIT),
            lessons=_made_of(dossier, SourceKind.DRILL),
            known=_known(dossier, last.number),
        )


def taken_up(dossier: Dossier, *, waiting: bool = False) -> Sequence[TakenUpRow]:
    """Return what the plan has taken up, oldest first.

    Args:
        waiting: only what waits in the draft for its adoption.
    """
    wanted = select(PlanTakenUp).order_by(PlanTakenUp.id)
    if waiting:
        wanted = wanted.where(PlanTakenUp.version.is_(None))
    with dossier.read() as session:
        found = session.scalars(wanted).all()
        is_any_waiting = any(row.version is None for row in found)
        drafts = sections(dossier) if is_any_waiting else ()
        lines = {row.section.id: row.text.splitlines() for row in drafts}
        return [
            TakenUpRow(
                id=row.id,
                kind=LineKind(row.kind),
                action_id=row.action_id,
                section=row.section,
                words=row.words,
                taken_on=row.taken_on,
                version=row.version,
                is_rewritten=row.version is None and row.words not in lines.get(row.section, ()),
                recovered=row.recovered,
            )
            for row in found
        ]


def versions_listing(dossier: Dossier) -> dict[int, list[int]]:
    """Return the versions that list an action as still to be done, oldest first, by action."""
    found: dict[int, list[int]] = {}
    wanted = select(PlanVersionAction.action_id, PlanVersionAction.version)
    for row in dossier.rows(wanted.order_by(PlanVersionAction.version)):
        found.setdefault(row.action_id, []).append(row.version)
    return found


def _known(dossier: Dossier, last: int) -> Known:
    rows = taken_up(dossier)
    lessons = {row.action_id for row in rows if row.kind is LineKind.LESSON and row.action_id}
    return Known(
        lines=frozenset((row.kind, row.words) for row in rows if row.version in (None, last)),
        gaps=frozenset(row.action_id for row in rows if row.kind is LineKind.GAP and row.action_id),
        lessons=lessons | versions_listing(dossier).keys(),
    )


def _made_of(dossier: Dossier, kind: SourceKind) -> list[ClosedAction]:
    return [
        ClosedAction(row.id, row.title.rstrip("."), row.closed_on)
        for row in sorted(actions(dossier, source_kind=kind), key=lambda row: row.id)
        if row.state is not ActionState.DROPPED
    ]
