# SPDX-License-Identifier: GPL-3.0-or-later
"""The first card: what every feature asks for, most urgent first."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from egn_desktop import features
from egn_desktop.dossier import Dossier
from egn_desktop.todo import Todo, Urgency
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import Chip, body, muted

TONES = {
    Urgency.VITAL: "bad",
    Urgency.LATE: "bad",
    Urgency.NOW: "attention",
    Urgency.SOON: "attention",
    Urgency.START: "brand",
}
SHOWN_AT_FIRST = 5


def all_todos(dossier: Dossier) -> list[Todo]:
    """Return what every feature asks for, most urgent first, then as the rail."""
    found = [
        todo
        for feature in features.FEATURES
        for name in feature.todos
        for todo in features.resolve(name)(dossier)
    ]
    return sorted(found, key=lambda todo: todo.urgency)


class TodoCard(Card):
    """What to do now, one line each, with the button that goes there."""

    page_asked = Signal(str, str)

    def __init__(self) -> None:
        super().__init__("À faire maintenant")
        self._todos: Sequence[Todo] = ()
        self._all_shown = False
        self._lines: QWidget | None = None
        self._more = quiet_button("", self._show_all)
        self._more.hide()
        self.add_action(self._more)

    def show_todos(self, todos: Sequence[Todo]) -> None:
        """Show the lines anew."""
        self._todos = todos
        if self._lines is not None:
            self.body.removeWidget(self._lines)
            self._lines.hide()
            self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        shown = todos if self._all_shown else todos[:SHOWN_AT_FIRST]
        for line, todo in enumerate(shown):
            self._add_line(grid, line, todo)
        if not todos:
            grid.addWidget(Chip("À jour", "good"), 0, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(muted("Rien ne presse : tout ce qui est suivi est à jour."), 0, 1)
        self._more.setText(f"Tout voir ({len(todos)})")
        self._more.setVisible(len(shown) < len(todos))
        self.body.addWidget(self._lines)
        self._lines.setVisible(True)

    def _add_line(self, grid: QGridLayout, line: int, todo: Todo) -> None:
        button = plain_button(todo.action, self._go)
        button.setAccessibleName(f"{todo.action} : {todo.text}")
        button.setProperty("page", todo.page)
        button.setProperty("target", todo.target)
        centre = Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(Chip(todo.tag, TONES[todo.urgency]), line, 0, centre)
        grid.addWidget(body(todo.text), line, 1)
        grid.addWidget(button, line, 2, centre | Qt.AlignmentFlag.AlignRight)

    @Slot()
    def _go(self) -> None:
        pressed: QObject | None = self.sender()
        if isinstance(pressed, QPushButton):
            self.page_asked.emit(pressed.property("page"), pressed.property("target"))

    @Slot()
    def _show_all(self) -> None:
        self._all_shown = True
        self.show_todos(self._todos)
