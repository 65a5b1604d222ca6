# SPDX-License-Identifier: GPL-3.0-or-later
"""A field for what nobody should read over a shoulder: masked, with a button that shows it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from egn_desktop.ui.widgets.buttons import quiet_button


class SecretField(QWidget):
    """Holds a passphrase or a code; hidden again each time it is emptied."""

    edited = Signal(str)

    def __init__(self, label: str) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setAccessibleName(label)
        self.line.textChanged.connect(self.edited)
        self._show = quiet_button("Afficher", self._turn)
        self._show.setAccessibleName(f"{label} : afficher ou masquer")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self._show)
        self.setFocusProxy(self.line)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Fill the field."""
        self.line.setText(text)

    def clear(self) -> None:
        """Empty the field and mask it."""
        self.line.clear()
        self.set_shown(False)

    def set_shown(self, shown: bool) -> None:
        """Show what is typed, or mask it."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._show.setText("Masquer" if shown else "Afficher")

    @Slot()
    def _turn(self) -> None:
        self.set_shown(self.line.echoMode() is QLineEdit.EchoMode.Password)
        self.line.setFocus()
