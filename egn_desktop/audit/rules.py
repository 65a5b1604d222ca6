# SPDX-License-Identifier: GPL-3.0-or-later
"""How an audit is scored, and which gaps come first.

Each criterion counts as much as any other, from 0 (nothing of the minimum) to 1 (all of it); this
weighting is our own proposal. What is not known widens a score to a range; what does not apply
leaves it. A criterion that some levels are judged by differently is the mean of their credits.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from egn_desktop import french
from egn_desktop.actions.rules import Provider
from egn_desktop.audit.answers import Answer, Choice, Standing, Value, expected_text, figure
from egn_desktop.audit.catalogue import (
    Criterion,
    Domain,
    Frame,
    Kind,
    Nature,
    Question,
    Threshold,
    threshold_for,
)
from egn_desktop.audit.providers import providers_of
from egn_desktop.school.rules import Level

Answers = Mapping[str, Answer]
"""Answers by the key of their question."""

SECONDS_A_QUESTION = 25
"""How long a question takes to answer, for the time left (our own estimate)."""
DAYS_A_MONTH = 30.44


@dataclass(frozen=True, slots=True)
class Range:
    """A score between 0 and 1; ``low`` equals ``high`` when all is known."""

    low: float
    high: float

    @property
    def is_exact(self) -> bool:
        """Tell whether nothing is unknown."""
        return self.high - self.low < 1e-9


ANYTHING = Range(0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Line:
    """One answer judged by one minimum.

    Attributes:
        levels: the levels that share this minimum and this answer.
        credit: None when the answer is not known.
    """

    question: Question
    levels: tuple[Level, ...]
    threshold: Threshold
    credit: float | None

    @property
    def criterion(self) -> Criterion:
        """What was asked."""
        return self.question.criterion


class Priority(IntEnum):
    """Which gap to close first."""

    FIRST = 0
    NEXT = 1
    LATER = 2

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Priority.FIRST: "D’abord",
            Priority.NEXT: "Ensuite",
            Priority.LATER: "Plus tard",
        }[self]


@dataclass(frozen=True, slots=True)
class Gap:
    """A known answer that is below the minimum, with who must provide what is missing.

    Attributes:
        lines: one; or several when the same minimum does not rest on the same ground at each
            level, the strongest first.
    """

    lines: tuple[Line, ...]
    providers: tuple[Provider, ...]
    priority: Priority

    @property
    def line(self) -> Line:
        """The line that rests on the strongest ground."""
        return self.lines[0]

    @property
    def criterion(self) -> Criterion:
        """What was asked."""
        return self.line.criterion

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels that miss the minimum."""
        return tuple(level for line in self.lines for level in line.levels)


@dataclass(frozen=True, slots=True)
class DomainResult:
    """The score of one domain; None when nothing of it is judged."""

    domain: Domain
    score: Range | None


@dataclass(frozen=True, slots=True)
class Result:
    """What comes out of an audit.

    Attributes:
        score: of all criteria; None when nothing is judged.
        lines: every answer against every minimum, in the order of the questions.
        gaps: what is missing, the first to close first.
    """

    score: Range | None
    domains: tuple[DomainResult, ...]
    lines: tuple[Line, ...]
    gaps: tuple[Gap, ...]


def credit(criterion: Criterion, threshold: Threshold, value: Value, today: date) -> float:
    """Return how much of a minimum an answer reaches, from 0 to 1."""
    if isinstance(value, Choice):
        return {Choice.YES: 1.0, Choice.PARTLY: 0.5, Choice.NO: 0.0}[value]
    if isinstance(value, tuple):
        return sum(value) / len(value)
    if isinstance(value, date):
        return _at_most((today - value).days, threshold.value * DAYS_A_MONTH)
    number = figure(criterion, value) or 0.0
    if criterion.better == "low":
        return _at_most(number, threshold.value)
    return 1.0 if number >= threshold.value else number / threshold.value


def _at_most(number: float, limit: float) -> float:
    return 1.0 if number <= limit else limit / number


def lines_of(frame: Frame, criterion: Criterion, answers: Answers, today: date) -> list[Line]:
    """Return a criterion's answers, each against each minimum that it is judged by."""
    found: list[Line] = []
    for question in frame.questions_of(criterion):
        answer = answers.get(question.key)
        if answer is not None and answer.standing is Standing.NOT_APPLICABLE:
            continue
        shared: dict[int, list[Level]] = {}
        for level in frame.levels_of(question):
            threshold = threshold_for(criterion, level)
            if threshold is not None:
                shared.setdefault(criterion.thresholds.index(threshold), []).append(level)
        for place, levels in shared.items():
            threshold = criterion.thresholds[place]
            reached = None
            if answer is not None and answer.value is not None:
                reached = credit(criterion, threshold, answer.value, today)
            found.append(Line(question, tuple(levels), threshold, reached))
    return found


def mean(ranges: Iterable[Range]) -> Range | None:
    """Return the mean of some ranges, or None of none."""
    every = list(ranges)
    if not every:
        return None
    low, high = sum(range_.low for range_ in every), sum(range_.high for range_ in every)
    return Range(low / len(every), high / len(every))


def _score(lines: Sequence[Line]) -> Range | None:
    """Return the score of some lines: the mean of their criteria, each the mean of its lines."""
    by_criterion: dict[str, list[Range]] = {}
    for line in lines:
        bounds = ANYTHING if line.credit is None else Range(line.credit, line.credit)
        by_criterion.setdefault(line.criterion.id, []).append(bounds)
    return mean(bounds for ranges in by_criterion.values() if (bounds := mean(ranges)))


def judge(frame: Frame, answers: Answers, today: date) -> Result:
    """Return the scores and the gaps of an audit.

    Args:
        today: the day that dates are counted from; for a closed audit, the day of its closing.
    """
    lines: list[Line] = []
    for criterion in frame.asked:
        lines.extend(lines_of(frame, criterion, answers, today))
    domains = tuple(
        DomainResult(domain, _score([line for line in lines if line.criterion.domain == domain.id]))
        for domain in frame.domains
    )
    return Result(_score(lines), domains, tuple(lines), _gaps(lines))


def _gaps(lines: Sequence[Line]) -> tuple[Gap, ...]:
    missed: dict[tuple[str, float], list[Line]] = {}
    for line in lines:
        if line.credit is not None and line.credit < 1:
            missed.setdefault((line.question.key, line.threshold.value), []).append(line)
    strength = list(Nature)
    gaps: list[Gap] = []
    for found in missed.values():
        found.sort(key=lambda line: strength.index(line.threshold.nature))
        levels = [level for line in found for level in line.levels]
        providers = providers_of(found[0].criterion, levels)
        gaps.append(Gap(tuple(found), providers, min(priority(line) for line in found)))
    return tuple(
        sorted(gaps, key=lambda gap: (gap.priority, gap.line.threshold.nature is not Nature.DUTY))
    )


def priority(line: Line) -> Priority:
    """Return how soon a gap should be closed: a legal duty first, then what helps most for least.

    Our own proposal: impact less effort, both from the criterion's entry.
    """
    worth = line.criterion.impact - line.criterion.effort
    if line.threshold.nature is Nature.DUTY or worth > 0:
        return Priority.FIRST
    return Priority.NEXT if worth == 0 else Priority.LATER


def expected(line: Line) -> str:
    """Return in French what a line is judged by: "au moins 30 Mbit/s"."""
    return expected_text(line.criterion, line.threshold)


def is_met(line: Line) -> bool | None:
    """Tell whether the minimum is reached; None when it is not known."""
    return None if line.credit is None else line.credit >= 1


def levels_text(levels: Sequence[Level], school: Sequence[Level]) -> str:
    """Name the levels that a line speaks of; empty when they are all those of the school."""
    if set(levels) == set(school):
        return ""
    return ", ".join(level.label for level in school if level in levels)


def ground(line: Line) -> str:
    """Say in a few French words what a line's minimum rests on, with its article if it binds."""
    nature, article = line.threshold.nature, line.criterion.article
    return f"{nature.short} ({article})" if nature.binds and article else nature.short


def ground_text(gap: Gap) -> str:
    """Say what a gap's minimum rests on, level by level if it differs."""
    if len(gap.lines) == 1:
        return ground(gap.line)
    return ", ".join(
        f"{ground(line)} ({', '.join(level.label.lower() for level in line.levels)})"
        for line in gap.lines
    )


def baseline_met(result: Result) -> tuple[int, int]:
    """Return how many points of the official baseline are met, and how many it has here."""
    lines = [line for line in result.lines if line.threshold.nature is Nature.BASELINE]
    return sum(is_met(line) is True for line in lines), len(lines)


def levels_without_baseline(frame: Frame) -> tuple[Level, ...]:
    """Return the school's levels for which there is no official baseline."""
    return tuple(
        level
        for level in frame.levels
        if not any(
            threshold.nature is Nature.BASELINE
            for criterion in frame.asked
            if criterion.concerns(level) and (threshold := threshold_for(criterion, level))
        )
    )


def baseline_text(frame: Frame, result: Result) -> str:
    """Say how much of the official baseline is met, and at which levels there is none."""
    met, points = baseline_met(result)
    said = f"Socle officiel de l’élémentaire\u202f: {met} points atteints sur {points}."
    missing = levels_without_baseline(frame)
    if not missing:
        return said
    if not points:
        return "Aucun socle officiel n’existe à ce niveau\u202f: ce sont des repères."
    names = ", ".join(level.label.lower() for level in missing)
    return f"{said} Aucun socle officiel n’existe ailleurs ({names})."


def minutes_left(frame: Frame, answers: Answers) -> int:
    """Return about how many minutes the questions still to answer will take."""
    left = sum(question.key not in answers for question in frame.questions)
    return -(-left * SECONDS_A_QUESTION // 60)


def next_question(frame: Frame, answers: Answers, after: str = "") -> str:
    """Return the key of the first unanswered question after one, then from the start, or ""."""
    keys = [question.key for question in frame.questions]
    start = keys.index(after) + 1 if after in keys else 0
    return next((key for key in keys[start:] + keys[:start] if key not in answers), "")


def score_text(score: Range | None) -> str:
    """Return a score in French: "72 %", "41–55 %", or a dash."""
    if score is None:
        return "–"
    low, high = round(score.low * 100), round(score.high * 100)
    figures = f"{low}" if low == high else f"{low}–{high}"
    return f"{figures}{french.NARROW_SPACE}%"


def year_text(first: int) -> str:
    """Return "2026-2027"."""
    return f"{first}-{first + 1}"


def expects_a_number(criterion: Criterion) -> bool:
    """Tell whether digits are what answers a criterion."""
    return not criterion.kind.is_choice and criterion.kind is not Kind.DATE
