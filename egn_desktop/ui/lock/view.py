# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands in place of a locked dossier: nothing of it, and the field that shows it again."""

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.buttons import main_button, quiet_button
from egn_desktop.ui.widgets.field_words import field_label
from egn_desktop.ui.widgets.labels import body, muted, plain_label, strong, title
from egn_desktop.ui.widgets.secret import SecretField

WIDTH = 480
MARK = 32


class LockView(QWidget):
    """``given`` carries what was typed, or an empty text where a click is enough."""

    given = Signal(str)
    elsewhere_asked = Signal()

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(heading)
        self._text = body("")
        self._label = field_label("")
        self._field = SecretField("")
        self._label.setBuddy(self._field.line)
        self._note = muted("")
        self._problem = self._problem_box()
        self._open = main_button("Déverrouiller", self._give)
        self._elsewhere = quiet_button("Ouvrir un autre dossier", self._go_elsewhere)
        self._elsewhere.hide()
        self._asks = False
        self._lay_out(heading)
        self._set_ready(False)

    def ask(self, label: str, text: str, note: str) -> None:
        """Ask for a secret, named by ``label``."""
        self._asks = True
        self._text.setText(text)
        self._label.setText(label)
        self._field.line.setAccessibleName(label)
        self._note.setText(note)
        for widget in (self._label, self._field):
            widget.show()
        self._set_ready(True)

    def ask_nothing(self, text: str, note: str) -> None:
        """Let one click do."""
        self._text.setText(text)
        self._note.setText(note)
        self._open.setText("Rouvrir")
        self._set_ready(True)

    def offer_elsewhere(self) -> None:
        """Let the user open another dossier instead."""
        self._elsewhere.show()

    def tell(self, error: UserError) -> None:
        """Say why it stays locked, and let the user try again."""
        self._what.setText(error.what)
        self._todo.setText(error.todo)
        self._problem.setAccessibleDescription(str(error))
        self._problem.show()
        self._set_ready(True)
        self._field.line.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self._field.clear()

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._open.isEnabled():
            self._give()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, heading: str) -> None:
        mark = plain_label()
        side = theme.pixels(MARK)
        mark.setPixmap(icon("shield", "brand").pixmap(side, side))
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 8, 0, 0)
        buttons.setSpacing(12)
        buttons.addWidget(self._open)
        buttons.addWidget(self._elsewhere)
        buttons.addStretch()
        inside = QWidget()
        inside.setFixedWidth(theme.pixels(WIDTH))
        column = QVBoxLayout(inside)
        column.setSpacing(8)
        column.addWidget(mark)
        column.addWidget(title(heading))
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addWidget(self._label)
        column.addWidget(self._field)
        column.addWidget(self._problem)
        column.addWidget(self._note)
        column.addLayout(buttons)
        for widget in (self._label, self._field):
            widget.hide()
        # Between stretches, not aligned: aligned, wrapped words get the height of one line.
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(inside)
        row.addStretch()
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)

    def _problem_box(self) -> QFrame:
        box = QFrame()
        box.setProperty("role", "note")
        box.setProperty("tone", "bad")
        box.setAccessibleName("Problème")
        self._what, self._todo = strong(""), body("")
        column = QVBoxLayout(box)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(4)
        column.addWidget(self._what)
        column.addWidget(self._todo)
        box.hide()
        return box

    def _set_ready(self, ready: bool) -> None:
        self._open.setEnabled(ready)
        self._field.setEnabled(ready)
        if ready:
            (self._field.line if self._asks else self._open).setFocus()

    @Slot()
    def _give(self) -> None:
        if self._asks and not self._field.text:
            self._field.line.setFocus()
            return
        self._problem.hide()
        self._set_ready(False)
        self.given.emit(self._field.text)

    @Slot()
    def _go_elsewhere(self) -> None:
        self.clear()
        self.elsewhere_asked.emit()


def code_note(owner: QObject) -> str:
    """Return what is said beside each field that asks for the code of this computer."""
    return (
        "Cinq essais. Oublié ? Saisissez ici le code de la fiche de secours. Ce code arrête "
        "quelqu’un de passage ; il n’arrête pas qui est maître de votre session."
    )
