# SPDX-License-Identifier: GPL-3.0-or-later
"""Start the window: drawn first, the database imported after."""

import gc
import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from egn_desktop import VERSION, paths
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.bugs import BugHandler
from egn_desktop.ui.session import EndWatch
from egn_desktop.ui.window import AppWindow


def run(path: Path | None) -> int:
    """Show the window on the dossier given, the last one, or the assistant; return its code."""
    # What starting makes stays: to look through all of it for rubbish, again and again while it
    # grows, finds nothing and takes a sixth of the start.
    gc.disable()
    app = make_application()
    settings = MachineSettings.load()
    theme.apply(app, settings)
    window = AppWindow(settings, path)
    BugHandler(window.tell).install()
    watch = EndWatch(window)
    watch.ended.connect(window.farewell.end_session)
    window.show()

    def start() -> None:
        window.start()
        if window.is_busy:
            window.settled.connect(_collect_again, Qt.ConnectionType.SingleShotConnection)
        else:
            _collect_again()

    # After the first painting, so that the window never waits for the database.
    QTimer.singleShot(0, window, start)
    code = app.exec()
    gc.enable()
    watch.stop()
    return code


def _collect_again() -> None:
    """Look for rubbish again, but not in what starting made, until a dossier is left."""
    gc.freeze()
    gc.enable()


def make_application() -> QApplication:
    """Return the application, in French: Qt's own dialogs and the way dates are read."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName(paths.APP_NAME)
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("egn-desktop")
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_fr", folder):
        app.installTranslator(translator)
    return app
