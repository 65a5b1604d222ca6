# SPDX-License-Identifier: GPL-3.0-or-later
"""This computer's claim on the file: a mark beside it that other computers see, and a watch on it.

SQLite's lock and ``guard`` shut out whoever shares this computer's view of the disk. On a share
their locks may not reach the other computer, and a sync client asks nobody before it replaces a
file: both would write, and destroy it. So a small file beside the dossier says who has it; it and
the dossier's own place are looked at before each write is acknowledged.

On a share the mark also bears the name of the last state that was acknowledged, and stays when the
dossier is closed. A computer remembers for up to a minute how long a file on a share was, and
whether there was a log: it opens nothing that does not show that state. The mark itself cannot be
such a memory: it is read under a name that was never used.
"""

import getpass
import json
import os
import platform
import secrets
import shutil
import sys
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import FileIO
from pathlib import Path

from egn_desktop import paths
from egn_desktop.dossier import guard, places
from egn_desktop.dossier.errors import (
    MovedError,
    OpenElsewhereError,
    PlaceLostError,
    ReplacedError,
    TakenOverError,
)
from egn_desktop.errors import UserError

RENEWED_EVERY = timedelta(minutes=1)
# Of one size always: a share may tell an old size of a file, and the end would be missed.
_MARK_BYTES = 1024
_TOLD = 60
_COMPUTER_FILE = "poste"
_BINARY = getattr(os, "O_BINARY", 0)
# How long a mark without a word in it is given to be written, and one that went to be gone.
_TRIES = 10
_BETWEEN_TRIES_S = 0.1
_SETTLED_AFTER_S = 0.5


@dataclass(frozen=True, slots=True)
class Mark:
    """What the file beside an open dossier says.

    Attributes:
        token: drawn at each opening; whose mark it is.
        computer_id: this user's profile on that computer, drawn once: names of computers repeat.
        since: when the dossier was opened, by that computer's clock.
        state: on a share, the name of the last state that was acknowledged, if one was; see
            ``state``.
        is_open: whether that computer has the dossier open; else it closed it.
        is_doubted: whether a computer has waited in vain for that state to be shown.
    """

    token: str
    computer_id: str
    computer: str
    who: str
    since: datetime
    state: str = ""
    is_open: bool = True
    is_doubted: bool = False

    def is_of_computer(self, other: "Mark") -> bool:
        """Tell whether two marks are of one computer: copied profiles have one number for many."""
        return (self.computer_id, self.computer[:_TOLD]) == (
            other.computer_id,
            other.computer[:_TOLD],
        )

    def encode(self) -> bytes:
        """Return the mark's bytes, always as many."""
        told = {
            "token": self.token,
            "poste": self.computer_id,
            "ordinateur": self.computer[:_TOLD],
            "par": self.who[:_TOLD],
            "depuis": self.since.astimezone(UTC).isoformat(timespec="seconds"),
            "etat": self.state,
            "ouvert": self.is_open,
            "attendu en vain": self.is_doubted,
        }
        return json.dumps(told).encode().ljust(_MARK_BYTES)

    @classmethod
    def decode(cls, given: bytes) -> "Mark | None":
        """Return the mark that bytes spell, or None: a sync client may leave a part of it."""
        try:
            told = json.loads(given)
            since = datetime.fromisoformat(told["depuis"]).astimezone()
            return cls(
                told["token"],
                told["poste"],
                told["ordinateur"],
                told["par"],
                since,
                told["etat"],
                told["ouvert"],
                told["attendu en vain"],
            )
        except (ValueError, KeyError, TypeError):
            return None


class Presence:
    """The claim on one open file; made by ``claim``, given back by ``release``.

    Attributes:
        is_marked: whether the mark could be put beside the file.
        took_over: whether the mark of another computer that has the file open was removed for it.
        expected: the state that the file, with its log, must show before it is opened: what a share
            may hide for a while. Empty where nothing is known of it.
    """

    def __init__(
        self,
        path: Path,
        held: FileIO | None,
        mark: Mark,
        *,
        is_marked: bool,
        found: Mark | None,
        expected: str,
    ) -> None:
        self._path = path
        self._guard = held
        self._mark = mark
        self.is_marked = is_marked
        self.took_over = (
            is_marked and found is not None and found.is_open and not found.is_of_computer(mark)
        )
        self.expected = expected
        # A server opens as its own disk what others see as a share.
        self._is_shared = places.is_shared(path) or (found is not None and bool(found.state))
        # Whoever is refused the dossier leaves the mark that it found.
        self._left = found
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
        try:
            put, found = _put(path, mark, take_over=take_over)
        except BaseException:
            if held is not None:
                held.close()
            raise
        expected = "" if found is None or (take_over and found.is_doubted) else found.state
        made = cls(
            path, held, put or mark, is_marked=put is not None, found=found, expected=expected
        )
        if made.took_over:
            _let_settle(path)
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
            self._path.with_name(f"{self._path.name}-wal").unlink(missing_ok=True)
        if is_parted:
            held, self._guard = self._guard, guard.hold(self._path)
            if held is not None:
                held.close()

    def tell(self, state: str) -> None:
        """Write on the mark, where the place is shared, which state is about to be acknowledged.

        A computer that takes the file over before it is written has read the mark without it; the
        look at the mark that follows finds the other's.
        """
        if not (self.is_marked and self._is_shared and state and state != self._mark.state):
            return
        self._mark = replace(self._mark, state=state)
        self._write_mark(self._mark)

    def doubt(self) -> None:
        """Note on the mark, for the next opening, that what it tells of was waited for in vain."""
        if self._left is not None:
            self._left = replace(self._left, is_doubted=True)

    def watch(self) -> None:
        """Remember which file stands at the path; call it once SQLite has it open."""
        self._left = None
        self._seen = _identity(self._path)

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
                self._refuse_another(_read_or_none(self._path))
            raise ReplacedError(self._path)
        self.check_mark()

    def renew_if_due(self) -> None:
        """Show a sign of life, at most once a minute."""
        if not self.is_marked or time.monotonic() - self._renewed < RENEWED_EVERY.total_seconds():
            return
        self._renewed = time.monotonic()
        self._write_mark(self._mark)

    def _write_mark(self, mark: Mark) -> None:
        # By one handle: a mark put there meanwhile by another computer is another file.
        with suppress(OSError), mark_of(self._path).open("r+b") as file:
            self._refuse_another(Mark.decode(file.read()))
            file.seek(0)
            file.write(mark.encode())

    def release(self) -> None:
        """Take the mark away, if it is still ours, and let the file go.

        On a share it stays, and tells which state the next computer must see.
        """
        if self.is_marked:
            left = self._left
            if left is None and self._is_shared and self._mark.state:
                left = replace(self._mark, is_open=False)
            with suppress(OSError, TakenOverError):
                if left is not None:
                    self._write_mark(left)
                elif (found := _read(self._path)) and found.token == self._mark.token:
                    mark_of(self._path).unlink()
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
        """Prove that no other computer has taken the file over.

        Raises:
            PlaceLostError, TakenOverError: and nothing may be written.
        """
        if not self.is_marked:
            return
        try:
            self._refuse_another(_read(self._path))
        except FileNotFoundError:
            # Somebody tidied up; the mark goes back, and fails where another computer was faster.
            try:
                _make(mark_of(self._path), self._mark)
            except FileExistsError:
                self._refuse_another(_read_or_none(self._path))
            except OSError:
                self.is_marked = False
        except OSError as error:
            raise places.in_words(error, self._path) from error

    def _refuse_another(self, found: Mark | None) -> None:
        if found is not None and found.token != self._mark.token:
            raise TakenOverError(self._path, who=found.who, computer=found.computer)


def mark_of(path: Path) -> Path:
    """Return where the mark of a dossier is put."""
    return path.with_name(f".~{path.name}.verrou")


def computer_id() -> str:
    """Return what tells this user of this computer from every other, drawn at the first start."""
    with suppress(OSError, UnicodeDecodeError):
        file = paths.user_data() / _COMPUTER_FILE
        found = file.read_text(encoding="ascii").strip() if file.is_file() else ""
        if not found:
            found = secrets.token_hex(8)
            file.write_text(found, encoding="ascii")
        return found
    # No folder to keep it in: the network card's number tells computers apart, if not their users.
    return f"{uuid.getnode():016x}"


def _put(path: Path, mark: Mark, *, take_over: bool) -> tuple[Mark | None, Mark | None]:
    """Put the mark beside the file, in place of what may be there.

    Returns:
        The mark that was put, with the state that the former tells of, None where the place refuses
        one; and the former mark, if there was one.
    """
    found = None
    try:
        for tried in range(_TRIES):
            try:
                _make(mark_of(path), mark)
            except FileExistsError:
                found = _refuse_or_remove(path, mark, take_over=take_over) or found
                # Were this process killed before its first write, the next must know the state.
                mark = replace(mark, state=found.state) if found else mark
                continue
            except OSError:
                # A share may say so of a mark that was put there at this very instant.
                if tried == _TRIES - 1 or places.trouble(path) is not None:
                    raise
                time.sleep(_BETWEEN_TRIES_S)
                continue
            return mark, found
    except OSError:
        # A place that cannot be written is told by SQLite's own attempt; one that is full too.
        return None, found
    raise _told(path, _read_or_none(path) or mark)


def _make(place: Path, mark: Mark) -> None:
    """Make the file of a mark.

    Raises:
        FileExistsError: one is there.
        OSError: the place refuses.
    """
    file = os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY)
    try:
        with os.fdopen(file, "wb") as opened:
            opened.write(mark.encode())
            opened.flush()
            with suppress(OSError):
                os.fsync(opened.fileno())
    except OSError:
        with suppress(OSError):
            place.unlink()
        raise


def _refuse_or_remove(path: Path, mark: Mark, *, take_over: bool) -> Mark | None:
    """Remove a mark of a closed dossier, one that this computer left, or that the user takes over.

    Any other is refused. This computer's own lock has been taken by now: an open mark of its own is
    that of a process which ended without a word.

    Returns:
        The mark that was removed, as it was at that instant; None if it went, or was none.

    Raises:
        OSError: the mark cannot be read or removed.
    """
    found = _read_or_none(path)
    for _ in range(_TRIES if found is None else 0):
        # Its computer may be about to write it: whoever makes the file comes first.
        time.sleep(_BETWEEN_TRIES_S)
        found = _read_or_none(path)
        if found is not None:
            break
    if found is not None and _keeps_out(found, mark) and not take_over:
        raise _told(path, found)
    # Renamed before it is removed: another computer may have taken over the same mark meanwhile.
    removed = path.with_name(f".~{secrets.token_hex(4)}.verrou")
    try:
        mark_of(path).replace(removed)
    except FileNotFoundError:
        return None
    # No share remembers anything of this name.
    try:
        taken = Mark.decode(removed.read_bytes())
    except OSError:
        # Not read, it may be of a computer that has the file open: it goes back.
        removed.replace(mark_of(path))
        raise
    is_another = taken is not None and (found is None or taken.token != found.token)
    if taken is not None and is_another and _keeps_out(taken, mark):
        # It may have been missed meanwhile, and put back with a later state.
        with suppress(FileExistsError):
            _make(mark_of(path), taken)
        removed.unlink()
        raise _told(path, taken)
    removed.unlink()
    return taken


def _keeps_out(found: Mark, mark: Mark) -> bool:
    return found.is_open and not found.is_of_computer(mark)


def _let_settle(path: Path) -> None:
    """Wait until what the other computer had under way is done: it sees the mark at its next look.

    A folding in would otherwise be copied half-way, and its log not at all.
    """
    before = None
    for _ in range(_TRIES):
        present = [_stamp(path), _stamp(path.with_name(f"{path.name}-wal"))]
        if present == before:
            return
        before = present
        time.sleep(_SETTLED_AFTER_S)


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_size, found.st_mtime_ns
    return None


def _told(path: Path, found: Mark) -> OpenElsewhereError:
    return OpenElsewhereError(
        path, who=found.who, computer=found.computer, since=found.since, silent=_silence(path)
    )


def _silence(path: Path) -> timedelta:
    """Return how long a mark has not been renewed, by the clock of the place that holds it."""
    with suppress(OSError):
        probe = path.with_name(f".~{secrets.token_hex(4)}.verrou")
        try:
            probe.write_bytes(b"")
            seconds = probe.stat().st_mtime - mark_of(path).stat().st_mtime
        finally:
            probe.unlink(missing_ok=True)
        return timedelta(seconds=max(seconds, 0))
    return timedelta()


def _read(path: Path) -> Mark | None:
    return Mark.decode(mark_of(path).read_bytes())


def _read_or_none(path: Path) -> Mark | None:
    with suppress(OSError):
        return _read(path)
    return None


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
