# SPDX-License-Identifier: GPL-3.0-or-later
"""Importing a list from the window: choose, look, correct, import."""

from egn_desktop.ui.imports.panel import ImportPanel

__all__ = ["ImportPanel"]
