# SPDX-License-Identifier: GPL-3.0-or-later
"""The kinds of lists that are imported; what each is stands in its room."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from egn_desktop import french
from egn_desktop.exchange import people, stock
from egn_desktop.exchange.lines import ImportList


class ImportKind(StrEnum):
    """What a file lists; the value begins the ids of what files add to its columns."""

    DEVICES = "devices"
    PUPILS = "pupils"
    GUARDIANS = "guardians"
    STAFF = "staff"

    @property
    def list(self) -> ImportList:
        """What such a list is."""
        return LISTS[self]

    @property
    def label(self) -> str:
        """What is imported, in French ("le matériel")."""
        return self.list.label

    def counted(self, how_many: int) -> str:
        """Return "187 élèves", "1 appareil"."""
        return french.count(how_many, *self.list.counted)


LISTS: Final[Mapping[ImportKind, ImportList]] = {
    ImportKind.DEVICES: stock.DEVICES,
    ImportKind.PUPILS: people.PUPILS,
    ImportKind.GUARDIANS: people.GUARDIANS,
    ImportKind.STAFF: people.STAFF,
}
