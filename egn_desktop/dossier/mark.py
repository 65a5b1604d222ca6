# SPDX-License-Identifier: GPL-3.0-or-later
"""The small file beside a dossier that says who has it open: how it is read, made and taken away.

Other computers do the same at any instant, any of them may die or sleep between two steps, and what
a share shows may be a memory. So:

- A mark is made only where there is none, which the server decides; never put over another.
- It is changed by one handle, which goes on reaching the same file whatever is done to its name.
- It is taken away by renaming it to a name that was never used, which one computer alone can do and
  which no memory knows. Until a later mark tells as much, it stays under that name, so that a
  computer that dies in between loses nothing of what it told.
"""

import hashlib
import json
import os
import secrets
import time
import uuid
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import FileIO
from pathlib import Path

from egn_desktop import paths
from egn_desktop.dossier import places

# Of one size always: a share may tell an old size of a file, and the end would be missed.
_MARK_BYTES = 1024
_TOLD = 60
_COMPUTER_FILE = "poste"
_BINARY = getattr(os, "O_BINARY", 0)
# How long a mark without a word in it is given to be written.
TRIES = 10
BETWEEN_TRIES_S = 0.1


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

    def keeps_out(self, other: "Mark") -> bool:
        """Tell whether another computer than that of ``other`` has the dossier open by this."""
        return self.is_open and not self.is_of_computer(other)

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


class Marks:
    """The mark beside one dossier, and those that were taken away and are not done with.

    Attributes:
        place: where the mark is put.
        is_shared: whether other computers may change it, so that nothing remembered is believed.
    """

    def __init__(self, path: Path) -> None:
        self.place = mark_of(path)
        self.is_shared = places.is_shared(path)
        named = hashlib.sha256(os.fsencode(path.name)).hexdigest()
        self._taken = f".~{named[:12]}-"

    def read(self, place: Path | None = None) -> Mark | None:
        """Return a mark, by default the one that is put; None where it spells none.

        Raises:
            OSError: there is none, or the place does not answer.
        """
        with FileIO(place or self.place) as file:
            return self._decoded(file)

    def read_or_none(self) -> Mark | None:
        """Return the mark that is put, or None where none can be read."""
        with suppress(OSError):
            return self.read()
        return None

    def read_once_written(self) -> Mark | None:
        """Return the mark that is put; its computer is given a moment to write it."""
        for _ in range(TRIES):
            found = self.read_or_none()
            if found is not None:
                return found
            time.sleep(BETWEEN_TRIES_S)
        return None

    def make(self, mark: Mark) -> None:
        """Put a mark where there is none.

        Raises:
            FileExistsError: there is one.
            OSError: the place refuses.
        """
        file = os.open(self.place, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY)
        try:
            with os.fdopen(file, "wb") as opened:
                opened.write(mark.encode())
                opened.flush()
                with suppress(OSError):
                    os.fsync(opened.fileno())
        except OSError:
            with suppress(OSError):
                self.place.unlink()
            raise

    def write(self, mark: Mark, place: Path | None = None) -> Mark | None:
        """Write a mark again, unless another has its place: that one is returned.

        Raises:
            OSError: there is none, or the place refuses.
        """
        with FileIO(place or self.place, "r+") as file:
            found = self._decoded(file)
            if found is not None and found.token != mark.token:
                return found
            file.seek(0)
            file.write(mark.encode())
        return None

    def take_away(self) -> Path:
        """Rename the mark that is put, whosever it is, and return its new place.

        Raises:
            FileNotFoundError: there is none.
            OSError: the place refuses.
        """
        return self.place.replace(
            self.place.with_name(f"{self._taken}{secrets.token_hex(4)}.verrou")
        )

    def taken(self) -> dict[Path, Mark | None]:
        """Return the marks that were taken away and are still there.

        Where one of them says that its computer has closed the dossier, an older one of that
        opening does not say otherwise.

        The list is the server's own once this computer has put or taken something there.

        Raises:
            OSError: the place does not answer.
        """
        found: dict[Path, Mark | None] = {}
        for name in os.listdir(self.place.parent):  # noqa: PTH208 - half the time on a share
            if name.startswith(self._taken):
                place = self.place.with_name(name)
                with suppress(FileNotFoundError):
                    found[place] = self.read(place)
        closed = {mark.token for mark in found.values() if mark and not mark.is_open}
        return {
            place: replace(mark, is_open=False) if mark and mark.token in closed else mark
            for place, mark in found.items()
        }

    def withdraw(self, mark: Mark) -> Path | None:
        """Take this very mark away and return its new place; None if another has its place.

        Raises:
            OSError: the place does not answer.
        """
        found = self.read_or_none()
        if found is None or found.token != mark.token:
            return None
        try:
            place = self.take_away()
        except FileNotFoundError:
            return None
        taken = self.read(place)
        if taken is not None and taken.token == mark.token:
            return place
        self.put_back(place, taken)
        return None

    def put_back(self, place: Path, mark: Mark | None) -> None:
        """Put a mark back that was taken away to ``place``, unless there is one meanwhile.

        Its computer may have done so itself; another's leaves it where it is.

        Raises:
            OSError: the place does not answer.
        """
        if mark is None:
            return
        try:
            with _as_old_as(place, self.place):
                self.make(mark)
        except FileExistsError:
            found = self.read_or_none()
            if found is None or found.token != mark.token:
                return
        place.unlink(missing_ok=True)

    def doubt(self, place: Path, mark: Mark) -> None:
        """Write on a mark that was taken away that a computer waited in vain for its state."""
        with suppress(OSError), _as_old_as(place, place):
            self.write(replace(mark, is_doubted=True), place)

    def silence(self, place: Path | None = None) -> timedelta:
        """Return how long a mark was not written, by the clock of the place that holds it."""
        with suppress(OSError):
            probe = self.place.with_name(f".~{secrets.token_hex(4)}.essai")
            try:
                probe.write_bytes(b"")
                seconds = probe.stat().st_mtime - (place or self.place).stat().st_mtime
            finally:
                probe.unlink(missing_ok=True)
            return timedelta(seconds=max(seconds, 0))
        return timedelta()

    def _decoded(self, file: FileIO) -> Mark | None:
        if self.is_shared:
            forget_remembered(file)
        return Mark.decode(file.read())


@contextmanager
def _as_old_as(model: Path, place: Path) -> Generator[None]:
    """Have what is written at a place be as old as the mark that it repeats; see ``silence``."""
    stood = model.stat()
    yield
    with suppress(OSError):
        os.utime(place, ns=(stood.st_atime_ns, stood.st_mtime_ns))


def forget_remembered(file: FileIO) -> None:
    """Have the next reading of an open file ask the disk or the server, not this memory.

    sshfs with ``auto_cache`` keeps a file's content while its size and its second are the same.
    """
    if hasattr(os, "posix_fadvise"):
        with suppress(OSError):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def forget_marks(path: Path) -> None:
    """Remove every mark of a dossier whose file is no more.

    Raises:
        OSError: the place refuses.
    """
    marks = Marks(path)
    marks.place.unlink(missing_ok=True)
    for place in marks.taken():
        place.unlink(missing_ok=True)


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
