# SPDX-License-Identifier: GPL-3.0-or-later
"""The chosen scenarios as the annex and the reflex cards print them."""

from collections.abc import Iterator
from typing import Final

from egn_desktop.documents.blocks import (
    Block,
    Bullets,
    Callout,
    Column,
    Facts,
    Heading,
    Paragraph,
    Table,
    Text,
    Together,
)
from egn_desktop.plans import wording
from egn_desktop.plans.rules import pedagogy_for
from egn_desktop.plans.snapshot import CapacityPart, PlanContent, ScenarioPart
from egn_desktop.school.rules import Level

_LABELS: Final = {field.id: field.label for field in wording.FIELDS}
_LEVELS: Final = {
    "maternelle": "Maternelle",
    "elementaire": "Élémentaire",
    "college": "Collège",
    "lycee": "Lycée",
}
_SITUATIONS: Final = (
    "no_network",
    "no_power",
    "special_needs",
    "at_risk",
    "families",
    "administration",
    "loans",
    "back_to_normal",
)


def scenario_blocks(plan: PlanContent) -> Iterator[Block]:
    """Yield the chosen scenarios, each with all that its card holds."""
    if not plan.scenarios:
        return
    yield Heading("Les scénarios")
    groups = pedagogy_for(Level(level) for level in plan.school.levels)
    for scenario in plan.scenarios:
        yield from _scenario(plan, scenario, groups)


def calls_table(scenario: ScenarioPart) -> Table | None:
    """Return who calls whom as a table, or None when nobody does."""
    found = wording.calls(scenario.texts.get("calls", ""))
    if not found:
        return None
    return Table(
        columns=(
            Column("Qui appelle", 1.1),
            Column("Qui est appelé", 1.3),
            Column("À quel sujet", 2.6),
        ),
        rows=[(call.who, call.whom, call.what) for call in found],
        row_headers=True,
        small=True,
    )


def capacity_blocks(checked: CapacityPart) -> Iterator[Block]:
    """Yield what the capacity check said, class by class."""
    yield Callout(f"{checked.verdict} {checked.assumed}", tone=checked.tone)
    if checked.lines:
        yield Table(
            columns=(
                Column("Classe", 1),
                Column("Élèves", 0.7, "right"),
                Column("Appareils", 1.7),
                Column("Connexions", 1.7),
                Column("Pochettes papier", 1.7),
            ),
            rows=checked.lines,
            row_headers=True,
            small=True,
        )


def acts(scenario: ScenarioPart, field: str) -> list[Text]:
    """Return the acts of one of a scenario's lists."""
    return [wording.marked(line) for line in wording.lines(scenario.texts.get(field, ""))]


def further_acts(scenario: ScenarioPart, level: int = 3) -> Iterator[Block]:
    """Yield what is done after the first day."""
    for field in ("first_week", "beyond"):
        yield from _list(scenario, field, level)


def situation_facts(scenario: ScenarioPart) -> list[tuple[str, Text]]:
    """Return what a scenario says of networks, needs, families, offices and the return."""
    return _facts(scenario, _SITUATIONS)


def _scenario(
    plan: PlanContent, scenario: ScenarioPart, groups: tuple[str, ...]
) -> Iterator[Block]:
    opening: list[Block] = [
        Heading(scenario.title, level=2),
        Paragraph(scenario.summary, style="lead"),
    ]
    start = _facts(scenario, ("trigger", "decision"))
    if start:
        opening.append(Facts(start))
    yield Together(opening)
    yield from _list(scenario, "first_hour")
    table = calls_table(scenario)
    if table:
        yield Heading(_LABELS["calls"], level=3)
        yield table
    yield from _list(scenario, "first_day")
    yield from further_acts(scenario)
    pedagogy = [
        *_facts(scenario, ("modes",)),
        *(
            (_LEVELS[group], wording.marked(text))
            for group in groups
            if (text := scenario.texts.get(group, "").strip())
        ),
    ]
    if pedagogy:
        yield Heading("Organisation pédagogique", level=3)
        yield Facts(pedagogy)
    checked = plan.capacity(scenario.id)
    if checked:
        yield Heading("Capacité", level=3)
        yield from capacity_blocks(checked)
    situations = situation_facts(scenario)
    if situations:
        yield Heading("Situations et suites", level=3)
        yield Facts(situations)
    yield from _list(scenario, "targets")
    words = scenario.texts.get("message", "").strip()
    if words:
        filled = wording.message(words, plan.school)
        yield Callout(filled, title=_LABELS["message"], tone="neutral")


def _list(scenario: ScenarioPart, field: str, level: int = 3) -> Iterator[Block]:
    items = acts(scenario, field)
    if items:
        listed = Bullets(items, ordered=field in wording.CHECKLISTS)
        yield Together((Heading(_LABELS[field], level=level), listed))


def _facts(scenario: ScenarioPart, fields: tuple[str, ...]) -> list[tuple[str, Text]]:
    return [
        (_LABELS[field], wording.marked(text))
        for field in fields
        if (text := scenario.texts.get(field, "").strip())
    ]
