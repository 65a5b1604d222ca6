# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done in a crisis, kept act by act."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans.model import Crisis, CrisisEntry
from egn_desktop.plans.queries import scenario
from egn_desktop.plans.service.part import Part

NOTE = "note"


class CrisisRecord(Part):
    """Acts ticked off and notes taken; each is journaled at once, so that nothing is lost."""

    def tick(self, scenario_id: str, *, field: str, text: str) -> int:
        """Note that an act of a scenario's list is done, and return the entry's id.

        The first act noted starts the crisis; the same act noted twice counts once.

        Raises:
            UserError: there is no such scenario.
        """
        with self._dossier.write(Changed.PLAN, undo=f"noté dans la crise : « {text} »") as session:
            crisis = self._open(session, scenario_id)
            done = session.scalar(
                select(CrisisEntry).where(
                    CrisisEntry.crisis_id == crisis.id,
                    CrisisEntry.field == field,
                    CrisisEntry.text == text,
                    CrisisEntry.undone_at.is_(None),
                )
            )
            return done.id if done and field != NOTE else self._add(session, crisis, field, text)

    def note_in_crisis(self, scenario_id: str, text: str) -> int:
        """Write a line of the crisis journal and return the entry's id.

        Raises:
            UserError: there is no text, or no such scenario.
        """
        if not text.strip():
            raise UserError("La note est vide.")
        return self.tick(scenario_id, field=NOTE, text=text.strip())

    def untick(self, entry_id: int) -> None:
        """Take an entry back; it stays in the journal."""
        with self._dossier.write(Changed.PLAN, undo="geste décoché") as session:
            entry = session.get(CrisisEntry, entry_id)
            if entry is None:
                raise UserError("Cette ligne du journal de crise n’existe pas.")
            entry.undone_at = self._dossier.now()
            before = {"field": entry.field, "text": entry.text}
            self._dossier.record("crisis.unticked", f"crisis:{entry.crisis_id}", before=before)

    def end_crisis(self, scenario_id: str) -> None:
        """Close the crisis of a scenario; the next act noted starts another one."""
        with self._dossier.write(Changed.PLAN, undo="fin de la crise") as session:
            crisis = _find_open(session, scenario_id)
            if crisis is not None:
                crisis.ended_at = self._dossier.now()
                self._dossier.record("crisis.ended", f"crisis:{crisis.id}")

    def _open(self, session: Session, scenario_id: str) -> Crisis:
        scenario(self._dossier, scenario_id)
        crisis = _find_open(session, scenario_id)
        if crisis is None:
            crisis = Crisis(scenario=scenario_id, started_at=self._dossier.now())
            session.add(crisis)
            session.flush()
            after = {"scenario": scenario_id}
            self._dossier.record("crisis.started", f"crisis:{crisis.id}", after=after)
        return crisis

    def _add(self, session: Session, crisis: Crisis, field: str, text: str) -> int:
        entry = CrisisEntry(crisis_id=crisis.id, field=field, text=text, at=self._dossier.now())
        session.add(entry)
        session.flush()
        after = {"field": field, "text": text}
        self._dossier.record("crisis.ticked", f"crisis:{crisis.id}", after=after)
        return entry.id


def _find_open(session: Session, scenario_id: str) -> Crisis | None:
    return session.scalar(
        select(Crisis).where(Crisis.scenario == scenario_id, Crisis.ended_at.is_(None))
    )
