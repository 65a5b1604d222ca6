# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring an older dossier to this version's schema, by numbered steps, all of them or none."""

import importlib
import pkgutil
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine

from egn_desktop.dossier import backup, migrations, state
from egn_desktop.dossier.connection import (
    DatabaseError,
    engine_of,
    in_memory,
    in_words_while_open,
)
from egn_desktop.dossier.errors import DamagedError, DiskFullError, MigrationFailedError
from egn_desktop.dossier.places import is_full

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier


def steps() -> list[tuple[int, str]]:
    """Return the numbers and module names of all steps, in order, importing none."""
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))
    return [(int(name.split("_")[0]), name) for name in names]


def latest() -> int:
    """Return the schema number of this version."""
    return steps()[-1][0]


def is_behind(connection: Any) -> bool:
    """Tell whether an older version made this file."""
    return _version(connection) < latest()


def is_newer(connection: Any) -> bool:
    """Tell whether a newer version made this file."""
    return _version(connection) > latest()


def with_backup(dossier: "Dossier", *, begins_log: bool) -> None:
    """Back the dossier up, then migrate it.

    Args:
        begins_log: whether the file's log is empty; see ``state.stamp``.

    Raises:
        BackupFailedError: nothing was attempted without a verified backup.
        MigrationFailedError, DiskFullError: the file is as it was.
    """
    backup.back_up(dossier, backup.Reason.MIGRATION)
    try:
        to_latest(dossier.engine, begins_log=begins_log, at=dossier.now())
    except Exception as error:
        if is_full(error):
            raise DiskFullError(dossier.path) from error
        raise MigrationFailedError(dossier.path) from error


def to_read(dossier: "Dossier") -> Any:
    """Return a connection to a copy of an older dossier, migrated in memory alone.

    For when the file itself may not be changed; what is asked of it is asked of today's schema.

    Raises:
        DamagedError: the file cannot be read to its end.
        MigrationFailedError: the copy could not be brought to it.
    """
    try:
        with dossier.locked:
            copy = in_memory(dossier.raw, dossier.key)
        # SQLCipher copies a page that is not authentic, and all that follow, as noughts.
        is_whole = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except DatabaseError as error:
        raise in_words_while_open(error, dossier.path, dossier.dossier_id) from error
    if not is_whole:
        raise DamagedError(dossier.path, dossier.dossier_id)
    try:
        to_latest(engine_of(copy, read_only=False), begins_log=False, at=dossier.now())
    except Exception as error:
        copy.close()
        raise MigrationFailedError(dossier.path, backed_up=False) from error
    return copy


def to_latest(engine: Engine, *, begins_log: bool, at: datetime) -> None:
    """Run every step that is due, then check the whole, in one transaction.

    Args:
        begins_log: whether the file's log is empty; see ``state.stamp``.
        at: the time of this write.

    Raises:
        Exception: whatever a step or a check raised; nothing of it was kept.
    """
    with engine.connect() as connection:
        # Rebuilding a table drops it first, which would delete the rows that refer to it. SQLite
        # ignores this pragma within a transaction.
        _outside_transaction(connection, "PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                raw = connection.connection.dbapi_connection
                _run_due_steps(connection)
                state.stamp(raw, begins_log=begins_log, at=at)
                _check(connection)
        finally:
            _outside_transaction(connection, "PRAGMA foreign_keys = ON")


def _run_due_steps(connection: Connection) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    for number, name in steps():
        if number > version:
            step = importlib.import_module(f"{migrations.__name__}.{name}")
            step.upgrade(Operations(MigrationContext.configure(connection)))
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def _check(connection: Connection) -> None:
    """Raise if the steps left something that does not hold together."""
    if connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() != "ok":
        raise ValueError("the migrated file fails its integrity check")
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if orphans:
        raise ValueError(f"rows without what they refer to: {orphans[:3]}")


def _outside_transaction(connection: Connection, statement: str) -> None:
    raw = connection.connection.dbapi_connection
    assert raw is not None  # noqa: S101 - for the type checker: the one connection is open
    raw.execute(statement)


def _version(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
