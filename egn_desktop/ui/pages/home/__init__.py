# SPDX-License-Identifier: GPL-3.0-or-later
"""The home page: where the school stands and what to do next."""

from egn_desktop.ui.pages.home.page import HomePage

__all__ = ["HomePage"]
