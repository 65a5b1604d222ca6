# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit asks: domains, criteria, thresholds, as ``resources/audit`` says them."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from egn_desktop import content
from egn_desktop.content.loader import OWN_PROPOSAL
from egn_desktop.school.rules import Level
from egn_desktop.school.tools import state_tools
from egn_desktop.school.words import ANY_SCHOOL, SchoolKind

_OF_PUBLIC_SCHOOLS = frozenset({"authority", "controller"})
"""Providers that a school under contract does not have: it is its own."""


class Kind(StrEnum):
    """What an answer is made of.

    A percentage and a ratio come from two counts, or are given as they are; checks are several
    yes or no under one question; a date says when something was last done.
    """

    YES_NO = "yes_no"
    YES_PARTLY_NO = "yes_partly_no"
    CHECKS = "checks"
    COUNT = "count"
    RATIO = "ratio"
    PERCENT = "percent"
    MBIT = "mbit"
    DAYS = "days"
    DATE = "date"

    @property
    def is_choice(self) -> bool:
        """Tell whether it is answered by choosing, rather than by typing."""
        return self in (Kind.YES_NO, Kind.YES_PARTLY_NO, Kind.CHECKS)

    @property
    def has_counts(self) -> bool:
        """Tell whether it is computed from two counts."""
        return self in (Kind.RATIO, Kind.PERCENT)


class Nature(StrEnum):
    """What stands behind a threshold, the strongest first."""

    DUTY = "duty"
    INSTRUCTION = "instruction"
    BASELINE = "baseline"
    CONSULTATION = "consultation"
    PROPOSAL = "proposal"

    @property
    def binds(self) -> bool:
        """Tell whether a text of law, or of the ministry, asks for it."""
        return self in (Nature.DUTY, Nature.INSTRUCTION)

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Nature.DUTY: "Obligation légale",
            Nature.INSTRUCTION: "Instruction du ministère",
            Nature.BASELINE: "Socle officiel",
            Nature.CONSULTATION: "Demande des États généraux de 2020",
            Nature.PROPOSAL: "Proposition EGN Desktop",
        }[self]

    @property
    def short(self) -> str:
        """The French name in a table's cell, after the minimum itself."""
        return {
            Nature.DUTY: "obligation légale",
            Nature.INSTRUCTION: "instruction du ministère",
            Nature.BASELINE: "socle officiel",
            Nature.CONSULTATION: "États généraux",
            Nature.PROPOSAL: "proposition EGN Desktop",
        }[self]


class Domain(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One domain of the audit.

    Attributes:
        short: its name on a card, 22 characters at most.
        intro: one sentence: what it looks at.
    """

    title: str
    short: str
    intro: str


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The minimum, for some levels.

    Attributes:
        levels: which levels it holds for; none for all those of its criterion.
        value: in the unit of the criterion; months for a date; no matter for a choice.
    """

    nature: Nature
    levels: tuple[Level, ...] = ()
    value: float = 1


class Comparison(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A national average: shown beside the answer, never judged by."""

    level: Level
    value: float
    period: str


class Criterion(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that the audit asks.

    What an id asks never changes its meaning: what is asked otherwise gets an id of its own.

    Attributes:
        title: what it is about, in a table.
        since: version of the catalogue that first asked it; empty for those of the first.
        article: where in its source a duty, an instruction or the baseline stands.
        also: ids of the other sources that its texts cite.
        tools: ids of the State's tools that it asks about.
        levels: which levels it is asked to; none for all.
        by_level: asked once for each level, because the answers differ.
        part, whole: labels of the two counts of a ratio or a percentage.
        whole_from: what the school's identity already says of the second count.
        known_from: id of what inventory or plan knows of the answer; see ``audit/proposals``.
        per: what a ratio is reported to ("for 100 pupils").
        unit: follows the figure.
        items: labels of several checks.
        better: whether more is better, or less.
        not_applicable_when: the usual reason why it is not asked of a school.
        providers: who must provide; "authority" means commune, département or région by level,
            "controller" who answers for the data: the State for an école, else the school.
        public_only: its text binds public schools alone; to a private one it is our proposal.
        impact, effort: 1 to 3, our own proposal.
        action: title of the action that its gap proposes.
    """

    domain: str
    title: str
    question: str
    help: str
    kind: Kind
    action: str
    providers: tuple[Literal["authority", "controller", "state", "school"], ...]
    impact: int
    effort: int
    since: str = ""
    article: str = ""
    also: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    public_only: bool = False
    levels: tuple[Level, ...] = ()
    by_level: bool = False
    part: str = ""
    whole: str = ""
    whole_from: Literal["", "pupils", "teachers", "classes"] = ""
    known_from: str = ""
    per: float = 100
    unit: str = ""
    items: tuple[str, ...] = ()
    better: Literal["high", "low"] = "high"
    not_applicable_when: str = ""
    thresholds: tuple[Threshold, ...] = ()
    comparisons: tuple[Comparison, ...] = ()

    def concerns(self, level: Level) -> bool:
        """Tell whether it is asked to a level."""
        return not self.levels or level in self.levels

    def asked_to(self, levels: Sequence[Level]) -> tuple[Level, ...]:
        """Return which of a school's levels it is asked to."""
        return tuple(level for level in levels if self.concerns(level))


class Question(msgspec.Struct, frozen=True):
    """One question as it is asked: of the whole school, or of one of its levels."""

    criterion: Criterion
    level: Level | None = None

    @property
    def key(self) -> str:
        """Names it: "elv-02", or "elv-01:M" when it is asked of one level."""
        return f"{self.criterion.id}:{self.level}" if self.level else self.criterion.id

    @property
    def text(self) -> str:
        """The question in French, with the level that it is asked of."""
        if self.level is None:
            return self.criterion.question
        return f"{self.level.label} : {self.criterion.question}"

    @property
    def title(self) -> str:
        """What it is about, with the level."""
        if self.level is None:
            return self.criterion.title
        return f"{self.criterion.title} ({self.level.label.lower()})"


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """All that an audit is judged by; a closed audit keeps its own.

    Attributes:
        version: of the catalogue.
        levels: the school's, in its own order.
    """

    version: str
    levels: tuple[Level, ...]
    domains: tuple[Domain, ...]
    criteria: tuple[Criterion, ...]

    @property
    def asked(self) -> tuple[Criterion, ...]:
        """The criteria asked to one of the school's levels, domain by domain."""
        places = {domain.id: at for at, domain in enumerate(self.domains)}
        found = [criterion for criterion in self.criteria if criterion.asked_to(self.levels)]
        return tuple(sorted(found, key=lambda criterion: places[criterion.domain]))

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in the order in which they are asked."""
        return tuple(
            question for criterion in self.asked for question in self.questions_of(criterion)
        )

    def questions_of(self, criterion: Criterion) -> tuple[Question, ...]:
        """Return the questions that a criterion asks of this school."""
        levels = criterion.asked_to(self.levels)
        if criterion.by_level and len(levels) > 1:
            return tuple(Question(criterion, level) for level in levels)
        return (Question(criterion),) if levels else ()

    def in_domain(self, domain: str) -> tuple[Question, ...]:
        """Return the questions of one domain."""
        return tuple(question for question in self.questions if question.criterion.domain == domain)

    def levels_of(self, question: Question) -> tuple[Level, ...]:
        """Return the levels that one answer speaks for."""
        return (question.level,) if question.level else question.criterion.asked_to(self.levels)


@cache
def domains(
    school: SchoolKind = ANY_SCHOOL, folder: Path | None = None
) -> content.Catalogue[Domain]:
    """Return the domains in the order in which they are asked, in the words of a school."""
    return content.load("audit/domains.toml", Domain, folder=folder).worded(school.words)


@cache
def criteria(
    school: SchoolKind = ANY_SCHOOL, folder: Path | None = None
) -> content.Catalogue[Criterion]:
    """Return every criterion, in the words of a school.

    Raises:
        ContentError: a file does not fit, or a criterion names a domain, a source or a tool that
            does not exist.
    """
    found = content.load("audit/criteria/*.toml", Criterion, folder=folder).worded(school.words)
    for criterion in found:
        if criterion.domain not in domains(school, folder):
            raise content.ContentError(
                f"{criterion.id}: the domain {criterion.domain} does not exist"
            )
        for name in criterion.also:
            if name not in content.sources():
                raise content.ContentError(f"{criterion.id}: the source {name} does not exist")
        for name in criterion.tools:
            if name not in state_tools():
                raise content.ContentError(f"{criterion.id}: the tool {name} does not exist")
    return found


def shipped_frame(
    levels: Sequence[Level],
    school: SchoolKind = ANY_SCHOOL,
    folder: Path | None = None,
    *,
    version: str = "",
) -> Frame:
    """Return what a school of these levels is judged by.

    Args:
        version: of the catalogue by which the audit was begun: it is asked no later criterion.
            Today's when left out.
    """
    found = criteria(school, folder)
    begun = version or found.version
    return Frame(
        version=begun,
        levels=tuple(levels),
        domains=domains(school, folder).entries,
        criteria=tuple(
            _for_private(criterion) if school.is_private else criterion
            for criterion in found
            if version_order(criterion.since) <= version_order(begun)
        ),
    )


def version_order(version: str) -> tuple[int, ...]:
    """Return what versions of the catalogue are compared by: "2026.10" comes after "2026.9"."""
    return tuple(int(number) for number in version.split(".") if number)


def _for_private(criterion: Criterion) -> Criterion:
    """Return a criterion as a school under contract is judged by it."""
    providers = tuple(
        dict.fromkeys(
            "school" if provider in _OF_PUBLIC_SCHOOLS else provider
            for provider in criterion.providers
        )
    )
    thresholds = criterion.thresholds
    if criterion.public_only:
        thresholds = tuple(
            msgspec.structs.replace(threshold, nature=Nature.PROPOSAL) for threshold in thresholds
        )
    return msgspec.structs.replace(criterion, providers=providers, thresholds=thresholds)


def threshold_for(criterion: Criterion, level: Level) -> Threshold | None:
    """Return the minimum at a level, or None when the question is for information only."""
    fits = (
        threshold
        for threshold in criterion.thresholds
        if not threshold.levels or level in threshold.levels
    )
    return next(fits, None)


def threshold_source(criterion: Criterion, threshold: Threshold) -> content.Source:
    """Return where a threshold can be checked; our own proposals say that they are."""
    if threshold.nature is Nature.PROPOSAL:
        return content.sources()[OWN_PROPOSAL]
    return content.source(criterion)
