# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of drills and of the one list of actions."""

from egn_desktop.ui.pages.drills.page import DrillsPage

__all__ = ["DrillsPage"]
