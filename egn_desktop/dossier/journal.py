# SPDX-License-Identifier: GPL-3.0-or-later
"""The hash-chained journal: who changed what, when, before and after."""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from egn_desktop.dossier.model import JournalEntry

FIRST = "0" * 64
ERASED: Final = "details.erased"
"""The change by which the journal says whose details it blanked."""
UNDONE: Final = "undone"
"""The change by which the journal says which of its entries were taken back."""
REDONE: Final = "redone"
"""The change by which it says that they hold again."""
Details = tuple[str | None, str | None, int]
"""What an entry says, its salt, and its number."""
_PRINTED_DIGITS: Final = 16
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Stamp:
    """How far the journal had come: how many entries, and the hash of the last one.

    Whoever keeps it elsewhere can tell later that no entry before it went or changed.
    """

    entries: int
    head: str

    @property
    def fingerprint(self) -> str:
        """The beginning of the hash as it is printed: 64 bits, "abcd-ef01-2345-6789"."""
        return fingerprint(self.head)


def fingerprint(head: str) -> str:
    """Return a hash as it is printed."""
    return "-".join(head[at : at + _GROUP] for at in range(0, _PRINTED_DIGITS, _GROUP))


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
    salt: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> int:
    """Append one entry, in the caller's transaction, and return its number.

    Args:
        salt: 16 random bytes in hexadecimal, without which the digest of the details says nothing.
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
    return entry.id


def spans(entries: Sequence[int]) -> list[tuple[int, int]]:
    """Return entries, in their order, as the first and the last of those that follow each other."""
    found: list[tuple[int, int]] = []
    for entry in entries:
        if found and found[-1][1] == entry - 1:
            found[-1] = found[-1][0], entry
        else:
            found.append((entry, entry))
    return found


def taken_back(said: Iterable[tuple[str, str]]) -> frozenset[int]:
    """Return the entries that were undone and not done again: they count no more.

    Args:
        said: what ``UNDONE`` and ``REDONE`` entries say, oldest first: the change, its details.
    """
    gone: set[int] = set()
    for what, details in said:
        for first, last in json.loads(details)["after"]["entries"]:
            entries = range(first, last + 1)
            if what == UNDONE:
                gone.update(entries)
            else:
                gone.difference_update(entries)
    return frozenset(gone)


def take_details(connection: Any, entries: Iterable[tuple[int, int]]) -> list[Details]:
    """Blank what these entries say, the salts too, and return it; see ``spans``.

    For an undo by which things go that were only just made: who they were about is in no row any
    more by which an erasure would find these details.
    """
    taken: list[Details] = []
    for span in entries:
        taken += connection.execute(
            "SELECT details, salt, id FROM journal WHERE id BETWEEN ? AND ?", span
        ).fetchall()
        connection.execute(
            "UPDATE journal SET details = NULL, salt = NULL WHERE id BETWEEN ? AND ?", span
        )
    return taken


def give_details(connection: Any, taken: Sequence[Details]) -> None:
    """Have entries say again what ``take_details`` blanked: their digests still fit."""
    connection.executemany("UPDATE journal SET details = ?, salt = ? WHERE id = ?", taken)


def undone(session: Session) -> frozenset[int]:
    """Return the entries that count no more; see ``taken_back``."""
    said = select(JournalEntry.what, JournalEntry.details).where(
        JournalEntry.what.in_((UNDONE, REDONE)), JournalEntry.details.is_not(None)
    )
    rows = session.execute(said.order_by(JournalEntry.id))
    return taken_back((what, details or "") for what, details in rows)


def blank_details(session: Session, subjects: Collection[str]) -> list[str]:
    """Blank the details of these subjects' entries, the salts too, and return whose there were.

    Without the salt, the digest that stays cannot be guessed back to a name. For
    ``Dossier.erase_details`` alone, which journals it.
    """
    blanked = session.scalars(
        update(JournalEntry)
        .where(JournalEntry.subject.in_(subjects), JournalEntry.details.is_not(None))
        .values(details=None, salt=None)
        .returning(JournalEntry.subject)
        # Or each call would look through every object of the session.
        .execution_options(synchronize_session=False)
    )
    return sorted(set(blanked))


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


def hash_of(connection: Any, entries: int) -> str | None:
    """Return the hash that the journal had after so many entries, by a raw connection; or None.

    Entries are numbered from 1 without a gap: none is ever deleted.
    """
    if entries == 0:
        return FIRST
    found = connection.execute("SELECT hash FROM journal WHERE id = ?", (entries,)).fetchone()
    return found[0] if found else None


def digest_said(session: Session, what: str, subject: str) -> str | None:
    """Return the SHA-256 that an entry keeps of a file; None without such an entry."""
    wanted = select(JournalEntry.id, JournalEntry.details).where(
        JournalEntry.what == what,
        JournalEntry.subject == subject,
        JournalEntry.details.is_not(None),
    )
    gone = undone(session)
    for entry, details in session.execute(wanted.order_by(JournalEntry.id.desc())):
        if entry not in gone:
            return json.loads(details or "{}")["after"].get("sha256")
    return None


def subject_of_digest(session: Session, what: str, digest: str) -> str | None:
    """Return the subject for which an entry of this change keeps a file's SHA-256, or None."""
    wanted = select(JournalEntry.id, JournalEntry.subject, JournalEntry.details).where(
        JournalEntry.what == what, JournalEntry.details.contains(digest)
    )
    gone = undone(session)
    for entry, subject, details in session.execute(wanted.order_by(JournalEntry.id.desc())):
        said = json.loads(details or "{}")["after"].get("sha256")
        if said == digest and entry not in gone:
            return subject
    return None


def stamp(session: Session) -> Stamp:
    """Return how far the journal has come."""
    last = session.scalar(select(JournalEntry.hash).order_by(JournalEntry.id.desc()).limit(1))
    return Stamp(length(session), last or FIRST)


def hash_at(session: Session, entries: int) -> str | None:
    """Return the hash that the journal had after so many entries; None if it never had as many."""
    if entries == 0:
        return FIRST
    return session.scalar(select(JournalEntry.hash).where(JournalEntry.id == entries))


def entries_after(session: Session, number: int, *, limit: int) -> Sequence[JournalEntry]:
    """Return the entries that follow that one, in their order: 0 for the first ones."""
    entries = select(JournalEntry).where(JournalEntry.id > number)
    return session.scalars(entries.order_by(JournalEntry.id).limit(limit)).all()


def broken_link(entries: Iterable[JournalEntry], *, previous: str = FIRST) -> int | None:
    """Walk a part of the chain and return the id of the first entry that does not fit, or None.

    Args:
        previous: the hash of the entry before them.
    """
    for entry in entries:
        if entry.previous != previous or entry.hash != _hash(entry):
            return entry.id
        if entry.details is not None and entry.details_digest != _digest(
            entry.salt or "", entry.details
        ):
            return entry.id
        previous = entry.hash
    return None


def unexplained_blanks(session: Session, undone: Collection[int]) -> list[int]:
    """Return the entries without details that no later entry says were erased, or undone.

    Args:
        undone: the entries that count no more.
    """
    blank = select(JournalEntry.id, JournalEntry.subject).where(JournalEntry.details.is_(None))
    waiting = [
        (entry_id, subject)
        for entry_id, subject in session.execute(blank)
        if entry_id not in undone
    ]
    if not waiting:
        return []
    erased: dict[str, int] = {}
    told = select(JournalEntry.id, JournalEntry.details).where(
        JournalEntry.what == ERASED, JournalEntry.details.is_not(None)
    )
    for entry_id, details in session.execute(told.order_by(JournalEntry.id)):
        erased |= dict.fromkeys(json.loads(details or "{}")["after"]["subjects"], entry_id)
    return [entry_id for entry_id, subject in waiting if entry_id > erased.get(subject, 0)]
