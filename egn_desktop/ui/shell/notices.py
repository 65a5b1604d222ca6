# SPDX-License-Identifier: GPL-3.0-or-later
"""What the user must know of the file, above everything: one notice at a time, until answered."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import body, muted, strong


class Matter(IntEnum):
    """What a notice is about; the least is shown first, and each but a remark stands once."""

    LOST = 0
    DAMAGED = 1
    REMARK = 2


TONES = {Matter.LOST: "attention", Matter.DAMAGED: "bad", Matter.REMARK: "brand"}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to know, in an error's three sentences, and the buttons that answer it."""

    matter: Matter
    error: UserError
    actions: tuple[tuple[str, Callable[[], object]], ...]


class Notices(QFrame):
    """Shows the first of the notices that wait; hidden when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[Notice] = []
        self._shown: Notice | None = None
        self._inside: QWidget | None = None
        self.setProperty("role", "note")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 10, 16, 10)
        self.hide()

    @property
    def shown(self) -> Notice | None:
        """The notice that is shown."""
        return self._shown

    def add(self, notice: Notice) -> None:
        """Show a notice when its turn comes, in place of what was said of the same matter."""
        if notice.matter is not Matter.REMARK:
            self._waiting = [
                waiting for waiting in self._waiting if waiting.matter is not notice.matter
            ]
        self._waiting.append(notice)
        self._waiting.sort(key=lambda notice: notice.matter)
        self._show_first()

    def end(self, matter: Matter) -> None:
        """Take away what was said of a matter."""
        self._waiting = [notice for notice in self._waiting if notice.matter is not matter]
        self._show_first()

    @Slot()
    def answered(self) -> None:
        """Take away the notice that is shown, and show the next."""
        self._waiting = [notice for notice in self._waiting if notice is not self._shown]
        self._show_first()

    def _show_first(self) -> None:
        first = self._waiting[0] if self._waiting else None
        if first is self._shown:
            return
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
        self._shown = first
        if first is None:
            self.hide()
            return
        self._inside = self._made(first)
        self._column.addWidget(self._inside)
        self.setProperty("tone", TONES[first.matter])
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(str(first.error))
        self.show()

    def _made(self, notice: Notice) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        error = notice.error
        column.addWidget(strong(error.what))
        if error.kept:
            column.addWidget(body(error.kept))
        if error.todo:
            column.addWidget(muted(error.todo))
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        for number, (label, _) in enumerate(notice.actions):
            button = plain_button(label, self._answer)
            button.setProperty("action", number)
            row.addWidget(button)
        row.addStretch()
        column.addLayout(row)
        return inside

    @Slot()
    def _answer(self) -> None:
        pressed: QObject | None = self.sender()
        if isinstance(pressed, QPushButton) and self._shown is not None:
            self._shown.actions[pressed.property("action")][1]()
