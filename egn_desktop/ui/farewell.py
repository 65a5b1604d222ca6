# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window does before the computer sleeps, and when the desktop session ends."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from egn_desktop.ui.closing import leave_field
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.session import SleepWatch

if TYPE_CHECKING:
    from egn_desktop.ui.window import AppWindow

# Windows ends a program that does not answer within five seconds.
SESSION_END_MS = 4_500


class Farewell(QObject):
    """Has what was done, and what is being typed, in the file by then."""

    def __init__(self, window: "AppWindow") -> None:
        super().__init__(window)
        self._window = window
        self.sleep = SleepWatch(self)
        self.sleep.falling_asleep.connect(self._fall_asleep)
        app = QApplication.instance()
        if isinstance(app, QGuiApplication):
            # The session waits for what is done before this returns.
            app.commitDataRequest.connect(self.end_session, Qt.ConnectionType.DirectConnection)

    @Slot()
    def end_session(self) -> None:
        """Back up, close the dossier and the window, and return when it is done."""
        self._window.close()
        if not self._window.isVisible():
            return
        loop = QEventLoop()
        self._window.dossier_closed.connect(loop.quit)
        limit = QTimer(loop)
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        limit.start(SESSION_END_MS)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        limit.stop()

    @Slot()
    def _fall_asleep(self) -> None:
        leave_field()
        dossier, jobs = self._window.dossier, self._window.dossier_jobs
        if dossier is None or jobs is None:
            self.sleep.ready()
            return

        def work(_: Progress) -> object:
            return dossier.fold()

        jobs.run(work, done=self._may_sleep, failed=self._may_sleep, label="")
        # Whoever wakes the computer is not always who put it to sleep.
        self._window.lock_now()

    def _may_sleep(self, _: object) -> None:
        self.sleep.ready()
