# SPDX-License-Identifier: GPL-3.0-or-later
"""One import of legal representatives: whose, and which are known already."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from egn_desktop.collation import fold
from egn_desktop.fields import columns_of
from egn_desktop.inventory.register.model import Guardian, Pupil, PupilGuardian
from egn_desktop.inventory.register.nouns import GuardianFields
from egn_desktop.inventory.register.rules import ChildName

FIELDS: Final = columns_of(GuardianFields)


class GuardianImport:
    """Reads who is known, takes representatives one by one, then writes them at once.

    Only the reading and the writing have a session: they are matched while the dossier is free.
    """

    def __init__(self, session: Session, *, by_child: bool = False) -> None:
        """Read who is known; ``by_child`` the pupils too, to be found by their names."""
        self.added = self.unmatched = 0
        self._known: dict[int, dict[str, Any]] = {}
        self._by_names: dict[tuple[str, str], list[int]] = {}
        self._children: dict[int, set[int]] = {}
        self._new: set[int] = set()
        self._changed: set[int] = set()
        self._seen: set[int] = set()
        self._links: list[dict[str, int]] = []
        self._places: dict[int, int] = {}
        self._pupils = _read_pupils(session) if by_child else {}
        for row in session.execute(
            select(Guardian.id, *(getattr(Guardian, name) for name in FIELDS))
        ).mappings():
            self._list(dict(row))
        for pupil_id, guardian_id in session.execute(
            select(PupilGuardian.pupil_id, PupilGuardian.guardian_id)
        ):
            self._children.setdefault(guardian_id, set()).add(pupil_id)
            self._places[pupil_id] = self._places.get(pupil_id, 0) + 1
        self._next_id = 1 + max(self._known, default=0)

    @property
    def updated(self) -> int:
        """How many known representatives changed."""
        return len(self._changed)

    @property
    def unchanged(self) -> int:
        """How many were known exactly as they are."""
        return len(self._seen - self._changed - self._new)

    def take(self, guardian: GuardianFields, children: Sequence[ChildName]) -> None:
        """Attach a representative to the children that are known."""
        ids = {pupil_id for child in children if (pupil_id := self._child(child)) is not None}
        if ids:
            self.attach(guardian, sorted(ids))
        else:
            self.unmatched += 1

    def attach(self, guardian: GuardianFields, pupil_ids: Sequence[int]) -> bool:
        """Attach a representative to pupils; return whether anything changed."""
        new = {name: " ".join(getattr(guardian, name).split()) for name in FIELDS}
        if not any(new.values()):
            return False
        guardian_id = self._match(new, pupil_ids)
        if guardian_id is None:
            guardian_id = self._next_id
            self._next_id += 1
            self._new.add(guardian_id)
            self._list({"id": guardian_id, **new})
            self.added += 1
            changed = True
        else:
            columns = self._known[guardian_id]
            given = {name: value for name, value in new.items() if value}
            changed = any(columns[name] != value for name, value in given.items())
            columns |= given
        linked = self._link(guardian_id, pupil_ids)
        self._seen.add(guardian_id)
        if (changed or linked) and guardian_id not in self._new:
            self._changed.add(guardian_id)
        return changed or linked

    def write(self, session: Session) -> None:
        """Write everything taken."""
        if self._changed:
            session.execute(update(Guardian), [self._known[id_] for id_ in self._changed])
        if self._new:
            session.execute(insert(Guardian), [self._known[id_] for id_ in sorted(self._new)])
        if self._links:
            session.execute(insert(PupilGuardian), self._links)

    def _match(self, new: dict[str, str], pupil_ids: Iterable[int]) -> int | None:
        """Find a namesake who shares a child, an address for mail or a telephone."""
        for guardian_id in self._by_names.get(_names(new), ()):
            known = self._known[guardian_id]
            same_contact = any(
                new[name] and fold(known[name]) == fold(new[name]) for name in ("email", "phone")
            )
            if same_contact or self._children.get(guardian_id, set()) & set(pupil_ids):
                return guardian_id
        return None

    def _link(self, guardian_id: int, pupil_ids: Sequence[int]) -> bool:
        known = self._children.setdefault(guardian_id, set())
        missing = [id_ for id_ in pupil_ids if id_ not in known]
        for pupil_id in missing:
            place = self._places.get(pupil_id, 0)
            self._places[pupil_id] = place + 1
            self._links.append(
                {"pupil_id": pupil_id, "guardian_id": guardian_id, "position": place}
            )
            known.add(pupil_id)
        return bool(missing)

    def _child(self, child: ChildName) -> int | None:
        """Find the pupil that a name means: the one in the class named, or the only one."""
        first = fold(child.first_name)
        for last_name in (child.last_name, child.usual_name):
            found = self._pupils.get((fold(last_name), first), []) if last_name else []
            in_class = [pupil for pupil, name in found if name == fold(child.school_class)]
            if len(in_class) == 1:
                return in_class[0]
            if len(found) == 1:
                return found[0][0]
        return None

    def _list(self, columns: dict[str, Any]) -> None:
        self._known[columns["id"]] = columns
        self._by_names.setdefault(_names(columns), []).append(columns["id"])


def _names(columns: dict[str, Any]) -> tuple[str, str]:
    return fold(columns["last_name"]), fold(columns["first_name"])


def _read_pupils(session: Session) -> dict[tuple[str, str], list[tuple[int, str]]]:
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in session.execute(
        select(
            Pupil.id, Pupil.last_name, Pupil.usual_name, Pupil.first_name, Pupil.school_class
        ).where(Pupil.deleted_at.is_(None))
    ):
        for last_name in {fold(row.last_name), fold(row.usual_name)} - {""}:
            key = (last_name, fold(row.first_name))
            found.setdefault(key, []).append((row.id, fold(row.school_class)))
    return found
