# SPDX-License-Identifier: GPL-3.0-or-later
"""The first screen: recent dossiers and the four ways to begin."""

from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.ui.icons import icon
from egn_desktop.ui.welcome.problem import NextStep, ProblemBox
from egn_desktop.ui.welcome.step import WIDTH
from egn_desktop.ui.widgets.buttons import Button
from egn_desktop.ui.widgets.labels import muted, plain_label, section, strong, title
from egn_desktop.ui.widgets.scroll import scrolled

ICON_SIZE = 24
RECENT_SHOWN = 3


class ChoiceButton(Button):
    """A button as a card: an icon, a title and a line of what it does."""

    def __init__(self, icon_name: str, heading: str, text: str) -> None:
        super().__init__("", "plain")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(heading)
        self.setAccessibleDescription(text)
        picture = plain_label()
        picture.setPixmap(icon(icon_name, "brand").pixmap(ICON_SIZE, ICON_SIZE))
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(18, 16, 18, 16)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(picture, 0, 0)
        grid.addWidget(strong(heading), 0, 1)
        grid.addWidget(muted(text), 1, 1, Qt.AlignmentFlag.AlignTop)
        for label in self.findChildren(QLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    # A button's own sizes ignore the layout within it.
    def sizeHint(self) -> QSize:
        return self._grid.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        return self._grid.totalMinimumSize()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._grid.totalHeightForWidth(width)


class ChoicesView(QWidget):
    """Recent dossiers, and create, open, restore, try."""

    chosen = Signal(str)
    recent_chosen = Signal(object)
    step_chosen = Signal(object)

    def __init__(self, recent: list[Path]) -> None:
        super().__init__()
        self.problem = ProblemBox(
            frozenset({NextStep.RETRY, NextStep.OTHER_FILE, NextStep.RESTORE, NextStep.TAKE_OVER})
        )
        self.problem.step_chosen.connect(self.step_chosen)
        inside = QWidget()
        inside.setMaximumWidth(WIDTH)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        column.addWidget(title("Par quoi voulez-vous commencer ?"))
        column.addWidget(self.problem)
        shown = recent[:RECENT_SHOWN]
        if shown:
            column.addLayout(self._recent(shown))
            column.addWidget(section("Autres possibilités"))
        column.addLayout(self._choices())
        column.addStretch()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(48, 40, 32, 26)
        outer.addWidget(scrolled(inside))

    def show_error(self, error: UserError) -> None:
        self.problem.show_error(error)

    def _recent(self, files: list[Path]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(section("Ouverts récemment"))
        for file in files:
            where = str(file.parent)
            if not paths.is_there(file):
                where = f"Introuvable pour l’instant dans {where}"
            button = ChoiceButton("school", file.stem, where)
            button.setProperty("file", str(file))
            button.clicked.connect(self._choose_recent)
            column.addWidget(button)
        return column

    def _choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(12)
        choices = (
            (
                "create",
                "plus",
                "Créer mon dossier",
                "Un fichier chiffré, à vous. Cinq minutes, rien d’obligatoire.",
            ),
            (
                "open",
                "folder",
                "Ouvrir un dossier",
                "Sur cet ordinateur, une clé USB ou un autre disque.",
            ),
            (
                "restore",
                "restore",
                "Restaurer une sauvegarde",
                "Retrouver le dossier tel qu’il était un autre jour.",
            ),
            (
                "demo",
                "demo",
                "Essayer l’école de démonstration",
                "Tout y est déjà rempli, avec des élèves inventés. Rien n’est gardé.",
            ),
        )
        for name, icon_name, heading, text in choices:
            button = ChoiceButton(icon_name, heading, text)
            button.setProperty("choice", name)
            button.clicked.connect(self._choose)
            column.addWidget(button)
        return column

    @Slot()
    def _choose(self) -> None:
        pressed: QObject | None = self.sender()
        if isinstance(pressed, QPushButton):
            self.chosen.emit(pressed.property("choice"))

    @Slot()
    def _choose_recent(self) -> None:
        pressed: QObject | None = self.sender()
        if isinstance(pressed, QPushButton):
            self.recent_chosen.emit(Path(pressed.property("file")))
