# SPDX-License-Identifier: GPL-3.0-or-later
"""Create, step 3: the recovery sheet is printed, and one group of it typed to prove it."""

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.ui.jobs import Jobs, Progress
from egn_desktop.ui.welcome.step import Step
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.field_words import error_label, field_label, show_error
from egn_desktop.ui.widgets.labels import code, muted

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier

DOCUMENT = "fiche-de-secours"


def plain_group(text: str) -> str:
    """Return a group as the sheet prints it: the letters it never uses read as figures."""
    typed = "".join(character for character in text.upper() if character.isalnum())
    return typed.translate(str.maketrans("OIL", "011"))


class SheetStep(Step):
    """Print or copy the code, then prove it by typing one group."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(
            "La fiche de secours",
            "Étape 3 sur 3. Sans cette fiche ni cet ordinateur, personne ne pourra rouvrir le "
            "dossier. Imprimez-la et rangez-la en lieu sûr, sous enveloppe.",
            "Commencer",
        )
        self._jobs = jobs
        self._dossier: Dossier | None = None
        self._groups: tuple[str, ...] = ()
        self._asked = 0
        self.back.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(plain_button("Enregistrer la fiche en PDF…", self._save))
        row.addWidget(quiet_button("Afficher le code", self._show_code))
        self._later = quiet_button("Plus tard", self._leave)
        row.addWidget(self._later)
        row.addStretch()
        self.body.addLayout(row)
        self._told = muted("")
        self._told.hide()
        self.body.addWidget(self._told)
        self._code = code("")
        self._code.setAccessibleName("Code de secours")
        self._code.hide()
        self.body.addWidget(self._code)
        self.body.addWidget(self._proof())

    def start(self, dossier: "Dossier") -> None:
        """Show the sheet of a dossier that was just made."""
        from egn_desktop.dossier import Protection
        from egn_desktop.dossier.life import recovery_code

        self._dossier = dossier
        by_passphrase = dossier.protection is Protection.PASSPHRASE
        if by_passphrase:
            self.set_heading(
                "La fiche de secours",
                "Étape 3 sur 3. Si la phrase de passe est oubliée, seule cette fiche rouvre le "
                "dossier. Imprimez-la et rangez-la en lieu sûr, sous enveloppe.",
            )
        # Without a passphrase, the sheet is all there is beside this computer.
        self._later.setVisible(by_passphrase)
        self._groups = tuple(recovery_code(dossier).split("-"))
        self._asked = secrets.randbelow(len(self._groups))
        number = self._asked + 1
        self._question.setText(f"Pour vérifier, tapez le groupe n° {number} de la fiche")
        self._typed.setAccessibleName(self._question.text())

    def go_on(self) -> None:
        from egn_desktop.dossier.secret_notes import note_sheet_printed

        if self._dossier is not None and self._is_right():
            note_sheet_printed(self._dossier)
            self.opened.emit(self._dossier)
            return
        wrong = "Ce n’est pas le groupe n° {}. Relisez la fiche : les groupes y sont numérotés."
        show_error(self._wrong, wrong.format(self._asked + 1))
        self._typed.setFocus()
        self._typed.selectAll()

    def go_back(self) -> None:
        """The dossier is made: there is nothing to go back to."""

    @Slot()
    def _leave(self) -> None:
        self.opened.emit(self._dossier)

    def _is_right(self) -> bool:
        return plain_group(self._typed.text()) == self._groups[self._asked]

    def _proof(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        self._typed = QLineEdit()
        self._typed.setMaxLength(9)
        self._typed.setMaximumWidth(160)
        self._question = field_label("", self._typed)
        self._wrong = error_label()
        column.addWidget(self._question)
        column.addWidget(self._typed)
        column.addWidget(self._wrong)
        return part

    @Slot()
    def _save(self) -> None:
        start = paths.documents_home() / f"{DOCUMENT}.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self, "Enregistrer la fiche de secours", str(start), "PDF (*.pdf)"
        )
        dossier = self._dossier
        if not chosen or dossier is None:
            return
        target = paths.with_ending(Path(chosen), ".pdf")

        def work(_: Progress) -> Path:
            from egn_desktop.exports import export_one

            export_one(dossier, DOCUMENT, None, target)
            return target

        self._jobs.run(work, done=self._saved, failed=self._failed, label="Fiche de secours")

    @Slot()
    def _show_code(self) -> None:
        lines = [
            "   ".join(f"{place + 1:2}. {self._groups[place]}" for place in places)
            for places in (range(0, 5), range(5, 10), range(10, len(self._groups)))
        ]
        self._code.setText("\n".join(lines))
        self._code.show()

    def _saved(self, target: Path) -> None:
        self._told.setText(
            f"Fiche enregistrée : {target}. Imprimez-la, puis supprimez ce fichier : qui le lit "
            "peut ouvrir le dossier."
        )
        self._told.show()
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
        self._typed.setFocus()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self.show_error(error)
