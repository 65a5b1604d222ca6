# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenarios, proposed ones and the school's own, as screens and documents read them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.plans import rules, wording
from egn_desktop.plans.capacity import Circumstances
from egn_desktop.plans.catalogue import Scenario
from egn_desktop.plans.model import OwnScenario, PlanScenario, PlanScenarioText
from egn_desktop.plans.snapshot import ScenarioPart
from egn_desktop.school.queries import identity


@dataclass(frozen=True, slots=True)
class ScenarioRow:
    """One scenario, chosen or not.

    Attributes:
        texts: id of a field → the school's own words, else the proposal.
        own: ids of the fields that the school has put in its own words.
        circumstances: what still works in it.
        is_own: the school wrote it; nothing is proposed.
    """

    scenario: Scenario
    chosen: bool
    texts: dict[str, str]
    own: frozenset[str]
    circumstances: Circumstances
    is_own: bool

    @property
    def part(self) -> ScenarioPart:
        """What is printed of it, and frozen."""
        scenario = self.scenario
        return ScenarioPart(
            id=scenario.id,
            title=scenario.title,
            summary=scenario.summary,
            texts=self.texts,
            source=scenario.source,
        )


def scenarios(dossier: Dossier, *, chosen: bool = False) -> Sequence[ScenarioRow]:
    """Return the proposed scenarios, then the school's own; only the chosen ones if asked."""
    with dossier.read():
        marks = {
            row.scenario: row
            for row in dossier.rows(
                select(
                    PlanScenario.scenario,
                    PlanScenario.chosen,
                    PlanScenario.stock,
                    PlanScenario.network,
                )
            )
        }
        words: dict[str, dict[str, str]] = {}
        for row in dossier.rows(
            select(PlanScenarioText.scenario, PlanScenarioText.field, PlanScenarioText.text)
        ):
            words.setdefault(row.scenario, {})[row.field] = row.text
        own = own_scenarios(dossier)
    school = identity(dossier)
    proposed = rules.scenarios(school.kind, frozenset(level.level for level in school.levels))
    rows = [
        ScenarioRow(
            scenario=scenario,
            chosen=bool(mark and mark.chosen),
            texts=wording.proposed_texts(scenario) | words.get(scenario.id, {}),
            own=frozenset(words.get(scenario.id, {})),
            circumstances=_circumstances(scenario, mark),
            is_own=scenario.id in own,
        )
        for scenario in (*proposed, *own.values())
        for mark in (marks.get(scenario.id),)
    ]
    return [row for row in rows if row.chosen or not chosen]


def scenario(dossier: Dossier, scenario_id: str) -> ScenarioRow:
    """Return one scenario.

    Raises:
        UserError: there is no such scenario; the message lists those there are.
    """
    for row in scenarios(dossier):
        if row.scenario.id == scenario_id:
            return row
    known = ", ".join(row.scenario.id for row in scenarios(dossier))
    raise UserError(f"Scénario inconnu : {scenario_id}.", todo=f"Au choix : {known}.")


def own_scenarios(dossier: Dossier) -> Mapping[str, Scenario]:
    """Return the school's own scenarios by id, in the order in which they were added."""
    rows = dossier.rows(
        select(OwnScenario.id, OwnScenario.title, OwnScenario.summary)
        .where(OwnScenario.deleted_at.is_(None))
        .order_by(OwnScenario.id)
    )
    found = (wording.own_scenario(row.id, row.title, row.summary) for row in rows)
    return {scenario.id: scenario for scenario in found}


def _circumstances(scenario: Scenario, mark: object) -> Circumstances:
    stock, network = getattr(mark, "stock", None), getattr(mark, "network", None)
    return Circumstances(
        stock=scenario.stock if stock is None else bool(stock),
        network=scenario.network if network is None else bool(network),
    )
