# SPDX-License-Identifier: GPL-3.0-or-later
"""Which document a received PDF is: the card that takes it, and the panel that tells."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.plans.recognition import Recognition
from egn_desktop.ui.pages.documents.drop_card import DropCard
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import body, muted, note, strong


class VerifyCard(DropCard):
    """Takes the PDF to be recognised."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.set_title("Vérifier un PDF")
        self.choose = plain_button("Choisir un PDF…", self._ask, "documents")
        self.add_action(self.choose)
        self.body.addWidget(
            muted(
                "Version du plan, papier signé, copie modifiée\u202f? Glissez ici un fichier "
                "reçu\u202f: il est comparé à ce dossier, octet pour octet."
            )
        )
        self.body.addStretch()

    @Slot()
    def _ask(self) -> None:
        self.wanted.emit()


class VerifyPanel(QWidget):
    """The answer, and what proves it."""

    is_draft = True

    def __init__(self, file: Path, found: Recognition) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(muted(file.name))
        column.addWidget(note(found.headline, found.tone))
        if found.said:
            words = "Ce document" if found.is_good else "Il se dit"
            column.addWidget(muted(words))
            column.addWidget(strong(found.said))
        if found.proof:
            column.addWidget(muted("Ce qui est prouvé"))
            column.addWidget(body(found.proof))
        if found.todo:
            column.addWidget(body(found.todo))
        column.addStretch()
