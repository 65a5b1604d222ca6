# SPDX-License-Identifier: GPL-3.0-or-later
"""How a loan ended, what is still missing of it, its receipt, and the way back."""

from PySide6.QtCore import Slot

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.inventory.papers.acts import RECEIPT
from egn_desktop.inventory.papers.keys import receipt_key
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.lending.loan_parts.part import LoanPart
from egn_desktop.ui.pages.loans.parts import Facts
from egn_desktop.ui.pages.loans.photos.photo_strip import PhotoStrip
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import strong

BACK = (LoanState.RETURNED, LoanState.EXCHANGED)


class PastPart(LoanPart):
    """The state before and after, what came back and what did not."""

    def build(self) -> None:
        self.column.addWidget(Facts(self._facts()))
        if self.detail.row.state in BACK:
            words = "Imprimer le reçu de retour"
            self.column.addWidget(plain_button(words, self._print, "print"))
        if self.detail.replaced_by is not None:
            words = "Annuler l’échange"
            self.column.addWidget(plain_button(words, self._cancel_exchange, "undo"))
        elif self.detail.row.state is not LoanState.CANCELLED:
            self.column.addWidget(plain_button("Rouvrir ce prêt", self._reopen, "undo"))

    def _facts(self) -> list[tuple[str, str]]:
        detail = self.detail
        apart = detail.came_apart
        missing = [name for name, back in detail.accessories.items() if back is False]
        returned = [name for name, back in detail.accessories.items() if back and name not in apart]
        ended_on = detail.row.ended_on
        return [
            ("Terminé le", french.long_date(ended_on) if ended_on else ""),
            ("État au départ", detail.condition_out.label),
            ("État au retour", detail.condition_in.label if detail.condition_in else ""),
            ("Rendus avec", ", ".join(returned)),
            (
                "Rendus à part",
                ", ".join(f"{name} ({french.short_date(day)})" for name, day in apart.items()),
            ),
            ("Non rendus", ", ".join(missing)),
            ("Remarque", detail.note_in),
        ]

    @Slot()
    def _print(self) -> None:
        row = self.detail.row
        if row.ended_on is not None:
            self.context.print_document(RECEIPT, receipt_key(row.borrower_id, row.ended_on))

    @Slot()
    def _reopen(self) -> None:
        try:
            self.services.loans.reopen_loan(self.loan_id)
        except UserError as error:
            self.fail(error)
            return
        self.context.say_done("Le prêt est de nouveau en cours.")

    @Slot()
    def _cancel_exchange(self) -> None:
        if self.detail.replaced_by is None:
            return
        try:
            self.services.loans.cancel_exchange(self.detail.replaced_by)
        except UserError as error:
            self.fail(error)
            return
        self.context.say_done("Échange annulé : le prêt est de nouveau en cours.")


class MissingKitPart(LoanPart):
    """What did not come back with the device, and may come back by itself."""

    def build(self) -> None:
        missing = self.detail.still_out
        if not missing or self.detail.row.state is LoanState.CANCELLED:
            self.hide()
        self._form = Form()
        self._names: dict[str, str] = {}
        self.column.addWidget(strong("Revenus depuis ?"))
        for number, name in enumerate(missing):
            self._names[f"missing-{number}"] = name
            self._form.add_check(f"missing-{number}", name[:1].upper() + name[1:])
        self.column.addWidget(self._form)
        self.line(plain_button("Noter comme rendus", self._note, "check"))

    @Slot()
    def _note(self) -> None:
        names = [name for key, name in self._names.items() if self._form.value(key)]
        if names:
            self.give_parts_back(names)
        else:
            self.context.say("Cochez d’abord ce qui est revenu.")


class PhotosPart(LoanPart):
    """The photos taken at the return."""

    def build(self) -> None:
        if self.detail.row.state not in BACK:
            self.hide()
        if self.detail.row.state in BACK:
            self.column.addWidget(strong("Photos du retour"))
            device_id = self.detail.row.device_id
            strip = PhotoStrip(self.context, device_id=device_id, loan_id=self.loan_id)
            self.column.addWidget(strip)
