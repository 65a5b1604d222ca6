# SPDX-License-Identifier: GPL-3.0-or-later
"""The report's pages after the first: gaps by who must provide, every answer, and the sources."""

from collections.abc import Sequence

from egn_desktop import french
from egn_desktop.actions.rules import Provider
from egn_desktop.audit import rules
from egn_desktop.audit.answers import Origin, Standing, answer_text, comparison_text
from egn_desktop.audit.catalogue import Domain, Nature, Question
from egn_desktop.audit.providers import charges, sources_of
from egn_desktop.audit.queries import AuditView, GapRow
from egn_desktop.audit.rules import Line, Priority
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Chip,
    Column,
    Heading,
    Paragraph,
    Strong,
    Table,
    Together,
    Tone,
)

MOST_LEFT = 25
"""How many questions without an answer are named one by one."""

PRIORITY_TONES: dict[Priority, Tone] = {
    Priority.FIRST: "bad",
    Priority.NEXT: "attention",
    Priority.LATER: "neutral",
}


def gaps_by_provider(gaps: Sequence[GapRow]) -> tuple[Block, ...]:
    """Return the gaps, each under the first to be asked."""
    heading = Heading("Ce qui manque, par qui doit le fournir")
    if not gaps:
        words = "Aucune réponse connue n’est en dessous du repère."
        return heading, Paragraph(words)
    blocks: list[Block] = [
        heading,
        Paragraph(
            "Chaque écart est rangé chez le premier à solliciter. La priorité vient de l’effet "
            "attendu et de l’effort à fournir ; c’est une proposition d’EGN Desktop, sauf pour les "
            "obligations légales, toujours en premier.",
            style="muted",
        ),
    ]
    for provider in Provider:
        rows = [row for row in gaps if row.gap.providers[0] is provider]
        if rows:
            blocks.append(Heading(provider.label, level=2))
            if charge := charges().get(provider):
                blocks.append(Paragraph(charge.text))
            blocks.append(_gap_table(rows))
    return tuple(blocks)


def _gap_table(rows: Sequence[GapRow]) -> Table:
    return Table(
        columns=(
            Column("Écart", 2.1),
            Column("Constaté", 1.5),
            Column("Repère", 2.1),
            Column("Priorité", 0.95),
            Column("Action", 1.6),
        ),
        rows=[
            (
                f"{row.title} ({row.level.lower()})" if row.level else row.title,
                row.found,
                f"{row.expected} – {row.ground}",
                Chip(row.gap.priority.label, PRIORITY_TONES[row.gap.priority]),
                _action_words(row),
            )
            for row in rows
        ],
        row_headers=True,
        small=True,
    )


def _action_words(row: GapRow) -> str:
    action = row.action
    if action is None:
        return "écartée par la direction" if row.set_aside else "à décider"
    due = f", pour le {french.short_date(action.due_on)}" if action.due_on else ""
    return f"{action.title} ({action.state_label.lower()}{due})"


def to_find_out(audit: AuditView) -> tuple[Block, ...]:
    """Return the questions whose answer is not known, then those not answered yet."""
    left = [question for question in audit.questions if question.key not in audit.answers]
    if not audit.to_find_out and not left:
        return ()
    blocks: list[Block] = [Heading("À trouver")]
    if audit.to_find_out:
        blocks += (
            Paragraph("La réponse à ces questions n’est pas encore connue.", style="muted"),
            Bullets([question.title for question in audit.to_find_out], checks=True),
        )
    if left:
        many = french.count(len(left), "question n’a", "questions n’ont")
        end = "\u202f:" if len(left) <= MOST_LEFT else "."
        blocks.append(Paragraph(f"{many} pas encore de réponse{end}", style="muted"))
    if left and len(left) <= MOST_LEFT:
        blocks.append(Bullets([question.title for question in left], checks=True))
    return tuple(blocks)


def detail(audit: AuditView) -> tuple[Block, ...]:
    """Return every answer, domain by domain."""
    blocks: list[Block] = [Heading("Détail par domaine")]
    for domain in audit.result.domains:
        questions = audit.frame.in_domain(domain.domain.id)
        if not questions:
            continue
        title = f"{domain.domain.title} : {rules.score_text(domain.score)}"
        table = _domain_table(audit, domain.domain, questions)
        blocks.extend((Heading(title, level=2), table, *_notes(audit, questions)))
    return tuple(blocks)


def _domain_table(audit: AuditView, domain: Domain, questions: Sequence[Question]) -> Table:
    rows: list[Sequence[Cell]] = []
    for question in questions:
        lines = [line for line in audit.result.lines if line.question == question]
        answer = audit.answers.get(question.key)
        found = answer_text(question.criterion, answer) if answer else "Sans réponse"
        if answer and answer.standing is Standing.NOT_APPLICABLE:
            found = f"Sans objet : {answer.reason}"
        if answer and answer.origin in (Origin.INVENTORY, Origin.NEEDS, Origin.PLAN):
            found += f" – {answer.origin.label}"
        found += _averages(question, audit)
        title = f"{question.criterion.id} {question.title}"
        if not lines:
            rows.append((title, found, "–", _met(audit, question, None)))
        for line in lines:
            level = rules.levels_text(line.levels, audit.frame.levels)
            named = f"{title} ({level.lower()})" if level and not question.level else title
            minimum = f"{rules.expected(line)} – {rules.ground(line)}"
            rows.append((named, found, minimum, _met(audit, question, line)))
    return Table(
        columns=(
            Column("Critère", 2.5),
            Column("Réponse", 1.9),
            Column("Repère", 2.1),
            Column("Bilan", 1.1),
        ),
        rows=rows,
        row_headers=True,
        small=True,
    )


def _averages(question: Question, audit: AuditView) -> str:
    """Say the national average of each level that the question is about, if there is one."""
    levels = audit.frame.levels_of(question)
    parts = [
        f"{comparison_text(question.criterion, comparison.value)} en {comparison.period}"
        for comparison in question.criterion.comparisons
        if comparison.level in levels
    ]
    return f" (moyenne nationale : {' ; '.join(parts)})" if parts else ""


def _met(audit: AuditView, question: Question, line: Line | None) -> Cell:
    answer = audit.answers.get(question.key)
    if answer and answer.standing is Standing.NOT_APPLICABLE:
        return Chip("Sans objet")
    if line is None:
        return Chip("Pour information")
    met = rules.is_met(line)
    if met is None:
        return Chip("À trouver" if answer else "À répondre", "brand")
    if met:
        return Chip("Atteint", "good")
    return Chip("Écart", "bad" if line.threshold.nature is Nature.DUTY else "attention")


def _notes(audit: AuditView, questions: Sequence[Question]) -> tuple[Block, ...]:
    """Return what goes with the answers: notes, and how many files the dossier keeps of each."""
    noted: list[tuple[Strong, str]] = []
    for question in questions:
        files = audit.evidence.get(question.key, 0)
        note = audit.answers[question.key].note if question.key in audit.answers else ""
        joined = french.count(files, "pièce jointe", "pièces jointes")
        kept = f"{joined} dans le dossier" if files else ""
        words = f"{note} ({kept})" if note and kept else note or kept
        if words:
            noted.append((Strong(f"{question.criterion.id}\u202f: "), words))
    return (Bullets(noted),) if noted else ()


def sources(audit: AuditView) -> tuple[Block, ...]:
    """Return where the minimums come from, and what they are worth."""
    cited = [
        source
        for criterion in audit.frame.asked
        for source in sources_of(criterion, criterion.asked_to(audit.frame.levels))
    ]
    official = [source for source in dict.fromkeys(cited) if not source.is_own_proposal]
    return (
        Together(
            (
                Heading("Sources, et ce que valent les repères"),
                Bullets(
                    (
                        (
                            Strong("Obligation légale\u202f: "),
                            "un texte de loi ou de règlement, dont l’article est nommé.",
                        ),
                        (
                            Strong("Instruction du ministère\u202f: "),
                            "une circulaire ou une note de service parue au Bulletin officiel.",
                        ),
                        (
                            Strong("Socle officiel\u202f: "),
                            "le socle numérique de base de l’appel à projets de 2021, écrit pour "
                            "l’élémentaire (cycles 2 et 3) ; il n’y en a pas ailleurs.",
                        ),
                        (
                            Strong("États généraux\u202f: "),
                            "ce que la consultation de 2020 a proposé ; ce n’est pas une norme.",
                        ),
                        (
                            Strong("Proposition EGN Desktop\u202f: "),
                            "un repère du logiciel, ni texte officiel, ni norme.",
                        ),
                    )
                ),
            )
        ),
        Bullets([source.reference for source in official], close=True),
        Paragraph(
            "Les moyennes nationales (secteur public, 2018-2019) sont celles de l’Insee, en "
            "ordinateurs ; elles servent de comparaison, et sont les plus récentes que nous ayons "
            f"trouvées. Version des critères\u202f: {audit.frame.version}.",
            style="muted",
        ),
    )
