# SPDX-License-Identifier: GPL-3.0-or-later
"""A new loan: who borrows, the device with what goes with it, the day of return."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Slot

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.scan import scanned
from egn_desktop.inventory.people.queries.borrowers import BorrowerRow, borrower, borrowers
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import DeviceState
from egn_desktop.inventory.register.vocabulary import readings
from egn_desktop.inventory.stock.queries.devices import DeviceRow, device, devices
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.chooser import Chooser
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.lending.due_field import DueField
from egn_desktop.ui.pages.loans.lending.wiping_note import WipingNote
from egn_desktop.ui.pages.loans.targets import Loan
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.footed import footed


class LendPanel(Panel):
    """Choose, choose, Enter."""

    heading = "Nouveau prêt"
    is_draft = True

    def __init__(
        self, context: Context, device_id: int | None = None, borrower_id: int | None = None
    ) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._who, self._device = self._who_chooser(), self._device_chooser()
        self._wiping = WipingNote(context)
        self._kit = Form()
        self._kit.hide()
        self._kit_names: dict[str, str] = {}
        self._due = DueField(self._dossier, "À rendre le")
        self._lend = main_button("Prêter", self._do_lend)
        # Enter on the button lends: by scanner and keyboard nobody reaches for the mouse.
        self._lend.setAutoDefault(True)
        self._column, foot = footed(self)
        for widget in (self._who, self._device, self._wiping, self._kit, self._due):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        foot.add(self._lend)
        self._connect()
        if device_id is not None:
            self._device.choose(device(self._dossier, device_id).row)
        if borrower_id is not None:
            self._who.choose(borrower(self._dossier, borrower_id))
        self._show_ready()

    def take_focus(self) -> None:
        """Go to the first thing that is still to be chosen."""
        self._next_field()

    def _connect(self) -> None:
        self._who.chosen.connect(self._who_chosen)
        self._device.chosen.connect(self._device_chosen)
        self._who.unfolded.connect(self._device.fold)
        self._device.unfolded.connect(self._who.fold)

    def _who_chooser(self) -> Chooser:
        return Chooser(
            "Élève ou personnel",
            "Nom, prénom, classe ou fonction",
            line=_line_of,
            find=self._find_borrowers,
            describe=_describe,
            icon_name="person",
            nearest=partial(readings, self._dossier),
            nothing="La liste est vide : importez ou ajoutez d’abord des élèves ou du personnel.",
        )

    def _device_chooser(self) -> Chooser:
        return Chooser(
            "Appareil disponible",
            "Scanner ou chercher un appareil",
            line=_device_line,
            find=self._find_devices,
            describe=_describe_device,
            icon_name="scan",
            nearest=partial(readings, self._dossier),
            nothing="Aucun appareil disponible : notez un retour, ou ajoutez-en dans « Matériel ».",
        )

    def _find_borrowers(self, text: str) -> Sequence[BorrowerRow]:
        return borrowers(self._dossier, text)

    def _find_devices(self, text: str) -> Sequence[DeviceRow]:
        exact = scanned(self._dossier, text).only_device if text else None
        waiting = self._waiting(text)
        if exact is not None and (exact.state is DeviceState.AVAILABLE or exact in waiting):
            return (exact,)
        return [*waiting, *devices(self._dossier, text, DeviceState.AVAILABLE)]

    def _waiting(self, text: str = "") -> list[DeviceRow]:
        """Return the devices that wait for the one chosen."""
        who = None if self._who.row is None else self._who.row.id
        rows = devices(self._dossier, text, DeviceState.RESERVED) if who else ()
        return [row for row in rows if row.reserved_for == who]

    def _show_ready(self) -> None:
        self._lend.setEnabled(self._who.row is not None and self._device.row is not None)

    def _next_field(self) -> None:
        self._show_ready()
        if self._who.row is None:
            self._who.search.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._device.row is None:
            self._device.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._lend.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(object)
    def _who_chosen(self, _row: BorrowerRow) -> None:
        waiting = self._waiting() if self._device.row is None else []
        if len(waiting) == 1:
            self._device.choose(waiting[0])
        else:
            self._next_field()

    @Slot(object)
    def _device_chosen(self, row: DeviceRow) -> None:
        self._wiping.show_device(row.id)
        kit = Form()
        self._kit_names = {}
        parts = [
            accessory
            for accessory in device(self._dossier, row.id).accessories
            if accessory.present
        ]
        for number, part in enumerate(parts):
            name = f"accessory-{number}"
            self._kit_names[name] = part.name
            kit.add_check(name, _capital(part.name), value=True)
        self._column.replaceWidget(self._kit, kit)
        self._kit.hide()
        self._kit.deleteLater()
        self._kit = kit
        self._kit.setVisible(bool(parts))
        self._next_field()

    @Slot()
    def _do_lend(self) -> None:
        if not self._due.is_valid() or self._who.row is None or self._device.row is None:
            return
        services = self._context.services
        try:
            loan_id = services.loans.lend(
                device_id=self._device.row.id,
                borrower_id=self._who.row.id,
                due_on=self._due.value(),
                accessories=[n for key, n in self._kit_names.items() if self._kit.value(key)],
            )
        except UserError as error:
            self._context.fail(error)
            return
        row = loan(self._dossier, loan_id).row
        words = "{} prêté à {} jusqu’au {}."
        self._context.say_done(
            words.format(row.device_label, row.borrower_name, french.short_date(row.due_on))
        )
        self.go.emit(Loan(loan_id, just_lent=True))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _line_of(row: BorrowerRow) -> str:
    return " · ".join(part for part in (row.name, row.detail or row.kind.label) if part)


def _device_line(row: DeviceRow) -> str:
    waits = " · réservé" if row.state is DeviceState.RESERVED else ""
    return f"{row.code} · {row.name}{waits}"


def _describe(row: BorrowerRow) -> tuple[str, str]:
    held = f"a déjà {french.count(row.open_loans, 'prêt')}" if row.open_loans else ""
    return row.name, " · ".join(filter(None, (row.detail or row.kind.label, held)))


def _describe_device(row: DeviceRow) -> tuple[str, str]:
    waits = f"réservé pour {row.reservation}" if row.reservation else ""
    return row.name, " · ".join(filter(None, (row.code, row.condition.label, waits)))
