# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings: who the school is, how the window looks, how the file is kept."""

from egn_desktop.ui.pages.settings.page import SettingsPage

__all__ = ["SettingsPage"]
