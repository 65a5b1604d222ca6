# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands above or below the pages, with room around it only while it is there."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.ui.contain import contained


class Edge(QWidget):
    """Holds lines that come and go; hidden, with its margins, when all are."""

    def __init__(self, lines: Sequence[QWidget], margins: tuple[int, int, int, int]) -> None:
        super().__init__()
        self._lines = tuple(lines)
        self.setProperty("ground", "page")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(*margins)
        column.setSpacing(8)
        for line in self._lines:
            column.addWidget(line)
            line.installEventFilter(self)
        self._follow()

    @contained
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        self.setHidden(all(line.isHidden() for line in self._lines))
