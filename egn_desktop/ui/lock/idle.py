# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell when nobody has touched keyboard or mouse in our windows for the time chosen.

Windows are watched where input first arrives, not widgets: a filter on every event of the
application would be called thousands of times for each painting.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

from egn_desktop.ui.contain import contained

MINUTE_MS = 60_000
INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """``passed`` once the minutes are over; ``asked`` when Ctrl+L is pressed in any window."""

    passed = Signal()
    asked = Signal()

    def __init__(self, minutes: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._minutes = minutes
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.passed)
        self._is_on = False
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            self._watch(app.focusWindow())

    def start(self) -> None:
        """Begin to count, from now."""
        self._is_on = True
        self._restart()

    def stop(self) -> None:
        """Count no more."""
        self._is_on = False
        self._timer.stop()

    @contained
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in INPUT:
            if isinstance(event, QKeyEvent) and _is_lock_key(event):
                self.asked.emit()
                return self._is_on
            if self._is_on:
                self._restart()
        return super().eventFilter(watched, event)

    def _restart(self) -> None:
        minutes = self._minutes()
        if minutes > 0:
            self._timer.start(minutes * MINUTE_MS)
        else:
            self._timer.stop()

    @Slot(QWindow)
    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)


def _is_lock_key(event: QKeyEvent) -> bool:
    return (
        event.type() is QEvent.Type.KeyPress
        and event.key() == Qt.Key.Key_L
        and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    )
