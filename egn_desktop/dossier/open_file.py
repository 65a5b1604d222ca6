# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier's file while it is open: one connection, this computer's claim on it, and its log.

Nothing here takes a lock between threads; ``Dossier`` holds its own around each call.
"""

import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from io import FileIO
from pathlib import Path
from typing import Any

from egn_desktop.dossier import log, migrate, state, witness
from egn_desktop.dossier.connection import (
    DatabaseError,
    ReadOnly,
    Waiting,
    abandon,
    connect,
    copy_whole,
    engine_of,
    in_words,
    lock,
    open_connection,
    salt_of,
    set_up,
)
from egn_desktop.dossier.errors import (
    AlreadyExistsError,
    CannotCreateThereError,
    LeftOpenError,
    MissingDossierError,
    MovedError,
    PlaceLostError,
    ReadOnlyPlaceError,
    ReplacedError,
    TakenOverError,
)
from egn_desktop.dossier.images import Camera
from egn_desktop.dossier.opening import open_with_log, refuse_missing, standing_at
from egn_desktop.dossier.places import refuse_bad_name
from egn_desktop.dossier.presence import Presence, seen_at
from egn_desktop.errors import UserError

SALT_BYTES = 16
# A copy of the open file is at most that old, and the time of one look more; see ``upkeep``.
IDLE_SECONDS = 10.0
# A long import is folded in at once: the trial of a log that was left costs its size.
LARGE_LOG = 4 << 20

# The files that this process holds; see ``is_open_here``.
_held: set[Path] = set()


class OpenFile:
    """One open file; made by ``create`` or ``open``, and to be closed.

    Attributes:
        path: where it is; ``move_to`` changes it.
        connection: the raw SQLCipher connection.
        engine: the SQLAlchemy engine on that connection.
        read_only: why nothing can be changed, or None.
        dossier_id: the file's salt, in hexadecimal.
        is_open: whether it has not been closed.
        closing_trouble: once closed, why the file alone may not hold everything, or None.
        camera: takes what rows held before they change, while that is wanted.
    """

    def __init__(
        self,
        path: Path,
        connection: Any,
        presence: Presence,
        *,
        read_only: ReadOnly | None = None,
        shown_copy: ExitStack | None = None,
        remarks: Sequence[UserError] = (),
    ) -> None:
        self.dossier_id = salt_of(connection)
        self.closing_trouble: UserError | None = None
        self.camera = Camera()
        self._shown_copy = shown_copy or ExitStack()
        self._remarks = [*remarks]
        self._last_write = time.monotonic()
        self._take(path, connection, presence, read_only)

    def _take(
        self, path: Path, connection: Any, presence: Presence, read_only: ReadOnly | None
    ) -> None:
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.engine = engine_of(connection, read_only=read_only is not None)
        self._presence = presence
        self.is_open = True
        # The names of the state that was acknowledged, and of the one that was tried last.
        self._acknowledged = self._tried = ""
        # A log that could not be folded in before goes on: what it began on has not changed.
        self._is_log_empty = not log.has_log(path)
        self._log = log.log_of(path)
        self._log_seen = seen_at(self._log)
        self._held_as = path.resolve()
        _held.add(self._held_as)
        presence.watch()

    @classmethod
    def create(cls, path: Path, key: bytes, *, salt: bytes, at: datetime) -> "OpenFile":
        """Make a new file with every table, and hold it; see ``Dossier.create``."""
        refuse_bad_name(path)
        if path.exists():
            raise AlreadyExistsError(path)
        connection = presence = None
        try:
            connection = connect(path, key, salt=salt)
            lock(connection)
            set_up(connection)
            # The first page, and with it the salt, reaches the file before the migrations run.
            connection.execute("PRAGMA user_version = 0")
            connection.execute("CREATE TABLE _first_page (x)")
            connection.execute("DROP TABLE _first_page")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            presence = Presence.claim(path, now=at, take_over=True)
            file = cls(path, connection, presence)
            migrate.to_latest(file.engine, begins_log=False, at=at)
            file.written()
            file.begin()
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
        return file

    @classmethod
    def open(
        cls,
        path: Path,
        key: bytes,
        *,
        now: datetime,
        take_over: bool,
        waiting: Waiting = lambda _: None,
    ) -> "OpenFile":
        """Hold an existing file, the log beside it folded in or set aside; see ``Dossier.open``."""
        refuse_missing(path)
        presence = Presence.claim(path, now=now, take_over=take_over)
        with ExitStack() as undo:
            undo.callback(presence.release)
            shown_copy = undo.enter_context(ExitStack())
            remarks: list[UserError] = []
            connection, read_only = open_with_log(
                presence, path, key, now, shown_copy, remarks, waiting
            )
            file = cls(
                path,
                connection,
                presence,
                read_only=read_only,
                shown_copy=shown_copy.pop_all(),
                remarks=remarks,
            )
            undo.pop_all()
        if read_only is None:
            # A damaged page of the dossier's own books is told by the checks that look for it.
            with suppress(*DatabaseError):
                file._remarks += witness.compare(connection, path, file.dossier_id)
            # Whatever log was left is this file's own, as its trial has shown.
            file.fold()
        return file

    @property
    def remarks(self) -> Sequence[UserError]:
        """What the user should be told of the opening, once: a log set aside, an older file."""
        return tuple(self._remarks)

    @property
    def handle(self) -> FileIO | None:
        """A handle to the file that may be read without losing a lock, if there is one."""
        return self._presence.handle

    def begin(self) -> None:
        """Start noting what changes, and remember where the dossier stands."""
        if self.read_only:
            return
        state.watch_rows(self.connection, self.camera)
        self._remember()

    @property
    def begins_log(self) -> bool:
        """Whether the file alone holds all, so that the next write begins a log."""
        return self._is_log_empty

    def only_read(self, reason: ReadOnly) -> None:
        """Change nothing of this file from now on."""
        self.connection.execute("PRAGMA query_only = ON")
        self.read_only = reason
        self.engine = engine_of(self.connection, read_only=True)

    def show(self, copy: Any, reason: ReadOnly) -> None:
        """Read a connection to a copy instead of the file from now on, and change neither."""
        self.engine.dispose()
        self.connection.close()
        self.connection = copy
        self.only_read(reason)

    def stamp(self, at: datetime) -> None:
        """Name the state that the transaction under way leads to."""
        self._tried = state.stamp(self.connection, begins_log=self._is_log_empty, at=at)

    def check(self) -> None:
        """Prove that what is about to be committed would reach this process's own file.

        Raises:
            MovedError, ReplacedError, PlaceLostError, TakenOverError: it would not.
        """
        self._presence.check()

    def written(self) -> None:
        """Note that a transaction was committed; a long log is folded in at once.

        Nothing is raised: the change is on the disk, and must not be told as one that is not.
        """
        self._is_log_empty = False
        self._acknowledged = self._tried
        self._presence.tell(self._acknowledged)
        self._last_write = time.monotonic()
        with suppress(OSError):
            if log.log_of(self.path).stat().st_size > LARGE_LOG:
                self.fold()

    def confirm(self) -> None:
        """Prove that what was just committed is in the file that other computers see.

        Raises:
            TakenOverError, PlaceLostError: the change must not be acknowledged.
        """
        self._presence.confirm()

    def fold(self) -> bool:
        """Fold the log in, and tell whether the file alone holds all; not within a transaction.

        Nothing is written where the file is no longer this process's own: it would be written over
        what another computer does there.
        """
        if self._is_log_empty or self.read_only or not self.is_open:
            return True
        try:
            self._presence.check()
        except (MovedError, ReplacedError):
            pass  # the open file is still ours, whatever it is called now
        except UserError:
            return False
        self._is_log_empty = self._checkpoint("TRUNCATE") or self._checkpoint("PASSIVE")
        if self._is_log_empty:
            self._remember()
        return self._is_log_empty

    def _remember(self) -> None:
        with suppress(*DatabaseError):
            self._acknowledged = witness.note(self.connection, self.path, self.dossier_id)
            self._presence.tell(self._acknowledged)

    def _checkpoint(self, mode: str) -> bool:
        """Write the log's pages into the file, and tell whether it then holds all of them.

        A folding in that failed may have done so after the last page, when the log could not be
        cut: SQLite then begins the next one over it. A second, passive one writes nothing more
        and tells.
        """
        try:
            busy, logged, folded = self.connection.execute(
                f"PRAGMA wal_checkpoint({mode})"
            ).fetchone()
        except DatabaseError:
            return False
        return not busy and logged == folded

    @property
    def is_idle(self) -> bool:
        """Whether nothing was written for ``IDLE_SECONDS``."""
        return time.monotonic() - self._last_write >= IDLE_SECONDS

    def renew_mark(self) -> None:
        """Show other computers a sign of life, if it is due."""
        self._presence.renew_if_due()

    def is_back(self, key: bytes) -> bool:
        """Tell whether what stands in the file's place is what this process left there.

        A disk that was unplugged and a share that was gone come back as others; a file that a sync
        client has put there is another indeed.

        Raises:
            UserError: nothing stands there, or it cannot be read.
        """
        found = standing_at(self.path, key)
        return found is not None and found.token in (self._acknowledged, self._tried)

    def close(self) -> None:
        """Fold the log in and let the file go; once closed, it does nothing."""
        if not self.is_open:
            return
        try:
            self.fold()
        finally:
            self._leave()
            self._shown_copy.close()

    def reopen(self, key: bytes, *, now: datetime) -> None:
        """Close the file and open it with another key.

        Raises:
            WrongSecretError: that key does not open it; it is closed, and may be reopened.
        """
        self.close()
        presence = Presence.claim(self.path, now=now)
        try:
            connection, read_only = open_connection(self.path, key)
        except BaseException:
            presence.release()
            raise
        self._take(self.path, connection, presence, read_only)
        self.begin()

    def move_to(self, target: Path, key: bytes, *, now: datetime) -> None:
        """Copy all that the file holds to another place, and go on there; see ``Dossier``."""
        refuse_bad_name(target)
        if target.exists():
            raise AlreadyExistsError(target)
        self.fold()
        copy_whole(self.connection, key, self.dossier_id, target)
        # A mark that lies there is of a file that is no more.
        presence = Presence.claim(target, now=now, take_over=True)
        try:
            connection, read_only = open_connection(target, key)
        except BaseException:
            presence.release()
            raise
        self._leave()
        self._take(target, connection, presence, read_only)
        self.begin()

    def _leave(self) -> None:
        """Close the connection, or let it go where closing would write into another's work."""
        self.is_open = False
        self.closing_trouble = None if self._is_log_empty else LeftOpenError(self.path)
        _held.discard(self._held_as)
        try:
            try:
                if not self.read_only:
                    self._presence.check()
            except TakenOverError as error:
                self.closing_trouble = error
                abandon(self.connection)
                return
            except PlaceLostError as error:
                self.closing_trouble = error
                # The log stays as it is for the next opening: nothing is folded in any more.
                self.connection.interrupt()
            except UserError as error:
                self.closing_trouble = error
            self._shut()
        finally:
            self._presence.release()

    def _shut(self) -> None:
        self.engine.dispose()
        self.connection.close()
        self._remove_empty_log()

    def _remove_empty_log(self) -> None:
        """Remove what SQLite leaves beside a file that was renamed while it was open."""
        with suppress(OSError):
            is_own = self._log_seen is not None and seen_at(self._log) == self._log_seen
            if is_own and not self.read_only and self._log.stat().st_size == 0:
                self._log.unlink()


def is_open_here(path: Path) -> bool:
    """Tell whether this very process has the file open: then not even its first bytes may be read.

    POSIX drops all locks of a process on a file when it closes any of its handles to it.
    """
    return path.resolve() in _held
