# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the window stands: whole on whatever screen there is, and where it was the last time."""

import base64

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtWidgets import QMainWindow

from egn_desktop.settings import MachineSettings

# A screen of 1366 × 768 at 200 %, and what a task bar leaves of it; what is larger scrolls.
SMALLEST = 640, 320
FIRST_SIZE = 1280, 760
# On a smaller screen the window takes all of it.
SMALL_SCREEN = 1400, 800


def place(window: QMainWindow, settings: MachineSettings) -> None:
    """Put a window where it was the last time, or where a new one is seen whole."""
    window.setMinimumSize(*SMALLEST)
    is_kept = window.restoreGeometry(QByteArray(base64.b64decode(settings.window)))
    room = window.screen().availableGeometry()
    if not is_kept:
        window.resize(QSize(*FIRST_SIZE).boundedTo(room.size()))
    is_small = room.width() < SMALL_SCREEN[0] or room.height() < SMALL_SCREEN[1]
    # What was kept may be of a larger screen, or of the same at another scale.
    if is_small and not (is_kept and room.contains(window.geometry())):
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def remember_place(window: QMainWindow, settings: MachineSettings) -> None:
    """Keep where a window stands for the next time."""
    settings.window = base64.b64encode(window.saveGeometry().data()).decode()
    settings.save()
