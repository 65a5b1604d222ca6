# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan's content: sections, facts, figures, scenarios, risks, scale, roles and channels."""

from collections.abc import Collection
from functools import cache
from typing import Final, Literal

import msgspec

from egn_desktop import content
from egn_desktop.school.rules import Level
from egn_desktop.school.words import ANY_SCHOOL, SchoolKind, Services

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


class OfSome(content.Entry, frozen=True, kw_only=True):
    """What may concern one kind of school only.

    Attributes:
        of_schools: it holds for a public école only.
        of_establishments: it holds for a public establishment of the second degree only.
        of_academies: it names an académie's services: overseas, where there is none, other rules
            hold, which we have not read.
    """

    of_schools: bool = False
    of_establishments: bool = False
    of_academies: bool = False

    def holds_for(self, school: SchoolKind) -> bool:
        """Tell whether it concerns such a school."""
        if self.of_academies and school.services is not Services.ACADEMIE:
            return False
        if not (self.of_schools or self.of_establishments):
            return True
        if school.is_private:
            return False
        return self.of_schools if school.is_first_degree else self.of_establishments


class Fact(OfSome, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a text or a guide says.

    Attributes:
        sections: ids of those that it concerns, or "risks".
    """

    text: str
    sections: tuple[str, ...]


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


class Otherwise(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an establishment of the second degree says instead of a scenario's own words."""

    summary: str | None = None
    trigger: str | None = None
    decision: str | None = None
    first_hour: tuple[str, ...] | None = None
    first_day: tuple[str, ...] | None = None
    first_week: tuple[str, ...] | None = None
    beyond: tuple[str, ...] | None = None
    calls: tuple[Call, ...] | None = None
    modes: str | None = None
    no_network: str | None = None
    no_power: str | None = None
    special_needs: str | None = None
    at_risk: str | None = None
    families: str | None = None
    administration: str | None = None
    loans: str | None = None
    back_to_normal: str | None = None
    targets: tuple[str, ...] | None = None
    message: str | None = None
    sms: str | None = None


class Added(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Acts that are done besides at some levels: boarders, workshops, pupils in firms."""

    levels: tuple[Level, ...]
    first_hour: tuple[str, ...] = ()
    first_day: tuple[str, ...] = ()
    first_week: tuple[str, ...] = ()


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
        second_degree: what an establishment says otherwise.
        added: what is done besides at some levels.
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
    second_degree: Otherwise = Otherwise()
    added: tuple[Added, ...] = ()

    def said_by(self, school: SchoolKind, levels: Collection[Level]) -> "Scenario":
        """Return the scenario as a school of these levels says it."""
        own = {} if school.is_first_degree else msgspec.structs.asdict(self.second_degree)
        said = msgspec.structs.replace(
            self,
            second_degree=Otherwise(),
            added=(),
            **{field: text for field, text in own.items() if text is not None},
        )
        for more in self.added:
            if any(level in levels for level in more.levels):
                said = msgspec.structs.replace(
                    said,
                    first_hour=said.first_hour + more.first_hour,
                    first_day=said.first_day + more.first_day,
                    first_week=said.first_week + more.first_week,
                )
        return said


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
    """What a rating asks for; ``at_least`` is the lowest score that gets it.

    Attributes:
        needs_action: a line of that priority without an action would be questioned.
    """

    at_least: int
    title: str
    tone: Tone
    asks: str
    needs_action: bool = False


class Role(OfSome, frozen=True, kw_only=True, forbid_unknown_fields=True):
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
def scenarios(
    school: SchoolKind = ANY_SCHOOL, levels: frozenset[Level] = frozenset()
) -> content.Catalogue[Scenario]:
    """Return the scenarios as proposed to a school of these levels."""
    proposed = content.load("plans/scenarios.toml", Scenario).worded(school.words)
    said = tuple(rating.said_by(school, levels) for rating in proposed)
    return content.Catalogue(proposed.version, said)


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
    """Return the crisis cell's roles, then the partners, in the order of the phone list.

    All of them: somebody may stand on the list of a school that has changed since. Those to offer
    say so by ``Role.holds_for``.
    """
    return content.load("plans/roles.toml", Role).worded(school.words)


@cache
def channels(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Channel]:
    """Return the ways to reach families, in the order in which to try them."""
    return content.load("plans/channels.toml", Channel).worded(school.words)
