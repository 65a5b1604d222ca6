# SPDX-License-Identifier: GPL-3.0-or-later
"""What every torture shares: a throwaway profile, a dossier to work on, and its tally."""

import hashlib
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.model import Meta
from egn_desktop.paths import BASE_DIR_VARIABLE

KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[2]
# The dossier's own books: names of states are drawn at random, and touched follows the rows.
_BOOKS = ("state", "writes", "touched")


@dataclass
class Tally:
    """What came of the rounds: how often each thing happened, and what must not have."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def expect(self, holds: object, what: str) -> None:
        """Note a failure unless it holds."""
        if not holds:
            self.failures.append(what)


Torture = Callable[[int, random.Random], Tally]


def main(name: str, torture: Torture, rounds: int) -> None:
    """Run a torture by the command line, print its figures, and exit."""
    given = [int(argument) for argument in sys.argv[1:3]]
    rounds = given[0] if given else rounds
    seed = given[1] if len(given) > 1 else random.SystemRandom().randrange(10**6)
    begun = time.monotonic()
    tally = torture(rounds, random.Random(seed))
    for what, count in sorted(tally.counts.items()):
        print(f"  {what:<58} {count:>7}")
    for failure in tally.failures[:20]:
        print(f"  FAILED: {failure}")
    print(
        f"{name}: {rounds} rounds, {len(tally.failures)} failures, "
        f"{time.monotonic() - begun:.0f} s (seed {seed})"
    )
    sys.exit(bool(tally.failures))


@contextmanager
def workshop() -> Generator[Path]:
    """Give a folder for the work and a profile beside it; both go again."""
    fast = Path("/dev/shm")  # noqa: S108 - memory: the torture is to kill processes, not disks
    before = os.environ.get(BASE_DIR_VARIABLE)
    with tempfile.TemporaryDirectory(
        prefix="torture-", dir=fast if fast.is_dir() else None
    ) as folder:
        os.environ[BASE_DIR_VARIABLE] = str(Path(folder) / "profil")
        try:
            work = Path(folder) / "école"
            work.mkdir()
            yield work
        finally:
            os.environ.pop(BASE_DIR_VARIABLE)
            if before is not None:
                os.environ[BASE_DIR_VARIABLE] = before


@contextmanager
def another_computer(folder: Path) -> Generator[None]:
    """Act as another computer, whose profile is its own."""
    before = os.environ[BASE_DIR_VARIABLE]
    os.environ[BASE_DIR_VARIABLE] = str(folder.parent / "autre poste")
    try:
        yield
    finally:
        os.environ[BASE_DIR_VARIABLE] = before


def add(dossier: Dossier, *names: str) -> None:
    """Make one change for each name, each acknowledged on return."""
    for name in names:
        with dossier.write() as session:
            session.merge(Meta(key=name, value=name * 40))


def names(dossier: Dossier) -> set[str]:
    """Return what ``add`` made, every value whole."""
    with dossier.read() as session:
        found = session.scalars(select(Meta).where(Meta.key != "")).all()
        return {found_file.key for found_file in found if found_file.value == found_file.key * 40}


def picture(dossier: Dossier) -> str:
    """Return a digest of all that the dossier holds; hold its lock around it."""
    digest = hashlib.sha256()
    raw = dossier.raw
    tables = raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' ORDER BY name")
    for (table,) in tables.fetchall():
        if table not in _BOOKS and not table.startswith("sqlite_"):
            rows = raw.execute(f'SELECT * FROM "{table}"').fetchall()
            digest.update(repr((table, sorted(map(repr, rows)))).encode())
    return digest.hexdigest()


class SideLog:
    """What a process notes of itself, unbuffered, so that a kill loses nothing of it."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)

    def note(self, *words: object) -> None:
        """Write one line."""
        os.write(self._file, (" ".join(map(str, words)) + "\n").encode())

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def lines_of(path: Path) -> list[list[str]]:
    """Return the whole lines of a side log, each cut into words."""
    if not path.exists():
        return []
    whole, _, _ = path.read_text(encoding="utf-8").rpartition("\n")
    return [line.split() for line in whole.splitlines()]


def fork(work: Callable[[], None]) -> int:
    """Run the work in a child process, and return its number; the child ends with it."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def kill(child: int) -> None:
    """Kill a child as a power cut would, and wait until it is gone."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def ended(child: int) -> int:
    """Wait for a child and return its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def bytes_of(paths: Sequence[Path]) -> dict[str, bytes]:
    """Return the content of those of these files that are there."""
    return {path.name: path.read_bytes() for path in paths if path.is_file()}
