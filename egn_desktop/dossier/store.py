# SPDX-License-Identifier: GPL-3.0-or-later
"""The open dossier: one SQLCipher connection behind one lock.

The exclusive file lock shuts out a second connection, our own included, so everything goes through
one connection (``StaticPool``), and the lock is held for the whole of a transaction so that threads
cannot mix theirs.
"""

import getpass
import secrets
import threading
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from io import FileIO
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import journal, migrate
from egn_desktop.dossier.connection import (
    DatabaseError,
    ReadOnly,
    connect,
    engine_of,
    in_words,
    in_words_while_open,
    lock,
    open_connection,
    salt_of,
    set_up,
)
from egn_desktop.dossier.errors import (
    AlreadyExistsError,
    CannotCreateThereError,
    MissingDossierError,
    NewerVersionError,
    ReadOnlyPlaceError,
)
from egn_desktop.dossier.guard import hold
from egn_desktop.errors import UserError

KEY_BYTES = 32
SALT_BYTES = 16

Clock = Callable[[], datetime]
Listener = Callable[[frozenset[Changed]], None]


# The files that this process holds; see ``is_open_here``.
_held: set[Path] = set()


class Protection(StrEnum):
    """What opens the dossier."""

    RECOVERY_CODE = "recovery_code"
    PASSPHRASE = "passphrase"  # noqa: S105 - no password, a kind of one


def local_now() -> datetime:
    """Return this machine's time with its zone."""
    return datetime.now().astimezone()


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
        key: the 32 bytes that open it; with a recovery code, the secret that the code stands for.
        protection: whether ``key`` came of a recovery code or of a passphrase.
        writes: how many transactions since it was opened, or last backed up, have changed it.
    """

    def __init__(
        self,
        path: Path,
        connection: Any,
        *,
        key: bytes,
        clock: Clock,
        read_only: ReadOnly | None = None,
        guard: FileIO | None = None,
    ) -> None:
        self.path = path
        self.dossier_id = salt_of(connection)
        self.read_only = read_only
        self.clock = clock
        self.operator = getpass.getuser()
        self.key = key
        self.protection = Protection.RECOVERY_CODE
        self.writes = 0
        self._connection = connection
        self._lock = threading.RLock()
        self._session: Session | None = None
        self._pending: set[Changed] = set()
        self._listeners: list[Listener] = []
        self._engine = engine_of(connection, read_only=read_only is not None)
        self._guard = guard
        _held.add(path.resolve())

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
            CannotCreateThereError: the folder is missing or cannot be written.
            DiskFullError: there is no room.
        """
        if path.exists():
            raise AlreadyExistsError(path)
        connection = guard = None
        try:
            connection = connect(path, key, salt=salt or secrets.token_bytes(SALT_BYTES))
            lock(connection)
            set_up(connection)
            # The first page, and with it the salt, reaches the file before the migrations run.
            connection.execute("PRAGMA user_version = 0")
            connection.execute("CREATE TABLE _first_page (x)")
            connection.execute("DROP TABLE _first_page")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            guard = hold(path)
            dossier = cls(path, connection, key=key, clock=clock, guard=guard)
            migrate.to_latest(dossier.engine)
        except BaseException as error:
            if connection is not None:
                connection.close()
                if guard is not None:
                    guard.close()
                # What was begun would stand in the way of the next attempt.
                path.unlink(missing_ok=True)
            if isinstance(error, DatabaseError):
                told = in_words(error, path)
                if isinstance(told, ReadOnlyPlaceError):
                    told = CannotCreateThereError(path)
                raise told from error
            raise
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
        connection, read_only, guard = _open_alone(path, key)
        if migrate.is_newer(connection):
            connection.execute("PRAGMA query_only = ON")
            read_only = ReadOnly.NEWER_VERSION
        dossier = cls(path, connection, key=key, clock=clock, read_only=read_only, guard=guard)
        if migrate.is_behind(connection) and read_only is None:
            try:
                migrate.with_backup(dossier)
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
            if self._guard is not None:
                self._guard.close()
            _held.discard(self.path.resolve())

    def reopen(self, key: bytes) -> None:
        """Close the file and open it with another key, for a change of secret; hold ``locked``.

        Raises:
            WrongSecretError: that key does not open it; it is closed, and may be reopened.
        """
        self.close()
        self._connection, _, self._guard = _open_alone(self.path, key)
        self._engine = engine_of(self._connection, read_only=False)
        _held.add(self.path.resolve())
        self.key = key

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

    def announce(self, *changed: Changed) -> None:
        """Tell the listeners what changed."""
        for listener in self._listeners:
            listener(frozenset(changed))

    @contextmanager
    def write(self, *changed: Changed) -> Generator[Session]:
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
            self.writes += 1
        self.announce(*kinds)

    @contextmanager
    def read(self) -> Generator[Session]:
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
    def _transaction(self) -> Generator[Session]:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                self._session = session
                try:
                    yield session
                finally:
                    self._session = None
        except DatabaseError as error:
            raise in_words_while_open(error, self.path) from error

    def _refusal(self) -> UserError:
        if self.read_only is ReadOnly.NEWER_VERSION:
            return NewerVersionError(self.path)
        return ReadOnlyPlaceError(self.path)


def _open_alone(path: Path, key: bytes) -> tuple[Any, ReadOnly | None, FileIO | None]:
    """Open the connection within the guard that a file dialog cannot lose; see ``hold``."""
    guard = hold(path)
    try:
        return (*open_connection(path, key), guard)
    except BaseException:
        if guard is not None:
            guard.close()
        raise


def is_open_here(path: Path) -> bool:
    """Tell whether this very process has the file open: then not even its first bytes may be read.

    POSIX drops all locks of a process on a file when it closes any of its handles to it.
    """
    return path.resolve() in _held


def dossier_id(path: Path) -> str:
    """Return the id of a closed dossier: its salt, in hexadecimal.

    Of an open one, ask ``Dossier.dossier_id``: reading the file here would drop its lock.
    """
    with path.open("rb") as file:
        return file.read(SALT_BYTES).hex()
