# SPDX-License-Identifier: GPL-3.0-or-later
"""A few views of one thing, side by side; one is shown."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy

from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.buttons import Button
from egn_desktop.ui.widgets.flow import Flow

STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}


class Segments(QFrame):
    """A choice among a few words; the arrows move it."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], accessible_name: str = "") -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        self._group = QButtonGroup(self)
        line = Flow(self, spacing=2)
        line.setContentsMargins(3, 3, 3, 3)
        for index, word in enumerate(words):
            button = Button(word, "segment")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, index)
            line.addWidget(button)
        self._group.button(0).setChecked(True)
        self._shown = 0
        self._group.idClicked.connect(self._clicked)

    def index(self) -> int:
        return self._shown

    def set_index(self, index: int) -> None:
        if index != self._shown:
            self._group.button(index).setChecked(True)
            self._clicked(index)

    def set_text(self, index: int, text: str) -> None:
        self._group.button(index).setText(text)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        index = (self._shown + step) % len(self._group.buttons())
        self.set_index(index)
        self._group.button(index).setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(int)
    def _clicked(self, index: int) -> None:
        if index != self._shown:
            self._shown = index
            self.chosen.emit(index)
