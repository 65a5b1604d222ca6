# SPDX-License-Identifier: GPL-3.0-or-later
"""The one question that stands in the way: something is about to be lost for good."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.ui import theme
from egn_desktop.ui.widgets.buttons import danger_button, plain_button
from egn_desktop.ui.widgets.labels import body, section

WIDTH = 440


class LossDialog(QDialog):
    """Says exactly what goes; Escape and Enter change nothing."""

    def __init__(self, title: str, text: str, action: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.pixels(WIDTH))
        self.setAccessibleDescription(text)
        stay = plain_button("Ne rien changer", self._stay)
        stay.setDefault(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        buttons.addWidget(stay)
        buttons.addWidget(danger_button(action, self._go))
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 20)
        column.setSpacing(12)
        column.addWidget(section(title))
        column.addWidget(body(text))
        column.addSpacing(8)
        column.addLayout(buttons)
        stay.setFocus()
        # A dialog's own size does not reckon with lines that break.
        self.setMinimumHeight(column.heightForWidth(self.minimumWidth()))

    @Slot()
    def _stay(self) -> None:
        self.reject()

    @Slot()
    def _go(self) -> None:
        self.accept()
