# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with devices, pupils and loans: one service, four rooms."""

from egn_desktop.inventory.service.devices import DeviceUseCases
from egn_desktop.inventory.service.imports import ImportCounts, ImportUseCases
from egn_desktop.inventory.service.loans import LoanUseCases
from egn_desktop.inventory.service.pupils import PupilUseCases

__all__ = ["ImportCounts", "InventoryService"]


class InventoryService(DeviceUseCases, PupilUseCases, LoanUseCases, ImportUseCases):
    """Use cases of the inventory and of the register of loans."""
