# SPDX-License-Identifier: GPL-3.0-or-later
"""The one SQLCipher connection: keyed, locked exclusively, and its errors put in words.

The only module that names ``sqlcipher3``.
"""

import ctypes
import os
import time
from collections.abc import Callable, Collection, Generator
from contextlib import closing, contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import LRUCache
from sqlcipher3 import dbapi2 as sqlcipher

from egn_desktop import files
from egn_desktop.collation import class_key, fold, natural_key
from egn_desktop.dossier.errors import (
    AlreadyOpenError,
    DamagedError,
    DiskFullError,
    MissingDossierError,
    MovedError,
    NotADossierError,
    PlaceLostError,
    ReadOnlyPlaceError,
    WrongSecretError,
)
from egn_desktop.dossier.pages import Look, look
from egn_desktop.dossier.places import in_words as refused_by_place
from egn_desktop.dossier.places import is_full, is_shared, trouble, uri_of
from egn_desktop.errors import UserError

_READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN")
_UNREADABLE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")
_FAILED = "SQLITE_IOERR"
# A page that is not kept in memory is decrypted again at each reading, and SQLCipher keeps 8 MB.
# Memory is taken page by page: a small school's dossier never needs this much.
_CACHE_KIB = 65_536
# An antivirus or a sync client holds a file for a moment after it changed.
# How long another program may hold a file, and what a share may remember of one that is no more:
# beyond what Linux and Windows do as long as nobody has told them otherwise.
_HELD_S = 3.0
PATIENCE_S = 75.0
_BETWEEN_TRIES_S = 0.3
DatabaseError = (sqlcipher.Error, DBAPIError)
# Told why an opening lasts, in French.
Waiting = Callable[[str], object]

PAGES_A_STEP: Final = 128
"""A step holds the lock for some milliseconds: each page is deciphered and enciphered."""
MOST_PASSES: Final = 3


class ReadOnly(StrEnum):
    """Why an open dossier cannot be changed."""

    NEWER_VERSION = "newer_version"
    PLACE = "place"
    NO_BACKUP = "no_backup"


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
        uri_of(path, mode), uri=True, isolation_level=None, check_same_thread=False
    )
    # A wrong key is told to the user by us; SQLCipher would also print it on stderr.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    _teach(connection)
    return connection


def in_memory(connection: Any, key: bytes) -> Any:
    """Return a connection to a copy of an open file that is on no disk, with the same salt."""
    copy = sqlcipher.connect(":memory:", isolation_level=None, check_same_thread=False)
    copy.execute("PRAGMA cipher_log_level = NONE")
    copy.execute(f"PRAGMA key = \"x'{key.hex()}{salt_of(connection)}'\"")
    connection.backup(copy)
    _teach(copy)
    return copy


def _teach(connection: Any) -> None:
    """Have SQL know how a French reader compares words.

    As functions, which are called once a row: a collation is called for each comparison of two.
    None stands for an empty text, so that it can be put last.
    """

    def taught(compare: Callable[[str], str]) -> Callable[[str | None], str | None]:
        return lambda text: (compare(text) or None) if text else None

    for name, compare in (("words_order", natural_key), ("class_order", class_key)):
        connection.create_function(name, 1, taught(compare), deterministic=True)
    connection.create_function("folded", 1, fold, deterministic=True)


def salt_of(connection: Any) -> str:
    """Return the open file's salt, its first 16 bytes, in hexadecimal."""
    return connection.execute("PRAGMA cipher_salt").fetchone()[0]


# Compiling a statement takes longer than running it. What the engine of one dossier compiled, that
# of the next finds here: its backup that is checked, its copy that is compared, itself unlocked.
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


@cache
def _dialect() -> Dialect:
    """Return the dialect that all engines share: a compiled statement belongs to one."""
    engine = create_engine("sqlite://", module=sqlcipher, poolclass=StaticPool)
    with engine.connect():
        # The first connection tells it what this SQLite can do.
        pass
    engine.dispose()
    return engine.dialect


def engine_of(connection: Any, *, read_only: bool) -> Engine:
    """Return the engine whose every transaction runs on this one connection.

    A transaction that may write takes SQLite's write lock at once: with the driver's own deferred
    beginning, a failed migration would stay half applied.
    """
    engine = create_engine(
        "sqlite://",
        creator=lambda: connection,
        module=sqlcipher,
        poolclass=StaticPool,
        execution_options={"compiled_cache": _COMPILED},
    )
    engine.dialect = _dialect()
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
    # The log is folded in by ``Dossier.fold`` alone, which knows what the next log begins on.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    _keep_pages(connection)


def lock(connection: Any) -> None:
    """Shut out every other process, from the first read on.

    From then on this process must not open the file by any other way: POSIX drops all locks of a
    process on a file as soon as it closes any one of its handles to it.
    """
    connection.execute("PRAGMA busy_timeout = 200")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")


def open_connection(
    path: Path, key: bytes, *, waiting: Waiting = lambda _: None
) -> tuple[Any, ReadOnly | None]:
    """Return a connection proven by a read and a lock, and why it cannot write, if so.

    The log beside the file must be this file's own; see ``log``. What may do so in a moment is
    tried again: other programs of Windows hold a file, and a share remembers what is no more.

    Args:
        waiting: see ``Dossier.open``.

    Raises:
        UserError: the file does not open; says why.
    """
    begun = time.monotonic()
    while True:
        try:
            return _open_to_write(path, key), None
        except sqlcipher.Error as error:
            if not error_name(error).startswith((*_READ_ONLY, _FAILED)):
                raise in_words(error, path, key) from error
            left = begun + _patience_s(path) - time.monotonic()
            if left <= 0 or not _takes_writes(path):
                return open_to_read(path, key), ReadOnly.PLACE
            waiting(
                "Ce fichier ne se laisse pas encore écrire\u202f: nouvel essai, "
                f"pendant {left:.0f} s au plus."
            )
            time.sleep(_BETWEEN_TRIES_S)


def open_to_read(path: Path, key: bytes) -> Any:
    """Return a connection that can only read, takes no lock, and does not see the log."""
    connection = connect(path, key, immutable=True)
    try:
        _prove(connection, path)
        _keep_pages(connection)
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlcipher.Error):
            raise in_words(error, path, key) from error
        raise
    return connection


def abandon(connection: Any) -> None:
    """Let a connection go without closing it, so that not one byte of its file is touched again.

    SQLite folds the log in and removes it when it closes; on a file that another computer has
    taken over, that would destroy the other's work. A reference that is never given back keeps
    Python from closing it, even at its own end.
    """
    ctypes.pythonapi.Py_IncRef(ctypes.py_object(connection))


def _open_to_write(path: Path, key: bytes) -> Any:
    connection = connect(path, key)
    try:
        lock(connection)
        _prove(connection, path)
        set_up(connection)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except BaseException:
        connection.close()
        raise
    return connection


def _patience_s(path: Path) -> float:
    if is_shared(path):
        return PATIENCE_S
    return _HELD_S if os.name == "nt" else 0.0


def _takes_writes(path: Path) -> bool:
    """Tell whether a file and its place may be written, although SQLite could not."""
    return trouble(path) is None and os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _keep_pages(connection: Any) -> None:
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _prove(connection: Any, path: Path) -> None:
    """Read something; an empty file opens with any key and would become a dossier at once."""
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise NotADossierError(path)


@contextmanager
def new_copy(target: Path, key: bytes, *, salt: bytes) -> Generator[Any]:
    """Give a connection to a new file to ``pour`` into; left alone, it is one file.

    It is to be flushed to the disk by whoever gives it its name, as ``files.whole`` does.

    Raises:
        DatabaseError: the place refuses.
    """
    with closing(connect(target, key, salt=salt)) as copy:
        # The last step would encrypt and flush all that the others left in memory, in one go, and
        # who waits for the source would wait for that.
        copy.execute(f"PRAGMA cache_size = {PAGES_A_STEP}")
        copy.execute("PRAGMA synchronous = OFF")
        yield copy
        # The copied header says WAL; a backup is read without a side file.
        copy.execute("PRAGMA journal_mode = DELETE")


def pour(source: Any, copy: Any, *, between: Callable[[], None] = lambda: None) -> None:
    """Write what an open connection holds into a new file, whose key may be another.

    Args:
        between: called between two steps, for as many as ``MOST_PASSES`` passes take: what is
            rolled back meanwhile has SQLite begin again.

    Raises:
        DatabaseError: a page could not be read, or the place refuses.
    """
    steps = 0

    def stepped(_status: int, remaining: int, total: int) -> None:
        nonlocal steps
        steps += 1
        if remaining and steps * PAGES_A_STEP <= MOST_PASSES * total:
            between()

    source.backup(copy, pages=PAGES_A_STEP, progress=stepped)


def copy_whole(connection: Any, key: bytes, dossier_id: str, target: Path) -> None:
    """Write all that an open connection sees to a new file, proven before it takes its name."""
    try:
        with files.whole(target) as part:
            with new_copy(part, key, salt=bytes.fromhex(dossier_id)) as copy:
                pour(connection, copy)
            with closing(connect(part, key, immutable=True)) as copy:
                if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                    raise DamagedError(target, dossier_id)
    except DatabaseError as error:
        raise in_words(error, target) from error
    except OSError as error:
        raise refused_by_place(error, target) from error


def in_words(
    error: Exception, path: Path, key: bytes | None = None, ids: Collection[str] = ()
) -> Exception:
    """Return the UserError that a database error means, or the error itself if it is a bug.

    Args:
        key: what the file was to be opened with; the pages tell whether the key or the file is
            wrong.
        ids: the dossiers that the file may be, should its own first bytes be damaged.
    """
    name = error_name(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return AlreadyOpenError(path)
    if is_full(error):
        return DiskFullError(path)
    if name.startswith(_READ_ONLY):
        return trouble(path) or ReadOnlyPlaceError(path)
    if name.startswith(_FAILED):
        return trouble(path) or PlaceLostError(path)
    if name.startswith(_UNREADABLE):
        return DamagedError(path) if key is None else unreadable(path, key, ids)
    return error


def unreadable(path: Path, key: bytes, ids: Collection[str] = ()) -> UserError:
    """Return why a closed file is no database to SQLite: the key, the file, or something else."""
    found, dossier_id = look(path, key, ids)
    if found is Look.DAMAGED:
        return DamagedError(path, dossier_id)
    return WrongSecretError(path) if found is Look.OTHER_KEY else NotADossierError(path)


def in_words_while_open(error: Exception, path: Path, dossier_id: str | None = None) -> Exception:
    """Return the UserError that an error in an open file means, or the error itself if a bug.

    Once it has met a page that is not authentic, SQLCipher refuses all that follows as read-only.
    """
    name = error_name(error)
    if name.startswith((*_UNREADABLE, *_READ_ONLY)):
        told = trouble(path) or DamagedError(path, dossier_id)
    else:
        told = in_words(error, path)
    return MovedError(path) if isinstance(told, MissingDossierError) else told


def error_name(error: Exception) -> str:
    """Return SQLite's own name of a database error, or nothing."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(cause, "sqlite_errorname", ""))
