# SPDX-License-Identifier: GPL-3.0-or-later
"""Open a dossier: with the keyring if it knows it, else with its code or passphrase."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from egn_desktop.errors import ExitCode, UserError
from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.opening import opening
from egn_desktop.ui.welcome.files import PlaceField
from egn_desktop.ui.welcome.problem import NextStep
from egn_desktop.ui.welcome.step import Step
from egn_desktop.ui.widgets.field_words import error_label, field_label, show_error
from egn_desktop.ui.widgets.labels import muted
from egn_desktop.ui.widgets.secret import SecretField

SECRET_WANTED = (ExitCode.NO_KEYRING, ExitCode.WRONG_SECRET)


class OpenStep(Step):
    """Choose a file; the secret is asked only when it is needed."""

    offered = frozenset({NextStep.RETRY, NextStep.OTHER_FILE, NextStep.RESTORE, NextStep.TAKE_OVER})

    def __init__(self, jobs: Jobs) -> None:
        super().__init__(
            "Ouvrir un dossier",
            "Le fichier se termine par .egn. Il peut être sur une clé USB.",
            "Ouvrir",
        )
        self._jobs = jobs
        self._place = PlaceField("Fichier du dossier", saving=False)
        self._place.changed.connect(self._place_changed)
        self.body.addWidget(self._place)
        self._secret_part = self._secret()
        self.body.addWidget(self._secret_part)
        self._secret_part.hide()

    def open_file(self, path: Path) -> None:
        """Choose a file and try it at once."""
        self._place.set_path(path)
        self.go_on()

    def ask_secret(self, path: Path, reason: UserError) -> None:
        """Show why the file did not open by itself, and ask for its secret."""
        self._place.set_path(path)
        self._not_opened(reason)

    def choose(self) -> None:
        """Open the file dialog at once."""
        self._place.choose()

    def go_on(self) -> None:
        self._open(take_over=False)

    def _open(self, *, take_over: bool) -> None:
        path = self._place.path
        if path is None:
            self._place.choose()
            return
        secret = self._line.text() if self._secret_part.isVisibleTo(self) else ""
        work = opening(
            path,
            secret=secret or None,
            remember=self._remember.isChecked(),
            take_over=take_over,
        )
        self.set_working(f"Ouverture de « {path.name} »…")
        self._jobs.run(work, done=self._opened, failed=self._failed, label="Ouverture du dossier")

    def take_step(self, step: NextStep) -> None:
        if step is NextStep.RETRY:
            self.go_on()
        elif step is NextStep.TAKE_OVER:
            self._open(take_over=True)
        elif step is NextStep.OTHER_FILE:
            self._place.choose()
        else:
            self.step_chosen.emit(step)

    def _secret(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        label = "Code de secours ou phrase de passe"
        self._secret_field = SecretField(label)
        self._line = self._secret_field.line
        self._secret_field.edited.connect(self._secret_typed)
        self._wrong = error_label()
        self._remember = QCheckBox("Retenir sur cet ordinateur, dans son trousseau")
        self._remember.setChecked(True)
        self._kept_nowhere = muted(
            "Une phrase de passe n’est gardée nulle part : elle sera redemandée à chaque ouverture."
        )
        self._kept_nowhere.hide()
        column.addWidget(field_label(label, self._line))
        column.addWidget(self._secret_field)
        column.addWidget(self._wrong)
        column.addWidget(
            muted(
                "Le code est sur la fiche de secours : 13 groupes de 5 caractères. Majuscules, "
                "espaces et tirets ne comptent pas."
            )
        )
        column.addWidget(self._remember)
        column.addWidget(self._kept_nowhere)
        return part

    @Slot(object)
    def _place_changed(self, path: Path | None) -> None:
        self.problem.clear()
        self._secret_part.hide()
        self._secret_field.clear()

    @Slot(str)
    def _secret_typed(self, text: str) -> None:
        """Name the wrong groups while they are typed, once the text is a code's length."""
        from egn_desktop.dossier import recovery

        is_code = recovery.looks_like_code(text)
        show_error(self._wrong, recovery.problem(text) if is_code else None)
        # A first word says nothing yet; what cannot be kept must not look as if it were.
        is_phrase = bool(text) and not is_code and recovery.problem(text) is not None
        self._remember.setEnabled(not is_phrase)
        self._kept_nowhere.setVisible(is_phrase)

    def _opened(self, dossier: object) -> None:
        self.set_working("")
        self._secret_field.clear()
        self.opened.emit(dossier)

    def _failed(self, error: Exception) -> None:
        self.set_working("")
        if not isinstance(error, UserError):
            raise error
        self._not_opened(error)

    def _not_opened(self, error: UserError) -> None:
        self.show_error(error)
        if error.exit_code in SECRET_WANTED:
            self._secret_part.show()
            self._line.setFocus()
            self._line.selectAll()
