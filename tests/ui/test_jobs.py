# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal

from egn_desktop.changes import Changed
from egn_desktop.documents.pdf import received
from egn_desktop.errors import UserError
from egn_desktop.sandbox import parent
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Cancelled, Jobs, Progress
from egn_desktop.ui.widgets.progress import JobLine


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.shutdown()


class Emitter(QObject):
    heard = Signal(int)


@pytest.mark.child
def test_a_cancelled_job_ends_the_child_that_reads_for_it(
    qtbot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        code = "import os, time; os.write(1, b'!'); time.sleep(600)"
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        children.append(subprocess.Popen([sys.executable, "-c", code], **pipes))
        return children[0]

    monkeypatch.setattr(parent, "_started", start)
    failed: list[Exception] = []
    jobs.run(
        lambda _: received.looked_at(b"%PDF-", "a.pdf"),
        done=failed.append,
        failed=failed.append,
        label="Lecture",
    )
    qtbot.waitUntil(lambda: bool(children))
    jobs.cancel()
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], Cancelled)
    assert children[0].poll() is not None


def test_five_thousand_emits_do_not_end_the_interpreter(qapp) -> None:
    # PySide6 6.12.0 on Python 3.11 aborts after some hundreds.
    emitter, sums = Emitter(), []
    emitter.heard.connect(sums.append)
    for number in range(5_000):
        emitter.heard.emit(number)
    assert sum(sums) == 12_497_500


def test_five_thousand_jobs_answer_in_order_on_the_main_thread(qtbot, jobs: Jobs) -> None:
    answers, threads = [], set()

    def done(number: int) -> None:
        answers.append(number)
        threads.add(threading.current_thread())

    for number in range(5_000):
        jobs.run(lambda _, number=number: number, done=done, label="Essai")
    qtbot.waitUntil(lambda: len(answers) == 5_000)
    assert answers == list(range(5_000))
    assert threads == {threading.main_thread()}
    assert not jobs.busy


def test_work_runs_elsewhere_than_on_the_window_thread(qtbot, jobs: Jobs) -> None:
    found = []
    jobs.run(lambda _: threading.current_thread(), done=found.append, label="Essai")
    qtbot.waitUntil(lambda: bool(found))
    assert found[0] is not threading.main_thread()


def test_what_lasts_is_shown_and_can_be_stopped(qtbot, jobs: Jobs) -> None:
    line, failures, go_on = JobLine(jobs), [], threading.Event()
    qtbot.addWidget(line)

    def work(progress: Progress) -> None:
        step = 0
        while True:
            step += 1
            progress.step(step % 100, 100)
            go_on.wait(0.005)

    with qtbot.waitSignal(jobs.moved):
        jobs.run(work, done=pytest.fail, failed=failures.append, label="Impression du plan")
    qtbot.waitUntil(line.isVisible)
    assert "Impression du plan" in [child.text() for child in line.findChildren(type(line._label))]
    line._stop.click()
    qtbot.waitUntil(lambda: bool(failures))
    assert isinstance(failures[0], Cancelled)
    assert not line.isVisible()


def test_what_is_quick_is_not_shown(qtbot, jobs: Jobs) -> None:
    shown, done = [], []
    jobs.shown.connect(shown.append)
    jobs.run(lambda _: 1, done=done.append, label="Essai")
    qtbot.waitUntil(lambda: bool(done))
    assert not shown
    assert not jobs._reveal.isActive()


def test_shutdown_stops_what_runs_and_drops_what_waits(qtbot, jobs: Jobs) -> None:
    started, answers = threading.Event(), []

    def work(progress: Progress) -> None:
        started.set()
        while True:
            progress.step(1, 10)

    for _ in range(3):
        jobs.run(work, done=answers.append, failed=answers.append, label="Essai")
    assert started.wait(5)
    jobs.shutdown()
    jobs.run(lambda _: 1, done=answers.append, label="Trop tard")
    assert not jobs.busy
    assert not answers


def test_refusal_is_told_by_the_context(qtbot, context: Context) -> None:
    def work(_: Progress) -> None:
        raise UserError("Le disque est plein.")

    with qtbot.waitSignal(context.failed) as told:
        context.jobs.run(work, done=pytest.fail, label="Essai")
    assert told.args[0].what == "Le disque est plein."


def test_bug_in_a_job_reaches_the_handler_of_bugs(qtbot, jobs: Jobs) -> None:
    def work(_: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.captureExceptions() as caught:
        jobs.run(work, done=pytest.fail, label="Essai")
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError


def test_write_made_by_a_job_is_told_on_the_main_thread(qtbot, context: Context) -> None:
    heard = []
    context.changed.connect(lambda kinds: heard.append((kinds, threading.current_thread())))

    def work(_: Progress) -> None:
        with context.services.dossier.write(Changed.PLAN):
            pass

    context.jobs.run(work, done=lambda _: None, label="Essai")
    qtbot.waitUntil(lambda: bool(heard) and not context.jobs.busy)
    assert heard == [(frozenset({Changed.PLAN}), threading.main_thread())]


def test_closed_context_hears_no_more(qtbot, context: Context) -> None:
    heard = []
    context.changed.connect(heard.append)
    context.close()
    with context.services.dossier.write(Changed.PLAN):
        pass
    assert not heard


def test_cancelled_work_is_said_and_a_bug_is_raised(qtbot, context: Context) -> None:
    said = []
    context.said.connect(lambda text, undo: said.append(text))
    context.fail(Cancelled())
    assert said[0].startswith("Interrompu")
    with pytest.raises(ZeroDivisionError):
        context.fail(ZeroDivisionError())


def test_work_that_waits_says_why_in_the_line_and_can_be_stopped(qtbot, jobs: Jobs) -> None:
    line = JobLine(jobs)
    qtbot.addWidget(line)
    shown: list[str] = []
    jobs.shown.connect(shown.append)
    refused: list[Exception] = []

    def work(progress: Progress) -> None:
        while True:
            progress.say("Ce partage montre encore l’ancien contenu.")
            threading.Event().wait(0.01)

    jobs.run(work, done=lambda _: None, failed=refused.append, label="Ouverture")
    qtbot.waitUntil(lambda: shown[-1:] == ["Ce partage montre encore l’ancien contenu."])
    assert line._label.text() == shown[-1]
    line._stop.click()
    qtbot.waitUntil(lambda: bool(refused))
    assert isinstance(refused[0], Cancelled)
