# SPDX-License-Identifier: GPL-3.0-or-later
"""One import of staff: who is known, what changes."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.collation import fold
from egn_desktop.inventory.register.fields import fields_of
from egn_desktop.inventory.register.finding import index_staff
from egn_desktop.inventory.register.model import Staff
from egn_desktop.inventory.register.nouns import StaffFields, StaffInput

NAMES = ("last_name", "first_name")
DETAILS = tuple(one for one in fields_of(StaffFields) if one.name not in NAMES)

_BLANK = {one.name: one.blank for one in DETAILS}


class StaffImport:
    """Takes rows one by one; somebody is known by the e-mail address, else by both names.

    A school has some hundred people: they are read whole. Who was taken out comes back.
    """

    def __init__(self, session: Session, now: datetime) -> None:
        self._session, self._now = session, now
        self._before: dict[int, tuple[Any, ...]] = {}
        self._new: list[Staff] = []
        known = session.scalars(select(Staff).where(Staff.erased_at.is_(None)).order_by(Staff.id))
        self._by_email: dict[str, Staff] = {}
        self._by_name: dict[tuple[str, str], Staff] = {}
        for member in known:
            self._index(member)

    @property
    def added(self) -> int:
        """How many are new."""
        return len(self._new)

    @property
    def updated(self) -> int:
        """How many known ones have changed."""
        return len(self._before) - self.unchanged

    @property
    def unchanged(self) -> int:
        """How many known ones are as they were."""
        return sum(
            _state(self._session.get_one(Staff, member_id)) == before
            for member_id, before in self._before.items()
        )

    def take(self, given: StaffInput) -> None:
        """Find the person that a row means, or add him or her."""
        member = self._match(given)
        if member is None:
            member = Staff(created_at=self._now, deleted_at=None, **_BLANK)
            self._new.append(member)
            self._session.add(member)
        else:
            self._before[member.id] = _state(member)
        member.last_name, member.first_name = given.last_name, given.first_name
        for one in DETAILS:
            # An empty cell never erases what the dossier knows.
            setattr(member, one.name, getattr(given, one.name) or getattr(member, one.name))
        member.deleted_at = None
        index_staff(member)

    def _match(self, given: StaffInput) -> Staff | None:
        """Return who that is already; nobody is meant by two rows."""
        named = self._by_name.get((fold(given.last_name), fold(given.first_name)))
        known = self._by_email.get(given.email.casefold()) if given.email else None
        free = (one for one in (known, named) if one is not None and one.id not in self._before)
        return next(free, None)

    def _index(self, member: Staff) -> None:
        if member.email:
            self._by_email.setdefault(member.email.casefold(), member)
        self._by_name.setdefault((fold(member.last_name), fold(member.first_name)), member)


def _state(member: Staff) -> tuple[Any, ...]:
    details = (getattr(member, one.name) for one in DETAILS)
    return (member.last_name, member.first_name, *details, str(member.deleted_at or ""))
