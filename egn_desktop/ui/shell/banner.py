# SPDX-License-Identifier: GPL-3.0-or-later
"""The line above the pages that stays: read only and why, or the demonstration."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from egn_desktop import paths
from egn_desktop.dossier import Dossier, ReadOnly
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import Chip, body


class Banner(QFrame):
    """Says what is special about this dossier, with the button that ends it."""

    copy_asked = Signal()
    leave_asked = Signal()

    def __init__(self, dossier: Dossier) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 8, 8)
        self._row.setSpacing(12)
        if dossier.read_only is ReadOnly.NEWER_VERSION:
            self._say(
                "Lecture seule",
                "attention",
                "Ce dossier vient d’une version plus récente d’EGN Desktop. Mettez le logiciel "
                "à jour pour le modifier.",
            )
        elif dossier.read_only is ReadOnly.PLACE:
            self._say(
                "Lecture seule",
                "attention",
                "L’emplacement de ce fichier est protégé en écriture.",
            )
            self._row.addWidget(plain_button("Copier ailleurs et ouvrir…", self.copy_asked.emit))
        elif dossier.read_only is ReadOnly.NO_BACKUP:
            self._say(
                "Lecture seule",
                "attention",
                "Ce dossier vient d’une version plus ancienne d’EGN Desktop, et n’a pas pu "
                "être sauvegardé avant d’être adapté à celle-ci. Libérez de la place sur cet "
                "ordinateur, puis fermez le dossier et rouvrez-le.",
            )
        elif paths.is_demonstration(dossier.path):
            self._say(
                "Démonstration",
                "brand",
                "Les personnes sont inventées ; vos essais seront effacés à la fermeture.",
            )
            self._row.addWidget(plain_button("Quitter la démonstration", self.leave_asked.emit))
        else:
            self.hide()

    def _say(self, chip: str, tone: str, text: str) -> None:
        self.setAccessibleName(f"{chip} : {text}")
        self.setProperty("tone", tone)
        self._row.addWidget(Chip(chip, tone))
        self._row.addWidget(body(text), 1)
