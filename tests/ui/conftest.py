# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import (
    QAbstractAnimation,
    QCoreApplication,
    QEvent,
    QPropertyAnimation,
    QTimer,
    QVariantAnimation,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from egn_desktop.dossier import Dossier, keys
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context

# Under the timeout of a test, so that what was waited for is in the message.
PATIENCE_MS = 240_000
MOVING = {QTimer, QPropertyAnimation, QVariantAnimation}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What the offscreen platform says of itself; every other warning of Qt's fails the test.
    quiet = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(quiet)


class PatientBot(QtBot):
    """Waits for a fact as long as the test itself may last: a loaded machine is no fault."""

    def waitUntil(self, callback, *, timeout=PATIENCE_MS):
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout=PATIENCE_MS, raising=None, check_params_cb=None):
        return super().waitSignal(
            signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb
        )


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))
    return qapp


@pytest.fixture
def context(qapp: QApplication, dossier: Dossier) -> Iterator[Context]:
    """What pages are handed, on the real, empty dossier."""
    made = Context(Services.of(dossier), MachineSettings(theme=Theme.LIGHT))
    yield made
    assert not made.jobs.busy, "a job is still under way"
    made.close()


@pytest.fixture
def show(qtbot: QtBot) -> Callable[[QWidget], None]:
    """Show a window and wait until it has the keyboard, without which nothing has the focus."""

    def shown(widget: QWidget) -> None:
        qtbot.addWidget(widget)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)

    return shown


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """A keyring in memory; the real one has its own tests."""
    kept: dict[str, bytes] = {}
    notes: dict[str, str] = {}
    monkeypatch.setattr(keys, "is_available", lambda: True)
    monkeypatch.setattr(keys, "note", notes.get)
    monkeypatch.setattr(keys, "keep_note", notes.__setitem__)
    monkeypatch.setattr(keys, "forget_note", lambda name: notes.pop(name, None))
    monkeypatch.setattr(keys, "keep", kept.__setitem__)
    monkeypatch.setattr(keys, "forget", lambda name: kept.pop(name, None))
    monkeypatch.setattr(keys, "find", lambda name: (kept[name],) if name in kept else ())
    return kept


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp: QApplication, qtbot: QtBot) -> Iterator[None]:
    """A test closes its windows, ends its jobs, and leaves no timer or animation running."""
    before = set(qapp.topLevelWidgets())
    yield
    for widget in qapp.topLevelWidgets():
        if widget not in before and not widget.isVisible():
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [
        widget for widget in qapp.topLevelWidgets() if widget not in before and widget.isVisible()
    ]
    assert not left, f"left open: {left}"
    wrappers: list[object] = getAllValidWrappers()
    running = [wrapper for wrapper in wrappers if type(wrapper) in MOVING and is_running(wrapper)]
    assert not running, f"left running: {running}"


def is_running(timer: QTimer | QAbstractAnimation) -> bool:
    if isinstance(timer, QTimer):
        return timer.isActive()
    return timer.state() == QAbstractAnimation.State.Running
