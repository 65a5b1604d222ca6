# SPDX-License-Identifier: GPL-3.0-or-later
"""What one types or chooses in; each tells when it is left."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QStyledItemDelegate

from egn_desktop.letters import cleaned
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained

LINE_HEIGHT = 20


class LineInput(QLineEdit):
    """A line of text that tells when it is left or confirmed."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editingFinished.connect(self.left)


def typed(edit: QLineEdit | QPlainTextEdit) -> str:
    """Return what was typed or pasted, without the signs that nobody sees."""
    return cleaned(edit.text() if isinstance(edit, QLineEdit) else edit.toPlainText())


class ParagraphInput(QPlainTextEdit):
    """Several lines of text; Tab leaves them."""

    left = Signal()

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines
        self.setTabChangesFocus(True)
        self._set_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._set_height()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.left.emit()

    def _set_height(self) -> None:
        self.setFixedHeight(theme.pixels(LINE_HEIGHT * self._lines + 24))


class ChoiceInput(QComboBox):
    """A list to choose from that the mouse wheel does not change in passing."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The list's own delegate takes no notice of the style sheet's ``::item``.
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    @contained
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()
