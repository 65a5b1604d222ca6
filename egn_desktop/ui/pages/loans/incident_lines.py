# SPDX-License-Identifier: GPL-3.0-or-later
"""Incidents in a few lines: of a loan, of a device; how their state is coloured."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.documents import french
from egn_desktop.inventory.queries.incidents import IncidentRow, incidents
from egn_desktop.inventory.queries.wiping import to_wipe
from egn_desktop.inventory.terms import IncidentOutcome
from egn_desktop.ui.context import Context
from egn_desktop.ui.tables import ChipText
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import Chip, muted, note, section

GOOD_ENDS = (IncidentOutcome.REPAIRED, IncidentOutcome.REPLACED, IncidentOutcome.FOUND)
LONGEST = 12


def incident_chip(row: IncidentRow) -> ChipText:
    """Return an incident's state as a table shows it."""
    if row.is_open:
        return ChipText(row.state_label, "bad" if row.is_quiet else "attention")
    return ChipText(row.state_label, "good" if row.outcome in GOOD_ENDS else "neutral")


def wiping_note(context: Context, device_id: int) -> QWidget | None:
    """Return a note that says what is left to wipe of a device; None when nothing is."""
    for one in to_wipe(context.services.dossier, device_id=device_id):
        steps = ", ".join(f"{step.title[:1].lower()}{step.title[1:]}" for step in one.left)
        return note(f"À effacer avant de le prêter : {steps}.", "attention")
    return None


class IncidentLine(QWidget):
    """One incident: what or whose, the day, how it stands; a click opens it."""

    opened = Signal(int)

    def __init__(self, row: IncidentRow, words: str) -> None:
        super().__init__()
        self._incident_id = row.id
        chip = incident_chip(row)
        name = quiet_button(words, self._open)
        name.setAccessibleDescription(chip.text)
        day = muted(self.tr("le {}").format(french.short_date(row.happened_on)))
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
    """What befell a device, and the way to note more."""

    incident_wanted = Signal(int)
    noting_wanted = Signal(int)

    def __init__(self, context: Context, device_id: int) -> None:
        super().__init__()
        self._device_id = device_id
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        rows = incidents(context.services.dossier, device_id=device_id)
        if rows:
            column.addWidget(section(self.tr("Ses incidents")))
        for row in rows[:LONGEST]:
            parts = (row.kind.label, row.borrower_name)
            line = IncidentLine(row, " · ".join(part for part in parts if part))
            line.opened.connect(self.incident_wanted)
            column.addWidget(line)
        line = QHBoxLayout()
        line.addWidget(quiet_button(self.tr("Noter un incident"), self._note, "alert"))
        line.addStretch()
        column.addLayout(line)

    @Slot()
    def _note(self) -> None:
        self.noting_wanted.emit(self._device_id)
