# SPDX-License-Identifier: GPL-3.0-or-later
"""What the plan and its drills answer to the audit's questions about them.

Only what somebody noted is told: a version that was settled is written, a council that heard it was
shown it, a drill that was held tried it. What is not noted may yet be true – a plan on paper, a
council whose day nobody wrote down – and so no answer is drawn from it: the words alone say so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import drills
from egn_desktop.drills.rules import DrillState
from egn_desktop.plans.milestones import MilestoneKind, council_of, settling_words
from egn_desktop.plans.queries import milestones, summary, versions
from egn_desktop.school.calendar import loan_year
from egn_desktop.school.queries import Identity, identity

PLAN: Final = "plan"


@dataclass(frozen=True, slots=True)
class PlanFact:
    """One thing that the plan or its drills know.

    Attributes:
        words: what was noted, and what was not: one French sentence.
        answer: a whole answer in words; empty where what is noted is none.
    """

    words: str
    answer: str = ""
    part: int | None = None
    whole: int | None = None
    source: str = PLAN


def facts(dossier: Dossier) -> Mapping[str, PlanFact]:
    """Return what the plan knows, by the id that content files call it by; nothing before it."""
    found = {"written_plan": _written(dossier), "tried_plan": _tried(dossier)}
    return {name: fact for name, fact in found.items() if fact is not None}


def _written(dossier: Dossier) -> PlanFact | None:
    plan = summary(dossier)
    if plan.version is None or plan.adopted_on is None:
        return None
    words = settling_words(identity(dossier).kind)
    day = french.short_date(plan.adopted_on)
    return PlanFact(f"Sa version {plan.version} est {words.done} depuis le {day}.", answer="oui")


def _tried(dossier: Dossier) -> PlanFact | None:
    if not versions(dossier):
        return None
    school, year = identity(dossier), loan_year(dossier.today())

    def last_of_the_year(days: Iterable[date | None]) -> date | None:
        return max((day for day in days if day and loan_year(day) == year), default=None)

    shown = last_of_the_year(_shown_on(dossier, school))
    tried = last_of_the_year(
        row.held_on for row in drills(dossier, DrillState.HELD) if row.plan_version
    )
    said = (
        f"présenté {school.words['to_the_council']} le {french.short_date(shown)}"
        if shown
        else "aucune présentation n’est notée",
        f"essayé le {french.short_date(tried)}" if tried else "aucun exercice n’est noté",
    )
    answer = "oui" if shown and tried else ""
    return PlanFact(f"Cette année scolaire\u202f: {' ; '.join(said)}.", answer)


def _shown_on(dossier: Dossier, school: Identity) -> list[date]:
    """Return the days on which the school's council heard of a version, as they were noted."""
    council = fold(council_of(school.kind))
    settled = [(row.adopted_on, row.body) for row in versions(dossier)]
    shown = [
        (row.done_on, row.body)
        for row in milestones(dossier)
        if row.kind is MilestoneKind.PRESENTED
    ]
    return [day for day, body in (*settled, *shown) if council in fold(body)]
