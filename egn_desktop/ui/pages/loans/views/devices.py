# SPDX-License-Identifier: GPL-3.0-or-later
"""The stock: every device and where it is."""

from collections.abc import Sequence
from textwrap import shorten

from PySide6.QtCore import Slot

from egn_desktop import french
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.terms import DeviceKind, DeviceState
from egn_desktop.inventory.register.text import natural_key
from egn_desktop.inventory.stock.queries.devices import DeviceRow, devices
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import empties
from egn_desktop.ui.pages.loans.opening import Opening
from egn_desktop.ui.pages.loans.views.base import ListView
from egn_desktop.ui.tables import ChipText, ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.filter import Filter

LONGEST_NOTE = 30


class DevicesView(ListView):
    """Devices."""

    id = "devices"

    def __init__(self, context: Context, opening: Opening) -> None:
        super().__init__(
            context,
            opening,
            name="Matériel",
            columns=device_columns(),
            empty=empties.no_device(opening),
            less_needed=(2,),
        )
        self.state = Filter(
            "État du matériel",
            [(None, "Tous les états"), *((one, one.label) for one in DeviceState)],
        )
        self.kind = Filter(
            "Type de matériel",
            [(None, "Tous les types"), *((one, one.label) for one in DeviceKind)],
        )
        self.add_filter(self.state)
        self.add_filter(self.kind)
        self.add_tool(plain_button("Étiquettes", self._print_labels, "scan"))
        self.add_tool(plain_button("Importer", opening.import_devices, "import"))
        self.add_tool(plain_button("Ajouter", opening.add_device, "plus"))

    def rows(self, search: str, limit: int | None) -> Sequence[DeviceRow]:
        return devices(self.dossier, search, self.state.value(), kind=self.kind.value())

    def open_row(self, row: DeviceRow) -> None:
        self.opening.device(row.id)

    @Slot()
    def _print_labels(self) -> None:
        self.opening.labels(self.table.selected())


def device_columns() -> list[ColumnSpec]:
    """Return the columns of the stock."""
    return [
        ColumnSpec("N°", lambda row: row.code, sort=_number),
        ColumnSpec("Appareil", lambda row: row.name, stretch=True),
        ColumnSpec("Type", lambda row: row.kind.label),
        ColumnSpec("Où", _where),
        ColumnSpec("État", _chip),
        ColumnSpec("N° de série", lambda row: row.serial_number, shown=False),
        ColumnSpec("Emplacement", lambda row: row.place, shown=False),
        ColumnSpec("Usure", lambda row: row.condition.label, shown=False),
        ColumnSpec("Propriétaire", _owner, shown=False),
        ColumnSpec("Financement", lambda row: row.funding, shown=False),
        ColumnSpec(
            "Acquis le",
            lambda row: french.short_date(row.acquired_on),
            sort=lambda row: row.acquired_on,
            shown=False,
        ),
        ColumnSpec("Âge", _age, sort=_newest_first, shown=False),
        ColumnSpec("Mode", _acquired_by, shown=False),
        ColumnSpec(
            "Garanti jusqu’au",
            lambda row: french.short_date(row.warranty_until),
            sort=lambda row: row.warranty_until,
            shown=False,
        ),
        ColumnSpec("Reconditionné", lambda row: "oui" if row.refurbished else "", shown=False),
        ColumnSpec("Entretien", lambda row: row.maintained_by, shown=False),
    ]


def _number(row: DeviceRow) -> str:
    return natural_key(row.code)


def _where(row: DeviceRow) -> str:
    if row.reserved_name:
        return f"Pour {row.reserved_name}"
    # One long note would push the other columns out.
    note = shorten(row.reserved_note, LONGEST_NOTE, placeholder="…")
    return note or row.borrower_name or row.place


def _owner(row: DeviceRow) -> str:
    return row.owner or (row.owner_kind.label if row.owner_kind else "")


def _acquired_by(row: DeviceRow) -> str:
    return row.acquired_by.label if row.acquired_by else ""


def _age(row: DeviceRow) -> str:
    return rules.age_text(row.acquired_on, clock.today())


def _newest_first(row: DeviceRow) -> int | None:
    return -row.acquired_on.toordinal() if row.acquired_on else None


def _chip(row: DeviceRow) -> ChipText:
    if row.is_late:
        return ChipText("Prêté, en retard", "bad")
    return ChipText(row.state.label, row.state.tone)
