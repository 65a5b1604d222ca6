# SPDX-License-Identifier: GPL-3.0-or-later
"""What the page says beside a question: its minimums, its source, where it stands."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.audit import rules
from egn_desktop.audit.answers import Standing, comparison_text, expected_text
from egn_desktop.audit.catalogue import Criterion, Nature, Question, Threshold, threshold_for
from egn_desktop.audit.proposals import Proposal
from egn_desktop.audit.providers import sources_of
from egn_desktop.audit.queries import AuditView, known_count
from egn_desktop.school.queries import Identity
from egn_desktop.school.rules import Level
from egn_desktop.school.tools import state_tools
from egn_desktop.ui.pages.audit.card_parts import Beside, Shown

PRIORITY_TONES = {
    rules.Priority.FIRST: "bad",
    rules.Priority.NEXT: "attention",
    rules.Priority.LATER: "neutral",
}


def minimums(audit: AuditView, question: Question) -> tuple[str, ...]:
    """Return one line for each minimum that a question is judged by, then the averages."""
    criterion, levels = question.criterion, audit.frame.levels_of(question)
    lines: dict[str, list[str]] = {}
    for level in levels:
        threshold = threshold_for(criterion, level)
        if threshold is not None:
            text = f"{expected_text(criterion, threshold)} ({_worth(criterion, threshold)})"
            lines.setdefault(text, []).append(level.label.lower())
    found = [
        f"Repère {', '.join(names)} : {text}" if len(lines) > 1 else f"Repère : {text}"
        for text, names in lines.items()
    ]
    found += [
        f"Moyenne nationale {comparison.period} : {comparison_text(criterion, comparison.value)}"
        for comparison in criterion.comparisons
        if comparison.level in levels
    ]
    return tuple(found) or ("Pour information, sans repère.",)


def _worth(criterion: Criterion, threshold: Threshold) -> str:
    """Return what a minimum is worth, with the article where a text asks for it."""
    named = threshold.nature is not Nature.PROPOSAL and criterion.article
    label = threshold.nature.label
    return f"{label} : {criterion.article}" if named else label


def sources(question: Question, levels: Sequence[Level]) -> tuple[str, ...]:
    """Return where a question comes from, who is in charge by law, and the tools to think of."""
    criterion = question.criterion
    official = [source for source in sources_of(criterion, levels) if not source.is_own_proposal]
    found = [f"Source : {source.dated}" for source in official] or ["Proposition EGN Desktop"]
    named = [state_tools()[tool] for tool in criterion.tools]
    if named:
        tools = ", ".join(f"{tool.short} ({tool.standing_label.lower()})" for tool in named)
        found.insert(0, f"Outils possibles : {tools}")
    return tuple(found)


def state_chip(
    audit: AuditView, question: Question, proposals: Sequence[Proposal] = ()
) -> tuple[str, str]:
    """Return the words and the tone of a question's chip; no words where nothing is known."""
    answer = audit.answers.get(question.key)
    if answer is None and any(proposal.answer for proposal in proposals):
        return "À confirmer", "brand"
    if answer is None:
        return "", "neutral"
    if answer.standing is Standing.NOT_APPLICABLE:
        return "Sans objet", "neutral"
    if answer.standing is Standing.UNKNOWN:
        return "À trouver", "brand"
    lines = [line for line in audit.result.lines if line.question == question]
    if not lines:
        return "Noté", "neutral"
    missed = [line for line in lines if not rules.is_met(line)]
    if not missed:
        return "Atteint", "good"
    duty = any(line.threshold.nature is Nature.DUTY for line in missed)
    return "Écart", "bad" if duty else "attention"


def shown_question(audit: AuditView, key: str, school: Identity, beside: Beside) -> Shown:
    """Return what a question's card shows."""
    question = next(question for question in audit.questions if question.key == key)
    proposals = beside.proposals.get(key, ())
    return Shown(
        question=question,
        minimums=minimums(audit, question),
        sources=sources(question, audit.frame.levels_of(question)),
        answer=audit.answers.get(key),
        answered_at=audit.answered_at.get(key),
        state=state_chip(audit, question, proposals),
        known=known_count(school, question),
        closed=audit.is_closed,
        proposals=proposals,
        evidence=beside.evidence.get(key, ()),
    )


def state_line(audit: AuditView) -> str:
    """Return the line of figures under the page's title."""
    parts = [
        audit.campaign.school_year,
        f"{audit.answered} réponses sur {len(audit.questions)}",
        french.count(len(audit.result.gaps), "écart"),
    ]
    if audit.to_find_out:
        parts.append(f"{len(audit.to_find_out)} à trouver")
    if audit.campaign.closed_on:
        parts.append(f"clos le {french.short_date(audit.campaign.closed_on)}")
    return " · ".join(parts)
