# SPDX-License-Identifier: GPL-3.0-or-later
"""The stock: every device and where it is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Slot

from egn_desktop.inventory.queries import DeviceRow, devices
from egn_desktop.inventory.terms import DeviceKind, DeviceState
from egn_desktop.inventory.text import natural_key
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import empties
from egn_desktop.ui.pages.loans.opening import Opening
from egn_desktop.ui.pages.loans.parts import DEVICE_TONES
from egn_desktop.ui.pages.loans.views.base import ListView
from egn_desktop.ui.tables import ChipText, ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.filter import Filter


class DevicesView(ListView):
    """Devices."""

    id = "devices"

    def __init__(self, context: Context, opening: Opening) -> None:
        super().__init__(
            context,
            opening,
            name=self.tr("Matériel"),
            columns=device_columns(self.tr),
            empty=empties.no_device(opening),
            less_needed=(2,),
        )
        self.state = Filter(
            self.tr("État du matériel"),
            [(None, self.tr("Tous les états")), *((one, one.label) for one in DeviceState)],
        )
        self.kind = Filter(
            self.tr("Type de matériel"),
            [(None, self.tr("Tous les types")), *((one, one.label) for one in DeviceKind)],
        )
        self.add_filter(self.state)
        self.add_filter(self.kind)
        self.add_tool(plain_button(self.tr("Étiquettes"), self._print_labels, "scan"))
        self.add_tool(plain_button(self.tr("Importer"), opening.import_devices, "import"))
        self.add_tool(plain_button(self.tr("Ajouter"), opening.add_device, "plus"))

    def rows(self, search: str, limit: int | None) -> Sequence[DeviceRow]:
        return devices(self.dossier, search, self.state.value(), kind=self.kind.value())

    def open_row(self, row: DeviceRow) -> None:
        self.opening.device(row.id)

    @Slot()
    def _print_labels(self) -> None:
        self.opening.labels(self.table.selected())


def device_columns(tr: Callable[[str], str]) -> list[ColumnSpec]:
    """Return the columns of the stock."""
    return [
        ColumnSpec(tr("N°"), lambda row: row.code, sort=_number),
        ColumnSpec(tr("Appareil"), lambda row: row.name, stretch=True),
        ColumnSpec(tr("Type"), lambda row: row.kind.label),
        ColumnSpec(tr("Où"), _where),
        ColumnSpec(tr("État"), _chip),
    ]


def _number(row: DeviceRow) -> str:
    return natural_key(row.code)


def _where(row: DeviceRow) -> str:
    return row.borrower_name or row.place


def _chip(row: DeviceRow) -> ChipText:
    if row.is_late:
        return ChipText("Prêté, en retard", "bad")
    return ChipText(row.state.label, DEVICE_TONES[row.state])
