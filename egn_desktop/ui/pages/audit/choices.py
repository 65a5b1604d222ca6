# SPDX-License-Identifier: GPL-3.0-or-later
"""A few words of which one, or none yet, is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy

from egn_desktop.ui.widgets.buttons import Button


class Choices(QFrame):
    """Words side by side; clicking the one that is chosen chooses it again."""

    chosen = Signal(int)

    def __init__(self, words: Sequence[str], accessible_name: str) -> None:
        super().__init__()
        self.setProperty("role", "segments")
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        line = QHBoxLayout(self)
        line.setContentsMargins(3, 3, 3, 3)
        line.setSpacing(2)
        for index, word in enumerate(words):
            button = Button(word, "segment")
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self._group.addButton(button, index)
            line.addWidget(button)
        self._group.idClicked.connect(self._clicked)

    def index(self) -> int:
        """Return which word is chosen, or -1."""
        checked = [self._group.id(button) for button in self._group.buttons() if button.isChecked()]
        return checked[0] if checked else -1

    def set_index(self, index: int) -> None:
        """Show which word is chosen, without telling."""
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == index)

    def click(self, index: int) -> None:
        """Choose a word as a click does."""
        self._group.button(index).click()

    @Slot(int)
    def _clicked(self, index: int) -> None:
        self.set_index(index)
        self.chosen.emit(index)
