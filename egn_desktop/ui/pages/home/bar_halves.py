# SPDX-License-Identifier: GPL-3.0-or-later
"""A long list of bars in two halves side by side, one under the other where that squeezes them."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from egn_desktop.ui.widgets.charts import RangeBars

GAP = 24
Row = tuple[str, float, float, str]


class BarHalves(QWidget):
    """Two halves of one chart."""

    def __init__(self, name: str, rows: Sequence[Row]) -> None:
        super().__init__()
        half = (len(rows) + 1) // 2
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._halves = [RangeBars(name, part) for part in (rows[:half], rows[half:])]
        for bars in self._halves:
            self._box.addWidget(bars, 1)
        self._box.setSpacing(GAP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        needed = sum(bars.sizeHint().width() for bars in self._halves) + GAP
        is_narrow = event.size().width() < needed
        wanted = directions.TopToBottom if is_narrow else directions.LeftToRight
        if self._box.direction() != wanted:
            self._box.setDirection(wanted)
            self._box.setSpacing(0 if is_narrow else GAP)
