# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing the draft: its sections and its scenarios."""

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans import rules, wording
from egn_desktop.plans.catalogue import Scenario
from egn_desktop.plans.model import PlanScenario, PlanScenarioText, PlanSection
from egn_desktop.plans.service.part import Part


class Writing(Part):
    """Sections and scenarios of the draft."""

    def write_section(self, section_id: str, text: str, *, done: bool | None = None) -> None:
        """Keep a section's text as it is typed.

        Args:
            done: that its author holds it finished, or no longer; left as it was if None.

        Raises:
            UserError: there is no such section.
        """
        _check_section(section_id)
        with self._dossier.write(Changed.PLAN) as session:
            row = session.get(PlanSection, section_id)
            if row is None:
                row = PlanSection(section=section_id, text="", done=False)
                session.add(row)
            row.text = text
            row.looked_at = self._dossier.today()
            row.done = bool(text.strip()) and (row.done if done is None else done)

    def finish_section(self, section_id: str, *, done: bool = True) -> None:
        """Mark a section finished (or no longer), as it stands; it is looked at anew today.

        Raises:
            UserError: there is no such section, or it is empty.
        """
        _check_section(section_id)
        with self._dossier.write(Changed.PLAN) as session:
            row = session.get(PlanSection, section_id)
            if done and (row is None or not row.text.strip()):
                raise UserError(
                    f"La partie « {rules.sections()[section_id].title} » est vide.",
                    todo="Écrivez-la avant de la marquer terminée.",
                )
            if row is not None:
                row.done, row.looked_at = done, self._dossier.today()

    def choose_scenario(self, scenario_id: str, *, chosen: bool = True) -> None:
        """Make a scenario part of the plan, or leave it out; its own words are kept.

        Raises:
            UserError: there is no such scenario.
        """
        _scenario(scenario_id)
        with self._dossier.write(Changed.PLAN) as session:
            row = session.get(PlanScenario, scenario_id)
            if row is None:
                session.add(PlanScenario(scenario=scenario_id, chosen=chosen))
            else:
                row.chosen = chosen

    def edit_scenario(self, scenario_id: str, field: str, text: str) -> None:
        """Put one field of a scenario in the school's own words; the proposal's words undo it.

        Raises:
            UserError: there is no such scenario or field.
        """
        scenario = _scenario(scenario_id)
        if field not in wording.FIELD_IDS:
            known = ", ".join(one.id for one in wording.FIELDS)
            raise UserError(f"Rubrique inconnue : {field}.", todo=f"Au choix : {known}.")
        proposed = wording.proposed_texts(scenario)[field]
        with self._dossier.write(Changed.PLAN) as session:
            row = session.get(PlanScenarioText, (scenario_id, field))
            if text.strip() == proposed.strip():
                if row is not None:
                    session.delete(row)
            elif row is None:
                session.add(PlanScenarioText(scenario=scenario_id, field=field, text=text))
            else:
                row.text = text


def _check_section(section_id: str) -> None:
    if section_id not in rules.sections():
        known = ", ".join(one.id for one in rules.sections())
        raise UserError(f"Partie inconnue : {section_id}.", todo=f"Au choix : {known}.")


def _scenario(scenario_id: str) -> Scenario:
    found = rules.scenarios().get(scenario_id)
    if found is None:
        known = ", ".join(one.id for one in rules.scenarios())
        raise UserError(f"Scénario inconnu : {scenario_id}.", todo=f"Au choix : {known}.")
    return found
