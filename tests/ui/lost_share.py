# SPDX-License-Identifier: GPL-3.0-or-later
"""The child of ``test_lost_share``: a window on a dossier whose share goes away under it.

Run as a process of its own, for what it is to show is that the process lives.
"""

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.bugs import BugHandler
from egn_desktop.ui.start import make_application
from egn_desktop.ui.welcome import WelcomeView
from egn_desktop.ui.window import AppWindow
from tests.conftest import KEY


def main(path: Path, share: int, folder: Path) -> None:
    """Kill the share under the window, press its keys, and write what came of it."""
    faulthandler.enable()
    app = make_application()
    settings = MachineSettings()
    theme.apply(app, settings)
    window = AppWindow(settings)
    told: list[UserError] = []

    def tell(error: UserError) -> None:
        told.append(error)
        window.tell(error)

    BugHandler(tell).install()
    window.resize(1366, 768)
    window.show()
    window.show_dossier(Dossier.open(path, key=KEY))
    wait(lambda: not window.is_busy)
    window.activateWindow()
    wait(window.isActiveWindow)
    press(window, Qt.Key.Key_3)
    os.kill(share, signal.SIGKILL)
    for _ in range(3):
        for place in (4, 2, 5, 6, 7, 1, 3, 4, 2):
            press(window, Qt.Key(Qt.Key.Key_0.value + place))
        for key in (Qt.Key.Key_N, Qt.Key.Key_F, Qt.Key.Key_Z):
            press(window, key)
    notice = window.view.notices
    report = {
        "notice": notice.accessibleName() if notice.isVisible() else "",
        "said": shown(window).count("ne répond plus"),
        "faults": sorted({type(words).__name__ for words in told}),
        "open": window.isVisible(),
    }
    window.grab().save(str(folder / "share.png"))
    window.close()
    wait(lambda: isinstance(window.view, WelcomeView))
    report["closing"] = shown(window)
    window.close()
    wait(lambda: not window.isVisible())
    (folder / "report.json").write_text(json.dumps(report), encoding="utf-8")


def press(window: AppWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(1)


def wait(fact: Callable[[], bool]) -> None:
    for _ in range(2_000):
        if fact():
            return
        QTest.qWait(10)
    sys.exit("what was waited for did not come")


def shown(window: AppWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel) if label.isVisible())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
