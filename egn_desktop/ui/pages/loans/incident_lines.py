# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents in a few lines: of a loan, of a device; how their state is coloured."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.inventory.lending.queries.incidents import IncidentRow, incidents
from egn_desktop.inventory.register.terms import IncidentOutcome
from egn_desktop.ui.context import Context
from egn_desktop.ui.tables import ChipText
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import Chip, muted, section

GOOD_ENDS = (IncidentOutcome.REPAIRED, IncidentOutcome.REPLACED, IncidentOutcome.FOUND)
LONGEST = 12


def incident_chip(row: IncidentRow) -> ChipText:
    """Return an incident's state as a table shows it."""
    if row.is_open:
        return ChipText(row.state_label, "bad" if row.is_quiet else "attention")
    return ChipText(row.state_label, "good" if row.outcome in GOOD_ENDS else "neutral")


class IncidentLine(QWidget):
    """One incident: what or whose, the day, how it stands; a click opens it."""

    opened = Signal(int)

    def __init__(self, row: IncidentRow, words: str) -> None:
        super().__init__()
        self._incident_id = row.id
        chip = incident_chip(row)
        name = quiet_button(words, self._open)
        name.setAccessibleDescription(chip.text)
        day = muted(f"le {french.short_date(row.happened_on)}")
        day.setContentsMargins(10, 0, 0, 0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(name)
        left.addWidget(day)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addLayout(left, 1)
        line.addWidget(Chip(chip.text, chip.tone))

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._incident_id)


class DeviceIncidents(QWidget):
    """What befell a device, kept true, and the way to note more."""

    incident_wanted = Signal(int)
    noting_wanted = Signal(int)

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
        line.addWidget(quiet_button("Noter un incident", self._note, "alert"))
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
            line.opened.connect(self.incident_wanted)
            self._list.addWidget(line)

    @Slot(object)
    def _something_changed(self, kinds: frozenset[Changed]) -> None:
        if kinds & {Changed.LOANS, Changed.DEVICES}:
            self._reload()

    @Slot()
    def _note(self) -> None:
        self.noting_wanted.emit(self._device_id)
