# SPDX-License-Identifier: GPL-3.0-or-later
"""Noting what becomes of an adopted version: shown to the team, sent, annexed to the DUERP."""

from datetime import date

from sqlalchemy import select

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.model import PlanMilestone, PlanVersion
from egn_desktop.plans.service.part import Part


class Milestones(Part):
    """Facts about versions that never change themselves."""

    def note_milestone(
        self, version: int, kind: MilestoneKind, *, on: date | None = None, body: str
    ) -> int:
        """Note one fact and return its number.

        Args:
            on: the day; today when not given.
            body: who was told, or who annexed it.

        Raises:
            UserError: there is no such version, nobody is named, or the day makes no sense.
        """
        day = on or self._dossier.today()
        named = " ".join(body.split())
        if not named:
            raise UserError("Indiquez l’instance ou la personne.")
        if day > self._dossier.today():
            raise UserError(
                f"Le {french.short_date(day)} est encore à venir.",
                todo="Notez ce fait le jour venu, ou corrigez la date.",
            )
        with self._dossier.write(
            Changed.PLAN, undo=f"{kind.label.lower()} de la version {version}"
        ) as session:
            adopted_on = session.scalar(
                select(PlanVersion.adopted_on).where(PlanVersion.number == version)
            )
            if adopted_on is None:
                raise UserError(f"Il n’y a pas de version {version} du plan dans ce dossier.")
            if kind is MilestoneKind.ANNEXED and day < adopted_on:
                raise UserError(
                    f"La version {version} est du {french.short_date(adopted_on)} : elle n’a pas "
                    "pu être annexée avant.",
                    todo="Corrigez la date.",
                )
            row = PlanMilestone(
                version=version,
                kind=kind.value,
                done_on=day,
                body=named,
                recorded_at=self._dossier.now(),
            )
            session.add(row)
            session.flush()
            self._dossier.record(
                "plan_milestone.noted",
                f"plan_milestone:{row.id}",
                after={"version": version, "kind": kind.value, "done_on": day, "body": named},
            )
            return row.id

    def remove_milestone(self, milestone_id: int) -> None:
        """Take a fact back that was noted by mistake.

        Raises:
            UserError: there is none of that number.
        """
        with self._dossier.write(Changed.PLAN, undo="retrait d’un fait noté") as session:
            row = session.get(PlanMilestone, milestone_id)
            if row is None or row.deleted_at is not None:
                raise UserError(f"Il n’y a pas de fait n° {milestone_id} noté sur le plan.")
            kind = MilestoneKind(row.kind)
            self._dossier.name_act(
                f"retrait\u202f: {kind.label.lower()} de la version {row.version}"
            )
            row.deleted_at = self._dossier.now()
            self._dossier.record(
                "plan_milestone.removed",
                f"plan_milestone:{milestone_id}",
                before={"done_on": row.done_on, "body": row.body},
            )
