# SPDX-License-Identifier: GPL-3.0-or-later
"""A word under the day of a drill when the school is closed on it, as loans have."""

from datetime import date

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import calendar
from egn_desktop.ui.widgets.labels import muted, note


class DayNote(QWidget):
    """Nothing while the school is open on that day, as far as its calendar is known."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__()
        self._today = dossier.today()
        self._calendar = calendar(dossier)
        self._note = note("", "attention")
        self._words = self._note.findChildren(QLabel)[0]
        self._unknown = muted("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._note)
        column.addWidget(self._unknown)
        self.show_day(None)

    @property
    def text(self) -> str:
        """What is said; empty when nothing is."""
        return "" if self.isHidden() else self._words.text() or self._unknown.text()

    def show_day(self, day: date | None) -> None:
        """Say what is wrong with a day that is still to come."""
        asked = day is not None and day >= self._today
        closed = self._calendar.closed_note(day) if asked and day else ""
        unknown = self._calendar.ignorance(day) if asked and day else ""
        for shown, label, words in (
            (self._note, self._words, closed),
            (self._unknown, self._unknown, unknown),
        ):
            label.setText(words)
            shown.setVisible(bool(words))
        self.setVisible(bool(closed or unknown))
