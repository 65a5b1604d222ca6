# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices, borrowers and loans as screens and documents read them."""

from egn_desktop.inventory.queries.borrowers import (
    BorrowerRow,
    borrower,
    borrower_kind,
    borrowers,
)
from egn_desktop.inventory.queries.devices import (
    AccessoryRow,
    DeviceDetail,
    DeviceRow,
    StockSummary,
    device,
    devices,
    stock,
)
from egn_desktop.inventory.queries.imports import (
    KnownPupil,
    PupilDoubt,
    PupilsReview,
    review_pupils,
)
from egn_desktop.inventory.queries.leavers import LeaverSummary, leaver_summary, leavers
from egn_desktop.inventory.queries.loans import (
    LoanDetail,
    LoanRow,
    LoanSummary,
    lending_months,
    loan,
    loan_summary,
    loans,
)
from egn_desktop.inventory.queries.needs import (
    NeedRow,
    NeedsSummary,
    need,
    needs_noted,
    needs_summary,
    spare_devices,
    waiting,
    waiting_for_class,
)
from egn_desktop.inventory.queries.photos import PhotoRow, photo_image, photos
from egn_desktop.inventory.queries.pupils import (
    GuardianRow,
    PupilDetail,
    PupilRow,
    pupil,
    pupils,
    school_classes,
)
from egn_desktop.inventory.queries.scan import Found, scanned
from egn_desktop.inventory.queries.staff import (
    StaffDetail,
    StaffRow,
    staff_member,
    staff_members,
)
from egn_desktop.inventory.queries.todos import todos

__all__ = [
    "AccessoryRow",
    "BorrowerRow",
    "DeviceDetail",
    "DeviceRow",
    "Found",
    "GuardianRow",
    "KnownPupil",
    "LeaverSummary",
    "LoanDetail",
    "LoanRow",
    "LoanSummary",
    "NeedRow",
    "NeedsSummary",
    "PhotoRow",
    "PupilDetail",
    "PupilDoubt",
    "PupilRow",
    "PupilsReview",
    "StaffDetail",
    "StaffRow",
    "StockSummary",
    "borrower",
    "borrower_kind",
    "borrowers",
    "device",
    "devices",
    "leaver_summary",
    "leavers",
    "lending_months",
    "loan",
    "loan_summary",
    "loans",
    "need",
    "needs_noted",
    "needs_summary",
    "photo_image",
    "photos",
    "pupil",
    "pupils",
    "review_pupils",
    "scanned",
    "school_classes",
    "spare_devices",
    "staff_member",
    "staff_members",
    "stock",
    "todos",
    "waiting",
    "waiting_for_class",
]
