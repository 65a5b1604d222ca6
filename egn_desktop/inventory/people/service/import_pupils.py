# SPDX-License-Identifier: GPL-3.0-or-later
"""One import of pupils: who is known already, what changes, who left."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from egn_desktop.collation import fold
from egn_desktop.fields import columns_of, given
from egn_desktop.inventory.people import matching
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.finding import pupil_search
from egn_desktop.inventory.register.model import Borrower, Pupil
from egn_desktop.inventory.register.nouns import PupilFields, PupilInput

COLUMNS: Final = (*columns_of(PupilFields), "left_on", "deleted_at")
"""The columns that an import writes."""

Answers = Mapping[int, int | None]
"""Place of a line → id of the pupil that a human says it means, None for somebody new."""


class PupilImport:
    """Reads who is known, takes a list, then writes it at once.

    Only the reading and the writing have a session: a list is matched while the dossier is free.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self.updated: set[int] = set()
        self.left: set[int] = set()
        self._changed: set[int] = set()
        self._now = now
        self._seen: set[int] = set()
        self._new: dict[int, dict[str, Any]] = {}
        self._changed_rows: list[dict[str, Any]] = []
        self._new_rows: list[dict[str, Any]] = []
        self._known: dict[int, dict[str, Any]] = {
            row["id"]: dict(row)
            for row in session.execute(
                select(Pupil.id, *(getattr(Pupil, name) for name in COLUMNS)).where(
                    Pupil.erased_at.is_(None)
                )
            ).mappings()
        }
        # Pupils share their table, and so their ids, with the staff.
        self._next_id = 1 + (session.scalar(select(func.max(Borrower.id))) or 0)

    @property
    def added(self) -> tuple[int, ...]:
        """Who is new."""
        return tuple(self._new)

    @property
    def unchanged(self) -> int:
        """How many pupils of the list were known exactly as they are."""
        return len(self._seen - self.updated - set(self._new))

    def take(self, pupils: Sequence[PupilInput], answers: Answers) -> list[int]:
        """Find or add the pupil that each line means; return their ids."""
        people = {id_: _person(columns) for id_, columns in self._known.items()}
        matches = matching.match(people, [matching.person_of(pupil) for pupil in pupils], answers)
        ids: list[int] = []
        for place, pupil in enumerate(pupils):
            first = matches.same_as.get(place)
            id_ = matches.found.get(place) if first is None else ids[first]
            ids.append(self._bring_up_to_date(pupil, id_))
        self._seen.update(ids)
        return ids

    def leave(self, today: date) -> None:
        """Mark those as gone whom the list does not name."""
        for id_, columns in self._known.items():
            if id_ not in self._seen and columns["deleted_at"] is None and not columns["left_on"]:
                self._change(id_, {"left_on": today})
                self.left.add(id_)

    def touched(self, pupil_id: int) -> None:
        """Count a pupil as updated, unless added by this very import."""
        if pupil_id not in self._new:
            self.updated.add(pupil_id)

    def end(self) -> None:
        """Make the rows of everything taken."""
        self._changed_rows = [
            self._known[id_] | _derived(self._known[id_]) for id_ in sorted(self._changed)
        ]
        self._new_rows = [
            columns | _derived(columns) | {"created_at": self._now}
            for columns in self._new.values()
        ]

    def write(self, session: Session) -> None:
        """Write the rows that were made."""
        if self._changed_rows:
            session.execute(update(Pupil), self._changed_rows)
        if self._new_rows:
            session.execute(insert(Pupil), self._new_rows)

    def _bring_up_to_date(self, pupil: PupilInput, id_: int | None) -> int:
        new = given(pupil) | {"ine": rules.normal_ine(pupil.ine)}
        new["last_name"] = new["last_name"] or new["usual_name"]
        if id_ is None:
            id_, self._next_id = self._next_id, self._next_id + 1
            self._new[id_] = new | {"id": id_, "left_on": None, "deleted_at": None}
            return id_
        said = {name: value for name, value in new.items() if value}
        said |= {"left_on": None, "deleted_at": None}
        if id_ in self._new:
            self._new[id_] |= said
        elif any(self._known[id_][name] != value for name, value in said.items()):
            self._change(id_, said)
            self.updated.add(id_)
        return id_

    def _change(self, id_: int, new: Mapping[str, Any]) -> None:
        self._changed.add(id_)
        self._known[id_] |= new


def _person(columns: Mapping[str, Any]) -> matching.Person:
    return matching.person(
        columns["last_name"],
        columns["usual_name"],
        columns["first_name"],
        columns["born_on"],
        columns["ine"],
        columns["school_class"],
    )


def _derived(columns: Mapping[str, Any]) -> dict[str, str]:
    shown = f"{columns['usual_name'] or columns['last_name']} {columns['first_name']}"
    return {"search": pupil_search(SimpleNamespace(**columns)), "sort_key": fold(shown)}
