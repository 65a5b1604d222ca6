# SPDX-License-Identifier: GPL-3.0-or-later
"""A part that is folded away until it is asked for."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.buttons import quiet_button


class Fold(QWidget):
    """A title that shows or hides what is below it; fill ``body``."""

    def __init__(self, title: str, *, opened: bool = False) -> None:
        super().__init__()
        self.button = quiet_button(title, self._toggle, "chevron-right")
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.button)
        column.addWidget(self._inside)
        self.set_opened(opened)

    @property
    def opened(self) -> bool:
        """Whether what is below the title is shown."""
        return not self._inside.isHidden()

    def set_opened(self, opened: bool) -> None:
        self._inside.setVisible(opened)
        self.button.setIcon(icon("chevron-down" if opened else "chevron-right", "brand"))
        state = "déplié" if opened else "replié"
        self.button.setAccessibleName(f"{self.button.text()}, {state}")

    @Slot()
    def _toggle(self) -> None:
        self.set_opened(not self.opened)
