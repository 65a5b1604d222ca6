# SPDX-License-Identifier: GPL-3.0-or-later
"""A card: a surface with a title, as tall as what is in it and no taller."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.ui.widgets.labels import section

INSIDE = 18


class Card(QFrame):
    """A surface that groups what belongs together; fill ``body``."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._laid_width = 0
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(INSIDE, INSIDE, INSIDE, INSIDE)
        whole.setSpacing(12)
        self._title = section(title)
        self._head = QHBoxLayout()
        self._head.setSpacing(8)
        self._head.addWidget(self._title, 1)
        whole.addLayout(self._head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        whole.addLayout(self.body)
        self.set_title(title)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self._laid_width:
            hint.setHeight(self.heightForWidth(self._laid_width))
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Words wrap at the width given, and the card may not grow above its hint: without this
        # the hint is that of another width, and the last lines are cut off.
        if event.size().width() != self._laid_width:
            self._laid_width = event.size().width()
            self.updateGeometry()

    def set_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self.setAccessibleName(title)

    def add_action(self, button: QWidget) -> None:
        """Add a button at the right of the title."""
        self._head.addWidget(button)
