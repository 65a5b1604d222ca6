# SPDX-License-Identifier: GPL-3.0-or-later
"""Two copies of one dossier, side by side: what each holds, what is taken over."""

from egn_desktop.ui.copies.tab import CopiesTab

__all__ = ["CopiesTab"]
