# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of a comparison to be chosen from: ticks by subject, the two words of a conflict."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.dossier.copies import Line
from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.labels import body, muted, strong
from egn_desktop.ui.widgets.segments import Segments

# More lines under one heading are taken or left as one.
SHOWN = 60
_HERE, _THERE = 0, 1


class TickLine(QWidget):
    """One line with its tick."""

    ticked = Signal()

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        text = line.there or f"{line.here} : supprimé là-bas"
        self.box = QCheckBox()
        self.box.setChecked(line.is_proposed)
        self.box.setEnabled(line.can_be_chosen)
        self.box.setAccessibleName(text)
        self.box.clicked.connect(self.ticked)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(body(text))
        more = line.why or line.detail
        if more:
            words.addWidget(muted(more))
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    @contained
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.box.isEnabled() and self.rect().contains(event.position().toPoint()):
            self.box.click()
        super().mouseReleaseEvent(event)


class SubjectLines(QWidget):
    """All lines of one subject, with a tick for the whole."""

    changed = Signal()

    def __init__(self, heading: str, lines: Sequence[Line]) -> None:
        super().__init__()
        self._lines = [TickLine(line) for line in lines[:SHOWN]]
        self._more = list(lines[SHOWN:])
        self._all = QCheckBox(f"{heading} ({len(lines)})")
        self._all.setProperty("role", "strong")
        self._all.setTristate(True)
        self._all.clicked.connect(self._tick_all)
        self._takes_more = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._all)
        for row in self._lines:
            row.ticked.connect(self._ticked)
            column.addWidget(row)
        if self._more:
            column.addWidget(muted(f"et {len(self._more)} de plus, avec la case du titre"))
        self._show_whole()

    def chosen(self) -> set[str]:
        """Return the ids of the lines that are ticked."""
        chosen = {line.line.id for line in self._lines if line.box.isChecked()}
        return chosen | ({widget.id for widget in self._more} if self._takes_more else set())

    def set_all(self, ticked: bool) -> None:
        """Tick every line that may be, or none."""
        for line in self._lines:
            if line.box.isEnabled():
                line.box.setChecked(ticked)
        self._takes_more = ticked
        self._show_whole()
        self.changed.emit()

    @Slot()
    def _tick_all(self) -> None:
        self.set_all(self._all.checkState() != Qt.CheckState.Unchecked)

    @Slot()
    def _ticked(self) -> None:
        self._show_whole()
        self.changed.emit()

    def _show_whole(self) -> None:
        states = {line.box.isChecked() for line in self._lines}
        states |= {self._takes_more} if self._more else set()
        self._all.setCheckState(
            Qt.CheckState.PartiallyChecked
            if len(states) > 1
            else Qt.CheckState.Checked
            if True in states
            else Qt.CheckState.Unchecked
        )


class Conflict(QWidget):
    """What each copy says of one thing, and whose word stands."""

    changed = Signal()

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line
        self._choice = Segments(
            ["Garder ici", "Prendre là-bas"],
            f"Laquelle vaut : {line.there or line.here}",
        )
        self._choice.chosen.connect(self._chosen)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(_said("Ici", line.here or "Rien"), 1)
        row.addLayout(_said("Là-bas", line.there or "Supprimé"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(row)
        column.addWidget(muted(" ".join(filter(None, (line.why, self._between())))))
        column.addWidget(self._choice)

    @property
    def takes_there(self) -> bool:
        """Whether the other copy's word stands."""
        return self._choice.index() == _THERE

    def _between(self) -> str:
        return f"D’ici à là-bas : {self.line.detail}." if self.line.detail else ""

    def set_there(self, there: bool) -> None:
        """Let one copy's word stand."""
        self._choice.set_index(_THERE if there else _HERE)

    @Slot(int)
    def _chosen(self, _: int) -> None:
        self.changed.emit()


def _said(title: str, text: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(muted(title))
    column.addWidget(strong(text))
    column.addStretch()
    return column
