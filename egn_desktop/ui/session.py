# SPDX-License-Identifier: GPL-3.0-or-later
"""When this computer is about to sleep, and when the desktop session ends or asks to end.

On Linux, logind waits some seconds for whoever asked it to; on Windows a message says it.
"""

import signal
import socket
import sys
from types import FrameType
from typing import Any

from PySide6.QtCore import (
    SLOT,
    QAbstractNativeEventFilter,
    QByteArray,
    QCoreApplication,
    QObject,
    QSocketNotifier,
    Signal,
    Slot,
)

_LOGIND = (
    "org.freedesktop.login1",
    "/org/freedesktop/login1",
    "org.freedesktop.login1.Manager",
)
_WM_POWERBROADCAST = 0x0218
_PBT_APMSUSPEND = 0x0004


class SleepWatch(QObject):
    """Emits ``falling_asleep``; the computer waits a little for ``ready``, where it can.

    ``ready`` may be called at any time, and more than once.
    """

    falling_asleep = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._bus: Any = None
        self._watcher: Any = None
        # While this handle is open, logind waits; see systemd-inhibit(1).
        self._delay: Any = None
        self._filter: QAbstractNativeEventFilter | None = None
        if sys.platform == "win32":
            self._filter = _PowerMessages(self)
            app = QCoreApplication.instance()
            if app is not None:
                app.installNativeEventFilter(self._filter)
        elif sys.platform == "linux":
            self._listen()

    def ready(self) -> None:
        """Let the computer sleep: what had to be done is done."""
        # The answer holds the handle as well.
        self._delay = self._watcher = None

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        self._bus = QDBusConnection.systemBus()
        if not self._bus.isConnected():
            return
        self._bus.connect(*_LOGIND, "PrepareForSleep", self, SLOT("_prepare(bool)"))
        self._ask_for_delay()

    def _ask_for_delay(self) -> None:
        from PySide6.QtDBus import QDBusMessage, QDBusPendingCallWatcher

        call = QDBusMessage.createMethodCall(*_LOGIND, "Inhibit")
        call.setArguments(["sleep", "EGN Desktop", "Le dossier est mis à l’abri", "delay"])
        # Never waited for: a computer without logind would keep the window from showing.
        self._watcher = QDBusPendingCallWatcher(self._bus.asyncCall(call), self)
        self._watcher.finished.connect(self._delayed)

    @Slot()
    def _delayed(self) -> None:
        if not self._watcher.isError():
            self._delay = self._watcher.reply().arguments()[0]

    @Slot(bool)
    def _prepare(self, begins: bool) -> None:
        if begins:
            self.falling_asleep.emit()
        else:
            self._ask_for_delay()


class EndWatch(QObject):
    """Emits ``ended`` when the system asks this process to end, as it does when a session ends."""

    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if sys.platform == "win32":
            return
        # Python hears of a signal when it next runs; Qt may leave it waiting for hours.
        self._heard, self._told = socket.socketpair()
        self._told.setblocking(False)
        signal.set_wakeup_fd(self._told.fileno())
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _leave_to_qt)
        self._notifier = QSocketNotifier(self._heard.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def stop(self) -> None:
        """Hear no signal any more, and let go of what heard them."""
        if sys.platform == "win32":
            return
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        for end in (self._heard, self._told):
            end.close()

    @Slot()
    def _hear(self) -> None:
        self._heard.recv(16)
        self.ended.emit()


def _leave_to_qt(_number: int, _frame: FrameType | None) -> None:
    """Have Python write to the socket, and do nothing else."""


class _PowerMessages(QAbstractNativeEventFilter):  # pragma: no cover - Windows alone
    def __init__(self, watch: SleepWatch) -> None:
        super().__init__()
        self._watch = watch

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        name = kind.data() if isinstance(kind, QByteArray) else bytes(kind)
        if name == b"windows_generic_MSG":
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if told.message == _WM_POWERBROADCAST and told.wParam == _PBT_APMSUSPEND:
                self._watch.falling_asleep.emit()
        return False, 0
