# SPDX-License-Identifier: GPL-3.0-or-later
"""One device: where it stands, its form, its photos, its history; or a new one."""

from PySide6.QtCore import Slot

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import DeviceState
from egn_desktop.inventory.stock.queries.devices import DeviceDetail, device
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.lending.incident_lines import DeviceIncidents
from egn_desktop.ui.pages.loans.lending.wiping_note import WipingNote
from egn_desktop.ui.pages.loans.parts import LONGEST_HISTORY, LoanLine
from egn_desktop.ui.pages.loans.photos.photo_strip import PhotoStrip
from egn_desktop.ui.pages.loans.stock.device_form import device_form, lines_of
from egn_desktop.ui.pages.loans.stock.device_state import DeviceHead, StatePart
from egn_desktop.ui.pages.loans.targets import Away, Device
from egn_desktop.ui.widgets.buttons import danger_button, main_button, plain_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import muted, rule, section


class DevicePanel(Panel):
    """A device's form, kept field by field; without an id, the form of a new one."""

    heading = "Nouvel appareil"

    def __init__(self, context: Context, device_id: int | None = None) -> None:
        super().__init__()
        self._context = context
        self._services = context.services
        self._device_id = device_id or 0
        self.is_draft = device_id is None
        self.row_followed = "device", self._device_id
        self._column, foot = footed(self)
        found = None if device_id is None else device(context.services.dossier, device_id)
        self._form = device_form(found)
        if found is None:
            self._column.addWidget(self._form)
            foot.add(main_button("Ajouter l’appareil", self._add, "plus"))
        else:
            self._add_parts(found)
        self._column.addStretch(1)

    def _add_parts(self, found: DeviceDetail) -> None:
        self.heading = f"{found.row.name} · {found.row.code}"
        self._head = self.leading(DeviceHead())
        self._column.addWidget(self._head)
        self._head.show_device(found)
        self._wiping = WipingNote(self._context, self._device_id)
        self._column.addWidget(self._wiping)
        self._state = StatePart(self._context, found.row)
        self._column.addWidget(self._state)
        self._form.edited.connect(self._changed)
        self._column.addWidget(self._form)
        self._column.addWidget(rule())
        self._column.addWidget(section("Photos"))
        self._column.addWidget(PhotoStrip(self._context, device_id=self._device_id))
        self._add_history(found)
        self._context.changed.connect(self._something_changed)

    def _add_history(self, found: DeviceDetail) -> None:
        self._column.addWidget(rule())
        self._column.addWidget(section("Ses prêts"))
        if not found.loans:
            self._column.addWidget(muted("Cet appareil n’a pas encore été prêté."))
        for row in found.loans[:LONGEST_HISTORY]:
            self._column.addWidget(self.leading(LoanLine(row, row.borrower_name)))
        self._column.addWidget(rule())
        self._column.addWidget(self.leading(DeviceIncidents(self._context, self._device_id)))
        self._column.addWidget(rule())
        foot = Flow()
        foot.addWidget(plain_button("Imprimer la fiche", self._print, "print"))
        if found.row.state is not DeviceState.LENT:
            foot.addWidget(danger_button("Supprimer l’appareil", self._remove, "delete"))
        self._column.addLayout(foot)

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        given = lines_of(value) if name == "accessories" else value
        try:
            self._services.devices.change_device(self._device_id, **{name: given})
        except UserError as error:
            self._form.show_error(name, f"{error.what} {error.todo}".strip())
            return
        self._form.note_saved()

    @Slot(object)
    def _something_changed(self, kinds: frozenset[Changed]) -> None:
        """Show what a change brought with it: a broken device is no more available."""
        if not kinds & {Changed.DEVICES, Changed.LOANS}:
            return
        found = device(self._context.services.dossier, self._device_id)
        self._head.show_device(found)
        self._wiping.show_device(self._device_id)
        self._state.show_row(found.row)
        self._form.set_value("condition", found.row.condition)
        self._form.set_value("owner_kind", found.row.owner_kind)

    @Slot()
    def _add(self) -> None:
        if not self._form.is_valid():
            return
        values = self._form.values()
        values["accessories"] = lines_of(values["accessories"])
        try:
            device_id = self._services.devices.add_device(DeviceInput(**values))
        except UserError as error:
            self._form.show_error("asset_number", f"{error.what} {error.todo}".strip())
            return
        self._context.say_done("Appareil ajouté.")
        self.go.emit(Device(device_id))

    @Slot()
    def _remove(self) -> None:
        try:
            self._services.devices.remove_device(self._device_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Appareil supprimé.")
        self.go.emit(Away())

    @Slot()
    def _print(self) -> None:
        self._context.print_document("fiche-de-materiel", str(self._device_id))
