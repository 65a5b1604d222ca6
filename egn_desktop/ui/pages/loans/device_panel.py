# SPDX-License-Identifier: GPL-3.0-or-later
"""One device: its form, what can be done with it, its history; or a new one."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.inventory.queries import DeviceDetail, device
from egn_desktop.inventory.rules import DeviceInput
from egn_desktop.inventory.terms import Condition, DeviceKind, DeviceState, OwnerKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.parts import DEVICE_TONES, LONGEST_HISTORY, LoanLine
from egn_desktop.ui.widgets.buttons import danger_button, main_button
from egn_desktop.ui.widgets.labels import Chip, muted, rule, section

NEW = DeviceInput(asset_number="", kind=DeviceKind.LAPTOP)


class DevicePanel(QWidget):
    """A device's form, kept field by field; without an id, the form of a new one."""

    lend_wanted = Signal(int)
    loan_wanted = Signal(int)
    added = Signal(int)
    done = Signal()

    def __init__(self, context: Context, device_id: int | None = None) -> None:
        super().__init__()
        self._context = context
        self._inventory = context.services.inventory
        self._device_id = device_id or 0
        found = None if device_id is None else device(context.services.dossier, device_id)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        if found is not None:
            self._add_head(found)
        self._form = self._make_form(found)
        self._column.addWidget(self._form)
        if found is None:
            self._column.addWidget(main_button(self.tr("Ajouter l’appareil"), self._add, "plus"))
        else:
            self._form.edited.connect(self._changed)
            self._add_history(found)
        self._column.addStretch()

    def _add_head(self, found: DeviceDetail) -> None:
        row = found.row
        self._loan_id = row.loan_id
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(Chip(row.state.label, DEVICE_TONES[row.state]))
        line.addWidget(muted(row.borrower_name), 1)
        if row.loan_id is not None:
            line.addWidget(main_button(self.tr("Noter le retour"), self._open_loan))
        elif row.state is DeviceState.AVAILABLE:
            line.addWidget(main_button(self.tr("Prêter"), self._lend))
        self._column.addLayout(line)

    def _make_form(self, found: DeviceDetail | None) -> Form:
        kept: Any = NEW if found is None else found.row
        form = Form()
        with form.row():
            form.add_text("asset_number", self.tr("N° d’inventaire"), value=kept.asset_number)
            form.add_text("serial_number", self.tr("N° de série"), value=kept.serial_number)
        kinds = [(one, one.label) for one in DeviceKind]
        form.add_choice("kind", self.tr("Type"), kinds, value=kept.kind)
        with form.row():
            form.add_text("brand", self.tr("Marque"), value=kept.brand)
            form.add_text("model", self.tr("Modèle"), value=kept.model)
        conditions = [(one, one.label) for one in Condition]
        form.add_choice("condition", self.tr("Usure"), conditions, value=kept.condition)
        if found is not None and found.row.state is not DeviceState.LENT:
            states = [(one, one.label) for one in DeviceState if one is not DeviceState.LENT]
            form.add_choice("state", self.tr("Situation"), states, value=found.row.state)
        names = [] if found is None else [one.name for one in found.accessories]
        form.add_text(
            "accessories",
            self.tr("Accessoires"),
            value="\n".join(names),
            lines=3,
            help=self._accessory_help(found),
        )
        form.add_text("place", self.tr("Emplacement"), value=kept.place)
        form.add_heading(self.tr("Origine"))
        form.add_text("owner", self.tr("Propriétaire"), value=kept.owner)
        owners: list[tuple[object, str]] = [(None, self.tr("Non précisé"))]
        owners += [(one, one.label) for one in OwnerKind]
        form.add_choice("owner_kind", self.tr("Nature"), owners, value=kept.owner_kind)
        form.add_date("acquired_on", self.tr("Acquis le"), value=kept.acquired_on)
        form.add_check("refurbished", self.tr("Reconditionné"), value=kept.refurbished)
        notes = "" if found is None else found.notes
        form.add_text("notes", self.tr("Remarques"), value=notes, lines=3)
        return form

    def _accessory_help(self, found: DeviceDetail | None) -> str:
        words = self.tr("Un par ligne : chargeur, housse, clé 4G…")
        missing = (
            [] if found is None else [one.name for one in found.accessories if not one.present]
        )
        if missing:
            words += self.tr(" Jamais revenus : {}.").format(", ".join(missing))
        return words

    def _add_history(self, found: DeviceDetail) -> None:
        self._column.addWidget(rule())
        self._column.addWidget(section(self.tr("Ses prêts")))
        if not found.loans:
            self._column.addWidget(muted(self.tr("Cet appareil n’a pas encore été prêté.")))
        for row in found.loans[:LONGEST_HISTORY]:
            line = LoanLine(row, row.borrower_name)
            line.opened.connect(self.loan_wanted)
            self._column.addWidget(line)
        if found.row.state is not DeviceState.LENT:
            self._column.addWidget(rule())
            self._column.addWidget(
                danger_button(self.tr("Supprimer l’appareil"), self._remove, "delete")
            )

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        given = _lines(value) if name == "accessories" else value
        try:
            self._inventory.change_device(self._device_id, **{name: given})
        except UserError as error:
            self._form.show_error(name, f"{error.what} {error.todo}".strip())
            return
        self._form.note_saved()
        self._follow()

    def _follow(self) -> None:
        """Show what a change brought with it: a broken device is no more available."""
        row = device(self._context.services.dossier, self._device_id).row
        self._form.set_value("condition", row.condition)
        self._form.set_value("owner_kind", row.owner_kind)
        if row.state is not DeviceState.LENT:
            self._form.set_value("state", row.state)

    @Slot()
    def _add(self) -> None:
        if not self._form.is_valid():
            return
        values = self._form.values()
        values["accessories"] = _lines(values["accessories"])
        try:
            device_id = self._inventory.add_device(DeviceInput(**values))
        except UserError as error:
            self._form.show_error("asset_number", f"{error.what} {error.todo}".strip())
            return
        inventory = self._inventory
        self._context.say(self.tr("Appareil ajouté."), lambda: inventory.remove_device(device_id))
        self.added.emit(device_id)

    @Slot()
    def _remove(self) -> None:
        inventory, device_id = self._inventory, self._device_id
        try:
            inventory.remove_device(device_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say(
            self.tr("Appareil supprimé."), lambda: inventory.restore_device(device_id)
        )
        self.done.emit()

    @Slot()
    def _lend(self) -> None:
        if self._device_id:
            self.lend_wanted.emit(self._device_id)

    @Slot()
    def _open_loan(self) -> None:
        if self._loan_id is not None:
            self.loan_wanted.emit(self._loan_id)


def _lines(text: object) -> tuple[str, ...]:
    lines = str(text).replace(",", "\n").splitlines()
    return tuple(line.strip() for line in lines if line.strip())
