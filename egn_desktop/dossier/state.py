# SPDX-License-Identifier: GPL-3.0-or-later
"""The name of each state that the dossier passes through.

Two files of one dossier, or a file and the log that lies beside it, look alike: same key, same
salt. What tells them apart is the state that each is in. Every write gives the dossier a new name
drawn at random, and notes under which name the file alone stood when its present log began.
"""

import platform
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

# How many names are kept: years of a school's work, a few hundred kilobytes.
NAMES_KEPT = 10_000
# The dossier's own books; what they say of rows would only speak of themselves.
UNWATCHED = frozenset({"state", "writes", "touched", "journal"})
_TOKEN_BYTES = 8
# Deleted and inserted, not replaced: the statement that fires a trigger lends it its own conflict
# clause.
_MADE = """
    CREATE TEMP TRIGGER "{table}_INSERT" AFTER INSERT ON main."{table}" BEGIN
        DELETE FROM touched WHERE table_name = '{table}' AND row = json_array({new});
        INSERT INTO touched (table_name, row, number, gone, made)
            SELECT '{table}', json_array({new}), number, 0, number FROM state;
    END
"""
_CHANGED = """
    CREATE TEMP TRIGGER "{table}_{event}" AFTER {event} ON main."{table}" BEGIN
        UPDATE touched SET number = (SELECT number FROM state), gone = {gone}
            WHERE table_name = '{table}' AND row = json_array({named});
        INSERT INTO touched (table_name, row, number, gone, made)
            SELECT '{table}', json_array({named}), number, {gone}, NULL FROM state
            WHERE NOT EXISTS (
                SELECT 1 FROM touched WHERE table_name = '{table}' AND row = json_array({named})
            );
    END
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a file stands.

    Attributes:
        number: how many writes the dossier has seen since it was made.
        token: the name of the state, 16 hexadecimal characters.
        base: the name of the state that the file alone was in when its log began; empty when the
            dossier was made in this log.
        at: when the last write was made.
        computer: the name of the computer that made it.
    """

    number: int
    token: str
    base: str
    at: datetime
    computer: str


def stamp(connection: Any, *, begins_log: bool, at: datetime) -> str:
    """Name the state that the write under way leads to, and return the name.

    Args:
        connection: the raw connection, within a transaction.
        begins_log: whether the file alone holds the state that this write starts from.
    """
    token = _new_token()
    connection.execute(
        "UPDATE state SET number = number + 1, base = CASE WHEN ? THEN token ELSE base END, "
        "token = ?, at = ?, computer = ?",
        (begins_log, token, _text(at), platform.node()),
    )
    connection.execute("INSERT OR REPLACE INTO writes SELECT number, token FROM state")
    connection.execute(
        "DELETE FROM writes WHERE number <= (SELECT number FROM state) - ?", (NAMES_KEPT,)
    )
    return token


def standing(connection: Any) -> Standing | None:
    """Return where a file stands, or None when it was made before states had names."""
    if not _tables(connection) & {"state"}:
        return None
    row = connection.execute("SELECT number, token, base, at, computer FROM state").fetchone()
    if row is None:
        return None
    number, token, base, at, computer = row
    return Standing(number, token, base, datetime.fromisoformat(at).astimezone(), computer)


def token_at(connection: Any, number: int) -> str | None:
    """Return the name that the state had after that many writes, or None if it is not kept."""
    row = connection.execute("SELECT token FROM writes WHERE number = ?", (number,)).fetchone()
    return None if row is None else row[0]


def has_passed(connection: Any, token: str) -> bool:
    """Tell whether a file has passed through the state of that name, or is in it."""
    if not _tables(connection) & {"writes"}:
        return False
    found = connection.execute("SELECT 1 FROM writes WHERE token = ?", (token,))
    return found.fetchone() is not None


def watch_rows(connection: Any) -> None:
    """Note, from now on, which write last touched each row; ids alone are noted.

    Triggers see what a mapper does not: bulk statements and cascades. They live in the connection,
    so that a new table needs no step of its own.
    """
    for table in sorted(_tables(connection) - UNWATCHED):
        columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = [column[1] for column in sorted(columns, key=lambda one: one[5]) if column[5]]
        new, old = (", ".join(f'{row}."{key}"' for key in keys) for row in ("NEW", "OLD"))
        connection.execute(_MADE.format(table=table, new=new))
        for event, named, gone in (("UPDATE", new, 0), ("DELETE", old, 1)):
            connection.execute(_CHANGED.format(table=table, event=event, named=named, gone=gone))


def _tables(connection: Any) -> set[str]:
    rows = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {row[0] for row in rows.fetchall()}


def _new_token() -> str:
    return secrets.token_hex(_TOKEN_BYTES)


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
