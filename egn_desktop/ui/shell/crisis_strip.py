# SPDX-License-Identifier: GPL-3.0-or-later
"""The line above the pages while a crisis is under way: the way back to crisis mode."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.plans.queries import crises, scenarios
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import Chip, body


class CrisisStrip(QFrame):
    """Shown from the first act noted to the end of the crisis."""

    back_asked = Signal()

    def __init__(self, dossier: Dossier) -> None:
        super().__init__()
        self._dossier = dossier
        self.setProperty("role", "note")
        self.setProperty("tone", "bad")
        self._words = body("")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(Chip("Crise en cours", "bad"))
        row.addWidget(self._words, 1)
        row.addWidget(plain_button("Revenir au mode crise", self.back_asked.emit))
        self.reload()

    def reload(self) -> None:
        """Show whether a crisis is under way, and which."""
        running = next((crisis for crisis in crises(self._dossier) if not crisis.ended_at), None)
        if running is None:
            self.hide()
            return
        if self.parent() is not None:  # shown alone, it would be a window of its own
            self.show()
        since = french.clock_time(running.started_at)
        if running.started_at.date() != self._dossier.today():
            day = french.short_date(running.started_at.date())
            since = f"le {day} à {since}"
        title = next(
            (
                row.scenario.short
                for row in scenarios(self._dossier)
                if row.scenario.id == running.scenario
            ),
            "Scénario retiré",
        )
        self._words.setText(f"{title}, depuis {since}. Le journal reste ouvert.")
        self.setAccessibleName(self._words.text())
