# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that says that the computer's clock is behind the dossier, and the one question."""

import threading

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout

from egn_desktop.dossier.errors import ClockDoubtError
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.labels import Chip, body

MINUTE_MS = 60_000


class ClockBanner(QFrame):
    """Shown as long as the clock cannot be right; before the first write it asks.

    It goes by itself once the clock is set right, or something was written with it all the same.
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self.setProperty("role", "note")
        self.setProperty("tone", "attention")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        self._words = body("")
        row.addWidget(Chip("Horloge", "attention"))
        row.addWidget(self._words, 1)
        self._dossier.ask_clock = self._ask
        context.changed.connect(self.reload)
        self._timer = QTimer(self)
        self._timer.setInterval(MINUTE_MS)
        self._timer.timeout.connect(self.reload)
        self._timer.start()
        self.reload()

    @Slot()
    def reload(self) -> None:
        """Look at the clock again."""
        doubt = None if self._dossier.read_only else self._dossier.clock_doubt
        self.setVisible(doubt is not None)
        if doubt is not None:
            words = f"{doubt.what} Corrigez la date et l’heure de l’ordinateur."
            self._words.setText(words)
            self.setAccessibleName(words)

    def _ask(self, doubt: ClockDoubtError) -> bool:
        """Ask whether to write all the same; work off the window's thread is refused unasked."""
        if threading.current_thread() is not threading.main_thread():
            return False
        return self._context.confirm(
            "L’horloge de l’ordinateur est-elle juste ?",
            (
                f"{doubt.what} Ce que vous enregistrez porterait cette date, dans les registres et "
                "dans les courriers. Corrigez plutôt l’horloge, puis recommencez."
            ),
            "Continuer quand même",
        )
