# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with devices, pupils and loans: one service, four rooms."""

from egn_desktop.inventory.service.devices import DeviceUseCases
from egn_desktop.inventory.service.imports import ImportCounts, ImportUseCases
from egn_desktop.inventory.service.needs import NeedUseCases
from egn_desktop.inventory.service.reminders import ReminderUseCases
from egn_desktop.inventory.service.retention import RetentionUseCases

__all__ = ["ImportCounts", "InventoryService"]


class InventoryService(
    DeviceUseCases, RetentionUseCases, NeedUseCases, ReminderUseCases, ImportUseCases
):
    """Use cases of the inventory and of the register of loans."""
