# SPDX-License-Identifier: GPL-3.0-or-later
"""Choosing scenarios, putting them in the school's own words, and adding the school's own."""

from typing import Final

from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans import wording
from egn_desktop.plans.catalogue import Scenario
from egn_desktop.plans.model import OwnScenario, PlanScenario, PlanScenarioText
from egn_desktop.plans.queries import scenario
from egn_desktop.plans.service.part import Part

CIRCUMSTANCES: Final = ("stock", "network")


class Scenarios(Part):
    """Scenarios, the proposed ones and the school's own."""

    def choose_scenario(self, scenario_id: str, *, chosen: bool = True) -> None:
        """Make a scenario part of the plan, or leave it out; its own words are kept.

        Raises:
            UserError: there is no such scenario.
        """
        title = self._scenario(scenario_id).title
        what = "choix" if chosen else "mise de côté"
        undo = f"{what} du scénario « {title} »"
        with self._dossier.write(Changed.PLAN, undo=undo) as session:
            _mark(session, scenario_id).chosen = chosen

    def edit_scenario(self, scenario_id: str, field: str, text: str) -> None:
        """Put one field of a scenario in the school's own words; the proposal's words undo it.

        Raises:
            UserError: there is no such scenario or field.
        """
        found = self._scenario(scenario_id)
        if field not in wording.FIELD_IDS:
            known = ", ".join(field.id for field in wording.FIELDS)
            raise UserError(f"Rubrique inconnue : {field}.", todo=f"Au choix : {known}.")
        proposed = wording.proposed_texts(found)[field]
        is_proposed = text.strip() == proposed.strip()
        what = "proposition reprise" if is_proposed else "texte"
        undo = f"{what} du scénario « {found.title} »"
        with self._dossier.write(Changed.PLAN, undo=undo, typed=not is_proposed) as session:
            row = session.get(PlanScenarioText, (scenario_id, field))
            if is_proposed:
                if row is not None:
                    session.delete(row)
            elif row is None:
                session.add(PlanScenarioText(scenario=scenario_id, field=field, text=text))
            else:
                row.text = text

    def set_circumstances(self, scenario_id: str, **works: bool) -> None:
        """Say what still works in a scenario: ``stock``, ``network``.

        Raises:
            UserError: there is no such scenario.
        """
        unknown = set(works) - set(CIRCUMSTANCES)
        if unknown:
            raise TypeError(f"not circumstances: {sorted(unknown)}")
        found = self._scenario(scenario_id)
        undo = f"moyens du scénario « {found.title} »"
        with self._dossier.write(Changed.PLAN, undo=undo) as session:
            row = _mark(session, scenario_id)
            for name, value in works.items():
                setattr(row, name, None if value == getattr(found, name) else value)

    def add_scenario(self, *, title: str, summary: str = "") -> str:
        """Add a scenario of the school's own, chosen, and return its id.

        Raises:
            UserError: it has no name.
        """
        with self._dossier.write(
            Changed.PLAN, undo=f"ajout du scénario « {title.strip()} »"
        ) as session:
            row = OwnScenario(title=_title(title), summary=summary.strip())
            session.add(row)
            session.flush()
            scenario_id = wording.own_scenario(row.id, row.title, row.summary).id
            _mark(session, scenario_id).chosen = True
            after = {"title": row.title}
            self._dossier.record("scenario.added", f"scenario:{scenario_id}", after=after)
            return scenario_id

    def rename_scenario(
        self, scenario_id: str, *, title: str | None = None, summary: str | None = None
    ) -> None:
        """Change the name or the summary of one of the school's own scenarios.

        Raises:
            UserError: it is not one of the school's own, or its name would be empty.
        """
        with self._dossier.write(Changed.PLAN, undo="modification d’un scénario") as session:
            row = _own(session, scenario_id)
            if title is not None:
                row.title = _title(title)
            if summary is not None:
                row.summary = summary.strip()

    def remove_scenario(self, scenario_id: str) -> None:
        """Take one of the school's own scenarios away."""
        with self._dossier.write(Changed.PLAN, undo="retrait d’un scénario") as session:
            row = _own(session, scenario_id)
            self._dossier.name_act(f"retrait du scénario « {row.title} »")
            row.deleted_at = self._dossier.now()
            before = {"title": row.title}
            self._dossier.record("scenario.removed", f"scenario:{scenario_id}", before=before)

    def restore_scenario(self, scenario_id: str) -> None:
        """Put a scenario that was removed back with all its words, whenever that was."""
        with self._dossier.write(Changed.PLAN, undo="remise d’un scénario") as session:
            row = _own(session, scenario_id)
            self._dossier.name_act(f"remise du scénario « {row.title} »")
            row.deleted_at = None
            after = {"title": row.title}
            self._dossier.record("scenario.restored", f"scenario:{scenario_id}", after=after)

    def _scenario(self, scenario_id: str) -> Scenario:
        return scenario(self._dossier, scenario_id).scenario


def _mark(session: Session, scenario_id: str) -> PlanScenario:
    row = session.get(PlanScenario, scenario_id)
    if row is None:
        row = PlanScenario(scenario=scenario_id, chosen=False)
        session.add(row)
    return row


def _title(title: str) -> str:
    if not title.strip():
        raise UserError("Un scénario a besoin d’un nom.", todo="Dites de quelle crise il s’agit.")
    return title.strip()


def _own(session: Session, scenario_id: str) -> OwnScenario:
    number = wording.own_number(scenario_id)
    row = session.get(OwnScenario, number) if number is not None else None
    if row is None:
        raise UserError(
            f"« {scenario_id} » n’est pas un scénario ajouté.",
            todo="Un scénario proposé ne se retire pas : laissez-le de côté.",
        )
    return row
