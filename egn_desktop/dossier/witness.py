# SPDX-License-Identifier: GPL-3.0-or-later
"""Hold an open dossier against what this computer remembers of it, and remember it anew."""

from pathlib import Path
from typing import Any

from egn_desktop.dossier import journal, memory, state
from egn_desktop.dossier.errors import JournalCutNotice, OlderThanSeenNotice, PartedNotice
from egn_desktop.errors import UserError


def compare(connection: Any, path: Path, dossier_id: str) -> list[UserError]:
    """Notice a file older than the one last seen here, one that went another way, a cut journal.

    Raises:
        DatabaseError: a page of the dossier's own books is damaged.
    """
    seen = memory.recall(dossier_id)
    present = state.standing(connection)
    if seen is None or present is None:
        return []
    if present.number < seen.number:
        if memory.place_of(path) not in seen.places:
            return []
        missing = seen.number - present.number
        return [OlderThanSeenNotice(path, missing=missing, at=present.at, seen=seen.at)]
    if state.token_at(connection, seen.number) not in (seen.token, None):
        return [PartedNotice(path, at=present.at, seen=seen.at)]
    if _is_cut(connection, seen):
        return [JournalCutNotice(path, entries=seen.entries, seen=seen.at)]
    return []


def note(connection: Any, path: Path, dossier_id: str) -> str:
    """Remember where the dossier stands, and return the name of that state, empty if it has none.

    Raises:
        DatabaseError: a page of the dossier's own books is damaged.
    """
    present = state.standing(connection)
    if present is None:
        return ""
    seen = memory.recall(dossier_id)
    entries, head = journal.extent(connection)
    if seen is not None and _is_cut(connection, seen):
        # What was seen stays the witness, or looking once would be all that is needed.
        entries, head = seen.entries, seen.head
    memory.keep(
        dossier_id,
        memory.Memory(
            places=memory.with_place(seen.places if seen else [], path),
            number=present.number,
            token=present.token,
            entries=entries,
            head=head,
            at=present.at,
            aside=seen.aside if seen else {},
        ),
    )
    return present.token


def _is_cut(connection: Any, seen: memory.Memory) -> bool:
    """Tell a journal that lost or changed entries in a file that went on from what was seen."""
    if state.token_at(connection, seen.number) != seen.token:
        return False
    return journal.hash_of(connection, seen.entries) != seen.head
