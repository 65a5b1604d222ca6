# SPDX-License-Identifier: GPL-3.0-or-later
"""Two widgets side by side where there is room, else one below the other."""

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from egn_desktop.ui import theme

LEAST: Final = 760
"""From which width, unscaled, they stand side by side."""


class Beside(QWidget):
    """The first takes a little more room than the second."""

    def __init__(self, first: QWidget, second: QWidget) -> None:
        super().__init__()
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        for label, share in ((first, 4), (second, 3)):
            label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
            self._line.addWidget(label, share)
        self._least = max(first.minimumSizeHint().width(), second.minimumSizeHint().width())

    def minimumSizeHint(self) -> QSize:
        """Return the width of one of them alone: beside each other they need not be."""
        return QSize(self._least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        there_is_room = event.size().width() >= theme.pixels(LEAST)
        way = (
            QBoxLayout.Direction.LeftToRight if there_is_room else QBoxLayout.Direction.TopToBottom
        )
        if self._line.direction() is not way:
            self._line.setDirection(way)
            self.updateGeometry()
