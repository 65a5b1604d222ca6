# SPDX-License-Identifier: GPL-3.0-or-later
"""The acts of a reflex card, ticked off with their time."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.plans import wording
from egn_desktop.plans.queries import CrisisLog
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.crisis.big import big, sized
from egn_desktop.ui.widgets.labels import muted

MARK = 24
LISTS = ("first_hour", "calls", "first_day")


class ActRow(QWidget):
    """One act; pressing anywhere on it ticks it."""

    ticked = Signal(str, str, bool)

    def __init__(self, field: str, text: str) -> None:
        super().__init__()
        self.field, self.text = field, text
        self.box = QCheckBox()
        self.box.setAccessibleName(text)
        side = theme.pixels(MARK)
        self.box.setStyleSheet(f"QCheckBox::indicator {{ width: {side}px; height: {side}px; }}")
        self.box.clicked.connect(self._tick)
        self._words = big(text)
        self._time = sized(muted(""), 16, bold=True)
        self._time.setWordWrap(False)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(10)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        line.addWidget(self._time, 0, Qt.AlignmentFlag.AlignTop)

    def show_done(self, at: datetime | None) -> None:
        """Show when it was done, or that it is still to do."""
        self.box.setChecked(at is not None)
        self._time.setText(french.clock_time(at) if at else "")
        self._words.setProperty("role", "muted" if at else "body")
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)

    @contained
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.box.click()
        super().mouseReleaseEvent(event)

    @Slot(bool)
    def _tick(self, done: bool) -> None:
        self.ticked.emit(self.field, self.text, done)


class ActList(QWidget):
    """The lists of one scenario: the first hour, then the first day."""

    def __init__(
        self, texts: dict[str, str], tick: Callable[[str, str, bool], None], log: CrisisLog | None
    ) -> None:
        super().__init__()
        self.rows: list[ActRow] = []
        labels = {field.id: field.label for field in wording.FIELDS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for field in LISTS:
            column.addWidget(big(labels[field], 20, bold=True))
            for text in wording.lines(texts[field]):
                row = ActRow(field, text)
                row.ticked.connect(tick)
                self.rows.append(row)
                column.addWidget(row)
            column.addSpacing(12)
        column.addStretch()
        self.show_log(log)

    def show_log(self, log: CrisisLog | None) -> None:
        """Show what is done already."""
        done = {(entry.field, entry.text): entry.at for entry in log.entries} if log else {}
        for row in self.rows:
            row.show_done(done.get((row.field, row.text)))

    def counts(self) -> tuple[int, int]:
        """Return how many acts are done, of how many."""
        return sum(row.box.isChecked() for row in self.rows), len(self.rows)
