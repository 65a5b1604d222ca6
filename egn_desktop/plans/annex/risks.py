# SPDX-License-Identifier: GPL-3.0-or-later
"""The risk lines of the DUERP as the annex prints them, with the method of their rating."""

from collections.abc import Iterator

from egn_desktop import content, french
from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Cell,
    Chip,
    Column,
    Facts,
    Heading,
    Paragraph,
    Table,
    Together,
)
from egn_desktop.plans import wording
from egn_desktop.plans.catalogue import Axis, Fact, Priority, priorities
from egn_desktop.plans.rules import axis_steps, facts_for
from egn_desktop.plans.snapshot import ActionPart, PlanContent, RiskPart

_AXES: tuple[tuple[Axis, str], ...] = (
    ("severity", "Gravité"),
    ("likelihood", "Fréquence"),
    ("control", "Maîtrise"),
)

_AGENTS = "agents"


def risk_blocks(plan: PlanContent) -> Iterator[Block]:
    """Yield the method, the table of all lines, then each line with its measures."""
    if not plan.risks:
        return
    yield Heading("Évaluation des risques (DUERP)")
    cited = facts_for("risks", plan.school.kind)
    yield Bullets([_cited(fact) for fact in cited])
    yield Heading("Lignes de risque et cotation", level=2)
    yield Table(
        columns=(
            Column("Risque", 2.3),
            Column("Unités de travail", 2.2),
            Column("Gravité", 0.75, "center"),
            Column("Fréq.", 0.6, "center"),
            Column("Maîtrise", 0.8, "center"),
            Column("Cotation", 0.8, "center"),
            Column("Priorité", 1.05),
        ),
        rows=[_row(risk) for risk in plan.risks],
        row_headers=True,
        small=True,
    )
    if any(_AGENTS in risk.work_units.lower() for risk in plan.risks):
        owner = plan.school.kind.words["to_the_owner"]
        yield Paragraph(
            "Les agents de la collectivité relèvent du document unique de leur employeur : les "
            f"risques qui les concernent sont communiqués {owner}.",
            style="muted",
        )
    yield from _scale()
    yield Heading("Mesures, ligne par ligne", level=2)
    for risk in plan.risks:
        details = [*_details(risk), *_decided(plan, risk)]
        if details:
            yield Together((Heading(risk.title, level=3), Facts(details)))


def _decided(plan: PlanContent, risk: RiskPart) -> list[tuple[str, str]]:
    """Return what was decided for a line, or that nothing was where its rating asks for it."""
    measures = plan.measures_of(risk)
    if measures:
        return [("Actions décidées", " · ".join(_measure(measure) for measure in measures))]
    if risk.priority is not None and risk.priority.needs_action:
        return [("Actions décidées", "aucune action décidée")]
    return []


def _measure(action: ActionPart) -> str:
    who = action.responsible or "responsable à désigner"
    if action.closed_on is not None:
        return f"{action.title} ({who}, faite le {french.short_date(action.closed_on)})"
    due = f"pour le {french.short_date(action.due_on)}" if action.due_on else "date à fixer"
    cost = action.cost or "coût à chiffrer"
    return f"{action.title} ({who}, {due}, {cost}, {action.state.lower()})"


def _cited(fact: Fact) -> str:
    return f"{fact.text.rstrip('.')} ({content.source(fact).title})."


def _row(line: RiskPart) -> tuple[Cell, ...]:
    rating, asks = line.rating, line.priority
    if rating is None or asks is None:
        return (line.title, line.work_units, "", "", "", "", Chip("À coter", "attention"))
    return (
        line.title,
        line.work_units,
        str(rating.severity),
        str(rating.likelihood),
        str(rating.control),
        str(rating.score),
        Chip(asks.title, asks.tone),
    )


def _scale() -> Iterator[Block]:
    yield Heading("Méthode de cotation", level=2)
    yield Paragraph(
        "La cotation est le produit de la gravité (1 à 4), de la fréquence (1 à 4) et de la "
        "maîtrise (1 bonne, 3 insuffisante) : de 1 à 48. Plus elle est haute, plus il faut agir "
        "vite. Cette échelle est une proposition d’EGN Desktop ; celle de l’académie prime."
    )
    yield Table(
        columns=(Column("Axe", 0.9), Column("Niveau", 1.4), Column("Ce que cela veut dire", 3)),
        rows=[
            (label, f"{step.value} · {step.title}", step.help)
            for axis, label in _AXES
            for step in axis_steps(axis)
        ],
        small=True,
    )
    ordered = list(priorities())
    yield Table(
        columns=(Column("Cotation", 0.9), Column("Priorité", 1.4), Column("Ce qu’elle demande", 3)),
        rows=[
            (_range(priority, ordered), Chip(priority.title, priority.tone), priority.asks)
            for priority in ordered
        ],
        small=True,
    )


def _range(priority: Priority, ordered: list[Priority]) -> str:
    at = ordered.index(priority)
    return (
        f"{priority.at_least} et plus"
        if at == 0
        else (f"{priority.at_least} à {ordered[at - 1].at_least - 1}")
    )


def _details(line: RiskPart) -> list[tuple[str, str]]:
    items = (
        ("Famille", line.family),
        ("Situations", line.situations),
        ("Mesures en place", " · ".join(wording.lines(line.in_place))),
        ("Mesures à prendre", " · ".join(wording.lines(line.to_take))),
    )
    return [(label, text) for label, text in items if text.strip()]
