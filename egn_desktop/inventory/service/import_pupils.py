# SPDX-License-Identifier: GPL-3.0-or-later
"""One import of pupils: who is known already, what changes."""

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from egn_desktop.inventory import rules
from egn_desktop.inventory.model import Pupil
from egn_desktop.inventory.rules import PupilInput
from egn_desktop.inventory.service.base import pupil_search
from egn_desktop.inventory.text import fold

TEXTS: Final = ("last_name", "first_name", "usual_name", "school_class")
Names = tuple[str, str]


class _Draft:
    """A pupil under way: the columns as attributes."""

    def __init__(self, columns: dict[str, Any]) -> None:
        self.columns = columns

    def __getattr__(self, name: str) -> Any:
        return self.columns[name]


class PupilImport:
    """Takes rows one by one, then writes them at once."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.added = 0
        self.updated: set[int] = set()
        self._session, self._now = session, now
        self._new: dict[int, _Draft] = {}
        self._seen: set[int] = set()
        self._by_ine: dict[str, list[_Draft]] = {}
        self._by_names: dict[Names, list[_Draft]] = {}
        self._next_id = 1 + (session.scalar(select(func.max(Pupil.id))) or 0)
        for row in session.execute(
            select(
                *(getattr(Pupil, name) for name in TEXTS),
                *(Pupil.id, Pupil.born_on, Pupil.ine, Pupil.deleted_at),
            ).where(Pupil.erased_at.is_(None))
        ).mappings():
            self._list(_Draft(dict(row)))

    @property
    def unchanged(self) -> int:
        """How many pupils of the list were known exactly as they are."""
        return len(self._seen - self.updated - set(self._new))

    def take(self, pupil: PupilInput) -> int:
        """Find the pupil that a row means, or add one; return the id."""
        new: dict[str, Any] = {name: getattr(pupil, name).strip() for name in TEXTS}
        new["last_name"] = new["last_name"] or new["usual_name"]
        new |= {"born_on": pupil.born_on, "ine": rules.normal_ine(pupil.ine)}
        draft = self._match(new)
        if draft is None:
            draft = _Draft(new | {"id": self._next_id, "deleted_at": None})
            self._next_id += 1
            self._new[draft.id] = draft
            self.added += 1
        else:
            new = {name: value for name, value in new.items() if value} | {"deleted_at": None}
            if any(draft.columns[name] != value for name, value in new.items()):
                draft.columns |= new
                self.touched(draft.id)
        self._seen.add(draft.id)
        self._list(draft)
        return draft.id

    def touched(self, pupil_id: int) -> None:
        """Count a pupil as updated, unless added by this very import."""
        if pupil_id not in self._new:
            self.updated.add(pupil_id)

    def finish(self) -> None:
        """Write every pupil taken."""
        drafts = {id(d): d for group in self._by_names.values() for d in group}.values()
        changed = [{**d.columns, **_derived(d)} for d in drafts if d.id in self.updated]
        if changed:
            self._session.execute(update(Pupil), changed)
        if self._new:
            rows = [
                {**d.columns, **_derived(d), "created_at": self._now} for d in self._new.values()
            ]
            self._session.execute(insert(Pupil), rows)

    def _match(self, new: dict[str, Any]) -> _Draft | None:
        names = _names(new)
        for known in self._by_ine.get(new["ine"], ()):
            theirs = _names(known.columns)
            if names[0] == theirs[0] or names[1] == theirs[1]:
                return known
        possible = [one for one in self._by_names.get(names, ()) if self._may_be(one, new)]
        born = [one for one in possible if new["born_on"] and one.born_on == new["born_on"]]
        in_class = [one for one in possible if one.school_class == new["school_class"]]
        for group in (born, in_class, possible):
            if len(group) == 1:
                return group[0]
        return born[0] if born else None

    def _may_be(self, known: _Draft, new: dict[str, Any]) -> bool:
        """Tell whether a pupil of the same names may be this one: nothing says otherwise."""
        if known.ine and new["ine"] and known.ine != new["ine"]:
            return False
        born: date | None = known.born_on
        if born and new["born_on"]:
            return born == new["born_on"]
        # Without a birth date, a second row of one list with another class is another pupil.
        return known.id not in self._seen or known.school_class == new["school_class"]

    def _list(self, draft: _Draft) -> None:
        if draft.ine and rules.ine_problem(draft.ine) is None:
            holders = self._by_ine.setdefault(draft.ine, [])
            if draft not in holders:
                holders.append(draft)
        group = self._by_names.setdefault(_names(draft.columns), [])
        if draft not in group:
            group.append(draft)


def _names(columns: dict[str, Any]) -> Names:
    return fold(columns["last_name"]), fold(columns["first_name"])


def _derived(draft: _Draft) -> dict[str, str]:
    shown = f"{draft.usual_name or draft.last_name} {draft.first_name}"
    return {"search": pupil_search(draft), "sort_key": fold(shown)}
