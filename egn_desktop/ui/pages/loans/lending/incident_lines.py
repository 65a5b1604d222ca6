# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents in a few lines: of a loan, of a device; how their state is coloured."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incidents
from egn_desktop.inventory.register.terms import IncidentOutcome
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Lead, Leading, LeadLine
from egn_desktop.ui.pages.loans.targets import Incident, NoteIncident
from egn_desktop.ui.tables import ChipText
from egn_desktop.ui.widgets.labels import muted, section

GOOD_ENDS = (IncidentOutcome.REPAIRED, IncidentOutcome.REPLACED, IncidentOutcome.FOUND)
LONGEST = 12


def incident_chip(row: IncidentRow) -> ChipText:
    """Return an incident's state as a table shows it."""
    if row.is_open:
        return ChipText(row.state_label, "bad" if row.is_quiet else "attention")
    return ChipText(row.state_label, "good" if row.outcome in GOOD_ENDS else "neutral")


class IncidentLine(LeadLine):
    """One incident: what or whose, the day, how it stands."""

    def __init__(self, row: IncidentRow, words: str) -> None:
        day = f"le {french.short_date(row.happened_on)}"
        super().__init__(words, Incident(row.id), day, incident_chip(row))


class DeviceIncidents(Leading):
    """What befell a device, kept true, and the way to note more."""

    def __init__(self, context: Context, device_id: int) -> None:
        super().__init__()
        self._dossier, self._device_id = context.services.dossier, device_id
        self._rows: list[IncidentRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(section("Ses incidents"))
        self._none = muted("Rien n’est arrivé à cet appareil.")
        column.addWidget(self._none)
        column.addLayout(self._list)
        line = QHBoxLayout()
        note = Lead("Noter un incident", NoteIncident(device_id), icon="alert")
        line.addWidget(self.leading(note))
        line.addStretch()
        column.addLayout(line)
        context.changed.connect(self._something_changed)
        self._reload()

    def _reload(self) -> None:
        rows = list(incidents(self._dossier, device_id=self._device_id))
        if rows == self._rows:
            return
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._rows = rows
        if rows:
            self._none.hide()
        else:
            self._none.show()
        for row in rows[:LONGEST]:
            parts = (row.kind.label, row.borrower_name)
            line = IncidentLine(row, " · ".join(part for part in parts if part))
            self._list.addWidget(self.leading(line))

    @Slot(object)
    def _something_changed(self, kinds: frozenset[Changed]) -> None:
        if kinds & {Changed.LOANS, Changed.DEVICES}:
            self._reload()
