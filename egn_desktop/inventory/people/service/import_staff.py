# SPDX-License-Identifier: GPL-3.0-or-later
"""One import of staff: who is known, what changes."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from egn_desktop.collation import fold
from egn_desktop.fields import columns_of, fields_of
from egn_desktop.inventory.register.finding import staff_search, staff_sort_key
from egn_desktop.inventory.register.model import Staff
from egn_desktop.inventory.register.nouns import StaffFields

NAMES: Final = ("last_name", "first_name")
DETAILS: Final = tuple(field for field in fields_of(StaffFields) if field.name not in NAMES)
COLUMNS: Final = (*columns_of(StaffFields), "deleted_at")
"""The columns that an import writes."""

Member = dict[str, Any]
"""A row of the staff by its columns; somebody new has no id yet."""


class StaffImport:
    """Reads who is known, takes rows one by one, then writes them at once.

    Somebody is known by the e-mail address, else by both names. A school has some hundred people:
    they are read whole. Who was taken out comes back. Only the reading and the writing have a
    session: rows are matched while the dossier is free.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self._now = now
        self._before: dict[int, Member] = {}
        self._taken: dict[int, Member] = {}
        self._new: list[Member] = []
        self._by_email: dict[str, Member] = {}
        self._by_name: dict[tuple[str, str], Member] = {}
        known = select(Staff.id, *(getattr(Staff, name) for name in COLUMNS))
        for row in session.execute(
            known.where(Staff.erased_at.is_(None)).order_by(Staff.id)
        ).mappings():
            self._index(dict(row))

    @property
    def added(self) -> int:
        """How many are new."""
        return len(self._new)

    @property
    def updated(self) -> int:
        """How many known ones have changed."""
        return len(self._changed())

    @property
    def unchanged(self) -> int:
        """How many known ones are as they were."""
        return len(self._taken) - self.updated

    def take(self, given: StaffFields) -> None:
        """Find the person that a row means, or add him or her."""
        member = self._match(given)
        if member is None:
            member = {field.name: field.blank for field in DETAILS} | {"created_at": self._now}
            self._new.append(member)
        else:
            self._before[member["id"]], self._taken[member["id"]] = dict(member), member
        member |= {name: getattr(given, name) for name in NAMES}
        # An empty cell never erases what the dossier knows.
        member |= {
            field.name: getattr(given, field.name) or member[field.name] for field in DETAILS
        }
        member["deleted_at"] = None

    def write(self, session: Session) -> None:
        """Write everything taken."""
        changed = self._changed()
        if changed:
            session.execute(update(Staff), [member | _derived(member) for member in changed])
        if self._new:
            session.execute(insert(Staff), [member | _derived(member) for member in self._new])

    def _changed(self) -> list[Member]:
        return [member for id_, member in self._taken.items() if member != self._before[id_]]

    def _match(self, given: StaffFields) -> Member | None:
        """Return who that is already; nobody is meant by two rows."""
        named = self._by_name.get((fold(given.last_name), fold(given.first_name)))
        known = self._by_email.get(given.email.casefold()) if given.email else None
        free = (
            member
            for member in (known, named)
            if member is not None and member["id"] not in self._taken
        )
        return next(free, None)

    def _index(self, member: Member) -> None:
        if member["email"]:
            self._by_email.setdefault(member["email"].casefold(), member)
        names = fold(member["last_name"]), fold(member["first_name"])
        self._by_name.setdefault(names, member)


def _derived(member: Member) -> dict[str, str]:
    row = SimpleNamespace(**member)
    return {"search": staff_search(row), "sort_key": staff_sort_key(row)}
