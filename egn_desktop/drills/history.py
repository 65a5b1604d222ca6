# SPDX-License-Identifier: GPL-3.0-or-later
"""How each action came about and what came of it, as one line that an inspector can follow.

Criterion, gap, action, version of the plan, drill, lesson, action: each link is found by its id.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from egn_desktop import french
from egn_desktop.actions.queries import ActionRow, actions
from egn_desktop.actions.rules import ActionState
from egn_desktop.audit.catalogue import criteria
from egn_desktop.audit.queries import campaigns
from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import DrillRow, LessonLink, drills, lesson_links
from egn_desktop.drills.rules import DrillState
from egn_desktop.plans.queries import TakenUpRow, risk_lines, taken_up, versions_listing
from egn_desktop.school.queries import identity

ARROW: Final = " → "
_SHOWN: Final = 3


@dataclass(frozen=True)
class Histories:
    """The histories of all actions of a dossier, read once."""

    dossier: Dossier

    def of(self, action_id: int) -> str:
        """Return one action's line: "Critère ent-05 … → action n° 12 → plan, version 3 …"."""
        row = self._actions.get(action_id)
        if row is None:
            return ""
        links = (*self._before(row), _action(row), *self._after(row))
        return french.capital(ARROW.join(links))

    def through(self, drill_id: int) -> Sequence[str]:
        """Return the lines that pass through a drill.

        First those of what the plan had taken up and this drill tried, then those of its lessons.
        """
        taken = dict.fromkeys(row.action_id for row in self._taken if row.action_id is not None)
        before = [
            action_id
            for action_id in taken
            if any(row.id == drill_id for row in self._tried_after(action_id)[1])
        ]
        taught = [lesson.action_id for lesson in self._lessons if lesson.drill_id == drill_id]
        return [self.of(action_id) for action_id in dict.fromkeys((*before, *taught))]

    def _before(self, row: ActionRow) -> Iterator[str]:
        source = row.source
        if source.criterion_id:
            yield f"critère {self._criterion(source.criterion_id)}{self._audit(source.campaign_id)}"
        elif source.risk_id is not None:
            yield f"risque {self._risk(source.risk_id)} du DUERP"
        elif source.drill_id is not None and source.drill_id in self._drills:
            yield from self._tried(self._drills[source.drill_id])
            taught = [lesson for lesson in self._lessons if lesson.action_id == row.id]
            if taught:
                yield _numbered("leçon", (lesson.id for lesson in taught))

    def _after(self, row: ActionRow) -> Iterator[str]:
        """Tell where the plan has it, which drills tried that, and what these taught."""
        taken, listing = self._taken_of.get(row.id), self._listing.get(row.id)
        if taken is not None:
            yield taken.where
        elif listing:
            yield f"plan, version {listing[0]} («\u202fProgramme d’actions\u202f»)"
        version, tried = self._tried_after(row.id)
        if tried:
            yield _of_days(tried, version)
            yield from self._learnt(tried)

    def _tried_after(self, action_id: int) -> tuple[int | None, list[DrillRow]]:
        """Return the version that took an action up, and the first drills that tried it."""
        taken, listing = self._taken_of.get(action_id), self._listing.get(action_id)
        version = taken.version if taken else (listing or [None])[0]
        return version, self._drills_since(version) if version else []

    def _tried(self, drill: DrillRow) -> Iterator[str]:
        if drill.plan_version:
            yield f"plan, version {drill.plan_version}"
        yield f"exercice du {french.short_date(drill.day)}"

    def _learnt(self, tried: Sequence[DrillRow]) -> Iterator[str]:
        ids = {row.id for row in tried}
        found = [lesson for lesson in self._lessons if lesson.drill_id in ids]
        if found:
            yield _numbered("leçon", (link.id for link in found))
            yield _numbered("action", (link.action_id for link in found))

    def _drills_since(self, version: int) -> list[DrillRow]:
        """Return the drills of the first version, from this one on, that any drill tried."""
        later = [drill for drill in self._drills.values() if (drill.plan_version or 0) >= version]
        first = min((row.plan_version for row in later if row.plan_version), default=None)
        of_first = [row for row in later if row.plan_version == first]
        return sorted(of_first, key=lambda row: (row.day is None, row.day, row.id))

    def _criterion(self, criterion_id: str) -> str:
        known = criteria(identity(self.dossier).kind).get(criterion_id)
        return f"{criterion_id} «\u202f{known.title}\u202f»" if known else criterion_id

    def _risk(self, line_id: int) -> str:
        title = self._risks.get(str(line_id))
        return f"n°\u00a0{line_id} «\u202f{title}\u202f»" if title else f"n°\u00a0{line_id}"

    def _audit(self, campaign_id: int | None) -> str:
        day = self._days_of_audits.get(campaign_id or 0)
        return f" (état des lieux du {day})" if day else ""

    @cached_property
    def _actions(self) -> dict[int, ActionRow]:
        return {row.id: row for row in actions(self.dossier)}

    @cached_property
    def _days_of_audits(self) -> dict[int, str]:
        rows = campaigns(self.dossier)
        return {row.id: french.short_date(row.started_at.date()) for row in rows}

    @cached_property
    def _drills(self) -> dict[int, DrillRow]:
        rows = drills(self.dossier)
        return {row.id: row for row in rows if row.state is DrillState.HELD}

    @cached_property
    def _lessons(self) -> Sequence[LessonLink]:
        return lesson_links(self.dossier)

    @cached_property
    def _taken(self) -> Sequence[TakenUpRow]:
        return taken_up(self.dossier)

    @cached_property
    def _taken_of(self) -> dict[int, TakenUpRow]:
        """The first line that tells of each action."""
        rows = reversed(self._taken)
        return {row.action_id: row for row in rows if row.action_id is not None}

    @cached_property
    def _risks(self) -> dict[str, str]:
        return {line.id: line.title for line in risk_lines(self.dossier)}

    @cached_property
    def _listing(self) -> dict[int, list[int]]:
        return versions_listing(self.dossier)


def _action(row: ActionRow) -> str:
    text = f"action n°\u00a0{row.id}"
    if row.state is ActionState.OPEN:
        return text
    return f"{text}, {row.state.label.lower()} le {french.short_date(row.closed_on)}"


def _of_days(tried: Sequence[DrillRow], version: int | None) -> str:
    days = [f"du {french.short_date(row.day)}" for row in tried]
    word = "exercice" if len(days) == 1 else "exercices"
    later = tried[0].plan_version
    plan = f" (version {later})" if later != version else ""
    return f"{word} {_listed(days)}{plan}"


def _numbered(word: str, ids: Iterable[int]) -> str:
    numbers = [f"n°\u00a0{number}" for number in sorted(set(ids))]
    return f"{word if len(numbers) == 1 else word + 's'} {_listed(numbers)}"


def _listed(words: Sequence[str]) -> str:
    """Return "A", "A et B", "A, B, C et 4 autres"."""
    left = len(words) - _SHOWN
    if left > 1:
        return f"{', '.join(words[:_SHOWN])} et {left} autres"
    return " et ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else words[0]
