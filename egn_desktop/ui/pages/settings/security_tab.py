# SPDX-License-Identifier: GPL-3.0-or-later
"""What opens the dossier: the recovery sheet, a change of secret, and a check of the file."""

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Protection, secret_notes
from egn_desktop.dossier.rekey import Behind, behind
from egn_desktop.dossier.report import Finding, Report
from egn_desktop.dossier.verify import held_against_paper
from egn_desktop.errors import UserError
from egn_desktop.exports import RECOVERY_SHEET
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.settings.lock_card import LockCard
from egn_desktop.ui.pages.settings.secret_form import SecretForm
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import Chip, body, muted

_WORDS: Final = {
    Finding.GOOD: "Correct",
    Finding.NOT_CHECKED: "Non vérifié",
    Finding.ALTERED: "Différent",
    Finding.DAMAGED: "Abîmé",
}
_TONES: Final = {
    Finding.GOOD: "good",
    Finding.NOT_CHECKED: "attention",
    Finding.ALTERED: "bad",
    Finding.DAMAGED: "bad",
}


class SecurityTab(QWidget):
    """The protection in force, how to change it, and whether the file is sound."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        context.printed.connect(self._printed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(16)
        self._lock = LockCard(context)
        column.addWidget(self._protection_card())
        column.addWidget(self._lock)
        column.addWidget(self._verify_card())
        column.addStretch()

    def reload(self) -> None:
        """Show the protection that is now in force."""
        by_passphrase = self._dossier.protection is Protection.PASSPHRASE
        self._state.setText(
            (
                "Le dossier s’ouvre avec votre phrase de passe, à chaque ouverture. Si elle est "
                "oubliée, la fiche de secours l’ouvre aussi."
            )
            if by_passphrase
            else (
                "Le secret est gardé dans le trousseau de cet ordinateur : qui ouvre votre session "
                "ouvre le dossier. Mettez un mot de passe de session, chiffrez le disque d’un "
                "portable. La fiche de secours ouvre le dossier partout ailleurs."
            )
        )
        is_missing = secret_notes.is_sheet_missing(self._dossier)
        self._missing.setVisible(is_missing)
        self._noted.setVisible(is_missing and not self._dossier.read_only)
        self._show_behind()
        self._change.setEnabled(not self._dossier.read_only)
        self._form.show_protection(by_passphrase)
        self._lock.reload()

    def _protection_card(self) -> Card:
        card = Card("Ce qui protège le dossier")
        self._state = body("")
        self._sheet = plain_button("Imprimer la fiche de secours…", self._print_sheet)
        self._noted = quiet_button("Elle est déjà en lieu sûr", self._note_sheet)
        self._change = plain_button("Changer le secret", self._show_form)
        self._missing = body(
            "La fiche de secours du secret en vigueur n’a pas encore été imprimée."
        )
        self._missing.setProperty("role", "error")
        self._behind = body("")
        self._behind.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sheet)
        row.addWidget(self._noted)
        row.addWidget(self._change)
        row.addStretch()
        self._form = SecretForm(self._context)
        self._form.hide()
        self._form.finished.connect(self._form_finished)
        card.body.addWidget(self._state)
        card.body.addWidget(self._missing)
        card.body.addWidget(self._behind)
        card.body.addLayout(row)
        card.body.addWidget(self._form)
        return card

    def _verify_card(self) -> Card:
        self._card = card = Card("Vérifier le dossier")
        self._verify = plain_button("Vérifier maintenant", self._start_verify)
        self._result = QWidget()
        QVBoxLayout(self._result).setContentsMargins(0, 0, 0, 0)
        card.body.addWidget(
            muted(
                "Relit chaque page du fichier, contrôle son chiffrement, la chaîne du journal, "
                "et compare au journal les prêts, les plans, les exercices, les actions et les "
                "PDF gardés. Rien n’est modifié."
            )
        )
        card.body.addWidget(self._result)
        card.body.addWidget(self._verify, 0, Qt.AlignmentFlag.AlignLeft)
        self._result.hide()
        self._add_paper(card)
        return card

    @Slot(object)
    def _printed(self, _: object) -> None:
        self.reload()

    def _add_paper(self, card: Card) -> None:
        """Offer to hold the journal against what the foot of a paper says of it."""
        self._paper = QLineEdit()
        self._paper.setPlaceholderText("875 écritures, empreinte e994-45be-f48f-cc2e")
        self._paper.setAccessibleName("Ce que dit du journal le bas d’un papier")
        self._paper.returnPressed.connect(self._compare_paper)
        self._paper_says = body("")
        self._paper_says.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._paper, 1)
        row.addWidget(plain_button("Comparer avec le papier", self._compare_paper))
        card.body.addWidget(
            muted(
                "Une version du plan et un registre disent, au bas de chaque page, où en était le "
                "journal. Recopiez-le ici pour savoir si rien n’en a été retiré depuis."
            )
        )
        card.body.addLayout(row)
        card.body.addWidget(self._paper_says)

    @Slot()
    def _compare_paper(self) -> None:
        try:
            found = held_against_paper(self._dossier, self._paper.text())
        except UserError as error:
            self._context.fail(error)
            return
        self._paper_says.setText(f"{_WORDS[found.finding]} : {found.detail}")
        self._paper_says.show()

    @Slot()
    def _print_sheet(self) -> None:
        self._context.print_document(RECOVERY_SHEET, "")

    @Slot()
    def _show_form(self) -> None:
        self._form.show()
        self._form.setFocus()

    @Slot()
    def _note_sheet(self) -> None:
        secret_notes.note_sheet_printed(self._dossier)
        self.reload()

    def _show_behind(self) -> None:
        """Say which backups a former secret still opens, if a change is not over."""
        dossier = self._dossier
        if not secret_notes.former_keys(dossier):
            self._behind.hide()
            return

        def work(_: Progress) -> Behind:
            return behind(dossier)

        self._context.jobs.run(work, done=self._tell_behind, label="Sauvegardes")

    def _tell_behind(self, left: Behind) -> None:
        self._behind.setText(left.in_words)
        self._behind.setVisible(bool(left))

    @Slot(object)
    def _form_finished(self, left: Behind | None) -> None:
        self._form.hide()
        self.reload()
        if left is None:
            return
        by_passphrase = self._dossier.protection is Protection.PASSPHRASE
        changed = (
            "Le dossier s’ouvre désormais avec la nouvelle phrase de passe."
            if by_passphrase
            else "Le code est changé."
        )
        rest = left.in_words or "Les sauvegardes ont suivi : l’ancien n’ouvre plus rien."
        self._context.say(f"{changed} {rest} Imprimez la nouvelle fiche de secours.")
        self._sheet.setFocus()

    @Slot()
    def _start_verify(self) -> None:
        dossier = self._dossier

        def work(_: Progress) -> Report:
            return looked_over(dossier)

        self._verify.setEnabled(False)
        self._context.jobs.run(
            work, done=self._verified, failed=self._not_verified, label="Vérification"
        )

    def _verified(self, report: Report) -> None:
        self._verify.setEnabled(True)
        old, self._result = self._result, QWidget()
        column = QVBoxLayout(self._result)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for check in report.checks:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(Chip(_WORDS[check.finding], _TONES[check.finding]))
            row.addWidget(body(f"{check.title} : {check.detail}"), 1)
            column.addLayout(row)
        column.addWidget(body(report.conclusion))
        self._card.body.replaceWidget(old, self._result)
        old.hide()
        old.deleteLater()

    def _not_verified(self, error: Exception) -> None:
        self._verify.setEnabled(True)
        self._context.fail(error)
