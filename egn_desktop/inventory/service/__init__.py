# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with devices, borrowers and loans: one service in rooms."""

from egn_desktop.inventory.service.devices import DeviceUseCases
from egn_desktop.inventory.service.exchanges import ExchangeUseCases
from egn_desktop.inventory.service.imports import ImportCounts, ImportUseCases
from egn_desktop.inventory.service.leavers import LeaverUseCases
from egn_desktop.inventory.service.needs import NeedUseCases
from egn_desktop.inventory.service.papers import PaperUseCases
from egn_desktop.inventory.service.photos import PhotoUseCases, RemovedPhoto
from egn_desktop.inventory.service.reminders import ReminderUseCases
from egn_desktop.inventory.service.retention import RetentionUseCases
from egn_desktop.inventory.service.staff import StaffUseCases

__all__ = ["ImportCounts", "InventoryService", "RemovedPhoto"]


class InventoryService(
    DeviceUseCases,
    PhotoUseCases,
    PaperUseCases,
    RetentionUseCases,
    ExchangeUseCases,
    StaffUseCases,
    NeedUseCases,
    ReminderUseCases,
    LeaverUseCases,
    ImportUseCases,
):
    """Use cases of the inventory and of the register of loans."""
