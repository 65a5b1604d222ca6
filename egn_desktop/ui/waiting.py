# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shown while a dossier opens or closes, if that lasts."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.labels import muted

QUICK_MS = 150
BAR_WIDTH = 280


class WaitingView(QWidget):
    """One line and a bar, which stay hidden when all is quick."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = muted(text)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._bar = QProgressBar()
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(BAR_WIDTH)
        self._bar.setAccessibleName(text)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch()
        column.addWidget(self._text)
        column.addWidget(self._bar, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()
        self._text.hide()
        self._bar.hide()
        self._reveal = QTimer(self)
        self._reveal.setSingleShot(True)
        self._reveal.timeout.connect(self._text.show)
        self._reveal.timeout.connect(self._bar.show)
        self._reveal.start(QUICK_MS)

    @contained
    def hideEvent(self, event: QHideEvent) -> None:
        self._reveal.stop()
        super().hideEvent(event)
