# SPDX-License-Identifier: GPL-3.0-or-later
"""The one SQLCipher connection: keyed, locked exclusively, and its errors put in words.

The only module that names ``sqlcipher3``.
"""

from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from egn_desktop.dossier import migrate
from egn_desktop.dossier.errors import (
    AlreadyOpenError,
    DamagedError,
    DiskFullError,
    NotADossierError,
    ReadOnlyPlaceError,
    WrongSecretError,
)
from egn_desktop.dossier.pages import Look, look

DatabaseError = (sqlcipher.Error, DBAPIError)


class ReadOnly(StrEnum):
    """Why an open dossier cannot be changed."""

    NEWER_VERSION = "newer_version"
    PLACE = "place"


def connect(path: Path, key: bytes, *, salt: bytes = b"", immutable: bool = False) -> Any:
    """Return a raw SQLCipher connection, keyed but not yet proven by a read.

    Args:
        path: the file, made by SQLite at the first write if it does not exist.
        key: 32 bytes, used as they are: no key derivation, so opening is immediate.
        salt: 16 bytes for a new file; an existing one has its own.
        immutable: promise SQLite that nothing writes the file, so that it needs no lock.
    """
    mode = "immutable=1" if immutable else "mode=rwc"
    connection = sqlcipher.connect(
        f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    # A wrong key is told to the user by us; SQLCipher would also print it on stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    return connection


def engine_of(connection: Any, *, read_only: bool) -> Engine:
    """Return the engine whose every transaction runs on this one connection.

    A transaction that may write takes SQLite's write lock at once: with the driver's own deferred
    beginning, a failed migration would stay half applied.
    """
    engine = create_engine(
        "sqlite://", creator=lambda: connection, module=sqlcipher, poolclass=StaticPool
    )
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def start(opened: Connection) -> None:
        opened.exec_driver_sql(begin)

    event.listen(engine, "begin", start)
    return engine


def set_up(connection: Any) -> None:
    """Lock the file for this process alone, and have every commit reach the disk."""
    connection.execute("PRAGMA busy_timeout = 200")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def open_connection(path: Path, key: bytes) -> tuple[Any, ReadOnly | None]:
    """Return a connection proven by a read and a lock, and why it cannot write, if so.

    Raises:
        UserError: the file does not open; says why.
    """
    connection: Any = None
    try:
        connection = connect(path, key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        set_up(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlcipher.Error as error:
        if connection is not None:
            connection.close()
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            connection = connect(path, key, immutable=True)
            try:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            except sqlcipher.Error as second:
                connection.close()
                raise in_words(second, path, key) from second
            return connection, ReadOnly.PLACE
        raise in_words(error, path, key) from error
    if migrate.is_newer(connection):
        connection.execute("PRAGMA query_only = ON")
        return connection, ReadOnly.NEWER_VERSION
    return connection, None


def in_words(error: Exception, path: Path, key: bytes | None = None) -> Exception:
    """Return the UserError that a database error means, or the error itself if it is a bug."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return AlreadyOpenError(path)
    if name.startswith("SQLITE_FULL"):
        return DiskFullError(path)
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
        return ReadOnlyPlaceError(path)
    if name.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR")):
        if key is None:
            return DamagedError(path)
        return {
            Look.DAMAGED: DamagedError(path),
            Look.OTHER_KEY: WrongSecretError(path),
            Look.NOT_A_DOSSIER: NotADossierError(path),
        }[look(path, key)]
    return error
