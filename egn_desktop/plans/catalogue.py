# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan's content: sections, facts, figures, scenarios, risks, scale, roles and channels."""

from collections.abc import Collection
from functools import cache
from typing import Final, Literal

import msgspec

from egn_desktop import content
from egn_desktop.school.words import ANY_SCHOOL, SchoolKind

OTHER_EXAMPLES: Final = ("lycee", "college", "maternelle")
Axis = Literal["severity", "likelihood", "control"]
Tone = Literal["neutral", "brand", "good", "attention", "bad"]


class Section(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One section of the plan.

    Attributes:
        why: why it matters on a bad day.
        guidance: what to write about.
        example: a text that another school could have written, an elementary one.
        examples: group of levels → what a school of these could have written otherwise.
        obligatory: the plan cannot be adopted while it is empty.
        figures: ids of the figures that flow into it.
    """

    title: str
    why: str
    guidance: tuple[str, ...]
    example: str
    obligatory: bool
    figures: tuple[str, ...]
    examples: dict[str, str] = msgspec.field(default_factory=dict[str, str])

    def example_for(self, groups: Collection[str]) -> str:
        """Return the example for a school of these groups of levels.

        Where there are several the elementary one holds, then the highest that has its own.
        """
        own = (
            example for example in OTHER_EXAMPLES if example in groups and example in self.examples
        )
        highest = "" if "elementaire" in groups else next(own, "")
        return self.examples[highest] if highest else self.example


class Fact(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a text or a guide says.

    Attributes:
        sections: ids of those that it concerns, or "risks".
        of_schools: it holds in the first degree only.
    """

    text: str
    sections: tuple[str, ...]
    of_schools: bool = False


class FigureEntry(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A figure that flows in: an answer of the audit, or one that ``figures`` computes.

    Attributes:
        criterion: id of the audit's criterion.
        takes: name of what is computed, when it is no answer of the audit.
    """

    label: str
    criterion: str = ""
    takes: str = ""


class Call(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who calls whom, and about what."""

    who: str
    whom: str
    what: str


class Pedagogy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How teaching goes on, per group of levels."""

    maternelle: str
    elementaire: str
    college: str
    lycee: str


class Scenario(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One scenario, as proposed; a school's own words replace any field of ``FIELDS``.

    Attributes:
        short: its name on a card.
        modes: face to face, hybrid, remote (live or not) or paper: which, and when.
        at_risk: of the pupils who may drop out, who calls whom and how often.
        loans: what is lent, to whom first, and until when.
        message: to families; ``{école}``, ``{direction}`` and ``{téléphone}`` are filled in.
        sms: the same in one text message.
        stock: what the school has in stock can be fetched.
        network: families have electricity and a network.
    """

    title: str
    short: str
    summary: str
    trigger: str
    decision: str
    first_hour: tuple[str, ...]
    first_day: tuple[str, ...]
    first_week: tuple[str, ...]
    beyond: tuple[str, ...]
    calls: tuple[Call, ...]
    modes: str
    pedagogy: Pedagogy
    no_network: str
    no_power: str
    special_needs: str
    at_risk: str
    families: str
    administration: str
    loans: str
    back_to_normal: str
    targets: tuple[str, ...]
    message: str
    sms: str
    stock: bool = True
    network: bool = True


class Rating(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A risk's severity and likelihood, 1 to 4, and how well it is controlled, 1 (well) to 3."""

    severity: int
    likelihood: int
    control: int

    @property
    def score(self) -> int:
        """The product of the three, 1 to 48: higher asks for more."""
        return self.severity * self.likelihood * self.control


class Risk(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One risk line to propose for the DUERP, with examples to keep or to replace."""

    title: str
    family: str
    work_units: tuple[str, ...]
    situations: str
    in_place: tuple[str, ...]
    to_take: tuple[str, ...]
    proposed: Rating


class Step(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of one axis of the rating scale."""

    axis: Axis
    value: int
    title: str
    help: str


class Priority(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a rating asks for; ``at_least`` is the lowest score that gets it."""

    at_least: int
    title: str
    tone: Tone
    asks: str


class Role(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A role of the crisis cell, or a partner to call."""

    group: Literal["cell", "partner"]
    title: str
    duty: str


class Channel(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to reach families and staff."""

    title: str
    good: str
    limit: str


@cache
def sections(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Section]:
    """Return the sections, in the order in which the plan is read."""
    return content.load("plans/sections.toml", Section).worded(school.words)


@cache
def facts(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Fact]:
    """Return what texts and guides say, each with its source."""
    return content.load("plans/facts.toml", Fact).worded(school.words)


@cache
def figure_entries(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[FigureEntry]:
    """Return the figures that can flow into the plan."""
    return content.load("plans/figures.toml", FigureEntry).worded(school.words)


@cache
def scenarios(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Scenario]:
    """Return the scenarios as proposed."""
    return content.load("plans/scenarios.toml", Scenario).worded(school.words)


@cache
def risks(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Risk]:
    """Return the risk lines to propose for the DUERP."""
    return content.load("plans/risks.toml", Risk).worded(school.words)


@cache
def steps(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Step]:
    """Return the rating scale, axis by axis, from low to high."""
    return content.load("plans/scale.toml", Step).worded(school.words)


@cache
def priorities(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Priority]:
    """Return what ratings ask for, the most urgent first."""
    return content.load("plans/priorities.toml", Priority).worded(school.words)


@cache
def roles(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Role]:
    """Return the crisis cell's roles, then the partners, in the order of the phone list."""
    return content.load("plans/roles.toml", Role).worded(school.words)


@cache
def channels(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Channel]:
    """Return the ways to reach families, in the order in which to try them."""
    return content.load("plans/channels.toml", Channel).worded(school.words)
