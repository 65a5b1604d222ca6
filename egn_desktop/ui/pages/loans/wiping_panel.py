# SPDX-License-Identifier: GPL-3.0-or-later
"""The devices that came back and are not wiped yet, each leading to its checklist."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.inventory.lending.queries.wiping import ToWipe, to_wipe
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import Chip, muted, note


class WipingPanel(QWidget):
    """What is left to wipe before it is lent again."""

    loan_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        waits = to_wipe(context.services.dossier)
        if waits:
            words = "Ouvrez un appareil pour cocher ce qui est fait."
            column.addWidget(muted(words))
        else:
            column.addWidget(note("Tous les appareils rendus sont effacés.", "good"))
        for one in waits:
            line = _Line(one)
            line.opened.connect(self.loan_wanted)
            column.addWidget(line)
        column.addStretch()


class _Line(QWidget):
    """One device; a click opens the loan that it came back from."""

    opened = Signal(int)

    def __init__(self, one: ToWipe) -> None:
        super().__init__()
        self._loan_id = one.id
        day = muted(f"rendu le {french.short_date(one.ended_on)}")
        day.setContentsMargins(10, 0, 0, 0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(quiet_button(one.device_label, self._open))
        left.addWidget(day)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addLayout(left, 1)
        line.addWidget(Chip(french.count(len(one.left), "étape"), "attention"))

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self._loan_id)
