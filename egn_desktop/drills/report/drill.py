# SPDX-License-Identifier: GPL-3.0-or-later
"""The report of one drill, and the year's programme."""

from collections.abc import Sequence

from egn_desktop import content, french
from egn_desktop.actions.rules import ActionState
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Cell,
    Chip,
    Column,
    Document,
    Facts,
    Figures,
    Heading,
    Paragraph,
    SignatureBox,
    Signatures,
    Strong,
    Table,
    Together,
    Tone,
    WriteLines,
)
from egn_desktop.dossier import Dossier
from egn_desktop.drills import rules
from egn_desktop.drills.history import Histories
from egn_desktop.drills.queries import (
    DrillDetail,
    DrillRow,
    DueDrill,
    MeasureResult,
    drill,
    drills,
    due_drills,
)
from egn_desktop.drills.rules import DrillState, DueExercise
from egn_desktop.school.calendar import SchoolCalendar, drill_year
from egn_desktop.school.queries import Identity, calendar, identity
from egn_desktop.school.words import SchoolKind

NOTHING_NOTED = "Non renseigné."
ACTION_TONES: dict[ActionState, Tone] = {
    ActionState.OPEN: "brand",
    ActionState.DONE: "good",
    ActionState.DROPPED: "neutral",
}


def drill_report(dossier: Dossier, key: str) -> Document:
    """Return the report of the drill of that id."""
    detail = drill(dossier, int(key))
    school = identity(dossier)
    row = detail.row
    held = french.long_date(row.held_on) if row.held_on else ""
    return Document(
        title="Compte rendu d’exercice",
        subtitle=f"{row.title} · {held}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Exercice n° {row.id} du {french.short_date(row.held_on)}",
        subject="Retour d’expérience d’un exercice du plan de continuité pédagogique",
        author=school.head,
        blocks=(
            *_headline(detail),
            *_context(detail),
            *_participants(detail),
            *_course(detail),
            *_measures(detail),
            *_debrief(detail),
            *_lessons(detail),
            *_history(dossier, detail),
            *_signatures(detail, school),
            *_annex(detail),
        ),
    )


def _headline(detail: DrillDetail) -> tuple[Block, ...]:
    result = detail.row.result
    if result is None:
        return ()
    reached = result.met
    target = rules.target_text(result.measure)
    return (
        Callout(
            f"Objectif : {target}.",
            title=detail.row.headline,
            tone="good" if reached else "attention",
        ),
    )


def _context(detail: DrillDetail) -> tuple[Block, ...]:
    row = detail.row
    script = rules.scripts(row.school).get(row.script)
    facts = [
        ("Type d’exercice", row.kind_entry.title),
        ("Date", french.day_and_date(row.held_on) if row.held_on else ""),
        ("Durée prévue", row.kind_entry.duration),
        ("Plan éprouvé", f"version {row.plan_version}" if row.plan_version else ""),
        ("Scénario", row.scenario_title),
        ("Déroulé joué", script.title if script else ""),
        ("Objectif", row.aim),
    ]
    return (
        Heading("Contexte et objectif"),
        Facts([(label, value) for label, value in facts if value]),
        *((Paragraph(script.summary),) if script else ()),
    )


def _participants(detail: DrillDetail) -> tuple[Block, ...]:
    if not detail.participants:
        return Heading("Participants, par fonction"), Paragraph(NOTHING_NOTED, style="muted")
    return (
        Heading("Participants, par fonction"),
        Table(
            columns=(Column("Fonction", 1), Column("Personnes", 2.2)),
            rows=list(detail.participants.items()),
            row_headers=True,
        ),
    )


def _course(detail: DrillDetail) -> tuple[Block, ...]:
    lines = [line.strip() for line in detail.course.splitlines() if line.strip()]
    if not lines:
        return (Heading("Déroulement"), WriteLines(6))
    return (Heading("Déroulement"), *(Paragraph(line) for line in lines))


def _measures(detail: DrillDetail) -> tuple[Block, ...]:
    return (
        Heading("Mesures et objectifs"),
        Table(
            columns=(
                Column("Mesure", 2.4),
                Column("Résultat", 1, "right"),
                Column("Objectif", 1.3),
                Column("Bilan", 1.1),
            ),
            rows=[
                (
                    measure.measure.label,
                    measure.text or "non mesuré",
                    rules.target_text(measure.measure),
                    _met(measure),
                )
                for measure in detail.measures
            ],
            row_headers=True,
        ),
        Paragraph(
            "Ces objectifs ne sont pas une norme : ce sont des propositions d’EGN Desktop.",
            style="muted",
        ),
    )


def _met(result: MeasureResult) -> Cell:
    if result.met is None:
        return Chip("Non mesuré")
    return Chip("Objectif tenu", "good") if result.met else Chip("À améliorer", "attention")


def _debrief(detail: DrillDetail) -> tuple[Block, ...]:
    blocks: list[Block] = [Heading("Bilan à chaud")]
    for question in rules.questions(detail.row.school):
        answer = detail.answers.get(question.id, "")
        noted = Paragraph(answer) if answer else WriteLines(2)
        blocks.append(Together((Heading(question.question, level=2), noted)))
    return tuple(blocks)


def _lessons(detail: DrillDetail) -> tuple[Block, ...]:
    heading = Heading("Enseignements et actions")
    if not detail.lessons:
        return heading, Paragraph("Aucun enseignement noté à ce jour.", style="muted")
    return (
        heading,
        Table(
            columns=(
                Column("Enseignement", 2),
                Column("Action décidée", 2),
                Column("Responsable", 1.2),
                Column("Échéance", 1),
                Column("État", 0.9),
            ),
            rows=[
                (
                    f"n°\u00a0{lesson.id} · {lesson.text}",
                    f"n°\u00a0{lesson.action.id} · {lesson.action.title}",
                    lesson.action.responsible or "à désigner",
                    french.short_date(lesson.action.due_on) or "à fixer",
                    Chip(
                        lesson.action.state_label,
                        ACTION_TONES[lesson.action.state] if not lesson.action.is_late else "bad",
                    ),
                )
                for lesson in detail.lessons
            ],
        ),
        Paragraph(
            "Ces actions figurent dans la liste d’actions du dossier, avec celles de l’état des "
            "lieux et du plan.",
            style="muted",
        ),
    )


def _history(dossier: Dossier, detail: DrillDetail) -> tuple[Block, ...]:
    lines = Histories(dossier).through(detail.row.id)
    if not lines:
        return ()
    return (
        Heading("Historique"),
        Paragraph(
            "De l’écart ou du risque à l’action, à la version du plan, à l’exercice, à ses "
            "leçons et à leurs actions\u202f:"
        ),
        Bullets([f"{line}." for line in lines]),
    )


def _signatures(detail: DrillDetail, school: Identity) -> tuple[Block, ...]:
    observer = detail.participants.get("Chronométrage") or detail.participants.get("Animation", "")
    return (
        Heading("Signatures"),
        Signatures(
            (SignatureBox(school.head_role, school.head), SignatureBox("Le rapporteur", observer))
        ),
    )


def _annex(detail: DrillDetail) -> tuple[Block, ...]:
    script = rules.scripts(detail.row.school).get(detail.row.script)
    if script is None:
        return ()
    return (
        Heading("Annexe : déroulé prévu"),
        Table(
            columns=(
                Column("Temps", 0.7),
                Column("Événement", 2.4),
                Column("Ce qui était attendu", 2.2),
            ),
            rows=[
                (rules.after_start(inject.minutes), inject.text, inject.expected)
                for inject in script.injects
            ],
            caption=script.title,
            row_headers=True,
        ),
        Paragraph(f"Déroulé : {content.source(script).citation}.", style="muted"),
    )


def drill_programme(dossier: Dossier, _key: str) -> Document:
    """Return the programme of the current school year."""
    school = identity(dossier)
    first = drill_year(dossier.today())
    year = f"{first}-{first + 1}"
    rows = [row for row in drills(dossier) if row.day and drill_year(row.day) == first]
    due = due_drills(dossier)
    return Document(
        title="Programme des exercices",
        subtitle=f"Année scolaire {year}",
        school=school.footer,
        printed_on=french.long_date(dossier.today()),
        reference=f"Année scolaire {year}",
        subject="Exercices du plan de continuité pédagogique",
        author=school.head,
        blocks=(
            *_figures(rows, due),
            Heading("Exercices du plan de continuité"),
            *_year(rows),
            Heading("Rythme proposé par EGN Desktop"),
            _cadence(due),
            *_due_elsewhere(dossier, school.kind, first),
        ),
    )


def _figures(rows: Sequence[DrillRow], due: Sequence[DueDrill]) -> tuple[Block, ...]:
    held = sum(row.state is DrillState.HELD for row in rows)
    planned = sum(row.state is DrillState.PLANNED for row in rows)
    next_days = [drill.due_on for drill in due if drill.due_on]
    figures = [
        (french.number(held, 0), "tenu" if held < 2 else "tenus"),
        (french.number(planned, 0), "prévu" if planned < 2 else "prévus"),
    ]
    if next_days:
        figures.append((french.short_date(min(next_days)), "prochaine échéance"))
    return (Figures(figures),)


def _year(rows: Sequence[DrillRow]) -> tuple[Block, ...]:
    if not rows:
        return (Paragraph("Aucun exercice tenu ni prévu cette année.", style="muted"),)
    tones: dict[DrillState, Tone] = {
        DrillState.PLANNED: "brand",
        DrillState.HELD: "good",
        DrillState.CANCELLED: "neutral",
    }
    ordered = sorted(rows, key=lambda row: row.day.toordinal() if row.day else 0)
    return (
        Table(
            columns=(
                Column("Date", 1),
                Column("Exercice", 2.6),
                Column("État", 0.9),
                Column("Résultat", 2),
            ),
            rows=[
                (
                    french.short_date(row.day),
                    row.title,
                    Chip(row.state.label, tones[row.state]),
                    row.headline,
                )
                for row in ordered
            ],
        ),
    )


def _cadence(due: Sequence[DueDrill]) -> Table:
    return Table(
        columns=(
            Column("Exercice", 1.6),
            Column("Rythme", 1.7),
            Column("Dernier", 1),
            Column("À tenir avant le", 1.1),
            Column("Déjà prévu le", 1.1),
        ),
        rows=[
            (
                drill.kind.title,
                drill.kind.cadence_text,
                french.short_date(drill.last_held) or "jamais",
                french.short_date(drill.due_on) or "sans échéance",
                french.short_date(drill.planned_on),
            )
            for drill in due
        ],
        row_headers=True,
    )


_AND = "\u202f; "


def _due_elsewhere(dossier: Dossier, school: SchoolKind, year: int) -> tuple[Block, ...]:
    """Return the exercises on fire and of the PPMS, each with the days in which it is due."""
    exercises, known = rules.due_exercises(school), calendar(dossier)
    cited = dict.fromkeys(content.source(exercise).title for exercise in exercises)
    return (
        Heading("Les exercices incendie et PPMS de l’année"),
        Paragraph(
            (
                "Les exercices de ce programme ",
                Strong("s’ajoutent"),
                " à ceux-ci\u202f; ils ne les remplacent pas. Compte rendu au registre de sécurité "
                "(incendie), à l’autorité académique selon sa consigne (PPMS). ",
                f"{_AND.join(cited)}.",
            )
        ),
        Table(
            columns=(
                Column("Exercice", 2.4),
                Column("Quand", 1.6),
                Column("Entre le", 0.9),
                Column("et le", 0.9),
                Column("Tenu le", 1.1),
            ),
            rows=[_due_row(exercise, year, known) for exercise in exercises],
            row_headers=True,
            small=True,
        ),
    )


def _due_row(exercise: DueExercise, year: int, known: SchoolCalendar) -> tuple[str, ...]:
    first, last = exercise.window(year, known)
    return (
        exercise.title,
        exercise.when,
        french.short_date(first),
        french.short_date(last) or "…………",
        "………………",
    )
