# SPDX-License-Identifier: GPL-3.0-or-later
"""An error shown where it happened: what, what was kept, what to do, and the button for it."""

from enum import Enum, auto

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from egn_desktop.errors import ExitCode, UserError
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import body, muted, strong


class NextStep(Enum):
    """What the user can do about an error, as one button."""

    RETRY = auto()
    TAKE_OVER = auto()
    OTHER_FILE = auto()
    OTHER_PLACE = auto()
    RESTORE = auto()
    PASSPHRASE = auto()


# By exit code rather than by class: the errors' classes live beside the database, which is
# imported only when a dossier is opened.
NEXT_STEPS = {
    ExitCode.WRONG_SECRET: (),
    ExitCode.DAMAGED: (NextStep.RESTORE, NextStep.OTHER_FILE),
    ExitCode.NOT_A_DOSSIER: (NextStep.OTHER_FILE, NextStep.RETRY),
    ExitCode.ALREADY_OPEN: (NextStep.RETRY, NextStep.OTHER_FILE),
    ExitCode.READ_ONLY: (NextStep.OTHER_PLACE,),
    ExitCode.DISK_FULL: (NextStep.RETRY, NextStep.OTHER_PLACE),
    ExitCode.NO_KEYRING: (NextStep.RETRY, NextStep.PASSPHRASE),
    ExitCode.PLACE_LOST: (NextStep.RETRY, NextStep.OTHER_FILE, NextStep.RESTORE),
}


class ProblemBox(QFrame):
    """The box itself; hidden until there is something to tell."""

    step_chosen = Signal(object)

    def __init__(self, offered: frozenset[NextStep]) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self._offered = offered
        self._labels = {
            NextStep.RETRY: "Réessayer",
            NextStep.TAKE_OVER: "Ouvrir ici quand même",
            NextStep.OTHER_FILE: "Choisir un autre fichier…",
            NextStep.OTHER_PLACE: "Choisir un autre emplacement…",
            NextStep.RESTORE: "Restaurer une sauvegarde",
            NextStep.PASSPHRASE: "Utiliser une phrase de passe",
        }
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._inside: QWidget | None = None
        self.error: UserError | None = None
        self.hide()

    def show_error(self, error: UserError) -> None:
        """Tell an error, with the buttons for what this step can do about it."""
        self.clear()
        self.error = error
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(strong(error.what))
        column.addWidget(muted(error.kept))
        if error.todo:
            column.addWidget(body(error.todo))
        possible = NEXT_STEPS.get(error.exit_code, ())
        if error.can_take_over:
            possible = (*possible, NextStep.TAKE_OVER)
        steps = [step for step in possible if step in self._offered]
        if steps:
            row = QHBoxLayout()
            row.setContentsMargins(0, 8, 0, 0)
            row.setSpacing(8)
            for step in steps:
                button = plain_button(self._labels[step], self._choose)
                button.setProperty("step", step.name)
                row.addWidget(button)
            row.addStretch()
            column.addLayout(row)
        self._column.addWidget(inside)
        self._inside = inside
        # That a secret is wanted is no harm done.
        wanted = error.exit_code == ExitCode.NO_KEYRING
        self.setProperty("tone", "attention" if wanted else "bad")
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName("Problème")
        self.setAccessibleDescription(str(error))
        self.show()

    def clear(self) -> None:
        """Hide the box."""
        self.error = None
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None
        self.hide()

    @Slot()
    def _choose(self) -> None:
        pressed: QObject | None = self.sender()
        if isinstance(pressed, QPushButton):
            self.step_chosen.emit(NextStep[pressed.property("step")])
