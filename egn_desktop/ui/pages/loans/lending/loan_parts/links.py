# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a loan leads: to the one that it replaces or that replaces it, and to its incidents."""

from PySide6.QtCore import Slot

from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.incidents import incidents
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.lending.incident_lines import IncidentLine
from egn_desktop.ui.pages.loans.lending.loan_parts.part import LoanPart
from egn_desktop.ui.pages.loans.targets import Loan, NoteIncident
from egn_desktop.ui.widgets.buttons import Button, quiet_button
from egn_desktop.ui.widgets.labels import muted, strong


class ExchangePart(LoanPart):
    """The other half of an exchange."""

    def build(self) -> None:
        detail = self.detail
        self._other = detail.replaced_by or detail.replaces_id or 0
        if not self._other:
            self.hide()
        if not self._other:
            return
        row = loan(self.dossier, self._other).row
        words = "Échangé contre {}." if detail.replaced_by else "Remplace {}."
        self.column.addWidget(muted(words.format(row.device_label)))
        see = Lead(f"Voir le prêt n° {row.id}", Loan(row.id), icon="next")
        buttons: list[Button] = [self.leading(see)]
        if detail.replaces_id and detail.row.state is LoanState.OPEN:
            buttons.append(quiet_button("Annuler l’échange", self._undo, "undo"))
        self.line(*buttons, spacing=4)

    @Slot()
    def _undo(self) -> None:
        try:
            self.services.loans.cancel_exchange(self.loan_id)
        except UserError as error:
            self.fail(error)
            return
        self.context.say_done("Échange annulé : le premier prêt est de nouveau en cours.")
        self.go.emit(Loan(self._other))


class IncidentsPart(LoanPart):
    """The incidents of a loan; another one is noted while it is open."""

    def build(self) -> None:
        self._rows = incidents(self.dossier, loan_id=self.loan_id)
        is_open = self.detail.row.state is LoanState.OPEN
        if not (self._rows or is_open):
            self.hide()
        if self._rows:
            self.column.addWidget(strong("Incidents"))
        for row in self._rows:
            self.column.addWidget(self.leading(IncidentLine(row, row.kind.label)))
        if is_open:
            note = NoteIncident(self.detail.row.device_id)
            self.line(self.leading(Lead("Noter un incident", note, icon="alert")))

    @property
    def is_current(self) -> bool:
        return incidents(self.dossier, loan_id=self.loan_id) == self._rows
