# SPDX-License-Identifier: GPL-3.0-or-later
"""Audits as screens and documents read them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import select

from egn_desktop.actions.queries import ActionRow, actions
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.audit import rules
from egn_desktop.audit.answers import (
    Answer,
    Origin,
    Standing,
    answer_text,
    brief_minimum,
    brief_text,
    decode,
)
from egn_desktop.audit.catalogue import Frame, Nature, Question, shipped_frame, version_order
from egn_desktop.audit.model import Campaign, CampaignAnswer
from egn_desktop.audit.queries.evidence import evidence_counts
from egn_desktop.audit.rules import Gap, Result
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, identity
from egn_desktop.school.rules import Level


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One audit in a list."""

    id: int
    first_year: int
    started_at: datetime
    closed_on: date | None

    @property
    def school_year(self) -> str:
        """The school year in words: "2026-2027"."""
        return rules.year_text(self.first_year)


@dataclass(frozen=True, slots=True)
class AuditView:
    """One audit with all that a screen or a document shows of it.

    Attributes:
        frame: what it is judged by: its own when closed, else what the catalogue of its first
            answer asked.
        answers: by key of their question.
        answered_at: when each was last changed.
        place: key of the question that the head was last at; empty at the start.
        evidence: how many files back an answer, by key of its question.
    """

    campaign: CampaignRow
    frame: Frame
    answers: Mapping[str, Answer]
    answered_at: Mapping[str, datetime]
    place: str
    result: Result
    evidence: Mapping[str, int]

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in order."""
        return self.frame.questions

    @property
    def is_closed(self) -> bool:
        """Tell whether it no longer changes."""
        return self.campaign.closed_on is not None

    @property
    def answered(self) -> int:
        """How many questions have an answer that is known, or do not apply."""
        return sum(
            self.answers[question.key].standing is not Standing.UNKNOWN
            for question in self.questions
            if question.key in self.answers
        )

    @property
    def to_find_out(self) -> tuple[Question, ...]:
        """The questions answered with "I do not know"."""
        return tuple(
            question
            for question in self.questions
            if question.key in self.answers
            and self.answers[question.key].standing is Standing.UNKNOWN
        )

    def progress(self, domain: str) -> tuple[int, int]:
        """Return how many questions of a domain were dealt with, and how many it has."""
        questions = self.frame.in_domain(domain)
        return sum(question.key in self.answers for question in questions), len(questions)


@dataclass(frozen=True, slots=True)
class GapRow:
    """One gap as a table shows it.

    Attributes:
        level: the levels it is about; empty for the whole school.
        ground: what the minimum rests on, in a few words.
        provider: who is to be asked first.
        found_brief, expected_brief: for a narrow column.
        action: the latest action made of it that is open, or done since this audit was started.
        set_aside: no such action, because the head gave it up since.
    """

    gap: Gap
    title: str
    level: str
    expected: str
    ground: str
    found: str
    provider: str
    found_brief: str
    expected_brief: str
    action: ActionRow | None
    set_aside: bool = False

    @property
    def criterion_id(self) -> str:
        """Id of its criterion."""
        return self.gap.criterion.id

    @property
    def nature(self) -> Nature:
        """The strongest ground that the minimum rests on."""
        return self.gap.line.threshold.nature


@dataclass(frozen=True, slots=True)
class DomainScore:
    """One domain's score, from 0 to 1; ``low`` and ``high`` differ when answers are missing."""

    domain: str
    title: str
    short: str
    low: float
    high: float

    @property
    def text(self) -> str:
        """The score in French: "72 %", "41–55 %"."""
        return rules.score_text(rules.Range(self.low, self.high))


@dataclass(frozen=True, slots=True)
class AuditSummary:
    """What the home page, the plan and the exports say of the latest audit.

    Attributes:
        domains: those of which something is judged.
        answered: how many questions have an answer that is known, or do not apply.
        gaps: how many known answers are below the minimum.
    """

    campaign_id: int
    school_year: str
    closed: bool
    low: float
    high: float
    domains: tuple[DomainScore, ...]
    answered: int
    total: int
    gaps: int

    @property
    def text(self) -> str:
        """The overall score in French."""
        return rules.score_text(rules.Range(self.low, self.high))


def campaigns(dossier: Dossier) -> Sequence[CampaignRow]:
    """Return the audits, the latest school year first."""
    wanted = select(
        Campaign.id, Campaign.school_year, Campaign.started_at, Campaign.closed_on
    ).order_by(Campaign.school_year.desc())
    return [CampaignRow(*row) for row in dossier.rows(wanted)]


def view(dossier: Dossier, campaign_id: int | None = None) -> AuditView | None:
    """Return an audit, the latest unless another is named; None when there is none yet.

    Raises:
        UserError: there is no audit of that id.
    """
    with dossier.read() as session:
        latest = select(Campaign).order_by(Campaign.school_year.desc()).limit(1)
        found = session.get(Campaign, campaign_id) if campaign_id else session.scalar(latest)
        if found is None and campaign_id:
            raise UserError(f"Il n’y a pas d’état des lieux n° {campaign_id} dans ce dossier.")
        if found is None:
            return None
        row = CampaignRow(found.id, found.school_year, found.started_at, found.closed_on)
        kept, place = found.frame, found.place
        wanted = select(
            CampaignAnswer.criterion,
            CampaignAnswer.level,
            CampaignAnswer.standing,
            CampaignAnswer.value,
            CampaignAnswer.reason,
            CampaignAnswer.note,
            CampaignAnswer.origin,
            CampaignAnswer.answered_at,
            CampaignAnswer.version,
        ).where(CampaignAnswer.campaign_id == row.id)
        rows = session.execute(wanted).all()
    answers: dict[str, Answer] = {}
    times: dict[str, datetime] = {}
    for line in rows:
        key = f"{line.criterion}:{line.level}" if line.level else line.criterion
        answers[key] = Answer(
            Standing(line.standing), decode(line.value), line.reason, line.note, Origin(line.origin)
        )
        times[key] = line.answered_at
    begun = _begun_by(row.version for row in rows)
    frame = msgspec.json.decode(kept, type=Frame) if kept else current_frame(dossier, begun)
    result = rules.judge(frame, answers, row.closed_on or dossier.today())
    return AuditView(row, frame, answers, times, place, result, evidence_counts(dossier, row.id))


def current_frame(dossier: Dossier, version: str = "") -> Frame:
    """Return what an audit of this school is judged by.

    Args:
        version: of the catalogue by which it was begun; today's when left out.
    """
    school = identity(dossier)
    levels = [count.level for count in school.levels]
    return shipped_frame(levels, school.kind, version=version)


def open_frame(dossier: Dossier, campaign_id: int) -> Frame:
    """Return what an open audit is asked: what its catalogue asked when its answers began."""
    of_campaign = CampaignAnswer.campaign_id == campaign_id
    wanted = select(CampaignAnswer.version).where(of_campaign).distinct()
    return current_frame(dossier, _begun_by(version for (version,) in dossier.rows(wanted)))


def _begun_by(versions: Iterable[str]) -> str:
    """Return the earliest of the versions that answers were asked by; empty without answers."""
    return min(versions, key=version_order, default="")


def new_questions(dossier: Dossier, audit: AuditView) -> tuple[Question, ...]:
    """Return the questions that today's catalogue asks and an open audit, begun before, does not.

    They wait for the next audit, or for the head to take them.
    """
    if audit.is_closed:
        return ()
    asked = {question.key for question in audit.questions}
    return tuple(
        question for question in current_frame(dossier).questions if question.key not in asked
    )


def known_count(school: Identity, question: Question) -> int | None:
    """Return what the school's identity says of the second count of a question, or None."""
    levels = [question.level] if question.level else list(Level)
    asked = [
        count
        for count in school.levels
        if count.level in levels and question.criterion.concerns(count.level)
    ]
    match question.criterion.whole_from:
        case "teachers":
            return school.teachers
        case "pupils":
            found = [count.pupils for count in asked]
        case "classes":
            found = [count.classes for count in asked]
        case _:
            return None
    return sum(pupil for pupil in found if pupil) if found and None not in found else None


def gaps(dossier: Dossier, campaign_id: int | None = None) -> Sequence[GapRow]:
    """Return the gaps of an audit (the latest by default), the first to close first."""
    audit = view(dossier, campaign_id)
    return gaps_of(dossier, audit) if audit else ()


def gaps_of(dossier: Dossier, audit: AuditView) -> Sequence[GapRow]:
    """Return the gaps of an audit already read."""
    since = audit.campaign.started_at.date()
    latest = {
        row.source.criterion_id: row
        for row in sorted(
            actions(dossier, source_kind=SourceKind.AUDIT),
            key=lambda row: (row.state is not ActionState.DROPPED, row.id),
        )
        if row.closed_on is None or row.closed_on >= since
    }
    rows: list[GapRow] = []
    for gap in audit.result.gaps:
        line = gap.line
        answer = audit.answers[line.question.key]
        action = latest.get(line.criterion.id)
        dropped = action is not None and action.state is ActionState.DROPPED
        rows.append(
            GapRow(
                gap=gap,
                title=line.criterion.title,
                level=rules.levels_text(gap.levels, audit.frame.levels),
                expected=rules.expected(line),
                ground=rules.ground_text(gap),
                found=answer_text(line.criterion, answer),
                provider=gap.providers[0].label,
                found_brief=brief_text(line.criterion, answer),
                expected_brief=brief_minimum(line.criterion, line.threshold),
                action=None if dropped else action,
                set_aside=dropped,
            )
        )
    return rows


def summary(dossier: Dossier) -> AuditSummary | None:
    """Return the latest audit in figures, or None when there is none yet."""
    audit = view(dossier)
    if audit is None:
        return None
    overall = audit.result.score or rules.ANYTHING
    return AuditSummary(
        campaign_id=audit.campaign.id,
        school_year=audit.campaign.school_year,
        closed=audit.is_closed,
        low=overall.low,
        high=overall.high,
        domains=tuple(
            DomainScore(
                row.domain.id, row.domain.title, row.domain.short, row.score.low, row.score.high
            )
            for row in audit.result.domains
            if row.score
        ),
        answered=audit.answered,
        total=len(audit.questions),
        gaps=len(audit.result.gaps),
    )


def answer_texts(dossier: Dossier) -> dict[str, str]:
    """Return the answers of the latest audit in French, by id of their criterion.

    What was asked level by level reads "Maternelle : 8 pour 100 élèves ; Élémentaire : …".
    """
    audit = view(dossier)
    texts: dict[str, str] = {}
    for question in audit.questions if audit else ():
        answer = audit.answers.get(question.key) if audit else None
        if answer is None:
            continue
        text = answer_text(question.criterion, answer)
        if question.level:
            text = f"{question.level.label} : {text}"
        before = texts.get(question.criterion.id)
        texts[question.criterion.id] = f"{before} ; {text}" if before else text
    return texts
