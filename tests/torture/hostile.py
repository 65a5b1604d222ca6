# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives each hostile file to the door it would come in by, and says what became of it.

``python -m tests.torture.hostile [WORDS…]`` prints a line for each file (or for those whose names
hold a word): read or refused, in how long, the memory of the child at its peak, and how long the
window's event loop stood still meanwhile. It ends with 1 where a file took more than it may, ended
the reading in a way that is not told in words, or was told otherwise than expected.
"""

import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parent))

from hostile_files import FILES, Hostile
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from egn_desktop.audit import evidence
from egn_desktop.documents import images
from egn_desktop.documents.pdf.received import ActiveContentError
from egn_desktop.errors import UserError
from egn_desktop.exchange import preview
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.plans import attachments, recognition
from egn_desktop.sandbox import parent
from egn_desktop.ui.jobs import Jobs, Progress

MOST_SECONDS = 10
MOST_MEMORY = 512
MOST_STILL = 1.0
TICK_MS = 5


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes:
        verdict: "lu", or what is said of it.
        memory: of the child at its peak, in MB.
        still: how long the event loop stood still at the most, in seconds.
        wrong: why this is not as it should be; mostly empty.
    """

    file: Hostile
    verdict: str
    seconds: float
    memory: float
    still: float
    wrong: str


def _attach(path: Path) -> object:
    file = attachments.read(path)
    if file.does:
        raise ActiveContentError(path.name, file.does, kept="")
    return file


def _photo(path: Path) -> object:
    return images.photo(images.read_file(path), path.name)


DOORS: dict[str, Callable[[Path], object]] = {
    "list": lambda path: preview.read(path, ImportKind.PUPILS),
    "attach": _attach,
    "verify": lambda path: recognition.recognised(recognition.read(path), path.name),
    "photo": _photo,
    "evidence": evidence.read,
}


class _Children:
    """The children of a reading, and the most memory that they took."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._over = threading.Event()
        self._pids: list[int] = []
        self._start = parent._started
        parent._started = self._started  # type: ignore[assignment]
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> None:
        parent._started = self._start
        self._over.set()
        self._thread.join()

    def _started(self) -> Any:
        process = self._start()
        self._pids.append(process.pid)
        return process

    def _look(self) -> None:
        while not self._over.wait(0.01):
            for pid in self._pids:
                self.peak = max(self.peak, _high_water(pid))


def _high_water(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), "VmHWM: 0 kB")
    return int(line.split()[1]) / 1024


class _Pulse:
    """Ticks in the event loop, and knows how long it did not."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def end(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now


def read(file: Hostile, folder: Path, jobs: Jobs) -> Outcome:
    """Make one file and read it as the window does."""
    path = file.make(folder)
    loop, ended = QEventLoop(), list[object]()

    def take(result: object) -> None:
        ended.append(result)
        loop.quit()

    def work(_: Progress) -> object:
        return DOORS[file.door](path)

    children, pulse, started = _Children(), _Pulse(), time.perf_counter()
    jobs.run(work, done=take, failed=take, label=file.name)
    loop.exec()
    seconds = time.perf_counter() - started
    pulse.end()
    children.end()
    (result,) = ended
    told = result.what if isinstance(result, UserError) else "lu"
    if isinstance(result, Exception) and not isinstance(result, UserError):
        told = f"ERREUR {result!r}"
    return Outcome(
        file, told, seconds, children.peak, pulse.longest,
        _wrong(file, result, told, seconds, children.peak, pulse.longest),
    )  # fmt: skip


def _wrong(
    file: Hostile, result: object, told: str, seconds: float, memory: float, still: float
) -> str:
    if isinstance(result, Exception) and not isinstance(result, UserError):
        return "not told in words"
    if isinstance(result, UserError) and isinstance(result.__cause__, RuntimeError):
        return f"a fault of ours: {result.__cause__}"
    if file.expected and file.expected not in told:
        return f"« {file.expected} » expected"
    if seconds > MOST_SECONDS or memory > MOST_MEMORY:
        return "took more than it may"
    return "the window stood still" if still > MOST_STILL else ""


def run(files: Iterable[Hostile], tell: Callable[[str], object]) -> list[Outcome]:
    """Read these files one after the other, and tell of each as it is done."""
    app = QApplication.instance() or QApplication([])
    jobs, outcomes = Jobs(), list[Outcome]()
    try:
        for file in files:
            with tempfile.TemporaryDirectory() as folder:
                found = read(file, Path(folder), jobs)
            outcomes.append(found)
            tell(
                f"{file.door:<8} {file.name:<34} {found.seconds:6.2f} s {found.memory:5.0f} Mo "
                f"{found.still * 1000:5.0f} ms  {found.wrong.upper()}  {found.verdict}"
            )
    finally:
        jobs.shutdown()
    assert app is not None
    return outcomes


def main(words: list[str]) -> int:
    """Read the files that are asked for, all of them where none is."""
    chosen = [file for file in FILES if not words or any(word in file.name for word in words)]
    outcomes = run(chosen, lambda line: print(line, flush=True))
    wrong = [outcome for outcome in outcomes if outcome.wrong]
    print(
        f"\n{len(outcomes)} files, {len(wrong)} wrong; "
        f"longest {max(outcome.seconds for outcome in outcomes):.2f} s, "
        f"most memory {max(outcome.memory for outcome in outcomes):.0f} MB, "
        f"the window's longest stop {max(outcome.still for outcome in outcomes) * 1000:.0f} ms"
    )
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
