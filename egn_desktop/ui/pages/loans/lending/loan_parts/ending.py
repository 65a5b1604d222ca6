# SPDX-License-Identifier: GPL-3.0-or-later
"""How an open loan goes on or ends: returned item by item, prolonged, exchanged, lost, stolen."""

from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers.acts import RECEIPT
from egn_desktop.inventory.register.terms import Condition
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.lending.due_field import DueField
from egn_desktop.ui.pages.loans.lending.loan_parts.head import AGREEMENT
from egn_desktop.ui.pages.loans.lending.loan_parts.part import LoanPart
from egn_desktop.ui.pages.loans.lending.loan_parts.wiping import WipingForm
from egn_desktop.ui.pages.loans.papers.language_button import LanguageButton
from egn_desktop.ui.pages.loans.photos.photo_strip import PhotoStrip
from egn_desktop.ui.pages.loans.targets import Exchange, Incident, Sign
from egn_desktop.ui.widgets.buttons import main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import muted, rule, strong


class ReturnPart(LoanPart):
    """What comes back, in which state, and what is done of it at once."""

    def build(self) -> None:
        self._kit_names: dict[str, str] = {}
        self._form = self._make_form()
        self._photos = PhotoStrip(
            self.context, device_id=self.detail.row.device_id, loan_id=self.loan_id
        )
        if not self._photos.thumbs:
            self._photos.hide()
        self._wiping = WipingForm(self.detail.row.kind, ())
        self._wiping.hide()
        give_back = main_button("Noter le retour", self._give_back, "check")
        give_back.setAutoDefault(True)
        for widget in (self._form, self._photos, self._more(), self._wiping):
            self.column.addWidget(widget)
        words = "Noter et faire signer"
        self.foot = [give_back, plain_button(words, self._give_back_and_sign, "edit")]
        if self._kit_names:
            words = "Noter ces accessoires seulement"
            self.column.addWidget(plain_button(words, self._give_parts_back))
        self.column.addWidget(rule())

    def _make_form(self) -> Form:
        form = Form()
        form.add_heading("Ce qui revient")
        apart = [
            f"{name} ({french.short_date(day)})" for name, day in self.detail.came_apart.items()
        ]
        if apart:
            form.add_widget(muted("Déjà rendus : {}.".format(", ".join(apart))))
        for number, name in enumerate(self.detail.still_out):
            key = f"accessory-{number}"
            self._kit_names[key] = name
            form.add_check(key, name[:1].upper() + name[1:], value=True)
        form.add_choice(
            "condition",
            "État de l’appareil",
            [(condition, condition.label) for condition in Condition],
            value=self.detail.condition_out,
            help=f"Au départ : {self.detail.condition_out.label.lower()}.",
        )
        form.add_text("note", "Remarque", lines=2)
        return form

    def _more(self) -> QWidget:
        made = QWidget()
        line = Flow(made, spacing=4)
        self._photo_button = quiet_button("Photos des dégâts", self._show_photos, "plus")
        if self._photos.thumbs:
            self._photo_button.hide()
        line.addWidget(self._photo_button)
        if self._wiping.steps:
            words = "Effacer l’appareil maintenant"
            self._wipe_button = quiet_button(words, self._show_wiping, "list-checks")
            line.addWidget(self._wipe_button)
        return made

    def _ticked(self) -> list[str]:
        return [name for key, name in self._kit_names.items() if self._form.value(key)]

    @Slot()
    def _show_photos(self) -> None:
        self._photos.show()
        self._photos.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._photo_button.hide()

    @Slot()
    def _show_wiping(self) -> None:
        self._wiping.show()
        self._wiping.take_focus()
        self._wipe_button.hide()

    @Slot()
    def _give_back(self) -> None:
        self._note_return()

    @Slot()
    def _give_back_and_sign(self) -> None:
        if self._note_return():
            self.go.emit(Sign(RECEIPT, [self.loan_id]))

    def _note_return(self) -> bool:
        try:
            self.services.loans.return_device(
                self.loan_id,
                condition=self._form.value("condition"),
                accessories=self._ticked(),
                note=self._form.value("note"),
                wiped=self._wiping.done(),
            )
        except UserError as error:
            self.fail(error)
            return False
        row = self.detail.row
        self.ended(f"{row.device_label} rendu par {row.borrower_name}.")
        return True

    @Slot()
    def _give_parts_back(self) -> None:
        self.give_parts_back(self._ticked())


class RenewalPart(LoanPart):
    """A later day of return, and the agreement once more."""

    def build(self) -> None:
        due_on = self.detail.row.due_on
        self._due = DueField(self.dossier, "Prolonger jusqu’au", due_on)
        self._due.edited.connect(self._renew)
        self.column.addWidget(self._due)
        self.column.addWidget(plain_button("Imprimer la convention", self._print, "print"))
        self.column.addWidget(LanguageButton(self.context, AGREEMENT, str(self.loan_id)))

    @Slot(object)
    def _renew(self, due_on: date) -> None:
        try:
            self.services.loans.renew(self.loan_id, due_on=due_on)
        except UserError as error:
            self._due.show_error(error.what)
            return
        self.context.say_done(f"Prêt prolongé jusqu’au {french.short_date(due_on)}.")

    @Slot()
    def _print(self) -> None:
        self.context.print_document(AGREEMENT, str(self.loan_id))


class MissingPart(LoanPart):
    """A device that cannot serve any more: exchanged; or that will not come back."""

    def build(self) -> None:
        self.column.addWidget(strong("Il est en panne, ou ne reviendra pas ?"))
        made = QWidget()
        line = Flow(made)
        line.addWidget(self.leading(Lead("Échanger", Exchange(self.loan_id), "plain")))
        line.addWidget(plain_button("Déclarer perdu", self._lost))
        line.addWidget(plain_button("Déclarer volé", self._stolen))
        self.column.addWidget(made)

    @Slot()
    def _lost(self) -> None:
        self._declare(stolen=False)

    @Slot()
    def _stolen(self) -> None:
        self._declare(stolen=True)

    def _declare(self, *, stolen: bool) -> None:
        """End the loan, and go to the incident that this opens: there is more to be said."""
        try:
            incident_id = self.services.loans.declare_missing(self.loan_id, stolen=stolen)
        except UserError as error:
            self.fail(error)
            return
        state = "déclaré volé" if stolen else "déclaré perdu"
        self.context.say_done(f"{self.detail.row.device_label} {state}.")
        self.go.emit(Incident(incident_id))
