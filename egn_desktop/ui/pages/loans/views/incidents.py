# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents: what is still to be settled first; settled ones when asked for."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox

from egn_desktop import french
from egn_desktop.fields import field_of
from egn_desktop.inventory.lending.queries.incidents import (
    IncidentColumn,
    IncidentRow,
    incident_list,
)
from egn_desktop.inventory.register.nouns import IncidentFields
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import column, columns
from egn_desktop.ui.pages.loans.lending.incident_lines import incident_chip
from egn_desktop.ui.pages.loans.targets import Incident
from egn_desktop.ui.pages.loans.views.base import Listed, ListView
from egn_desktop.ui.tables import ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.empty import EmptyState


class IncidentsView(ListView):
    """Breakages, losses and thefts."""

    id = "incidents"

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            name="Incidents",
            columns=incident_columns(),
            empty=EmptyState("alert", "", ""),
            less_needed=(5, 3, 4, 2),
        )
        self._closed = QCheckBox("Réglés aussi")
        self._closed.toggled.connect(self._show_closed)
        self.add_tool(self._closed, always=True)
        self.add_tool(plain_button("Registre des incidents", self._print, "print"))

    def listed(self) -> Listed:
        return incident_list(self.dossier, only_open=not self._closed.isChecked())

    def open_row(self, row: IncidentRow) -> None:
        self.go.emit(Incident(row.id))

    def tell_empty(self) -> None:
        title = "Aucun incident à régler"
        if self._closed.isChecked():
            title = "Aucun incident"
        self.empty.set_words(
            title,
            "Un appareil rendu cassé, échangé, perdu ou volé arrive ici de lui-même, avec ce "
            "qu’il faut à l’assurance et au propriétaire : récit, photos, plainte, coût.",
        )

    @Slot(bool)
    def _show_closed(self, _shown: bool) -> None:
        self.stale.emit()

    @Slot()
    def _print(self) -> None:
        self.context.print_document("registre-des-incidents", "")


def incident_columns() -> list[ColumnSpec]:
    """Return the columns of the incidents."""
    return [
        ColumnSpec("Incident", lambda row: row.kind.label, by=IncidentColumn.KIND),
        ColumnSpec(
            "Appareil", lambda row: row.device_label, by=IncidentColumn.DEVICE, stretch=True
        ),
        ColumnSpec(
            "Depuis",
            lambda row: french.short_date(row.happened_on),
            by=IncidentColumn.HAPPENED_ON,
            sort=lambda row: row.happened_on,
        ),
        ColumnSpec("Emprunteur", lambda row: row.borrower_name, by=IncidentColumn.BORROWER),
        column(field_of(IncidentFields, "repairer")),
        column(field_of(IncidentFields, "cost_cents")),
        ColumnSpec("État", incident_chip, by=IncidentColumn.STATE),
        *columns(IncidentFields, but=("repairer", "cost_cents")),
    ]
