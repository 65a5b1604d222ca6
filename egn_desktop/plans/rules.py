# SPDX-License-Identifier: GPL-3.0-or-later
"""How a risk is rated, where a section stands, and when a plan may be adopted."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from egn_desktop.plans.catalogue import (
    Axis,
    Fact,
    Priority,
    Rating,
    Risk,
    Scenario,
    Section,
    Step,
    Tone,
    facts,
    priorities,
    risks,
    scenarios,
    sections,
    steps,
)
from egn_desktop.plans.missing import Missing, Weight
from egn_desktop.school.rules import Level
from egn_desktop.school.words import ANY_SCHOOL, SchoolKind

__all__ = [
    "Rating",
    "Risk",
    "Scenario",
    "Section",
    "SectionState",
    "ToolStatus",
    "VersionState",
    "axis_steps",
    "facts_for",
    "facts_of",
    "missing_before_adoption",
    "needs_check",
    "next_version",
    "pedagogy_for",
    "priority",
    "rating_problem",
    "risks",
    "scenarios",
    "section_state",
    "sections",
    "step",
    "work_units_for",
]

REVIEW_AFTER: Final = timedelta(days=365)
"""How long a section or a contact stays good before it is to be looked at again."""
ESTABLISHMENT_UNITS: Final = frozenset({"Vie scolaire", "Administratif"})
SCHOOL_UNITS: Final = frozenset({"ATSEM et agents"})
WORKSHOP_UNITS: Final = frozenset({"Élèves des filières techniques et professionnelles"})
OTHERWISE: Final = {"ATSEM et agents": "Agents"}
"""Work units that only an establishment has, or only a school, or only a lycée professionnel; and
what the others call them. A DUERP is about those who work: of pupils, only those of workshops."""
ENOUGH_SCENARIOS: Final = 3
"""How many scenarios a plan should be ready for; fewer is advised against, none is refused."""


class SectionState(StrEnum):
    """Where the writing of a section stands."""

    EMPTY = "empty"
    STARTED = "started"
    DONE = "done"
    TO_REVIEW = "to_review"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            SectionState.EMPTY: "Vide",
            SectionState.STARTED: "Commencée",
            SectionState.DONE: "Terminée",
            SectionState.TO_REVIEW: "À revoir",
        }[self]

    @property
    def tone(self) -> Tone:
        """The tone of its chip."""
        tones: dict[SectionState, Tone] = {
            SectionState.EMPTY: "neutral",
            SectionState.STARTED: "brand",
            SectionState.DONE: "good",
            SectionState.TO_REVIEW: "attention",
        }
        return tones[self]


class ToolStatus(StrEnum):
    """How a tool stands with data protection; the value is kept in the dossier."""

    RECOMMENDED = "recommended"
    REGISTER = "register"
    NOT_ASSESSED = "not_assessed"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            ToolStatus.RECOMMENDED: "Fourni par l’État ou la collectivité",
            ToolStatus.REGISTER: "Inscrit au registre des traitements",
            ToolStatus.NOT_ASSESSED: "Non évalué",
        }[self]

    @property
    def short(self) -> str:
        """The French name in a narrow column."""
        return {
            ToolStatus.RECOMMENDED: "Service public",
            ToolStatus.REGISTER: "Au registre",
            ToolStatus.NOT_ASSESSED: "Non évalué",
        }[self]

    @property
    def tone(self) -> Tone:
        """The tone of its chip."""
        return "attention" if self is ToolStatus.NOT_ASSESSED else "good"


class VersionState(StrEnum):
    """Where a version of the plan stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ADOPTED = "adopted"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            VersionState.DRAFT: "Brouillon",
            VersionState.SUBMITTED: "Soumise",
            VersionState.ADOPTED: "En vigueur",
            VersionState.SUPERSEDED: "Remplacée",
        }[self]

    @property
    def tone(self) -> Tone:
        """The tone of its chip."""
        tones: dict[VersionState, Tone] = {
            VersionState.DRAFT: "neutral",
            VersionState.SUBMITTED: "brand",
            VersionState.ADOPTED: "good",
            VersionState.SUPERSEDED: "neutral",
        }
        return tones[self]


def section_state(
    text: str, *, done: bool = False, looked_at: date | None = None, today: date
) -> SectionState:
    """Return where a section stands.

    Args:
        done: its author has said that it is finished.
        looked_at: the day it was last written or confirmed.
    """
    if not text.strip():
        return SectionState.EMPTY
    if not done:
        return SectionState.STARTED
    if looked_at is None or today - looked_at > REVIEW_AFTER:
        return SectionState.TO_REVIEW
    return SectionState.DONE


def needs_check(checked_on: date | None, today: date) -> bool:
    """Tell whether a contact was never checked, or not for a year."""
    return checked_on is None or today - checked_on > REVIEW_AFTER


def axis_steps(axis: Axis) -> tuple[Step, ...]:
    """Return the steps of one axis, from low to high."""
    return tuple(step for step in steps() if step.axis == axis)


def step(axis: Axis, value: int) -> Step:
    """Return one step of an axis.

    Raises:
        KeyError: the axis has no such step.
    """
    return steps()[f"{axis}-{value}"]


def rating_problem(severity: int, likelihood: int, control: int) -> str | None:
    """Return what is wrong with a rating, in French, or None."""
    names = {"severity": "gravité", "likelihood": "fréquence", "control": "maîtrise"}
    given: tuple[tuple[Axis, int], ...] = (
        ("severity", severity),
        ("likelihood", likelihood),
        ("control", control),
    )
    for axis, value in given:
        highest = len(axis_steps(axis))
        if not 1 <= value <= highest:
            return f"La {names[axis]} va de 1 à {highest}."
    return None


def priority(rating: Rating) -> Priority:
    """Return what a rating asks for."""
    return next(priority for priority in priorities() if rating.score >= priority.at_least)


def next_version(last: int | None) -> int:
    """Return the number of the version to adopt next."""
    return (last or 0) + 1


def missing_before_adoption(
    *,
    texts: Mapping[str, str],
    chosen: Iterable[str],
    rated_risks: int,
    unrated_risks: int,
    reachable_contacts: int,
    school_named: bool,
    the_school: str,
) -> tuple[Missing, ...]:
    """Return what a plan lacks, what blocks its adoption first.

    Args:
        texts: id of a section → its text.
        chosen: ids of the chosen scenarios.
        rated_risks: lines of the DUERP that are rated.
        reachable_contacts: contacts that have a name and a number to call.
        school_named: the school's name is filled in.
        the_school: what it is called within a sentence.
    """
    scenarios_chosen = len(set(chosen))
    lacking = [
        Missing(f"La partie « {section.title} » est vide.", f"section:{section.id}")
        for section in sections()
        if section.obligatory and not texts.get(section.id, "").strip()
    ]
    advised: list[Missing] = []
    if not school_named:
        lacking.insert(0, Missing(f"Le nom de {the_school} n’est pas renseigné.", "school"))
    if not scenarios_chosen:
        lacking.append(Missing("Aucun scénario n’est retenu.", "scenarios"))
    elif scenarios_chosen < ENOUGH_SCENARIOS:
        text = f"Il est conseillé de retenir au moins {ENOUGH_SCENARIOS} scénarios."
        advised.append(Missing(text, "scenarios", Weight.ADVISED))
    if not rated_risks:
        lacking.append(Missing("Aucun risque du DUERP n’est coté.", "risks"))
    elif unrated_risks:
        text = "Des risques retenus ne sont pas encore cotés."
        advised.append(Missing(text, "risks", Weight.ADVISED))
    if not reachable_contacts:
        text = "La cellule de crise n’a encore personne à appeler."
        advised.append(Missing(text, "contacts", Weight.ADVISED))
    return (*lacking, *advised)


def pedagogy_for(levels: Iterable[Level]) -> tuple[str, ...]:
    """Return the groups of levels to show for a school: all of them until it has said its own."""
    groups = {
        Level.MATERNELLE: "maternelle",
        Level.ELEMENTAIRE: "elementaire",
        Level.COLLEGE: "college",
        Level.LYCEE: "lycee",
        Level.LYCEE_PRO: "lycee",
    }
    found = {groups[level] for level in levels} or set(groups.values())
    return tuple(group for group in dict.fromkeys(groups.values()) if group in found)


def work_units_for(units: Iterable[str], levels: Iterable[Level]) -> tuple[str, ...]:
    """Return the work units that a school of these levels has; all until it has said its own."""
    known = frozenset(levels)
    absent: set[str] = set()
    if known:
        absent |= ESTABLISHMENT_UNITS if all(level.is_first_degree for level in known) else set()
        absent |= SCHOOL_UNITS if not any(level.is_first_degree for level in known) else set()
        absent |= WORKSHOP_UNITS if Level.LYCEE_PRO not in known else set()
    named = {name: OTHERWISE.get(name, "") if name in absent else name for name in units}
    return tuple(name for name in named.values() if name)


def facts_of(school: SchoolKind = ANY_SCHOOL) -> tuple[Fact, ...]:
    """Return the facts that hold for such a school, in its words."""
    return tuple(fact for fact in facts(school) if fact.holds_for(school))


def facts_for(section: str, school: SchoolKind = ANY_SCHOOL) -> tuple[Fact, ...]:
    """Return those of them that concern a section, or "risks"."""
    return tuple(fact for fact in facts_of(school) if section in fact.sections)
