# SPDX-License-Identifier: GPL-3.0-or-later
"""The open dossier: one SQLCipher connection behind one lock.

The only module that names ``sqlcipher3``. The exclusive file lock shuts out a second connection,
our own included, so everything goes through one connection (``StaticPool``), and the lock is held
for the whole of a transaction so that threads cannot mix theirs.
"""

import getpass
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Executable, Row, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlcipher3 import dbapi2 as sqlcipher

from egn_desktop.changes import Changed
from egn_desktop.dossier import journal, migrate
from egn_desktop.dossier.errors import (
    AlreadyExistsError,
    AlreadyOpenError,
    DamagedError,
    DiskFullError,
    MissingDossierError,
    NewerVersionError,
    NotADossierError,
    ReadOnlyPlaceError,
    WrongSecretError,
)
from egn_desktop.dossier.pages import Look, look
from egn_desktop.errors import UserError

KEY_BYTES = 32
SALT_BYTES = 16

Clock = Callable[[], datetime]
Listener = Callable[[frozenset[Changed]], None]


class ReadOnly(StrEnum):
    """Why an open dossier cannot be changed."""

    NEWER_VERSION = "newer_version"
    PLACE = "place"


def local_now() -> datetime:
    """Return this machine's time with its zone."""
    return datetime.now().astimezone()


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


class Dossier:
    """One open dossier.

    Made by ``Dossier.create`` or ``Dossier.open``; ``close`` leaves exactly one file.

    Attributes:
        path: the file.
        dossier_id: 32 hexadecimal characters, the file's own salt: it travels with the file and
            its backups, and names the secret in the keyring.
        read_only: why nothing can be changed, or None.
        clock: gives the time of every change; tests hand in their own.
        operator: who is at the keyboard, for the journal.
    """

    def __init__(
        self, path: Path, connection: Any, *, clock: Clock, read_only: ReadOnly | None
    ) -> None:
        self.path = path
        self.dossier_id = dossier_id(path)
        self.read_only = read_only
        self.clock = clock
        self.operator = getpass.getuser()
        self._connection = connection
        self._lock = threading.RLock()
        self._session: Session | None = None
        self._pending: set[Changed] = set()
        self._listeners: list[Listener] = []
        self._engine = create_engine(
            "sqlite://", creator=lambda: connection, module=sqlcipher, poolclass=StaticPool
        )
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

        def start(opened: Connection) -> None:
            opened.exec_driver_sql(begin)

        event.listen(self._engine, "begin", start)

    @classmethod
    def create(
        cls, path: Path, *, key: bytes, salt: bytes = b"", clock: Clock = local_now
    ) -> "Dossier":
        """Make a new dossier and open it.

        Args:
            key: 32 random bytes, or those derived from a passphrase and ``salt``.
            salt: 16 bytes; random when not given.

        Raises:
            AlreadyExistsError: the file is there already.
            ReadOnlyPlaceError: the folder cannot be written.
            DiskFullError: there is no room.
        """
        if path.exists():
            raise AlreadyExistsError(path)
        connection = None
        try:
            connection = connect(path, key, salt=salt or secrets.token_bytes(SALT_BYTES))
            _set_up(connection)
            # The first page, and with it the salt, reaches the file before the migrations run.
            connection.execute("PRAGMA user_version = 0")
            connection.execute("CREATE TABLE _first_page (x)")
            connection.execute("DROP TABLE _first_page")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            dossier = cls(path, connection, clock=clock, read_only=None)
            migrate.to_latest(dossier.engine, path)
        except (sqlcipher.Error, DBAPIError) as error:
            if connection is not None:
                connection.close()
            raise _in_words(error, path) from error
        return dossier

    @classmethod
    def open(cls, path: Path, *, key: bytes, clock: Clock = local_now) -> "Dossier":
        """Open an existing dossier, migrating it first if an older version made it.

        A dossier made by a newer version, or in a place that cannot be written, is opened to be
        read only; see ``read_only``.

        Raises:
            MissingDossierError, NotADossierError, WrongSecretError, DamagedError,
            AlreadyOpenError, DiskFullError: each says what it is.
        """
        if not path.is_file():
            raise MissingDossierError(path)
        connection, read_only = _open_connection(path, key)
        dossier = cls(path, connection, clock=clock, read_only=read_only)
        if read_only is None and migrate.is_behind(connection):
            try:
                migrate.with_backup(dossier, key)
            except BaseException:
                dossier.close()
                raise
        return dossier

    @property
    def engine(self) -> Any:
        """The SQLAlchemy engine, for the dossier package alone."""
        return self._engine

    @property
    def raw(self) -> Any:
        """The SQLCipher connection, for the dossier package alone; hold ``locked`` around it."""
        return self._connection

    @property
    def locked(self) -> threading.RLock:
        """The lock that every use of the connection holds."""
        return self._lock

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in, and one file is left."""
        with self._lock:
            self._engine.dispose()
            self._connection.close()

    def __enter__(self) -> "Dossier":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def now(self) -> datetime:
        """Return the time, with its zone."""
        return self.clock()

    def today(self) -> date:
        """Return the day."""
        return self.clock().date()

    def listen(self, listener: Listener) -> None:
        """Have ``listener`` told the kinds of thing changed, after each commit."""
        self._listeners.append(listener)

    @contextmanager
    def write(self, *changed: Changed) -> Iterator[Session]:
        """Hold one transaction; all of it is kept on leaving, or none of it on an exception.

        A use case called within another joins its transaction.

        Raises:
            NewerVersionError, ReadOnlyPlaceError: the dossier is open to be read only.
            DiskFullError: there was no room; nothing of the transaction was kept.
            DamagedError: a page could not be read.
        """
        if self.read_only:
            raise self._refusal()
        with self._lock:
            if self._session is not None:
                self._pending.update(changed)
                yield self._session
                return
            self._pending = set(changed)
            with self._transaction() as session:
                yield session
            kinds = frozenset(self._pending)
        for listener in self._listeners:
            listener(kinds)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Hold one reading transaction, joining the one under way if there is one."""
        with self._lock:
            if self._session is not None:
                yield self._session
                return
            with self._transaction() as session:
                yield session

    def rows(self, statement: Executable) -> Sequence[Row[Any]]:
        """Return the rows of one read-only statement: what lists are made of."""
        with self.read() as session:
            return session.execute(statement).all()

    def record(
        self,
        what: str,
        subject: str,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> None:
        """Journal a change within the write under way; see ``journal.record``."""
        if self._session is None:
            raise RuntimeError("a journal entry belongs in a write")
        journal.record(
            self._session,
            at=self.now(),
            who=self.operator,
            what=what,
            subject=subject,
            before=before,
            after=after,
        )

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                self._session = session
                try:
                    yield session
                finally:
                    self._session = None
        except DBAPIError as error:
            raise _in_words(error, self.path) from error

    def _refusal(self) -> UserError:
        if self.read_only is ReadOnly.NEWER_VERSION:
            return NewerVersionError(self.path)
        return ReadOnlyPlaceError(self.path)


def dossier_id(path: Path) -> str:
    """Return the id of a dossier file without opening it: its salt, in hexadecimal."""
    with path.open("rb") as file:
        return file.read(SALT_BYTES).hex()


def _set_up(connection: Any) -> None:
    connection.execute("PRAGMA busy_timeout = 200")
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _open_connection(path: Path, key: bytes) -> tuple[Any, ReadOnly | None]:
    connection: Any = None
    try:
        connection = connect(path, key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        _set_up(connection)
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
                raise _in_words(second, path, key) from second
            return connection, ReadOnly.PLACE
        raise _in_words(error, path, key) from error
    if migrate.is_newer(connection):
        connection.execute("PRAGMA query_only = ON")
        return connection, ReadOnly.NEWER_VERSION
    return connection, None


def _in_words(error: Exception, path: Path, key: bytes | None = None) -> Exception:
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
