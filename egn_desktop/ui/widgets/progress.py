# SPDX-License-Identifier: GPL-3.0-or-later
"""The line of a job that lasts: what is being done, how far, and the way to stop it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import body


class JobLine(QFrame):
    """Shown while a job lasts longer than a moment."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._label = body("")
        self._label.setWordWrap(False)
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._stop = quiet_button("Interrompre", self._cancel)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(16)
        line.addWidget(self._label)
        line.addWidget(self._progress, 1)
        line.addWidget(self._stop)
        jobs.shown.connect(self._begin)
        jobs.moved.connect(self._move)
        jobs.ended.connect(self._end)
        self.hide()

    @Slot(str)
    def _begin(self, label: str) -> None:
        self._label.setText(label)
        self._progress.setAccessibleName(label)
        self._progress.setRange(0, 0)
        self._stop.setEnabled(True)
        self.show()
        self.raise_()

    @Slot(int, int)
    def _move(self, done: int, total: int) -> None:
        self._progress.setRange(0, total)
        self._progress.setValue(done)

    @Slot()
    def _end(self) -> None:
        self._progress.reset()
        self.hide()

    @Slot()
    def _cancel(self) -> None:
        self._stop.setEnabled(False)
        self._jobs.cancel()
