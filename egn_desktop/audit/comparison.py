# SPDX-License-Identifier: GPL-3.0-or-later
"""Two audits side by side, and the scores of all of them.

Each audit stays judged by its own frame: criteria, minimums and levels may differ from one year
to the next. A question is found again by its criterion and the level that it speaks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from egn_desktop.audit import rules
from egn_desktop.audit.answers import (
    Answer,
    Choice,
    Counts,
    Standing,
    Value,
    answer_text,
    brief_text,
    figure,
)
from egn_desktop.audit.catalogue import Criterion, Domain, Question
from egn_desktop.audit.queries import AuditView, CampaignRow, campaigns, view
from egn_desktop.audit.rules import Range
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError

SLIGHT = 1e-9
WORTH = {Choice.NO: 0, Choice.PARTLY: 1, Choice.YES: 2}


class Verdict(StrEnum):
    """What became of one question between two audits."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NEW = "new"
    GONE = "gone"
    UNCLEAR = "unclear"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Verdict.BETTER: "Mieux",
            Verdict.SAME: "Pareil",
            Verdict.WORSE: "Moins bien",
            Verdict.NEW: "Nouveau",
            Verdict.GONE: "Plus demandé",
            Verdict.UNCLEAR: "Non comparable",
        }[self]


class GapMove(StrEnum):
    """What became of a gap between two audits."""

    CLOSED = "closed"
    OPENED = "opened"
    REMAINS = "remains"
    NONE = ""

    @property
    def label(self) -> str:
        """The French name; empty when there was no gap, or when it is not known."""
        return {
            GapMove.CLOSED: "Comblé",
            GapMove.OPENED: "Nouvel écart",
            GapMove.REMAINS: "Demeure",
            GapMove.NONE: "",
        }[self]


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One question in both audits.

    Attributes:
        key: names it in the later audit, else in the earlier one.
        domain: the short name of its domain.
        before, after: the answers in a few French words; empty where it was not asked.
    """

    key: str
    domain: str
    title: str
    before: str
    after: str
    verdict: Verdict
    gap: GapMove


@dataclass(frozen=True, slots=True)
class Comparison:
    """An earlier audit and a later one, question by question in the later one's order."""

    before: AuditView
    after: AuditView
    rows: tuple[ComparedRow, ...]

    def moved(self, move: GapMove) -> tuple[ComparedRow, ...]:
        """Return the questions whose gap moved like this."""
        return tuple(row for row in self.rows if row.gap is move)

    def judged(self, verdict: Verdict) -> tuple[ComparedRow, ...]:
        """Return the questions of one verdict."""
        return tuple(row for row in self.rows if row.verdict is verdict)

    @property
    def same_frame(self) -> bool:
        """Tell whether both are judged by the same criteria, minimums and levels."""
        return self.before.frame == self.after.frame


@dataclass(frozen=True, slots=True)
class CampaignScores:
    """The scores of one audit; a domain of which nothing is judged has none."""

    campaign: CampaignRow
    overall: Range | None
    domains: dict[str, Range]


@dataclass(frozen=True, slots=True)
class Evolution:
    """The scores of every audit, the earliest first, by the domains of the latest."""

    domains: tuple[Domain, ...]
    campaigns: tuple[CampaignScores, ...]


def compare_campaigns(dossier: Dossier, before_id: int, after_id: int) -> Comparison:
    """Compare two audits of a dossier, in the order of their school years.

    Raises:
        UserError: one of them does not exist, or they are the same.
    """
    first, second = view(dossier, before_id), view(dossier, after_id)
    if first is None or second is None or first.campaign.id == second.campaign.id:
        raise UserError("Choisissez deux états des lieux différents.")
    if first.campaign.first_year > second.campaign.first_year:
        first, second = second, first
    return compare(first, second)


def with_previous(dossier: Dossier, audit: AuditView) -> Comparison | None:
    """Compare an audit with the one before it; None when it is the first."""
    year = audit.campaign.first_year
    earlier = next(
        (campaign for campaign in campaigns(dossier) if campaign.first_year < year), None
    )
    before = view(dossier, earlier.id) if earlier else None
    return compare(before, audit) if before else None


def compare(before: AuditView, after: AuditView) -> Comparison:
    """Compare two audits already read."""
    old = {_identity(before, question): question for question in before.questions}
    rows: list[ComparedRow] = []
    for question in after.questions:
        earlier = old.pop(_identity(after, question), None)
        rows.append(_row(before, earlier, after, question))
    rows.extend(_row(before, question, after, None) for question in old.values())
    return Comparison(before, after, tuple(rows))


def evolution(dossier: Dossier) -> Evolution:
    """Return the scores of every audit of a dossier."""
    found: list[CampaignScores] = []
    domains: tuple[Domain, ...] = ()
    for row in reversed(campaigns(dossier)):
        audit = view(dossier, row.id)
        if audit is None:
            continue
        scores = {domain.domain.id: domain.score for domain in audit.result.domains if domain.score}
        found.append(CampaignScores(row, audit.result.score, scores))
        domains = audit.frame.domains
    return Evolution(domains, tuple(found))


def evolution_until(dossier: Dossier, first_year: int) -> Evolution:
    """Return the scores of the audits up to a school year."""
    every = evolution(dossier)
    kept = tuple(
        campaign for campaign in every.campaigns if campaign.campaign.first_year <= first_year
    )
    return Evolution(every.domains, kept)


def campaign_of_year(dossier: Dossier, school_year: str) -> CampaignRow:
    """Return the audit of a school year written "2026-2027" or "2026".

    Raises:
        UserError: there is none; the message lists those there are.
    """
    found = campaigns(dossier)
    for row in found:
        if school_year.strip() in (row.school_year, str(row.first_year)):
            return row
    known = ", ".join(row.school_year for row in found)
    raise UserError(
        f"Il n’y a pas d’état des lieux {school_year} dans ce dossier.",
        todo=f"Au choix : {known}." if known else "Commencez-en un d’abord.",
    )


def _identity(audit: AuditView, question: Question) -> tuple[str, str]:
    """Name a question so that it is found again when the school gained or lost a level."""
    levels = audit.frame.levels_of(question)
    by_level = question.criterion.by_level and len(levels) == 1
    return question.criterion.id, levels[0].value if by_level else ""


def _row(
    before: AuditView, earlier: Question | None, after: AuditView, later: Question | None
) -> ComparedRow:
    shown, audit = (later, after) if later else (earlier, before)
    assert shown is not None  # noqa: S101
    domains = {domain.id: domain.short for domain in audit.frame.domains}
    return ComparedRow(
        key=shown.key,
        domain=domains.get(shown.criterion.domain, ""),
        title=shown.title,
        before=_words(before, earlier),
        after=_words(after, later),
        verdict=_verdict(before, earlier, after, later),
        gap=_move(_met(before, earlier), _met(after, later)),
    )


def _words(audit: AuditView, question: Question | None) -> str:
    if question is None:
        return ""
    answer = audit.answers.get(question.key)
    if answer is None:
        return "Sans réponse"
    if answer.standing is Standing.KNOWN:
        return brief_text(question.criterion, answer)
    return answer_text(question.criterion, answer)


def _verdict(
    before: AuditView, earlier: Question | None, after: AuditView, later: Question | None
) -> Verdict:
    if earlier is None or later is None:
        return Verdict.NEW if earlier is None else Verdict.GONE
    first, second = before.answers.get(earlier.key), after.answers.get(later.key)
    if first is None or second is None:
        return Verdict.UNCLEAR
    if first.standing is second.standing is Standing.NOT_APPLICABLE:
        return Verdict.SAME
    known = first.standing is second.standing is Standing.KNOWN
    if not known or not later.criterion.thresholds:
        return Verdict.UNCLEAR
    if isinstance(first.value, date) or isinstance(second.value, date):
        return _by_credit(before, earlier, after, later)
    return _by_value(earlier.criterion, first, later.criterion, second)


def _by_credit(before: AuditView, earlier: Question, after: AuditView, later: Question) -> Verdict:
    """Judge dates, which always move on, by how well each was up to its minimum in its time."""
    first, second = _credits(before, earlier), _credits(after, later)
    if not first or not second:
        return Verdict.UNCLEAR
    return _by_number(sum(first) / len(first), sum(second) / len(second))


def _by_value(was: Criterion, first: Answer, now: Criterion, second: Answer) -> Verdict:
    then, two = _number(was, first.value), _number(now, second.value)
    alike = was.kind is now.kind and was.items == now.items
    alike = alike and (was.unit, was.per) == (now.unit, now.per)
    if then is None or two is None or not alike:
        return Verdict.UNCLEAR
    return _by_number(then, two) if now.better == "high" else _by_number(-then, -two)


def _number(criterion: Criterion, value: Value | None) -> float | None:
    if isinstance(value, Choice):
        return WORTH[value]
    if isinstance(value, tuple):
        return sum(value)
    return figure(criterion, value) if isinstance(value, (float, int, Counts)) else None


def _by_number(first: float, second: float) -> Verdict:
    if abs(second - first) < SLIGHT:
        return Verdict.SAME
    return Verdict.BETTER if second > first else Verdict.WORSE


def _credits(audit: AuditView, question: Question) -> Sequence[float]:
    lines = [line for line in audit.result.lines if line.question == question]
    return [line.credit for line in lines if line.credit is not None]


def _met(audit: AuditView, question: Question | None) -> bool | None:
    """Tell whether a question reaches all its minimums; None when that is not known."""
    if question is None:
        return None
    lines = [line for line in audit.result.lines if line.question == question]
    met = [rules.is_met(line) for line in lines]
    return all(met) if met and None not in met else None


def _move(before: bool | None, after: bool | None) -> GapMove:
    if before is False and after is False:
        return GapMove.REMAINS
    if before is False and after:
        return GapMove.CLOSED
    return GapMove.OPENED if before and after is False else GapMove.NONE
