# SPDX-License-Identifier: GPL-3.0-or-later
"""The first-start assistant: create, open, restore, or try the demonstration school."""

from egn_desktop.ui.welcome.view import WelcomeView

__all__ = ["WelcomeView"]
