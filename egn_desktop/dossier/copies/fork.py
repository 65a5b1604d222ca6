# SPDX-License-Identifier: GPL-3.0-or-later
"""Where two copies of a dossier part, and what a dossier remembers of those it was joined with."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from egn_desktop.dossier.copies.book import Book

# Kept in ``meta``, one a joining, by the name of the state that the other copy was in.
_JOINED = "joined:"
# Backups of the other copy are known again by the states that it passed through.
_PASSED_KEPT = 2_000

Renamed = Mapping[str, Mapping[int, int | None]]
"""By table, the ids of the other copy that mean another id here; None: the row was not taken."""


@dataclass(frozen=True, slots=True)
class Fork:
    """The last state that two copies have in common, by the number that each gives it.

    Attributes:
        since: the write of the other copy after which its changes are not known here; earlier than
            the state in common when this copy was joined into the other already.
        passed_over: the write by which the other copy took this one's changes over, if any.
        is_joined: whether this copy took the other's changes over.
    """

    here: int
    there: int
    since: int
    passed_over: int = 0
    renamed: Renamed = field(default_factory=dict[str, Mapping[int, int | None]])
    is_joined: bool = False


def find(here: Book, there: Book) -> Fork | None:
    """Return where two copies part; None when neither remembers it."""
    mine, theirs = _writes(here), _writes(there)
    forks = [
        Fork(number, number, number)
        for number, token in mine.items()
        if theirs.get(number) == token
    ]
    found = [max(forks, key=lambda fork: fork.here)] if forks else []
    for joining in joinings(here):
        seen = [
            number for token, number in joining["passed"].items() if theirs.get(number) == token
        ]
        if seen:
            number = max(seen)
            known = _numbers(joining["renamed"])
            found.append(Fork(joining["here"], number, number, renamed=known, is_joined=True))
    for joining in joinings(there):
        seen = [number for token, number in joining["passed"].items() if mine.get(number) == token]
        if seen:
            turned = _turned(_numbers(joining["renamed"]))
            found.append(
                Fork(max(seen), joining["here"], joining["since"], joining["here"], turned)
            )
    return max(found, key=lambda fork: fork.here + fork.there, default=None)


def joinings(book: Book) -> list[dict[str, Any]]:
    """Return what a copy remembers of those that it was joined with."""
    rows = book.ask("SELECT value FROM meta WHERE key LIKE ?", f"{_JOINED}%")
    return [json.loads(value) for (value,) in rows]


def remember(
    connection: Any, there: Book, fork: Fork | None, *, number: int, renamed: Renamed
) -> None:
    """Note in this dossier that it holds what was wanted of the other copy.

    Args:
        connection: the raw connection, within the write that joins.
        number: that of this dossier's state after the joining.
        renamed: all ids of the other copy that mean another id here, those of earlier joinings too.
    """
    standing = there.standing
    if standing is None:
        return
    since = fork.there if fork else 0
    passed = {token: at for at, token in _writes(there).items() if at >= since}
    passed = dict(sorted(passed.items(), key=lambda item: item[1])[-_PASSED_KEPT:])
    told = {
        "number": standing.number,
        "here": number,
        "since": fork.here if fork else 0,
        "computer": standing.computer,
        "passed": passed,
        "renamed": renamed,
    }
    connection.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)",
        (f"{_JOINED}{standing.token}", json.dumps(told, sort_keys=True)),
    )


def _writes(book: Book) -> dict[int, str]:
    return dict(book.ask("SELECT number, token FROM writes"))


def _numbers(renamed: Mapping[str, Mapping[str, int | None]]) -> Renamed:
    return {table: {int(a): b for a, b in ids.items()} for table, ids in renamed.items()}


def _turned(renamed: Renamed) -> Renamed:
    """Return the same ids read the other way; what was not taken has none."""
    turned: dict[str, dict[int, int | None]] = {}
    for table, ids in renamed.items():
        turned[table] = {b: a for a, b in ids.items() if b is not None}
        # Its id is another row's here, unless that row is named above.
        for a in ids:
            turned[table].setdefault(a, None)
    return turned
