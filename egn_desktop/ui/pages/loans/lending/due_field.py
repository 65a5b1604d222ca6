# SPDX-License-Identifier: GPL-3.0-or-later
"""The day of return: typed or proposed, with a word when the school is closed on that day."""

from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending import due_dates
from egn_desktop.school.queries import calendar
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import muted, note
from egn_desktop.ui.widgets.tips import set_tip


class DueField(QWidget):
    """A date, three proposals and a note; ``edited`` tells a day typed or proposed."""

    edited = Signal(object)

    def __init__(self, dossier: Dossier, label: str, value: date | None = None) -> None:
        super().__init__()
        self._today = dossier.today()
        self._calendar = calendar(dossier)
        self._choices = due_dates.proposals(self._today, self._calendar)
        self._form = Form()
        self._form.add_date("due_on", label, value=value or self._choices[0].due_on, optional=False)
        self._form.edited.connect(self._typed)
        self._note = note("", "attention")
        self._note_words = self._note.findChildren(QLabel)[0]
        self._unknown = muted("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._form, self._proposals(), self._note, self._unknown):
            column.addWidget(widget)
        self._show_note()

    @property
    def note_text(self) -> str:
        """What the note says; empty when it is not shown."""
        return "" if self._note.isHidden() else self._note_words.text()

    def value(self) -> date:
        """Return the day; the last valid one while what is typed is wrong."""
        return self._form.value("due_on")

    def is_valid(self) -> bool:
        """Check what is typed, say what is wrong."""
        return self._form.is_valid()

    def show_error(self, text: str) -> None:
        """Say under the date what is wrong with it."""
        self._form.show_error("due_on", text)

    def _proposals(self) -> QWidget:
        made = QWidget()
        line = QHBoxLayout(made)
        line.setSpacing(4)
        line.setContentsMargins(0, 0, 0, 0)
        short = ("Fin d’année", "2 semaines", "6 semaines")
        for number, words in enumerate(short):
            button = quiet_button(words, self._propose)
            button.setObjectName(f"proposal-{number}")
            set_tip(button, self._choices[number].label)
            line.addWidget(button)
        line.addStretch()
        return made

    def _show_note(self) -> None:
        day = self.value()
        # A day that is past is late, whatever day it was.
        words = due_dates.gentle_note(day, self._calendar) if day >= self._today else ""
        self._note_words.setText(words)
        self._note.setVisible(bool(words))
        unknown = self._calendar.ignorance(day) if day >= self._today else ""
        self._unknown.setText(unknown)
        self._unknown.setVisible(bool(unknown))

    @Slot()
    def _propose(self) -> None:
        number = int(self.sender().objectName().rpartition("-")[2])
        due_on = self._choices[number].due_on
        self._form.set_value("due_on", due_on)
        self._show_note()
        self.edited.emit(due_on)

    @Slot(str, object)
    def _typed(self, _name: str, due_on: date) -> None:
        self._show_note()
        self.edited.emit(due_on)
