# SPDX-License-Identifier: GPL-3.0-or-later
"""What an empty list says: what it is for, why it helps on a bad day, and the first step."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.ui import theme
from egn_desktop.ui.icons import paint_icon
from egn_desktop.ui.widgets.labels import body, section

DISC = 64
TEXT_WIDTH = 480


class _Disc(QWidget):
    """The icon on a soft round ground."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(DISC, DISC)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().brand_soft))
        painter.drawEllipse(self.rect())
        paint_icon(painter, QRectF(18, 18, DISC - 36, DISC - 36), self._name, "brand")
        painter.end()


class EmptyState(QWidget):
    """What stands in place of an empty list."""

    def __init__(self, icon: str, title: str, text: str, *buttons: QWidget) -> None:
        super().__init__()
        self._heading = section(title)
        self._text = body(text)
        self._text.setProperty("role", "lead")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(2)
        column.addWidget(_Disc(icon), 0, centre)
        column.addSpacing(8)
        for label in (self._heading, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(theme.pixels(TEXT_WIDTH))
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(label, 100)
            line.addStretch(1)
            column.addLayout(line)
        if buttons:
            column.addSpacing(8)
            line = QHBoxLayout()
            line.setSpacing(12)
            line.addStretch()
            for button in buttons:
                line.addWidget(button)
            line.addStretch()
            column.addLayout(line)
        column.addStretch(3)

    def set_words(self, title: str, text: str) -> None:
        self._heading.setText(title)
        self._text.setText(text)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
