# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the continuity plan: writing, scenarios, risks, crisis cell, versions."""

from egn_desktop.ui.pages.plan.page import PlanPage

__all__ = ["PlanPage"]
