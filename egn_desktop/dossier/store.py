# SPDX-License-Identifier: GPL-3.0-or-later
"""The open dossier: one SQLCipher connection behind one lock.

The exclusive file lock shuts out a second connection, our own included, so everything goes through
one connection (``StaticPool``), and the lock is held for the whole of a transaction so that threads
cannot mix theirs.
"""

import getpass
import secrets
import stat
import threading
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import date, datetime
from enum import StrEnum
from io import FileIO
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import journal, log, memory, migrate, state
from egn_desktop.dossier.connection import (
    DatabaseError,
    ReadOnly,
    abandon,
    connect,
    engine_of,
    in_words,
    in_words_while_open,
    lock,
    open_connection,
    open_to_read,
    salt_of,
    set_up,
    unreadable,
)
from egn_desktop.dossier.errors import (
    AlreadyExistsError,
    CannotCreateThereError,
    ChangesLostNotice,
    DamagedError,
    LogSetAsideNotice,
    MissingDossierError,
    MovedError,
    NewerVersionError,
    NoRoomForTrialError,
    NotADossierError,
    OlderThanSeenNotice,
    PartedNotice,
    PlaceLostError,
    ReadOnlyPlaceError,
    ReplacedError,
    TakenOverError,
    WrongSecretError,
)
from egn_desktop.dossier.places import in_words as place_in_words
from egn_desktop.dossier.places import is_full, refuse_bad_name
from egn_desktop.dossier.presence import Presence
from egn_desktop.errors import UserError

KEY_BYTES = 32
SALT_BYTES = 16
# A copy of the open file is at most that old, and the time of one look more; see ``upkeep``.
IDLE_SECONDS = 10.0
# A long import is folded in at once: the trial of a log that was left costs its size.
LARGE_LOG = 4 << 20

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
        presence: Presence,
        read_only: ReadOnly | None = None,
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
        self._presence = presence
        self._remarks: list[UserError] = []
        self._shown_copy = ExitStack()
        self._is_open = True
        self._is_log_empty = True
        self._last_write = time.monotonic()
        _held.add(path.resolve())
        presence.watch()

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
        refuse_bad_name(path)
        if path.exists():
            raise AlreadyExistsError(path)
        connection = presence = None
        try:
            connection = connect(path, key, salt=salt or secrets.token_bytes(SALT_BYTES))
            lock(connection)
            set_up(connection)
            # The first page, and with it the salt, reaches the file before the migrations run.
            connection.execute("PRAGMA user_version = 0")
            connection.execute("CREATE TABLE _first_page (x)")
            connection.execute("DROP TABLE _first_page")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            presence = Presence.claim(path, take_over=True)
            dossier = cls(path, connection, key=key, clock=clock, presence=presence)
            migrate.to_latest(dossier.engine, at=dossier.now())
            dossier._begin()
        except BaseException as error:
            if connection is not None:
                connection.close()
                if presence is not None:
                    presence.release()
                # What was begun would stand in the way of the next attempt.
                path.unlink(missing_ok=True)
            if isinstance(error, DatabaseError):
                told = in_words(error, path)
                if isinstance(told, ReadOnlyPlaceError | MissingDossierError):
                    told = CannotCreateThereError(path)
                raise told from error
            raise
        return dossier

    @classmethod
    def open(
        cls, path: Path, *, key: bytes, clock: Clock = local_now, take_over: bool = False
    ) -> "Dossier":
        """Open an existing dossier, migrating it first if an older version made it.

        A dossier made by a newer version, or in a place that cannot be written, is opened to be
        read only; see ``read_only``. What the user should know of the opening is in ``remarks``.

        Args:
            take_over: the user has said that the other computer, whose mark is beside the file,
                does not use it any more.

        Raises:
            MissingDossierError, NotADossierError, WrongSecretError, DamagedError,
            AlreadyOpenError, OpenElsewhereError, DiskFullError, PlaceLostError: each says what it
            is, and nothing was written.
        """
        refuse_missing(path)
        presence = Presence.claim(path, take_over=take_over)
        shown_copy = ExitStack()
        try:
            remarks: list[UserError] = []
            connection, read_only = _open_with_log(path, key, clock, shown_copy, remarks)
        except BaseException:
            shown_copy.close()
            presence.release()
            raise
        if migrate.is_newer(connection):
            connection.execute("PRAGMA query_only = ON")
            read_only = ReadOnly.NEWER_VERSION
        dossier = cls(
            path, connection, key=key, clock=clock, presence=presence, read_only=read_only
        )
        dossier._shown_copy = shown_copy
        dossier._remarks = remarks
        try:
            if read_only is None:
                # Whatever log was left is this file's own, as its trial has shown.
                dossier._is_log_empty = False
                dossier.fold()
                if migrate.is_behind(connection):
                    migrate.with_backup(dossier)
            dossier._begin()
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

    @property
    def remarks(self) -> Sequence[UserError]:
        """What the user should be told of the opening, once: a log set aside, an older file."""
        return tuple(self._remarks)

    @property
    def handle(self) -> FileIO | None:
        """A handle to the open file that may be read without losing a lock, if there is one."""
        return self._presence.handle

    def state(self) -> state.Standing | None:
        """Return where the dossier stands, or None when a version before 0002 made it."""
        with self._lock:
            return state.standing(self._connection)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in, and one file is left."""
        with self._lock:
            if not self._is_open:
                return
            self.fold()
            self._engine.dispose()
            self._let_go()
            self._presence.release()
            self._shown_copy.close()
            self._is_open = False
            _held.discard(self.path.resolve())

    def reopen(self, key: bytes) -> None:
        """Close the file and open it with another key, for a change of secret; hold ``locked``.

        Raises:
            WrongSecretError: that key does not open it; it is closed, and may be reopened.
        """
        self.close()
        self._presence = Presence.claim(self.path)
        try:
            self._connection, _ = open_connection(self.path, key)
        except BaseException:
            self._presence.release()
            raise
        self._engine = engine_of(self._connection, read_only=False)
        self._presence.watch()
        self._is_open = True
        _held.add(self.path.resolve())
        self.key = key
        self._begin()

    def fold(self) -> bool:
        """Fold the write-ahead log into the file, and tell whether the file alone holds all.

        It is not tried within a transaction, nor where the file is no longer this process's own:
        what another computer writes there must not be written over.
        """
        with self._lock:
            if self._is_log_empty or self.read_only:
                return True
            if self._session is not None:
                return False
            try:
                self._presence.check()
            except (MovedError, ReplacedError):
                pass  # the open file is still ours, whatever it is called now
            except UserError:
                return False
            try:
                busy = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
                self._is_log_empty = not busy
                self._remember()
            except DatabaseError:
                return False
            return self._is_log_empty

    def upkeep(self) -> None:
        """Do what is due while nobody writes: call it every few seconds, off the window's thread.

        The log is folded in once nothing was written for ``IDLE_SECONDS``; the mark for other
        computers is renewed; the file is looked at.

        Raises:
            MovedError, ReplacedError, TakenOverError, PlaceLostError: the file can no longer be
                used; ``move_to`` offers its content another place.
        """
        if self.read_only:
            return
        if time.monotonic() - self._last_write >= IDLE_SECONDS:
            self.fold()
        self._presence.check()
        self._presence.renew_if_due()

    def move_to(self, target: Path) -> None:
        """Go on in another place: copy all that the dossier holds there, and use that file.

        The file that was open is left as it is; what it is now called, or who uses it, does not
        matter.

        Raises:
            AlreadyExistsError: a file never replaces another.
            PlaceLostError: the content cannot be read from the lost place either.
            UserError: the new place refuses it; says why. The dossier stays where it was.
        """
        refuse_bad_name(target)
        if target.exists():
            raise AlreadyExistsError(target)
        with self._lock:
            self.fold()
            _copy_whole(self._connection, self.key, self.dossier_id, target)
            presence = Presence.claim(target)
            try:
                connection, read_only = open_connection(target, self.key)
            except BaseException:
                presence.release()
                raise
            self._engine.dispose()
            self._let_go()
            self._presence.release()
            _held.discard(self.path.resolve())
            self.path, self._connection, self._presence = target, connection, presence
            self.read_only = read_only
            self._engine = engine_of(connection, read_only=read_only is not None)
            self._is_log_empty = True
            _held.add(target.resolve())
            presence.watch()
            self._begin()

    def _begin(self) -> None:
        """Start noting what changes, and remember where the dossier stands."""
        if self.read_only:
            return
        state.watch_rows(self._connection)
        self._compare_with_memory()
        self._remember()

    def _let_go(self) -> None:
        """Close the connection, or abandon it where closing would write into another's work."""
        try:
            if not self.read_only:
                self._presence.check()
        except (TakenOverError, PlaceLostError):
            abandon(self._connection)
            return
        except UserError:
            pass
        self._connection.close()
        # SQLite leaves an empty log beside a file that was renamed while it was open.
        left = log.log_of(self.path)
        with suppress(OSError):
            if not self.read_only and left.stat().st_size == 0:
                left.unlink()

    def _compare_with_memory(self) -> None:
        """Notice a file that is older than the one last seen here, or went another way."""
        seen = memory.recall(self.dossier_id)
        present = self.state()
        if seen is None or present is None:
            return
        if present.number < seen.number:
            if memory.place_of(self.path) in seen.places:
                missing = seen.number - present.number
                self._remarks.append(
                    OlderThanSeenNotice(self.path, missing=missing, at=present.at, seen=seen.at)
                )
        elif state.token_at(self._connection, seen.number) not in (seen.token, None):
            self._remarks.append(PartedNotice(self.path, at=present.at, seen=seen.at))

    def _remember(self) -> None:
        """Note in this computer's memory where the dossier stands; hold ``locked``."""
        present = self.state()
        if present is None:
            return
        seen = memory.recall(self.dossier_id)
        entries, head = journal.extent(self._connection)
        memory.keep(
            self.dossier_id,
            memory.Memory(
                places=memory.with_place(seen.places if seen else [], self.path),
                number=present.number,
                token=present.token,
                entries=entries,
                head=head,
                at=present.at,
            ),
        )

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
            MovedError, ReplacedError, TakenOverError, PlaceLostError: the file is no longer there
                to be written; nothing of the transaction was kept. ``move_to`` saves the rest.
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
                session.connection()  # SQLite's transaction begins here
                state.stamp(self._connection, begins_log=self._is_log_empty, at=self.now())
                yield session
                session.flush()
                self._presence.check()
            kinds = frozenset(self._pending)
            self.writes += 1
            self._is_log_empty = False
            self._last_write = time.monotonic()
            if _size(log.log_of(self.path)) > LARGE_LOG:
                self.fold()
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
            raise in_words_while_open(error, self.path, self.dossier_id) from error

    def _refusal(self) -> UserError:
        if self.read_only is ReadOnly.NEWER_VERSION:
            return NewerVersionError(self.path)
        return ReadOnlyPlaceError(self.path)


def refuse_missing(path: Path) -> None:
    """Refuse a file that is not there, or whose place does not answer.

    Raises:
        MissingDossierError, PlaceLostError: says which.
    """
    try:
        found = path.stat()
    except OSError as error:
        raise place_in_words(error, path) from error
    except ValueError as error:
        raise MissingDossierError(path) from error  # a name that no system could bear
    if not stat.S_ISREG(found.st_mode):
        raise MissingDossierError(path)


def _open_with_log(
    path: Path, key: bytes, clock: Clock, shown_copy: ExitStack, remarks: list[UserError]
) -> tuple[Any, ReadOnly | None]:
    """Open a claimed file, and with it the log beside it if a trial shows that it is its own.

    Args:
        shown_copy: keeps the copy that is shown where the place cannot be written.
        remarks: gets what the user should be told.
    """
    if not log.has_log(path):
        return _open_or_look(path, key)
    try:
        tried = shown_copy.enter_context(log.trial(path, key))
    except OSError as error:
        if is_full(error):
            raise NoRoomForTrialError(path) from error
        raise place_in_words(error, path) from error
    if tried.verdict is log.Verdict.UNREADABLE:
        raise unreadable(path, key, memory.known_ids())
    now = clock()
    if tried.verdict is log.Verdict.FOREIGN:
        held = _told_of(tried)
        remarks.append(LogSetAsideNotice(path, aside=log.set_aside(path, now), held=held))
    elif tried.lost:
        keep = log.keep_copy if tried.verdict is log.Verdict.BELONGS else log.set_aside
        aside = keep(path, now)
        since = tried.written.at if tried.written else now
        remarks.append(ChangesLostNotice(path, lost=tried.lost, since=since, aside=aside))
    connection, read_only = _open_or_look(path, key)
    if read_only is ReadOnly.PLACE and tried.verdict is log.Verdict.BELONGS:
        connection.close()
        connection = open_to_read(tried.merged, key)
    else:
        shown_copy.close()
    return connection, read_only


def _open_or_look(path: Path, key: bytes) -> tuple[Any, ReadOnly | None]:
    try:
        return open_connection(path, key)
    except (WrongSecretError, NotADossierError) as error:
        # Where the first bytes are damaged, the dossiers known here tell what the file was.
        told = unreadable(path, key, memory.known_ids())
        if isinstance(told, DamagedError):
            raise told from error
        raise


def _told_of(tried: log.Trial) -> str:
    """Return what a log that is set aside holds, in French."""
    changes = "1 modification" if tried.changes == 1 else f"{tried.changes} modifications"
    if tried.written is None:
        return f"Il contient {changes}."
    return (
        f"Il contient {changes}, la dernière du {tried.written.at:%d/%m/%Y à %H:%M} sur "
        f"l’ordinateur « {tried.written.computer} »."
    )


def _copy_whole(connection: Any, key: bytes, dossier_id: str, target: Path) -> None:
    """Write all that an open connection sees to a new file, proven before it takes its name."""
    unfinished = target.with_name(f"{target.name}.part")
    try:
        with closing(connect(unfinished, key, salt=bytes.fromhex(dossier_id))) as copy:
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            if copy.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                raise DamagedError(target, dossier_id)
        unfinished.replace(target)
    except DatabaseError as error:
        raise in_words(error, target) from error
    except OSError as error:
        raise place_in_words(error, target) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


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
