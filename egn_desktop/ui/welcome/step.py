# SPDX-License-Identifier: GPL-3.0-or-later
"""What every step of the assistant is made of: a title, a body, a problem, two buttons."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.ui.contain import contained
from egn_desktop.ui.welcome.problem import NextStep, ProblemBox
from egn_desktop.ui.widgets.buttons import main_button, quiet_button
from egn_desktop.ui.widgets.labels import muted, title
from egn_desktop.ui.widgets.scroll import scrolled

WIDTH = 640


class Step(QWidget):
    """One step; its main button and Enter go on, Escape goes back."""

    left = Signal()
    opened = Signal(object)
    step_chosen = Signal(object)

    offered: frozenset[NextStep] = frozenset()

    def __init__(self, heading: str, text: str, action: str) -> None:
        super().__init__()
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self.problem = ProblemBox(self.offered)
        self.problem.step_chosen.connect(self._step_chosen)
        self.main: QPushButton = main_button(action, self.go_on)
        self.back: QPushButton = quiet_button("Retour", self.go_back)
        self._working = QProgressBar()
        self._working.setRange(0, 0)
        self._working.setTextVisible(False)
        self._working.hide()
        self._working_text = muted("")
        self._working_text.hide()
        self._heading, self._text = title(heading), muted(text)
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(self._heading)
        column.addWidget(self._text)
        column.addSpacing(8)
        column.addLayout(self.body)
        column.addWidget(self.problem)
        column.addWidget(self._working_text)
        column.addWidget(self._working)
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(48, 40, 32, 26)
        outer.setSpacing(16)
        outer.addWidget(scrolled(inside), 1)
        outer.addWidget(self._buttons())

    def go_on(self) -> None:
        raise NotImplementedError

    def go_back(self) -> None:
        self.left.emit()

    def take_step(self, step: NextStep) -> None:
        """Do what the problem box offered; what another step does is passed on."""
        self.step_chosen.emit(step)

    def show_error(self, error: UserError) -> None:
        """Tell an error in place, and let the user go on."""
        self.set_working("")
        self.problem.show_error(error)

    def set_heading(self, heading: str, text: str) -> None:
        self._heading.setText(heading)
        self._text.setText(text)

    def set_working(self, what: str) -> None:
        """Say what is being done, the controls locked; an empty text unlocks them."""
        if what:
            self.problem.clear()
        self._working.setVisible(bool(what))
        self._working_text.setVisible(bool(what))
        self._working_text.setText(what)
        self.main.setEnabled(not what)
        self.back.setEnabled(not what)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.main.isEnabled():
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape and self.back.isEnabled():
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _buttons(self) -> QWidget:
        part = QWidget()
        part.setMaximumWidth(WIDTH)
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 8, 0)
        row.addWidget(self.back)
        row.addStretch()
        row.addWidget(self.main)
        return part

    @Slot(object)
    def _step_chosen(self, step: NextStep) -> None:
        self.take_step(step)
