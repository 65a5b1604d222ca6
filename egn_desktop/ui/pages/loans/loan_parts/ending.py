# SPDX-License-Identifier: GPL-3.0-or-later
"""How an open loan goes on or ends: returned item by item, prolonged, lost or stolen."""

from datetime import date

from PySide6.QtCore import Slot

from egn_desktop.documents import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.terms import Condition
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.due_field import DueField
from egn_desktop.ui.pages.loans.loan_parts.head import AGREEMENT
from egn_desktop.ui.pages.loans.loan_parts.part import LoanPart
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.labels import muted, rule, strong


class ReturnPart(LoanPart):
    """What comes back, and in which state."""

    def build(self) -> None:
        self._form = Form()
        self._kit_names: dict[str, str] = {}
        self._form.add_heading(self.tr("Noter le retour"))
        if self.detail.accessories:
            self._form.add_widget(muted(self.tr("Cochez ce qui revient avec l’appareil.")))
        for number, name in enumerate(self.detail.accessories):
            key = f"accessory-{number}"
            self._kit_names[key] = name
            self._form.add_check(key, name[:1].upper() + name[1:], value=True)
        self._form.add_choice(
            "condition",
            self.tr("État de l’appareil"),
            [(one, one.label) for one in Condition],
            value=self.detail.condition_out,
        )
        self._form.add_text("note", self.tr("Remarque"), lines=2)
        self.column.addWidget(self._form)
        give_back = main_button(self.tr("Noter le retour"), self._give_back, "check")
        give_back.setAutoDefault(True)
        self.column.addWidget(give_back)
        self.column.addWidget(rule())

    @Slot()
    def _give_back(self) -> None:
        came_back = [name for key, name in self._kit_names.items() if self._form.value(key)]
        try:
            self.inventory.return_device(
                self.loan_id,
                condition=self._form.value("condition"),
                accessories=came_back,
                note=self._form.value("note"),
            )
        except UserError as error:
            self.fail(error)
            return
        row = self.detail.row
        self.ended(self.tr("{} rendu par {}.").format(row.device_label, row.borrower_name))


class RenewalPart(LoanPart):
    """A later day of return, and the agreement once more."""

    def build(self) -> None:
        due_on = self.detail.row.due_on
        self._due = DueField(self.dossier, self.tr("Prolonger jusqu’au"), due_on)
        self._due.edited.connect(self._renew)
        self.column.addWidget(self._due)
        self.column.addWidget(plain_button(self.tr("Imprimer la convention"), self._print, "print"))

    @Slot(object)
    def _renew(self, due_on: date) -> None:
        inventory, loan_id, before = self.inventory, self.loan_id, self.detail.row.due_on
        try:
            inventory.renew(loan_id, due_on=due_on)
        except UserError as error:
            self._due.show_error(error.what)
            return
        words = self.tr("Prêt prolongé jusqu’au {}.").format(french.short_date(due_on))
        self.context.say(words, lambda: inventory.renew(loan_id, due_on=before))

    @Slot()
    def _print(self) -> None:
        self.context.print_document(AGREEMENT, str(self.loan_id))


class MissingPart(LoanPart):
    """A device that will not come back: lost or stolen."""

    def build(self) -> None:
        self.column.addWidget(strong(self.tr("Il ne reviendra pas ?")))
        self.line(
            plain_button(self.tr("Déclarer perdu"), self._lost),
            plain_button(self.tr("Déclarer volé"), self._stolen),
        )

    @Slot()
    def _lost(self) -> None:
        self._declare(stolen=False)

    @Slot()
    def _stolen(self) -> None:
        self._declare(stolen=True)

    def _declare(self, *, stolen: bool) -> None:
        try:
            self.inventory.declare_missing(self.loan_id, stolen=stolen)
        except UserError as error:
            self.fail(error)
            return
        state = self.tr("déclaré volé") if stolen else self.tr("déclaré perdu")
        self.ended(f"{self.detail.row.device_label} {state}.")
