# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a loan leads: to the one that it replaces or that replaces it, and to its incidents."""

from PySide6.QtCore import Slot

from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.incidents import incidents
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.ui.pages.loans.incident_lines import IncidentLine
from egn_desktop.ui.pages.loans.loan_parts.part import LoanPart
from egn_desktop.ui.widgets.buttons import quiet_button
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
        buttons = [quiet_button(f"Voir le prêt n° {row.id}", self._open, "next")]
        if detail.replaces_id and detail.row.state is LoanState.OPEN:
            buttons.append(quiet_button("Annuler l’échange", self._undo, "undo"))
        self.line(*buttons, spacing=4)

    @Slot()
    def _open(self) -> None:
        self.exits.loan_wanted.emit(self._other)

    @Slot()
    def _undo(self) -> None:
        try:
            self.services.loans.cancel_exchange(self.loan_id)
        except UserError as error:
            self.fail(error)
            return
        self.context.say_done("Échange annulé : le premier prêt est de nouveau en cours.")
        self.exits.loan_wanted.emit(self._other)


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
            line = IncidentLine(row, row.kind.label)
            line.opened.connect(self.exits.incident_wanted)
            self.column.addWidget(line)
        if is_open:
            self.line(quiet_button("Noter un incident", self._note, "alert"))

    @property
    def is_current(self) -> bool:
        return incidents(self.dossier, loan_id=self.loan_id) == self._rows

    @Slot()
    def _note(self) -> None:
        self.exits.noting_wanted.emit(self.detail.row.device_id)
