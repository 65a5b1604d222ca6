# SPDX-License-Identifier: GPL-3.0-or-later
import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from egn_desktop.dossier import Dossier
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context


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


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp: QApplication, qtbot: QtBot) -> Iterator[None]:
    """A test closes its windows, ends its jobs, and leaves no timer or animation running."""
    before = set(qapp.topLevelWidgets())
    yield
    for widget in qapp.topLevelWidgets():
        if widget not in before and not widget.isVisible():
            widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = [one for one in qapp.topLevelWidgets() if one not in before and one.isVisible()]
    assert not left, f"left open: {left}"
    running = [
        one
        for one in gc.get_objects()
        if (isinstance(one, QTimer) and isValid(one) and one.isActive())
        or (
            isinstance(one, QAbstractAnimation)
            and isValid(one)
            and one.state() == QAbstractAnimation.State.Running
        )
    ]
    assert not running, f"left running: {running}"
