# SPDX-License-Identifier: GPL-3.0-or-later
"""The loans page: the register, the stock, the pupils, and what is done with them."""

from egn_desktop.ui.pages.loans.page import LoansPage

__all__ = ["LoansPage"]
