# SPDX-License-Identifier: GPL-3.0-or-later
"""The stock: every device and where it is."""

from textwrap import shorten

from PySide6.QtCore import Slot

from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.nouns import DeviceFields
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState
from egn_desktop.inventory.stock.queries.devices import DeviceColumn, DeviceRow, device_list
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import columns
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.targets import Device, Import, PrintLabels
from egn_desktop.ui.pages.loans.views import empties
from egn_desktop.ui.pages.loans.views.base import Listed, ListView
from egn_desktop.ui.tables import ChipText, ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.filter import Filter

LONGEST_NOTE = 30


class DevicesView(ListView):
    """Devices."""

    id = "devices"

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            name="Matériel",
            columns=device_columns(),
            empty=empties.no_device(),
            less_needed=(2,),
        )
        self.state = Filter(
            "État du matériel",
            [(None, "Tous les états"), *((state, state.label) for state in DeviceState)],
        )
        self.kind = Filter(
            "Type de matériel",
            [(None, "Tous les types"), *((kind, kind.label) for kind in DeviceKind)],
        )
        self.add_filter(self.state)
        self.add_filter(self.kind)
        self.add_tool(plain_button("Étiquettes", self._print_labels, "scan"))
        self.add_tool(Lead("Importer", Import("devices"), "plain", "import"))
        self.add_tool(Lead("Ajouter", Device(), "plain", "plus"))

    def listed(self) -> Listed:
        return device_list(self.dossier, self.state.value(), self.kind.value())

    def open_row(self, row: DeviceRow) -> None:
        self.go.emit(Device(row.id))

    @Slot()
    def _print_labels(self) -> None:
        self.go.emit(PrintLabels(self.table.selected()))


def device_columns() -> list[ColumnSpec]:
    """Return the columns of the stock."""
    return [
        ColumnSpec("N°", lambda row: row.code, by=DeviceColumn.CODE),
        ColumnSpec("Appareil", lambda row: row.name, by=DeviceColumn.NAME, stretch=True),
        ColumnSpec("Type", lambda row: row.kind.label, by=DeviceColumn.KIND),
        ColumnSpec("Où", _where, by=DeviceColumn.WHERE),
        ColumnSpec("État", _chip, by=DeviceColumn.STATE),
        *columns(DeviceFields, but=("owner",)),
        ColumnSpec("Propriétaire", _owner, by=DeviceColumn.OWNER, shown=False),
        ColumnSpec("Âge", _age, by=DeviceColumn.AGE, shown=False),
    ]


def _where(row: DeviceRow) -> str:
    if row.reserved_name:
        return f"Pour {row.reserved_name}"
    # One long note would push the other columns out.
    note = shorten(row.reserved_note, LONGEST_NOTE, placeholder="…")
    return note or row.borrower_name or row.place


def _owner(row: DeviceRow) -> str:
    return row.owner or (row.owner_kind.label if row.owner_kind else "")


def _age(row: DeviceRow) -> str:
    return rules.age_text(row.acquired_on, clock.today())


def _chip(row: DeviceRow) -> ChipText:
    return ChipText(row.state_label, "bad" if row.is_late else row.state.tone)
