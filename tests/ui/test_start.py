# SPDX-License-Identifier: GPL-3.0-or-later
import gc
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from egn_desktop import app as program
from egn_desktop import paths
from egn_desktop.settings import MachineSettings, Theme
from egn_desktop.ui import start, theme
from egn_desktop.ui.bugs import BugError
from egn_desktop.ui.window import AppWindow


@pytest.fixture
def run_once(qtbot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch):
    """Runs the program as ``egn-desktop`` does, its event loop ended by what is given."""
    for module in (sys, threading):
        monkeypatch.setattr(module, "excepthook", module.excepthook)

    def run(*arguments: str, meanwhile) -> int:
        def loop() -> int:
            [window] = [
                widget for widget in qapp.topLevelWidgets() if isinstance(widget, AppWindow)
            ]
            meanwhile(window)
            window.close()
            qtbot.waitUntil(lambda: not window.isVisible())
            return 0

        monkeypatch.setattr(QApplication, "exec", staticmethod(loop))
        return program.main(arguments)

    yield run
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))


def test_without_arguments_the_window_opens(qtbot, run_once) -> None:
    seen: list[bool] = []
    assert run_once(meanwhile=lambda window: seen.append(window.isVisible())) == 0
    assert seen == [True]


def test_a_dossier_alone_is_what_the_window_opens(
    qtbot, run_once, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(AppWindow, "open_path", lambda _, path: asked.append(path))
    path = tmp_path / "ecole.egn"
    run_once(str(path), meanwhile=lambda _: qtbot.waitUntil(lambda: bool(asked)))
    assert asked == [path]


def test_rubbish_is_looked_for_once_there_is_something_to_use(qtbot, run_once) -> None:
    seen: list[bool] = []

    def meanwhile(_: AppWindow) -> None:
        seen.append(gc.isenabled())
        qtbot.waitUntil(gc.isenabled)
        seen.append(gc.get_freeze_count() > 0)

    try:
        run_once(meanwhile=meanwhile)
    finally:
        gc.unfreeze()
    assert seen == [False, True]
    assert gc.isenabled()


def test_a_fault_that_nothing_caught_is_logged_and_told(qtbot, run_once) -> None:
    told: list[str] = []

    def fail(window: AppWindow) -> None:
        def shown() -> bool:
            box = window.view._choices.problem
            told[:] = [box.accessibleDescription()] if box.isVisible() else []
            return bool(told)

        try:
            raise KeyError("Inès")
        except KeyError:
            sys.excepthook(*sys.exc_info())
        qtbot.waitUntil(shown)

    run_once(meanwhile=fail)
    assert told == [str(BugError(paths.technical_log()))]
    assert "KeyError" in paths.technical_log().read_text(encoding="utf-8")


def test_the_chosen_theme_is_there_from_the_first_painting(qtbot, run_once) -> None:
    MachineSettings(theme=Theme.DARK).save()
    seen: list[str] = []
    run_once(meanwhile=lambda _: seen.append(theme.tokens().name))
    assert seen == ["dark"]


def test_qt_speaks_french(qapp: QApplication) -> None:
    start.make_application()
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Annuler"
    assert QLocale().language() == QLocale.Language.French
