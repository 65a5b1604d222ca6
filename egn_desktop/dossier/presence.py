# SPDX-License-Identifier: GPL-3.0-or-later
"""This computer's claim on the file: a mark beside it that other computers see, and a watch on it.

SQLite's lock and ``guard`` shut out whoever shares this computer's view of the disk. On a share
their locks may not reach the other computer, and a sync client asks nobody before it replaces a
file: both would write, and destroy it. So a small file beside the dossier says who has it; it and
the dossier's own place are looked at before each write is acknowledged.

On a share the mark also bears the name of the last state that was acknowledged, and stays when the
dossier is closed. A computer remembers for up to a minute how long a file on a share was, and
whether there was a log: it opens nothing that does not show that state. See ``mark`` for how it
reaches the next computer whatever dies in between.
"""

import getpass
import os
import platform
import secrets
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from io import FileIO
from pathlib import Path

from egn_desktop.dossier import guard, places
from egn_desktop.dossier.claiming import Taken, let_settle, put, put_back
from egn_desktop.dossier.errors import (
    MovedError,
    PlaceLostError,
    ReplacedError,
    TakenOverError,
)
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.mark import (
    TRIES,
    Mark,
    Marks,
    computer_id,
    forget_remembered,
)
from egn_desktop.errors import UserError

RENEWED_EVERY = timedelta(minutes=1)


class Presence:
    """The claim on one open file; made by ``claim``, given back by ``release``.

    Attributes:
        is_marked: whether the mark could be put beside the file.
        took_over: whether the mark of another computer that has the file open was removed for it.
        expected: the states that the file, with its log, must have passed through before it is
            opened: what a share may hide for a while. Empty where nothing is known of it.
    """

    def __init__(
        self,
        path: Path,
        held: FileIO | None,
        mark: Mark,
        marks: Marks,
        taken: Taken | None,
        *,
        take_over: bool,
    ) -> None:
        self._path = path
        self._guard = held
        self._mark = mark
        self._marks = marks
        self.is_marked = taken is not None
        # They stay until this mark tells as much: whoever is refused the dossier leaves them.
        self._taken = taken or {}
        others = [
            theirs for theirs in self._taken.values() if theirs and theirs.token != mark.token
        ]
        self.took_over = any(other.keeps_out(mark) for other in others)
        self.expected = frozenset(
            other.state for other in others if other.state and not (take_over and other.is_doubted)
        )
        # A server opens as its own disk what others see as a share.
        self._marks.is_shared |= any(other.state for other in others)
        self._renewed = time.monotonic()
        self._seen: tuple[int, int] | None = None

    @classmethod
    def claim(cls, path: Path, *, now: datetime, take_over: bool = False) -> "Presence":
        """Take the file for this process, before anything opens it.

        Args:
            now: the time, which the mark tells to other computers.
            take_over: the user has said that the other computer does not use it any more.

        Raises:
            AlreadyOpenError: another window of this computer has it.
            OpenElsewhereError: another computer has put its mark there.
        """
        held = guard.hold(path)
        mark = Mark(
            secrets.token_hex(8), computer_id(), platform.node(), getpass.getuser(), since=now
        )
        marks = Marks(path)
        try:
            taken = put(path, marks, mark, take_over=take_over)
        except BaseException:
            if held is not None:
                held.close()
            raise
        made = cls(path, held, mark, marks, taken, take_over=take_over)
        if made.took_over:
            let_settle(path)
        return made

    @property
    def handle(self) -> FileIO | None:
        """A handle of our own to the file; closing it would not drop SQLite's lock, it stays."""
        return self._guard

    def part_from_the_other(self, content: Path) -> None:
        """Where another computer was taken over, put the file in a place that it does not hold.

        It may be asleep between its last look at the mark and the write that follows. Its handles
        reach the file that it opened, whatever that is called; so ``content``, this file with its
        log, takes the name. Where the place refuses that (a file that another Windows computer
        holds, an owner that cannot be given), the mark alone must do.

        Call it before anything opens the file.

        Raises:
            TakenOverError: a third computer did the same meanwhile.
        """
        if not self.took_over or not os.access(self._path, os.W_OK):
            return
        is_parted = False
        unfinished = self._path.with_name(f".~{secrets.token_hex(4)}.part")
        with suppress(OSError):
            try:
                _copy_as(self._path, content, unfinished)
                self.check_mark()
                unfinished.replace(self._path)
                is_parted = True
            finally:
                unfinished.unlink(missing_ok=True)
            # All that it holds is in the file by now; kept, it would still be the other's log too.
            log_of(self._path).unlink(missing_ok=True)
        if is_parted:
            # It is another file now, by the same name: locked before the former one is let go.
            held, self._guard = self._guard, guard.hold(self._path)
            if held is not None:
                held.close()

    def tell(self, state: str) -> None:
        """Write on the mark, where the place is shared, which state is about to be acknowledged.

        Where that fails, the look at the mark that must follow tells why: another computer has
        taken the file over, or the place is lost.
        """
        if self.is_marked and self._marks.is_shared and state:
            self._mark = replace(self._mark, state=state)
            self._write_mark()

    @property
    def silence(self) -> timedelta:
        """How long nothing was written beside the file before it was claimed, as the marks tell."""
        return min((self._marks.silence(place) for place in self._taken), default=timedelta())

    def forget_remembered(self) -> None:
        """Have the next look at the file and its log ask the server; not while SQLite has them."""
        for file in (self._path, log_of(self._path)):
            with suppress(OSError), FileIO(file) as opened:
                forget_remembered(opened)

    def doubt(self) -> None:
        """Note, for the next opening, that what the marks tell of was waited for in vain."""
        for place, mark in self._taken.items():
            if mark is not None and mark.state:
                self._marks.doubt(place, mark)
                self._taken[place] = replace(mark, is_doubted=True)

    def watch(self) -> None:
        """Remember which file stands at the path; call it once SQLite has it open."""
        self._seen = _identity(self._path)
        if not self._marks.is_shared:
            self._drop_taken()

    def check(self) -> None:
        """Prove that the path still names the open file, and that no other computer has taken it.

        Raises:
            MovedError, ReplacedError, PlaceLostError, TakenOverError: and nothing may be written.
        """
        try:
            present = _identity(self._path)
            opened = self._seen
            if self._guard is not None and sys.platform != "win32":
                of_handle = os.fstat(self._guard.fileno())
                opened = (of_handle.st_dev, of_handle.st_ino)
        except FileNotFoundError as error:
            raise self._gone() from error
        except OSError as error:
            raise places.in_words(error, self._path) from error
        if opened is not None and present != opened:
            if self.is_marked:
                self._refuse_another(self._marks.read_or_none())
            raise ReplacedError(self._path)
        self.check_mark()

    def confirm(self) -> None:
        """Prove, after a commit, that other computers are told of it.

        One of them may have taken the file over between the last look and the commit: it read the
        file without this change. A file renamed or replaced meanwhile has its say at the next
        write: the change is in the open file, and ``move_to`` saves it.

        Raises:
            TakenOverError, PlaceLostError: the change must not be acknowledged.
        """
        try:
            self.check()
        except TakenOverError:
            raise
        except (MovedError, ReplacedError):
            pass
        except UserError:
            if self._marks.is_shared:
                raise

    def renew_if_due(self) -> None:
        """Show a sign of life, at most once a minute."""
        if not self.is_marked or time.monotonic() - self._renewed < RENEWED_EVERY.total_seconds():
            return
        self._renewed = time.monotonic()
        self._refuse_another(self._write_mark())

    def _write_mark(self) -> Mark | None:
        """Write the mark, and return that of another computer where one has its place."""
        with suppress(OSError):
            return self._marks.write(self._mark)
        return None

    def release(self) -> None:
        """Take the mark away, if it is still ours, and let the file go.

        On a share it stays, and tells which state the next computer must see. Where this one has
        told of none, the marks that it found are all that is known: they go back.
        """
        if self.is_marked:
            with suppress(OSError, UserError):
                if self._mark.state:
                    self.check_mark()
                    self._mark = replace(self._mark, is_open=False)
                    self._write_mark()
                elif (own := self._marks.withdraw(self._mark)) is not None:
                    put_back(self._marks, self._taken)
                    own.unlink()
        self.is_marked = False
        if self._guard is not None:
            # A share that is gone answers even this with an error; the handle is given back then.
            with suppress(OSError):
                self._guard.close()

    def _gone(self) -> UserError:
        """Tell a file that was taken away from a disk that was."""
        place = self._path.parent
        while not os.path.exists(place) and place != place.parent:  # noqa: PTH110 - never raises
            place = place.parent
        try:
            is_same_disk = self._seen is None or place.stat().st_dev == self._seen[0]
        except OSError:
            is_same_disk = False
        return MovedError(self._path) if is_same_disk else PlaceLostError(self._path)

    def check_mark(self) -> None:
        """Prove that no other computer has taken the file over, and that the mark tells its state.

        Raises:
            PlaceLostError, TakenOverError: and nothing may be written.
        """
        if not self.is_marked:
            return
        try:
            for _ in range(TRIES):
                if not self.is_marked or self._is_told():
                    return
        except OSError as error:
            raise places.in_words(error, self._path) from error
        raise PlaceLostError(self._path)

    def _is_told(self) -> bool:
        """Tell whether the mark is there with all that it should tell; else it is put right."""
        try:
            found = self._marks.read()
        except FileNotFoundError:
            self._put_again()
            return False
        self._refuse_another(found)
        if not self._marks.is_shared:
            return True
        if found is None or found.state != self._mark.state:
            # Another computer has put back what it had read before that was written.
            self._write_mark()
            return False
        if found.state:
            self._drop_taken()
        return True

    def _put_again(self) -> None:
        """Put the mark back that somebody tidied away, unless another computer was faster.

        One that takes over renames the mark before it puts its own. A mark of another computer that
        was taken away since says that this one had been taken over before.
        """
        try:
            self._marks.make(self._mark)
        except FileExistsError:
            return
        except OSError:
            if self._marks.is_shared:
                raise
            self.is_marked = False
            return
        taken = self._marks.taken()
        for place, mark in taken.items():
            if mark is not None and place not in self._taken and mark.token != self._mark.token:
                own = self._marks.withdraw(self._mark)
                if own is not None:
                    own.unlink()
                self._refuse_another(mark)
        self._refuse_another(self._marks.read())
        # Still there after the others were listed, it tells as much as any of this computer's own.
        for place, mark in taken.items():
            if mark is not None and mark.token == self._mark.token:
                place.unlink(missing_ok=True)

    def _drop_taken(self) -> None:
        for place in self._taken:
            with suppress(OSError):
                place.unlink(missing_ok=True)
        self._taken = {}

    def _refuse_another(self, found: Mark | None) -> None:
        if found is not None and found.token != self._mark.token:
            raise TakenOverError(self._path, who=found.who, computer=found.computer)


def _copy_as(original: Path, content: Path, target: Path) -> None:
    """Copy ``content`` to the disk, owned and readable as the original is."""
    shutil.copyfile(content, target)
    shutil.copymode(original, target)
    wanted, made = original.stat(), target.stat()
    if (wanted.st_uid, wanted.st_gid) != (made.st_uid, made.st_gid):
        os.chown(target, wanted.st_uid, wanted.st_gid)
    with target.open("r+b") as file:
        os.fsync(file.fileno())


def seen_at(path: Path) -> tuple[int, int] | None:
    """Return which file stands at a path, or None where none can be seen."""
    with suppress(OSError):
        return _identity(path)
    return None


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
