# SPDX-License-Identifier: GPL-3.0-or-later
"""What was done last and what was undone last, at the foot of the rail, named in their tips."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from egn_desktop.ui.context import Context
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.tips import set_tip

if TYPE_CHECKING:
    from egn_desktop.dossier.undo import Step

ICON_SIZE = 16
UNDO, REDO = ("Annuler", "Ctrl+Z"), ("Rétablir", "Ctrl+Maj+Z")


class UndoRow(QWidget):
    """Annuler and Rétablir, which say what they would take back or do again."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._stack = context.services.dossier.undo_stack
        self.undo, self.redo = _button(UNDO[0], "undo"), _button(REDO[0], "redo")
        self._context = context
        self.undo.clicked.connect(self._undo)
        self.redo.clicked.connect(context.redo)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 4)
        row.setSpacing(2)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        for told in (context.changed, context.said, context.failed):
            told.connect(self.reload)
        self.reload()

    def set_narrow(self, narrow: bool) -> None:
        """Show the drawings alone, or with their words."""
        for button, (words, _) in ((self.undo, UNDO), (self.redo, REDO)):
            button.setText("" if narrow else words)

    @Slot()
    def _undo(self) -> None:
        self._context.undo()

    @Slot()
    def reload(self) -> None:
        """Name what can be undone and done again now."""
        _show(self.undo, self._stack.last, *UNDO)
        _show(self.redo, self._stack.next, *REDO)


def _button(words: str, drawing: str) -> QPushButton:
    made = QPushButton(icon(drawing, "rail_text"), words)
    made.setObjectName("RailAct")
    made.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _show(button: QPushButton, step: "Step | None", words: str, keys: str) -> None:
    button.setEnabled(step is not None)
    named = f"{words}\u202f: {step.words}" if step is not None else words
    button.setAccessibleName(named)
    set_tip(button, f"{named} ({keys})")
