# SPDX-License-Identifier: GPL-3.0-or-later
"""Crisis mode: one scenario at a time, in large type, over the whole window."""

from egn_desktop.ui.crisis.view import CrisisView

__all__ = ["CrisisView"]
