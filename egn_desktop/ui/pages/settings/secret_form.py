# SPDX-License-Identifier: GPL-3.0-or-later
"""Change the secret: a new recovery code in the keyring, or a passphrase."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from egn_desktop.dossier.rekey import Behind, change_secret
from egn_desktop.errors import UserError
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.welcome.new_passphrase import NewPassphrase
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.field_words import error_label, show_error
from egn_desktop.ui.widgets.labels import muted


class SecretForm(QWidget):
    """Shown in place; the old secret holds until the new one is in force."""

    # What change_secret says of the backups, or None when nothing was changed.
    finished = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._by_code = QRadioButton("Un nouveau code, gardé dans le trousseau")
        self._by_passphrase = QRadioButton("Une phrase de passe")
        self._by_passphrase.toggled.connect(self._kind_chosen)
        self._passphrase = NewPassphrase("Nouvelle phrase de passe")
        self._passphrase.hide()
        self._wrong = error_label()
        self._apply = plain_button("Changer maintenant", self._start)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(
            muted(
                "Une sauvegarde vérifiée est faite d’abord ; les sauvegardes existantes, ici "
                "et dans le second emplacement, suivent le nouveau secret."
            )
        )
        column.addWidget(self._by_code)
        column.addWidget(self._by_passphrase)
        column.addWidget(self._passphrase)
        column.addWidget(self._wrong)
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(self._apply)
        row.addWidget(quiet_button("Laisser comme c’est", self._leave))
        row.addStretch()
        column.addLayout(row)
        self.setFocusProxy(self._by_code)

    def show_protection(self, by_passphrase: bool) -> None:
        """Propose to keep the kind of protection in force."""
        self._passphrase.set_known(self._context.services.school.identity().public)
        self._by_passphrase.setChecked(by_passphrase)
        self._by_code.setChecked(not by_passphrase)

    @Slot(bool)
    def _kind_chosen(self, by_passphrase: bool) -> None:
        self._passphrase.setVisible(by_passphrase)
        self._wrong.hide()

    @Slot()
    def _start(self) -> None:
        self._wrong.hide()
        dossier, known = self._dossier, self._context.services.school.identity().public
        self._passphrase.set_known(known)
        new = self._passphrase.chosen() if self._by_passphrase.isChecked() else None
        if self._by_passphrase.isChecked() and new is None:
            return

        def work(_: Progress) -> Behind:
            return change_secret(dossier, new_passphrase=new, known=known)

        self._apply.setEnabled(False)
        self._context.jobs.run(
            work, done=self._changed, failed=self._failed, label="Changement de secret"
        )

    @Slot()
    def _leave(self) -> None:
        self._end(None)

    def _changed(self, left: Behind) -> None:
        self._end(left)

    def _failed(self, error: Exception) -> None:
        self._apply.setEnabled(True)
        if not isinstance(error, UserError):
            raise error
        show_error(self._wrong, str(error))

    def _end(self, left: Behind | None) -> None:
        self._passphrase.clear()
        self._apply.setEnabled(True)
        self._wrong.hide()
        self.finished.emit(left)
