# SPDX-License-Identifier: GPL-3.0-or-later
"""Work that would make the window wait: one worker thread, and answers on the main thread.

One long-lived runner with one signal brings everything back; an object made for each job and
deleted when it ends crashes sooner or later.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from egn_desktop.errors import UserError
from egn_desktop.sandbox.watch import watched

SHOWN_AFTER_MS = 300
STEPS_EVERY_S = 0.05

T = TypeVar("T")


class Cancelled(UserError):
    """The user stopped the work."""

    def __init__(self) -> None:
        super().__init__("Interrompu à votre demande.", kept="Rien n’a été laissé à moitié fait.")


class Progress:
    """What work tells while it runs, and how it learns that it must stop."""

    def __init__(
        self, tell: Callable[[int, int], None], say: Callable[[str], None] = lambda _: None
    ) -> None:
        self._tell = tell
        self._say = say
        self._stop = threading.Event()
        self._told_at = 0.0

    @property
    def cancelled(self) -> bool:
        """Whether the work must stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Have the work stop at its next step."""
        self._stop.set()

    def check(self) -> None:
        """Go on, if the work is to.

        Raises:
            Cancelled: it must stop.
        """
        if self._stop.is_set():
            raise Cancelled

    def say(self, text: str) -> None:
        """Tell why the work lasts, in place of what is being done.

        Raises:
            Cancelled: it must stop.
        """
        self.check()
        self._say(text)

    def step(self, done: int, total: int) -> None:
        """Tell how far the work is.

        Raises:
            Cancelled: it must stop.
        """
        self.check()
        now = time.monotonic()
        if done >= total or now - self._told_at >= STEPS_EVERY_S:
            self._told_at = now
            self._tell(done, total)


@dataclass(slots=True, eq=False)
class _Job:
    work: Callable[[Progress], Any]
    done: Callable[[Any], object]
    failed: Callable[[Exception], object] | None
    label: str
    is_quiet: bool
    progress: Progress = field(init=False)


class Jobs(QObject):
    """Runs one job after another; tells the window what lasts."""

    shown = Signal(str)
    moved = Signal(int, int)
    ended = Signal()
    refused = Signal(object)

    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="egn-job")
        self._waiting: list[_Job] = []
        self._is_shown = False
        self._closed = False
        self._reveal = QTimer(self)
        self._reveal.setSingleShot(True)
        self._reveal.setInterval(SHOWN_AFTER_MS)
        self._reveal.timeout.connect(self._show)
        # Emitted by the worker's thread; only a queued signal is received by this one.
        self._reported.connect(self._receive, Qt.ConnectionType.QueuedConnection)

    @property
    def _running(self) -> _Job | None:
        # One after another, in their order: it may have begun a moment before it says so.
        return self._waiting[0] if self._waiting else None

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits, those that nobody asked for left out."""
        return any(not job.is_quiet for job in self._waiting)

    @property
    def shown_now(self) -> bool:
        """Whether a job lasts so long that the window says what is being done."""
        return self._is_shown

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], object],
        label: str,
        failed: Callable[[Exception], object] | None = None,
        is_quiet: bool = False,
    ) -> None:
        """Run ``work`` on the worker thread, then ``done`` with its result on this one.

        Args:
            label: what is being done, shown when it lasts ("Impression du plan").
            failed: called with what went wrong, ``Cancelled`` included; without it, the window
                says it.
            is_quiet: upkeep, which is not shown and for which nobody waits.
        """
        if self._closed:
            return
        job = _Job(work, done, failed, label, is_quiet)
        job.progress = Progress(
            lambda step, total: self._report(self._moved, job, step, total),
            lambda text: self._report(self._said, job, text),
        )
        self._waiting.append(job)
        self._pool.submit(self._work, job)

    @Slot()
    def cancel(self) -> None:
        """Stop the job under way at its next step."""
        if self._running is not None:
            self._running.progress.cancel()

    def shutdown(self) -> None:
        """Stop everything and wait for the worker; nothing is called back afterwards."""
        self._closed = True
        self._reveal.stop()
        for job in self._waiting:
            job.progress.cancel()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._waiting.clear()
        self._hide()

    def _work(self, job: _Job) -> None:
        self._report(self._began, job)
        try:
            job.progress.step(0, 0)
            # What a child process reads for the job ends with it.
            with watched(job.progress.check):
                result = job.work(job.progress)
        except Exception as error:
            self._report(self._finished, job, None, error)
        else:
            self._report(self._finished, job, result, None)

    def _report(self, method: Callable[..., None], *values: object) -> None:
        self._reported.emit((method, values))

    @Slot(object)
    def _receive(self, report: tuple[Callable[..., None], tuple[object, ...]]) -> None:
        if not self._closed:
            method, values = report
            method(*values)

    def _began(self, job: _Job) -> None:
        if not self._is_shown and not job.is_quiet:
            self._reveal.start()

    def _moved(self, job: _Job, done: int, total: int) -> None:
        if job is self._running and total:
            self.moved.emit(done, total)

    def _said(self, job: _Job, text: str) -> None:
        job.label = text
        if job is self._running and self._is_shown:
            self._show()

    def _finished(self, job: _Job, result: object, error: Exception | None) -> None:
        self._waiting.remove(job)
        if not self.busy:
            self._reveal.stop()
            self._hide()
        if error is None:
            job.done(result)
        elif job.failed is not None:
            job.failed(error)
        elif isinstance(error, UserError):
            self.refused.emit(error)
        else:
            raise error

    @Slot()
    def _show(self) -> None:
        if self._running is not None and not self._running.is_quiet:
            self._is_shown = True
            self.shown.emit(self._running.label)

    def _hide(self) -> None:
        if self._is_shown:
            self._is_shown = False
            self.ended.emit()
