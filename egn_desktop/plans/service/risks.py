# SPDX-License-Identifier: GPL-3.0-or-later
"""The risk lines that the plan brings to the DUERP."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from egn_desktop.actions.rules import Source
from egn_desktop.actions.service import ActionService
from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans import rules
from egn_desktop.plans.model import RiskLine
from egn_desktop.plans.service.part import Part
from egn_desktop.school.queries import Identity, identity

CHANGEABLE: Final = ("title", "family", "work_units", "situations", "in_place", "to_take")
_RATING: Final = ("severity", "likelihood", "control")


class RiskLines(Part):
    """Lines of the DUERP; each change is journaled."""

    def add_risk(self, *, risk: str = "", title: str = "", **fields: str) -> int:
        """Add a line, unrated, and return its id.

        Args:
            risk: id of a proposed risk, whose words fill what is not given; or empty.
            title: what the risk is; may be left out when ``risk`` is given.
            fields: any other of ``CHANGEABLE``; lists one item per line.

        Raises:
            UserError: there is no such risk, or no title.
        """
        known = _proposal(risk, identity(self._dossier))
        words = known | {name: text.strip() for name, text in fields.items()}
        if title.strip():
            words["title"] = title.strip()
        _check_fields(words)
        if not words.get("title"):
            raise UserError("Un risque a besoin d’un intitulé.", todo="Dites de quel risque.")
        with self._dossier.write(
            Changed.PLAN, undo=f"ajout du risque « {words['title']} »"
        ) as session:
            line = RiskLine(risk=risk, **words)
            session.add(line)
            session.flush()
            self._note("risk.added", line, after=words | {"risk": risk})
            return line.id

    def change_risk(self, line_id: int, **fields: str) -> None:
        """Change some of ``CHANGEABLE``.

        Raises:
            UserError: there is no such line, or its title would be empty.
        """
        _check_fields(fields)
        if "title" in fields and not fields["title"].strip():
            raise UserError("Un risque a besoin d’un intitulé.", todo="Dites de quel risque.")
        with self._dossier.write(Changed.PLAN, undo="modification d’un risque") as session:
            line = _find(session, line_id)
            self._dossier.name_act(f"modification du risque « {line.title} »")
            before = {name: getattr(line, name) for name in fields}
            if before == fields:
                return
            for name, text in fields.items():
                setattr(line, name, text)
            self._note("risk.changed", line, before=before, after=fields)

    def rate_risk(self, line_id: int, *, severity: int, likelihood: int, control: int) -> None:
        """Rate a line on the scale of the content.

        Raises:
            UserError: there is no such line, or a value is off the scale.
        """
        problem = rules.rating_problem(severity, likelihood, control)
        if problem:
            raise UserError(problem)
        after = {"severity": severity, "likelihood": likelihood, "control": control}
        with self._dossier.write(Changed.PLAN, undo="cotation d’un risque") as session:
            line = _find(session, line_id)
            self._dossier.name_act(f"cotation du risque « {line.title} »")
            before = {name: getattr(line, name) for name in _RATING}
            if before == after:
                return
            for name, value in after.items():
                setattr(line, name, value)
            self._note("risk.rated", line, before=before, after=after)

    def remove_risk(self, line_id: int) -> None:
        """Take a line out of the draft."""
        with self._dossier.write(Changed.PLAN, undo="retrait d’un risque") as session:
            line = _find(session, line_id)
            self._dossier.name_act(f"retrait du risque « {line.title} »")
            line.deleted_at = self._dossier.now()
            self._note("risk.removed", line, before={"title": line.title})

    def plan_measure(
        self, line_id: int, *, title: str, responsible: str = "", due_on: date | None = None
    ) -> int:
        """Put a measure to take into the one list of actions, and return the action's id.

        Raises:
            UserError: there is no such line, or no title.
        """
        with self._dossier.write(undo=f"ajout de l’action « {title.strip()} »") as session:
            line = _find(session, line_id)
            return ActionService(self._dossier).add(
                title=title,
                source=Source.risk(line.id),
                responsible=responsible,
                due_on=due_on,
            )

    def _note(
        self,
        what: str,
        line: RiskLine,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        self._dossier.record(what, f"risk:{line.id}", before=before, after=after)


def _check_fields(fields: Mapping[str, str]) -> None:
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"not fields of a risk line: {sorted(unknown)}")


def _proposal(risk_id: str, school: Identity) -> dict[str, str]:
    if not risk_id:
        return {}
    proposed = rules.risks(school.kind)
    risk = proposed.get(risk_id)
    if risk is None:
        known = ", ".join(risk.id for risk in proposed)
        raise UserError(f"Risque inconnu : {risk_id}.", todo=f"Au choix : {known}.")
    levels = [level.level for level in school.levels]
    return {
        "title": risk.title,
        "family": risk.family,
        "work_units": ", ".join(rules.work_units_for(risk.work_units, levels)),
        "situations": risk.situations,
        "in_place": "\n".join(risk.in_place),
        "to_take": "\n".join(risk.to_take),
    }


def _find(session: Session, line_id: int) -> RiskLine:
    line = session.get(RiskLine, line_id)
    if line is None:
        raise UserError(f"Il n’y a pas de ligne de risque n° {line_id} dans ce dossier.")
    return line
