# SPDX-License-Identifier: GPL-3.0-or-later
"""The one SQLCipher connection: keyed, locked exclusively, and its errors put in words.

The only module that names ``sqlcipher3``.
"""

import os
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from egn_desktop.dossier.errors import (
    AlreadyOpenError,
    DamagedError,
    DiskFullError,
    MissingDossierError,
    NotADossierError,
    ReadOnlyPlaceError,
    WrongSecretError,
)
from egn_desktop.dossier.pages import Look, look

_READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN")
_UNREADABLE = ("SQLITE_NOTADB", "SQLITE_CORRUPT", "SQLITE_IOERR")
DatabaseError = (sqlcipher.Error, DBAPIError)


class ReadOnly(StrEnum):
    """Why an open dossier cannot be changed."""

    NEWER_VERSION = "newer_version"
    PLACE = "place"


def connect(path: Path, key: bytes, *, salt: bytes = b"", immutable: bool = False) -> Any:
    """Return a raw SQLCipher connection, keyed but not yet proven by a read.

    Args:
        path: the file; with a salt it is made at the first write.
        key: 32 bytes, used as they are: no key derivation, so opening is immediate.
        salt: 16 bytes for a new file; an existing one has its own.
        immutable: promise SQLite that nothing writes the file, so that it needs no lock.
    """
    mode = "immutable=1" if immutable else "mode=rwc" if salt else "mode=rw"
    connection = sqlcipher.connect(
        f"{path.resolve().as_uri()}?{mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    # A wrong key is told to the user by us; SQLCipher would also print it on stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    return connection


def salt_of(connection: Any) -> str:
    """Return the open file's salt, its first 16 bytes, in hexadecimal."""
    return connection.execute("PRAGMA cipher_salt").fetchone()[0]


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
    """Have every commit reach the disk, through a write-ahead log that needs no shared memory.

    The connection must not have read anything before ``lock``.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def lock(connection: Any) -> None:
    """Shut out every other process, from the first read on.

    From then on this process must not open the file by any other way: POSIX drops all locks of a
    process on a file as soon as it closes any one of its handles to it.
    """
    connection.execute("PRAGMA busy_timeout = 200")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")


def open_connection(path: Path, key: bytes) -> tuple[Any, ReadOnly | None]:
    """Return a connection proven by a read and a lock, and why it cannot write, if so.

    Raises:
        UserError: the file does not open; says why.
    """
    connection = connect(path, key)
    try:
        lock(connection)
        _prove(connection, path)
        set_up(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlcipher.Error as error:
        connection.close()
        if _is_read_only(error, path):
            return _open_to_read(path, key), ReadOnly.PLACE
        raise in_words(error, path, key) from error
    except NotADossierError:
        connection.close()
        raise
    return connection, None


def _open_to_read(path: Path, key: bytes) -> Any:
    connection = connect(path, key, immutable=True)
    try:
        _prove(connection, path)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlcipher.Error):
            raise in_words(error, path, key) from error
        raise
    return connection


def _is_read_only(error: Exception, path: Path) -> bool:
    """Tell a place that cannot be written, where SQLite may also just fail to take its lock."""
    is_writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    name = _name(error)
    return name.startswith(_READ_ONLY) or (name.startswith("SQLITE_IOERR") and not is_writable)


def _prove(connection: Any, path: Path) -> None:
    """Read something; an empty file opens with any key and would become a dossier at once."""
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise NotADossierError(path)


def in_words(error: Exception, path: Path, key: bytes | None = None) -> Exception:
    """Return the UserError that a database error means, or the error itself if it is a bug.

    Args:
        key: what the file was to be opened with; the pages tell whether the key or the file is
            wrong.
    """
    name = _name(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return AlreadyOpenError(path)
    if name.startswith("SQLITE_FULL"):
        return DiskFullError(path)
    if name.startswith(_READ_ONLY):
        return ReadOnlyPlaceError(path)
    if name.startswith(_UNREADABLE):
        if key is None:
            return DamagedError(path)
        return {
            Look.DAMAGED: DamagedError(path),
            Look.OTHER_KEY: WrongSecretError(path),
            Look.NOT_A_DOSSIER: NotADossierError(path),
        }[look(path, key)]
    return error


def in_words_while_open(error: Exception, path: Path) -> Exception:
    """Return the UserError that an error in an open file means, or the error itself if a bug.

    Once it has met a page that is not authentic, SQLCipher refuses all that follows as read-only.
    """
    name = _name(error)
    if name.startswith((*_UNREADABLE, *_READ_ONLY)):
        return DamagedError(path) if path.is_file() else MissingDossierError(path)
    return in_words(error, path)


def _name(error: Exception) -> str:
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(cause, "sqlite_errorname", ""))
