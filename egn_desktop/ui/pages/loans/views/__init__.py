# SPDX-License-Identifier: GPL-3.0-or-later
"""The lists of the loans page, in the order of its segments; another list is one more line here."""

from collections.abc import Callable
from typing import Final

from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.views.base import ListView
from egn_desktop.ui.pages.loans.views.devices import DevicesView
from egn_desktop.ui.pages.loans.views.incidents import IncidentsView
from egn_desktop.ui.pages.loans.views.loans import LoansView
from egn_desktop.ui.pages.loans.views.pupils import PupilsView
from egn_desktop.ui.pages.loans.views.staff import StaffView
from egn_desktop.ui.pages.loans.views.waiting import WaitingView

VIEWS: Final[tuple[Callable[[Context], ListView], ...]] = (
    LoansView,
    DevicesView,
    PupilsView,
    StaffView,
    WaitingView,
    IncidentsView,
)

__all__ = [
    "VIEWS",
    "DevicesView",
    "IncidentsView",
    "ListView",
    "LoansView",
    "PupilsView",
    "StaffView",
    "WaitingView",
]
