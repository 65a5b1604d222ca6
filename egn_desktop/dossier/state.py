# SPDX-License-Identifier: GPL-3.0-or-later
"""The name of each state that the dossier passes through.

Two files of one dossier, or a file and the log that lies beside it, look alike: same key, same
salt. What tells them apart is the state that each is in. Every write gives the dossier a new name
drawn at random, and notes under which name the file alone stood when its present log began.
"""

import platform
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from egn_desktop.dossier import images, instants

# How many names are kept: years of a school's work, a few hundred kilobytes.
NAMES_KEPT = 10_000
# The dossier's own books; what they say of rows would only speak of themselves.
UNWATCHED = frozenset({"state", "writes", "touched", "journal"})
_TOKEN_BYTES = 8
# What each change of a row sets off, told once: the triggers of a table name only what is the
# table's own, since SQLite reads all of them whenever a dossier is opened. The past of the row is
# kept before it is noted as touched: who touched it last is kept with it. Deleted and inserted, not
# replaced: the statement that fires a trigger lends it its own conflict clause.
_NOTING = (
    """
    CREATE TEMP VIEW noting AS
        SELECT NULL AS table_name, NULL AS event, NULL AS row
    """,
    """
    CREATE TEMP TRIGGER note INSTEAD OF INSERT ON noting BEGIN
        SELECT keep_past(NEW.table_name, NEW.event, NEW.row, touched.number, touched.made)
            FROM (SELECT NULL) LEFT JOIN touched
            ON touched.table_name = NEW.table_name AND touched.row = NEW.row;
        DELETE FROM touched
            WHERE NEW.event = 'INSERT' AND table_name = NEW.table_name AND row = NEW.row;
        UPDATE touched
            SET number = (SELECT number FROM state), gone = NEW.event = 'DELETE'
            WHERE table_name = NEW.table_name AND row = NEW.row;
        INSERT INTO touched (table_name, row, number, gone, made)
            SELECT NEW.table_name, NEW.row, number, NEW.event = 'DELETE',
                CASE WHEN NEW.event = 'INSERT' THEN number END
            FROM state WHERE NOT EXISTS (
                SELECT 1 FROM touched WHERE table_name = NEW.table_name AND row = NEW.row
            );
    END
    """,
)
_WATCH = """
    CREATE TEMP TRIGGER "{table}_{event}" AFTER {event} ON main."{table}" BEGIN
        INSERT INTO noting VALUES ('{table}', '{event}', json_array({named}));
        SELECT keep_image({values});
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
        (begins_log, token, instants.written(at), platform.node()),
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
    return Standing(number, token, base, instants.read(at), computer)


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


def watch_rows(connection: Any, camera: images.Camera) -> None:
    """Note, from now on, which write last touched each row, and hand what it held to the camera.

    Triggers see what a mapper does not: bulk statements and cascades. They live in the connection,
    so that a new table needs no step of its own. On the file, ids alone are noted.
    """
    connection.create_function("keep_past", 5, camera.begin)
    connection.create_function("keep_image", -1, camera.take)
    # In one transaction: else each trigger has SQLite read its schema again.
    connection.execute("BEGIN")
    for statement in _NOTING:
        connection.execute(statement)
    for table in sorted(_tables(connection) - UNWATCHED):
        described = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        columns = [column[1] for column in described]
        key = [
            column[1]
            for column in sorted(described, key=lambda column_row: column_row[5])
            if column[5]
        ]
        if not key:
            continue  # every table of ours has one: this is not ours, and nothing writes to it
        camera.learn(table, columns, key)
        for event, named, values in (
            (images.INSERT, "NEW", _values("NEW", key)),
            (images.UPDATE, "NEW", f"{_values('OLD', columns)}, {_values('NEW', columns)}"),
            (images.DELETE, "OLD", _values("OLD", columns)),
        ):
            connection.execute(
                _WATCH.format(table=table, event=event, named=_values(named, key), values=values)
            )
    connection.execute("COMMIT")


def _values(row: str, columns: Sequence[str]) -> str:
    return ", ".join(f'{row}."{column}"' for column in columns)


def _tables(connection: Any) -> set[str]:
    rows = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {row[0] for row in rows.fetchall()}


def _new_token() -> str:
    return secrets.token_hex(_TOKEN_BYTES)
