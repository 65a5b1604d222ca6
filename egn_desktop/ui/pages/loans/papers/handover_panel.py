# SPDX-License-Identifier: GPL-3.0-or-later
"""A day's hand-over, person by person: who has signed, who is next."""

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from egn_desktop import french
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.queries import HandoverRow, handover
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.targets import Sign
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.labels import muted


class HandoverPanel(Panel):
    """Who was given what on a day, and signs for it."""

    preferred_width = 720

    def __init__(self, context: Context, day: date) -> None:
        super().__init__()
        self._dossier, self._day = context.services.dossier, day
        self.heading = f"Remise du {french.short_date(day)}"
        self._state = muted("")
        self._table = RowsTable(
            (
                ColumnSpec("Personne", lambda row: row.name),
                ColumnSpec("Classe", lambda row: row.group),
                ColumnSpec("Appareils", _devices, stretch=True),
                ColumnSpec("Signature", _chip),
            ),
            less_needed=(1,),
            key=lambda row: row.borrower_id,
            accessible_name=self.heading,
        )
        self._table.opened.connect(self._open)
        self._next = main_button("Faire signer la personne suivante", self._sign, "next")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._state)
        column.addWidget(self._table, 1)
        column.addWidget(self._next)
        self.follow()

    def follow(self) -> None:
        """Show who has signed by now."""
        rows = handover(self._dossier, AGREEMENT, self._day)
        self._table.set_rows(rows)
        waits = [row for row in rows if not row.is_signed]
        self._next.setEnabled(bool(waits))
        words = "Tout est signé." if rows else "Rien n’a été remis ce jour-là."
        if waits:
            people = french.count(len(waits), "personne", "personnes")
            words = f"{people} à faire signer, dans l’ordre ou d’un double clic."
        self._state.setText(words)

    @Slot()
    def _sign(self) -> None:
        for row in self._table.rows():
            if not row.is_signed:
                self._open(row)
                return

    @Slot(object)
    def _open(self, row: HandoverRow) -> None:
        self.go.emit(Sign(AGREEMENT, row.unsigned or row.loan_ids, self._day))


def _devices(row: HandoverRow) -> str:
    """Return the device; of several, the numbers alone, so that the line stays one line."""
    if len(row.devices) == 1:
        return row.devices[0]
    return ", ".join(device.rpartition(" · ")[2] for device in row.devices)


def _chip(row: HandoverRow) -> ChipText:
    return ChipText("Signé", "good") if row.is_signed else ChipText("À signer", "attention")
