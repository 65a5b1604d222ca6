# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers proposed to the head: what the inventory and the plan know, what the audit before said.

None is ever taken silently.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from egn_desktop.audit import answers, rules
from egn_desktop.audit.answers import Answer, Counts, Origin, Standing
from egn_desktop.audit.catalogue import Kind, Question
from egn_desktop.audit.queries import AuditView, campaigns, known_count, view
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, identity


class Fact(Protocol):
    """What another feature knows of an answer; the inventory's facts are such."""

    @property
    def part(self) -> int | None:
        """How many."""
        ...

    @property
    def whole(self) -> int | None:
        """Out of how many; None where the school's identity has to say."""
        ...

    @property
    def answer(self) -> str:
        """A whole answer in words."""
        ...

    @property
    def source(self) -> str:
        """Who says it: the value of an ``Origin``."""
        ...

    @property
    def words(self) -> str:
        """What was counted, in one French sentence."""
        ...


Known = Callable[[Dossier], Mapping[str, Fact]]
"""Tells what is known, by the id that a criterion's ``known_from`` names."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One answer proposed to one question.

    Attributes:
        answer: None when what is known helps to answer without being one.
        words: where it comes from and what it says, in French.
    """

    question: Question
    origin: Origin
    answer: Answer | None
    words: str


class NoteNeededError(UserError):
    """The answer differs from what the inventory says, and nothing says why."""


def proposals(dossier: Dossier, audit: AuditView, known: Known) -> dict[str, list[Proposal]]:
    """Return what is proposed in an open audit, by key of its question; nothing in a closed one.

    The inventory's figures stay beside an answer, which may differ; last year's leave with it.
    """
    if audit.is_closed:
        return {}
    found: dict[str, list[Proposal]] = {}
    for proposal in (*from_inventory(dossier, audit, known), *from_last_audit(dossier, audit)):
        found.setdefault(proposal.question.key, []).append(proposal)
    return found


def from_inventory(dossier: Dossier, audit: AuditView, known: Known) -> Sequence[Proposal]:
    """Return what the inventory proposes, answered or not."""
    facts, school = known(dossier), identity(dossier)
    found: list[Proposal] = []
    for question in audit.questions:
        fact = facts.get(question.criterion.known_from)
        if fact is None:
            continue
        answer = _answer(question, fact, school, dossier.today())
        origin = Origin(fact.source)
        where = ", tous niveaux ensemble" if question.level is not None else ""
        said = f"{_capital(origin.label)}{where} : "
        if answer is not None:
            said += f"{answers.answer_text(question.criterion, answer)}. "
        found.append(Proposal(question, origin, answer, said + fact.words))
    return found


def from_last_audit(dossier: Dossier, audit: AuditView) -> Sequence[Proposal]:
    """Return what the audit before answered to the questions that have no answer yet."""
    earlier = [
        campaign
        for campaign in campaigns(dossier)
        if campaign.first_year < audit.campaign.first_year
    ]
    before = view(dossier, earlier[0].id) if earlier else None
    if before is None:
        return ()
    found: list[Proposal] = []
    for question in audit.questions:
        answer = before.answers.get(question.key)
        if question.key in audit.answers or answer is None:
            continue
        if answer.standing is Standing.UNKNOWN:
            continue
        if answers.problem(question.criterion, answer, dossier.today()):
            continue  # the question has changed since
        text = answers.answer_text(question.criterion, answer)
        why = f" ({answer.reason})" if answer.reason else ""
        words = f"En {rules.year_text(before.campaign.first_year)} : {text}{why}."
        taken = replace(answer, note="", origin=Origin.LAST_AUDIT)
        found.append(Proposal(question, Origin.LAST_AUDIT, taken, words))
    return found


def disagreement(question: Question, answer: Answer, found: Sequence[Proposal]) -> str:
    """Return what is known otherwise than a given answer, in French, or nothing."""
    criterion = question.criterion
    for proposal in found:
        if proposal.question.key != question.key or proposal.answer is None:
            continue
        if answer.standing is Standing.KNOWN and not answers.is_same(
            criterion, answer, proposal.answer
        ):
            text = answers.answer_text(criterion, proposal.answer)
            return f"{_capital(proposal.origin.label)}, c’est « {text} »."
    return ""


def _answer(question: Question, fact: Fact, school: Identity, today: date) -> Answer | None:
    criterion = question.criterion
    if question.level is not None:
        return None  # the inventory does not say at which level a device serves
    if fact.answer:
        read = answers.parse(criterion, fact.answer)
    elif fact.part is None or not criterion.kind.has_counts:
        return None
    else:
        whole = known_count(school, question) if fact.whole is None else fact.whole
        if whole is None:
            return None
        part = min(fact.part, whole) if criterion.kind is Kind.PERCENT else fact.part
        read = answers.known(Counts(float(part), float(whole)))
    if isinstance(read, str) or answers.problem(criterion, read, today):
        return None
    return replace(read, origin=Origin(fact.source))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
