# SPDX-License-Identifier: GPL-3.0-or-later
"""An exchange in one step: what comes back, and what is handed over in its place."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.scan import scanned
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import Condition, DeviceState
from egn_desktop.inventory.stock.queries.devices import DeviceRow, devices
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.chooser import Chooser
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.lending.wiping_note import WipingNote
from egn_desktop.ui.pages.loans.parts import Facts
from egn_desktop.ui.pages.loans.targets import Loan
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.footed import footed
from egn_desktop.ui.widgets.labels import muted


class ExchangePanel(Panel):
    """Scan or choose the other device, Enter."""

    heading = "Échanger"
    is_draft = True

    def __init__(self, context: Context, loan_id: int) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._loan_id = loan_id
        self._detail = loan(self._dossier, loan_id)
        row = self._detail.row
        self._kit_names: dict[str, str] = {}
        self._device = Chooser(
            "Remplacé par",
            "Scanner ou chercher un appareil",
            line=_line,
            find=self._find,
            describe=_describe,
            icon_name="scan",
        )
        self._device.chosen.connect(self._chosen)
        self._form = self._make_form()
        self._button = main_button("Échanger", self._exchange, "check")
        self._button.setAutoDefault(True)
        self._button.setEnabled(False)
        column, foot = footed(self)
        facts = (
            (row.borrower_kind.label, row.borrower_name),
            ("Rend", row.device_label),
        )
        self._wiping = WipingNote(context)
        for widget in (Facts(facts), self._device, self._wiping, self._form):
            column.addWidget(widget)
        column.addStretch()
        foot.add(self._button)

    def take_focus(self) -> None:
        self._device.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_form(self) -> Form:
        form = Form()
        form.add_choice(
            "condition",
            "État de l’appareil rendu",
            [(condition, condition.label) for condition in Condition],
            value=Condition.BROKEN,
        )
        if self._detail.still_out:
            form.add_widget(muted("Cochez ce qui revient avec lui."))
        for number, name in enumerate(self._detail.still_out):
            self._kit_names[f"accessory-{number}"] = name
            form.add_check(f"accessory-{number}", name[:1].upper() + name[1:], value=True)
        form.add_text("note", "Ce qui s’est passé", lines=2)
        return form

    def _find(self, text: str) -> Sequence[DeviceRow]:
        borrower_id = self._detail.row.borrower_id
        exact = scanned(self._dossier, text).only_device if text else None
        if exact is not None and _can_be_lent(exact, borrower_id):
            return (exact,)
        found = [row for row in devices(self._dossier, text) if _can_be_lent(row, borrower_id)]
        return sorted(found, key=lambda row: row.kind is not self._detail.row.kind)

    @Slot(object)
    def _chosen(self, row: DeviceRow) -> None:
        self._wiping.show_device(row.id)
        self._button.setEnabled(True)
        self._button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _exchange(self) -> None:
        if self._device.row is None:
            return
        services = self._context.services
        try:
            new_id = services.loans.exchange(
                self._loan_id,
                device_id=self._device.row.id,
                condition=self._form.value("condition"),
                accessories=[n for key, n in self._kit_names.items() if self._form.value(key)],
                note=self._form.value("note"),
            )
        except UserError as error:
            self._context.fail(error)
            return
        row = loan(self._dossier, new_id).row
        words = (
            f"{self._detail.row.device_label} échangé contre {row.device_label}, "
            f"à rendre le {french.short_date(row.due_on)}."
        )
        self._context.say_done(words)
        self.go.emit(Loan(new_id, just_lent=True))


def _can_be_lent(row: DeviceRow, borrower_id: int) -> bool:
    is_kept = row.state is DeviceState.RESERVED and row.reserved_for == borrower_id
    return row.state is DeviceState.AVAILABLE or is_kept


def _line(row: DeviceRow) -> str:
    return f"{row.code} · {row.name}"


def _describe(row: DeviceRow) -> tuple[str, str]:
    return row.name, " · ".join((row.code, row.condition.label))
