# SPDX-License-Identifier: GPL-3.0-or-later
"""The open dossier: one SQLCipher connection behind one lock.

The exclusive file lock shuts out a second connection, our own included, so everything goes through
one connection (``StaticPool``), and the lock is held for the whole of a transaction so that threads
cannot mix theirs.
"""

import getpass
import secrets
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, Row
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import journal, migrate
from egn_desktop.dossier.clock import ClockWatch
from egn_desktop.dossier.connection import DatabaseError, ReadOnly, Waiting, in_words_while_open
from egn_desktop.dossier.errors import (
    BackupFailedError,
    ClockDoubtError,
    DiskFullError,
    WrittenMeanwhileError,
)
from egn_desktop.dossier.held import Clock, Held
from egn_desktop.dossier.open_file import SALT_BYTES, OpenFile
from egn_desktop.dossier.undo import Act, UndoStack

KEY_BYTES = 32

Listener = Callable[[frozenset[Changed]], None]


class Protection(StrEnum):
    """What opens the dossier."""

    RECOVERY_CODE = "recovery_code"
    PASSPHRASE = "passphrase"  # noqa: S105 - no password, a kind of one


def local_now() -> datetime:
    """Return this machine's time with its zone."""
    return datetime.now().astimezone()


def new_salt() -> str:
    """Return the random salt of one journal entry."""
    return secrets.token_hex(SALT_BYTES)


class Dossier(Held):
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
        salts: gives the salt of each journal entry; the demonstration hands in its own.
        ask_clock: asks the user whether a clock that is behind the dossier is right, before the
            first write; where nobody can be asked, it says no.
        undo_stack: what was done since it was opened, to take it back.
        writes: how many transactions since it was opened, or last backed up, have changed it.
    """

    def __init__(self, file: OpenFile, *, key: bytes, clock: Clock) -> None:
        super().__init__(file, key=key, clock=clock)
        self.dossier_id = file.dossier_id
        self.operator = getpass.getuser()
        self.protection = Protection.RECOVERY_CODE
        self.salts: Callable[[], str] = new_salt
        self.ask_clock: Callable[[ClockDoubtError], bool] = lambda _: False
        self.writes = 0
        self._watch = ClockWatch()
        self.undo_stack = UndoStack(self)
        self._act: Act | None = None
        self._joined = 0
        self._listeners: list[Listener] = []

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
            NameRefusedError: not every system could bear that name.
            CannotCreateThereError: the folder is missing or cannot be written.
            DiskFullError, PlaceLostError: there is no room, or the disk does not answer.
        """
        salt = salt or secrets.token_bytes(SALT_BYTES)
        return cls(OpenFile.create(path, key, salt=salt, at=clock()), key=key, clock=clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        key: bytes,
        clock: Clock = local_now,
        take_over: bool = False,
        waiting: Waiting = lambda _: None,
    ) -> "Dossier":
        """Open an existing dossier, migrating it first if an older version made it.

        A dossier made by a newer version, in a place that cannot be written, or older and without
        room for a backup, is opened to be read only; see ``read_only``. What the user should know
        of the opening is in ``remarks``.

        Args:
            take_over: the user has said that the other computer, whose mark is beside the file,
                does not use it any more; or, after ``StaleShareError``, that what the share shows
                is to be opened.
            waiting: told why the opening lasts, in French, each time that a share is asked again.

        Raises:
            MissingDossierError, NotADossierError, WrongSecretError, DamagedError,
            AlreadyOpenError, OpenElsewhereError, StaleShareError, DiskFullError, PlaceLostError:
            each says what it is, and nothing was written.
        """
        file = OpenFile.open(path, key, now=clock(), take_over=take_over, waiting=waiting)
        try:
            if migrate.is_newer(file.connection):
                file.only_read(ReadOnly.NEWER_VERSION)
            dossier = cls(file, key=key, clock=clock)
            if migrate.is_behind(file.connection):
                why_not = file.read_only or dossier._migrate()
                if why_not:
                    file.show(migrate.to_read(dossier), why_not)
            file.begin()
        except BaseException as error:
            file.close()
            if isinstance(error, DatabaseError):
                raise in_words_while_open(error, path, file.dossier_id) from error
            raise
        # A damaged page of the dossier's own books is told by the checks that look for it.
        with suppress(*DatabaseError):
            present = dossier.state()
            if present is not None:
                dossier.heed(present.at)
        return dossier

    def __enter__(self) -> "Dossier":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file, and forget what could be undone."""
        self.undo_stack.clear()
        super().close()

    @property
    def clock_doubt(self) -> ClockDoubtError | None:
        """Why the computer's clock cannot be right, or None."""
        return self._watch.doubt(self.now())

    def heed(self, moment: datetime) -> None:
        """Hold the clock against something of this dossier that was written at that moment."""
        self._watch.heed(moment)

    def trust_clock(self) -> None:
        """Take the clock as right: whoever is at the keyboard has said so."""
        self._watch.trust()

    def _check_clock(self) -> None:
        doubt = self.clock_doubt
        if doubt is None:
            return
        if not self.ask_clock(doubt):
            raise doubt
        self.trust_clock()

    def listen(self, listener: Listener) -> None:
        """Have ``listener`` told the kinds of thing changed, after each commit."""
        self._listeners.append(listener)

    def announce(self, *changed: Changed) -> None:
        """Tell the listeners what changed."""
        for listener in self._listeners:
            listener(frozenset(changed))

    @contextmanager
    def write(
        self,
        *changed: Changed,
        undo: str = "",
        typed: bool = False,
        aside: bool = False,
        since: int | None = None,
    ) -> Generator[Session]:
        """Hold one transaction; all of it is kept on leaving, or none of it on an exception.

        A use case called within another joins its transaction, and the outer one's words hold.

        Args:
            undo: what a user would call it, as it follows "Annuler : "; without words it can't be
                undone, and what asked for it must have said so.
            typed: it may go on with what was typed a moment ago: one undo takes both back.
            aside: what it changes is nobody's doing, and stands in no undo's way.
            since: how many writes the dossier had seen when the work began that is kept now; see
                ``apart``.

        Raises:
            WrittenMeanwhileError: the dossier was written ``since`` then.
            NewerVersionError, ReadOnlyPlaceError, NotBackedUpError: it is open to be read only.
            ClockDoubtError: the clock is behind the dossier, and nobody said that it is right.
            DiskFullError: there was no room; nothing of the transaction was kept.
            DamagedError: a page could not be read.
            MovedError, ReplacedError, TakenOverError, PlaceLostError: the file is no longer there
                to be written; nothing of the transaction was kept. ``move_to`` saves the rest.
        """
        act = Act({*changed}, words=undo, is_typed=typed, is_aside=aside)
        with self.carry_out(act, since=since) as session:
            yield session

    @contextmanager
    def carry_out(self, act: Act, *, since: int | None = None) -> Generator[Session]:
        """Hold the transaction of an act; see ``write``."""
        if self.read_only:
            raise self.refusal()
        if self._session is None:
            # Before the lock is taken: the user may take a while to answer.
            self._check_clock()
        with self._lock:
            # The lock is this thread's: so is the transaction under way, which is joined.
            if self._session is not None:
                if self._act is not None:
                    self._act.kinds |= act.kinds
                self._joined += 1
                try:
                    yield self._session
                finally:
                    self._joined -= 1
                return
            if since is not None and since != self.written():
                raise WrittenMeanwhileError
            self._act, self._file.camera.film = act, act.images
            try:
                with self._transaction() as session:
                    session.connection()  # SQLite's transaction begins here
                    self._file.stamp(now := self.now())
                    self.heed(now)
                    yield session
                    session.flush()
                    self._file.check()
            finally:
                self._act = self._file.camera.film = None
            self.writes += 1
            self._file.written()
            self._file.confirm()
            self.undo_stack.settle(act)
        # Without the lock: who listens reads at once, maybe in another thread.
        self.announce(*act.kinds)

    def name_act(self, words: str) -> None:
        """Say what the write under way is, once its rows have told; see ``write``'s ``undo``.

        Within another write, which has its own words, nothing changes.
        """
        if self._act is not None and not self._joined and self._act.words:
            self._act.words = words

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
        at: datetime | None = None,
        who: str | None = None,
    ) -> None:
        """Journal a change within the write under way; see ``journal.record``.

        Args:
            at: when it was made, if not now: in another copy, whose change is taken over.
            who: who made it, if not whoever is at the keyboard.
        """
        if self._session is None:
            raise RuntimeError("a journal entry belongs in a write")
        entry = journal.record(
            self._session,
            at=at or self.now(),
            who=who or self.operator,
            what=what,
            subject=subject,
            salt=self.salts(),
            before=before,
            after=after,
        )
        if self._act is not None:
            self._act.entries.append(entry)

    def _migrate(self) -> ReadOnly | None:
        """Bring the file to this version's schema, or return why that may not be."""
        try:
            migrate.with_backup(self, begins_log=self._file.begins_log)
        except (BackupFailedError, DiskFullError):
            return ReadOnly.NO_BACKUP
        self._file.written()
        self._file.fold()
        return None

    def journal_stamp(self) -> journal.Stamp:
        """Return how far the journal has come."""
        with self.read() as session:
            return journal.stamp(session)

    def erase_details(self, *subjects: str) -> bool:
        """Blank what the journal details of these subjects, within the write under way.

        The journal says whose details went, and keeps its chain; tells whether there were any.
        """
        if self._session is None:
            raise RuntimeError("an erasure belongs in a write")
        blanked = journal.blank_details(self._session, subjects)
        if blanked:
            self.record(journal.ERASED, "journal", after={"subjects": blanked})
        return bool(blanked)

    @contextmanager
    def _transaction(self) -> Generator[Session]:
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                self._session = session
                try:
                    yield session
                finally:
                    self._session = None
        except DatabaseError as error:
            raise in_words_while_open(error, self.path, self.dossier_id) from error


def dossier_id(path: Path) -> str:
    """Return the id of a closed dossier: its salt, in hexadecimal.

    Of an open one, ask ``Dossier.dossier_id``: reading the file here would drop its lock.
    """
    with path.open("rb") as file:
        return file.read(SALT_BYTES).hex()
