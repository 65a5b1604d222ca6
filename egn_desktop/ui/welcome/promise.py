# SPDX-License-Identifier: GPL-3.0-or-later
"""The left of the assistant: what the product promises, in four lines."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from egn_desktop.ui import theme
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.labels import plain_label

WIDTH = 300
WIDEST = 340
ICON_SIZE = 18


class PromisePanel(QFrame):
    """The product's name and its promises, on the colour of the rail."""

    def __init__(self, version: str) -> None:
        super().__init__()
        self.setObjectName("Rail")
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 44, 28, 26)
        column.setSpacing(12)
        column.addWidget(self._label("EGN Desktop", "RailHeading"))
        column.addWidget(
            self._label("La continuité numérique de votre établissement scolaire.", "RailLead")
        )
        column.addSpacing(20)
        for text in (
            "Un seul fichier, chiffré, sur votre ordinateur.",
            "Sans compte, sans serveur, sans connexion.",
            "Tout s’enregistre au fur et à mesure ; chaque sauvegarde est vérifiée.",
            "Des documents PDF prêts pour l’inspection, la collectivité et les familles.",
        ):
            column.addLayout(self._promise(text))
        column.addStretch()
        column.addWidget(self._label(f"Version {version} · F1 : mode d’emploi", "RailText"))
        theme.changed().connect(self._dress)
        self._dress()

    @Slot()
    def _dress(self) -> None:
        theme.dress(self, "rail")
        self.setFixedWidth(min(theme.pixels(WIDTH), WIDEST))

    def _promise(self, text: str) -> QHBoxLayout:
        mark = plain_label()
        mark.setPixmap(icon("check", "rail_muted").pixmap(ICON_SIZE, ICON_SIZE))
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._label(text, "RailText"), 1)
        return row

    def _label(self, text: str, name: str) -> QLabel:
        label = plain_label(text)
        label.setObjectName(name)
        label.setWordWrap(True)
        return label
