# SPDX-License-Identifier: GPL-3.0-or-later
"""The hash-chained journal: who changed what, when, before and after."""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from egn_desktop.dossier.model import JournalEntry

FIRST = "0" * 64


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def _hash(entry: JournalEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="seconds")
    return _digest(entry.previous, at, entry.who, entry.what, entry.subject, entry.details_digest)


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} does not belong in the journal")


def record(
    session: Session,
    *,
    at: datetime,
    who: str,
    what: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    """Append one entry, in the caller's transaction.

    Args:
        what: dotted name of the change, for instance ``loan.returned``.
        subject: what was changed, for instance ``loan:12``.
        before: the fields' earlier values; dates and JSON values only.
        after: the fields' new values.
    """
    last = session.scalar(select(JournalEntry.hash).order_by(JournalEntry.id.desc()).limit(1))
    details = json.dumps(
        {"before": dict(before or {}), "after": dict(after or {})},
        ensure_ascii=False,
        sort_keys=True,
        default=_plain,
    )
    salt = secrets.token_hex(16)
    entry = JournalEntry(
        at=at,
        who=who,
        what=what,
        subject=subject,
        details=details,
        salt=salt,
        details_digest=_digest(salt, details),
        previous=last or FIRST,
    )
    entry.hash = _hash(entry)
    session.add(entry)
    session.flush()


def erase_details(session: Session, *subjects: str) -> int:
    """Blank the details of these subjects' entries, the salts too, and return how many.

    Without the salt, the digest that stays cannot be guessed back to a name.
    """
    erased = session.execute(
        update(JournalEntry)
        .where(JournalEntry.subject.in_(subjects))
        .values(details=None, salt=None)
        .returning(JournalEntry.id)
        # Or each call would look through every object of the session.
        .execution_options(synchronize_session=False)
    )
    return len(erased.all())


def entries(session: Session, subjects: Collection[str]) -> Sequence[JournalEntry]:
    """Return what was journalled about these subjects, oldest first."""
    wanted = select(JournalEntry).where(JournalEntry.subject.in_(subjects))
    return session.scalars(wanted.order_by(JournalEntry.id)).all()


def length(session: Session) -> int:
    """Return how many entries the journal has."""
    return session.scalar(select(func.count()).select_from(JournalEntry)) or 0


def extent(connection: Any) -> tuple[int, str]:
    """Return how many entries the journal has and the hash of the last, by a raw connection."""
    count = connection.execute("SELECT count(*) FROM journal").fetchone()[0]
    last = connection.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return count, last[0] if last else FIRST


def first_broken_link(session: Session) -> int | None:
    """Walk the chain and return the id of the first entry that does not fit, or None."""
    previous = FIRST
    for entry in session.scalars(select(JournalEntry).order_by(JournalEntry.id)):
        if entry.previous != previous or entry.hash != _hash(entry):
            return entry.id
        if entry.details is not None and entry.details_digest != _digest(
            entry.salt or "", entry.details
        ):
            return entry.id
        previous = entry.hash
    return None
