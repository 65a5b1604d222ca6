# SPDX-License-Identifier: GPL-3.0-or-later
"""What is left to wipe of a device, said where it is about to be lent."""

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from egn_desktop.inventory.lending.queries.wiping import to_wipe
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.labels import note


class WipingNote(QWidget):
    """A warning, no bar; hidden when nothing is left to wipe."""

    def __init__(self, context: Context, device_id: int | None = None) -> None:
        super().__init__()
        self._dossier = context.services.dossier
        frame = note("", "attention")
        self._words = frame.findChildren(QLabel)[0]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)
        self.hide()
        if device_id is not None:
            self.show_device(device_id)

    @property
    def text(self) -> str:
        """What it says; empty when it is not shown."""
        return "" if self.isHidden() else self._words.text()

    def show_device(self, device_id: int) -> None:
        """Say what is left of this device."""
        waits = to_wipe(self._dossier, device_id=device_id)
        for wait in waits:
            steps = ", ".join(f"{step.title[:1].lower()}{step.title[1:]}" for step in wait.left)
            self._words.setText(f"À effacer avant de le prêter : {steps}.")
        if not waits:
            self.hide()
        elif self.isHidden():
            self.show()
