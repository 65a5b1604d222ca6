# SPDX-License-Identifier: GPL-3.0-or-later
"""The locked window: what hides the dossier, when it does, and what shows it again."""

from egn_desktop.ui.lock.question import CodeQuestion
from egn_desktop.ui.lock.view import LockView
from egn_desktop.ui.lock.window_lock import WindowLock

__all__ = ["CodeQuestion", "LockView", "WindowLock"]
