# SPDX-License-Identifier: GPL-3.0-or-later
"""What each column of the file holds, to be looked at and corrected."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from egn_desktop.exchange.columns import IGNORED, Column, fields
from egn_desktop.exchange.preview import Preview
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.labels import muted, strong
from egn_desktop.ui.widgets.scroll import scrolled

LONGEST_SAMPLE = 36
CHOICE_WIDTH = 240


class ColumnChoice(QComboBox):
    """What one column holds; the mouse wheel does not change it in passing."""

    def __init__(self, ready: Preview, column: Column) -> None:
        super().__init__()
        self.position = column.position
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        title = column.title or "Colonne sans titre"
        self.setAccessibleName(f"Contenu de « {title} »")
        self.addItem("Ne pas importer", IGNORED)
        for field in fields(ready.kind):
            self.addItem(field.label, field.id)
        self.setFixedWidth(theme.pixels(CHOICE_WIDTH))
        self.write(column.field)

    def read(self) -> str:
        return str(self.currentData())

    def write(self, field: str) -> None:
        self.setCurrentIndex(self.findData(field))

    @contained
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ColumnsView(QWidget):
    """One line a column: its title, an example, and a choice of what it holds."""

    corrected = Signal(object)

    def __init__(self, ready: Preview) -> None:
        super().__init__()
        self._fields = fields(ready.kind)
        self._choices = [ColumnChoice(ready, column) for column in ready.columns]
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(0, 1)
        for line, (held, choice) in enumerate(zip(ready.columns, self._choices, strict=True)):
            grid.addLayout(self._words(held), line, 0)
            grid.addWidget(choice, line, 1, Qt.AlignmentFlag.AlignVCenter)
            choice.activated.connect(self._chosen)
        grid.setRowStretch(len(self._choices), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(inside))

    def show_columns(self, ready: Preview) -> None:
        """Show what is now understood of the same columns."""
        held = ready.choice()
        for choice in self._choices:
            choice.write(held.get(choice.position, IGNORED))

    def choices(self) -> dict[int, str]:
        """Return what each column is said to hold, by its position in the file."""
        return {choice.position: choice.read() for choice in self._choices}

    def _words(self, column: Column) -> QVBoxLayout:
        sample = " ".join(column.sample.split())
        if len(sample) > LONGEST_SAMPLE:
            sample = f"{sample[:LONGEST_SAMPLE]}…"
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(strong(column.title or "Sans titre"))
        words.addWidget(muted(sample or "Colonne vide"))
        return words

    @Slot()
    def _chosen(self) -> None:
        changed = self.sender()
        if not isinstance(changed, ColumnChoice):
            return
        field = changed.read()
        if field != IGNORED and not self._fields[field].repeats:
            # One column alone holds it: the one that had it gives it up.
            for choice in self._choices:
                if choice is not changed and choice.read() == field:
                    choice.write(IGNORED)
        self.corrected.emit(self.choices())
