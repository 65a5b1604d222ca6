# SPDX-License-Identifier: GPL-3.0-or-later
"""What a score is made of: each criterion's share, and how much of it is reached."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.catalogue import Criterion, Domain
from egn_desktop.audit.rules import ANYTHING, Range

if TYPE_CHECKING:
    from egn_desktop.audit.queries import AuditView


@dataclass(frozen=True, slots=True)
class Part:
    """One criterion in a score.

    Attributes:
        score: how much of its minimum is reached; a range while an answer is missing.
        share: its weight in its domain's score; ``overall_share`` in the overall one.
        question: key of the question to look at first: one that is not known, else the first.
    """

    criterion: Criterion
    score: Range
    share: float
    overall_share: float
    question: str

    @property
    def id(self) -> str:
        """Id of the criterion."""
        return self.criterion.id

    @property
    def is_known(self) -> bool:
        """Tell whether all its answers are known."""
        return self.score.is_exact

    @property
    def points(self) -> str:
        """What it brings to its domain's score, of what it may bring: "8 sur 20"."""
        return _points(self.score, self.share)


@dataclass(frozen=True, slots=True)
class DomainParts:
    """One domain's score and what makes it; ``left_out`` says how many criteria do not count."""

    domain: Domain
    score: Range
    share: float
    parts: tuple[Part, ...]
    left_out: int

    @property
    def text(self) -> str:
        """The score in French."""
        return rules.score_text(self.score)

    @property
    def points(self) -> str:
        """What it brings to the overall score, of what it may bring: "5–6,7 sur 6,7"."""
        return _points(self.score, self.share)


def explain(audit: "AuditView") -> tuple[DomainParts, ...]:
    """Return the domains of which something is judged, with what their score is made of."""
    by_criterion: dict[str, list[rules.Line]] = {}
    for line in audit.result.lines:
        by_criterion.setdefault(line.criterion.id, []).append(line)
    found: list[DomainParts] = []
    for domain in audit.result.domains:
        asked = [each for each in audit.frame.asked if each.domain == domain.domain.id]
        judged = [each for each in asked if each.id in by_criterion]
        if domain.score is None or not judged:
            continue
        parts = tuple(
            _part(each, by_criterion[each.id], len(judged), len(by_criterion)) for each in judged
        )
        share = len(judged) / len(by_criterion)
        found.append(
            DomainParts(domain.domain, domain.score, share, parts, len(asked) - len(judged))
        )
    return tuple(found)


def _part(criterion: Criterion, lines: list[rules.Line], among: int, overall: int) -> Part:
    ranges = [
        ANYTHING if line.credit is None else Range(line.credit, line.credit) for line in lines
    ]
    unknown = next((line for line in lines if line.credit is None), lines[0])
    score = rules.mean(ranges) or ANYTHING
    return Part(criterion, score, 1 / among, 1 / overall, unknown.question.key)


def _points(score: Range, share: float) -> str:
    """Say in hundredths what a part brings to a whole, of what it may bring."""
    low, high, most = (french.number(100 * end * share) for end in (score.low, score.high, 1.0))
    return f"{low if low == high else f'{low}–{high}'} sur {most}"
