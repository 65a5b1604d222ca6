# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan as it is printed: the annex to the DUERP, for a draft or for an adopted version."""

from egn_desktop.plans.annex.document import Edition, annex

__all__ = ["Edition", "annex"]
