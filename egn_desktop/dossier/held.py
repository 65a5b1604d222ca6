# SPDX-License-Identifier: GPL-3.0-or-later
"""The side of an open dossier that is its file: where it lies, its life, its time."""

import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from egn_desktop.dossier import state
from egn_desktop.dossier.connection import ReadOnly
from egn_desktop.dossier.errors import (
    NewerVersionError,
    NotBackedUpError,
    ReadOnlyPlaceError,
    ReplacedError,
)
from egn_desktop.dossier.open_file import OpenFile
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

Clock = Callable[[], datetime]

LET_IN_S: Final = 0.001


class Held:
    """What ``Dossier`` says of its file, and does with it; see there for the attributes."""

    def __init__(self, file: OpenFile, *, key: bytes, clock: Clock) -> None:
        self.key = key
        self.clock = clock
        self._file = file
        # Reentrant: a use case calls others, and reads, within its own transaction.
        self._lock = threading.RLock()
        self._copying = threading.RLock()
        self._session: Session | None = None

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    @property
    def read_only(self) -> ReadOnly | None:
        """Why nothing can be changed, or None."""
        return self._file.read_only

    @property
    def engine(self) -> Any:
        """The SQLAlchemy engine, for the dossier package alone."""
        return self._file.engine

    @property
    def raw(self) -> Any:
        """The SQLCipher connection, for the dossier package alone; hold ``locked`` around it."""
        return self._file.connection

    @property
    def locked(self) -> threading.RLock:
        """The lock that every use of the connection holds."""
        return self._lock

    @property
    def remarks(self) -> Sequence[UserError]:
        """What the user should be told of the opening, once: a log set aside, an older file."""
        return self._file.remarks

    @property
    def closing_trouble(self) -> UserError | None:
        """Once closed, why the file alone may not hold everything, or None."""
        return self._file.closing_trouble

    @property
    def handle(self) -> FileIO | None:
        """A handle to the open file that may be read without losing a lock, if there is one."""
        return self._file.handle

    @contextmanager
    def alone(self) -> Generator[None]:
        """Hold the lock with no copy under way, for what takes the connection from under one.

        A copy lets the lock go between its steps. Both locks are always taken in this order.
        """
        with self._copying, self._lock:
            yield

    @contextmanager
    def copying(self) -> Generator[Callable[[], None]]:
        """Hold the lock for a copy in steps; what it is given lets others in between two of them.

        Within a lock held already, nobody is let in.
        """

        def let_others_in() -> None:
            self._lock.release()
            # A lock just let go is not handed on: whoever waits must be given time to wake.
            time.sleep(LET_IN_S)
            self._lock.acquire()

        with self.alone():
            yield let_others_in

    def state(self) -> state.Standing | None:
        """Return where the dossier stands, or None when a version before 0002 made it."""
        with self._lock:
            return state.standing(self.raw)

    def written(self) -> int | None:
        """Return how many writes the dossier has seen, or None before they were counted."""
        present = self.state()
        return present and present.number

    def close(self) -> None:
        """Close the file; the write-ahead log is folded in, and one file is left."""
        with self.alone():
            self._file.close()

    def reopen(self, key: bytes) -> None:
        """Close the file and open it with another key, for a change of secret; hold it ``alone``.

        Raises:
            WrongSecretError: that key does not open it; it is closed, and may be reopened.
        """
        self._file.reopen(key, now=self.now())
        self.key = key

    def fold(self) -> bool:
        """Fold the write-ahead log into the file, and tell whether the file alone holds all.

        It is not tried within a transaction, nor where the file is no longer this process's own:
        what another computer writes there must not be written over.
        """
        with self._lock:
            return self._session is None and self._file.fold()

    def upkeep(self) -> None:
        """Do what is due while nobody writes: call it every few seconds, off the window's thread.

        The log is folded in once nothing was written for ``open_file.IDLE_SECONDS``; the mark for
        other computers is renewed; the file is looked at.

        Raises:
            MovedError, ReplacedError, TakenOverError, PlaceLostError: the file can no longer be
                used; ``move_to`` offers its content another place.
        """
        with self._lock:
            if self.read_only or not self._file.is_open:
                return
            if self._file.is_idle:
                self.fold()
            self._file.check()
            self._file.renew_mark()

    def move_to(self, target: Path) -> None:
        """Go on in another place: copy all that the dossier holds there, and use that file.

        The file that was open is left as it is; what it is now called, or who uses it, does not
        matter.

        Raises:
            AlreadyExistsError: a file never replaces another.
            PlaceLostError: the content cannot be read from the lost place either.
            UserError: the new place refuses it; says why. The dossier stays where it was.
        """
        with self.alone():
            self._file.move_to(target, self.key, now=self.now())

    def open_again(self) -> None:
        """Go on with the file at its own place, once a disk or a share that was lost is back.

        To this process what came back is another disk: the handles that it had stay dead.

        Raises:
            ReplacedError: what stands there is not what this process left.
            UserError: it is not back; the dossier stays as it was.
        """
        with self.alone():
            lost = self._file
            if not lost.is_back(self.key):
                # Closing would lose what is in the open connection alone.
                raise ReplacedError(lost.path)
            lost.close()
            self._file = OpenFile.open(lost.path, self.key, now=self.now(), take_over=False)
            self._file.begin()

    def now(self) -> datetime:
        """Return the time, with its zone."""
        return self.clock()

    def today(self) -> date:
        """Return the day."""
        return self.clock().date()

    def refusal(self) -> UserError:
        """Return why a dossier that is read only cannot be changed, in the user's words."""
        if self.read_only is ReadOnly.NEWER_VERSION:
            return NewerVersionError(self.path)
        if self.read_only is ReadOnly.NO_BACKUP:
            return NotBackedUpError(self.path)
        return ReadOnlyPlaceError(self.path)
