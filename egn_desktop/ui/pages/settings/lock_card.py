# SPDX-License-Identifier: GPL-3.0-or-later
"""When the window locks, and the code that unlocks it on this computer."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.dossier import Protection, computer_code, keys
from egn_desktop.errors import UserError
from egn_desktop.settings import LOCK_AFTER
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.field_words import error_label, field_label, show_error
from egn_desktop.ui.widgets.labels import body, muted
from egn_desktop.ui.widgets.secret import SecretField

WIDTH = 560


class LockCard(Card):
    """The delay is this computer's; the code is this dossier's on this computer."""

    def __init__(self, context: Context) -> None:
        super().__init__("Verrouiller l’écran")
        self._context = context
        self._dossier = context.services.dossier
        self.body.addWidget(
            muted(
                "Le verrou cache tout le dossier ; rien de ce que vous étiez en train de "
                "taper n’est perdu. Il se met aussi à la main, avec Ctrl+L."
            )
        )
        self.body.addWidget(self._delay())
        row = QHBoxLayout()
        row.addWidget(plain_button("Verrouiller maintenant", context.lock_wanted.emit))
        row.addStretch()
        self.body.addLayout(row)
        self._state = body("")
        self.body.addWidget(self._state)
        self._buttons = QWidget()
        self._choose = plain_button("Choisir un code", self._show_field)
        self._forget = quiet_button("Ne plus demander de code", self._remove)
        line = QHBoxLayout(self._buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._choose)
        line.addWidget(self._forget)
        line.addStretch()
        self.body.addWidget(self._buttons)
        self._part = self._code_part()
        self.body.addWidget(self._part)
        for widget in (self._buttons, self._part):
            widget.hide()

    def reload(self) -> None:
        """Show what unlocks the window now."""
        dossier = self._dossier
        if dossier.protection is Protection.PASSPHRASE:
            self._state.setText("La phrase de passe du dossier le déverrouille.")
            self._buttons.hide()
            self._part.hide()
            return

        def work(_: Progress) -> bool | None:
            if not keys.is_available():
                return None
            try:
                return computer_code.is_set(dossier.dossier_id)
            except UserError:
                return None

        self._context.jobs.run(work, done=self._known, label="")

    def _delay(self) -> Form:
        settings = self._context.settings
        self._form = form = Form()
        form.add_choice(
            "lock_after",
            "Verrouiller si personne n’y touche pendant",
            tuple(
                (minutes, f"{minutes} minutes" if minutes else "Jamais") for minutes in LOCK_AFTER
            ),
            value=settings.lock_after,
        )
        form.edited.connect(self._edited)
        form.setMaximumWidth(WIDTH)
        return form

    def _code_part(self) -> QWidget:
        part = QWidget()
        label = "Nouveau code de cet ordinateur"
        self._field = SecretField(label)
        self._wrong = error_label()
        row = QHBoxLayout()
        row.setContentsMargins(0, 8, 0, 0)
        row.addWidget(plain_button("Garder ce code", self._keep))
        row.addWidget(quiet_button("Laisser comme c’est", self._leave))
        row.addStretch()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_label(label, self._field.line))
        column.addWidget(self._field)
        column.addWidget(self._wrong)
        column.addWidget(
            muted(
                "Six signes au moins. Demandé pour ouvrir et pour déverrouiller, en cinq "
                "essais ; ensuite, seul le code de secours ouvre. Il arrête quelqu’un de "
                "passage, pas qui est maître de votre session."
            )
        )
        column.addLayout(row)
        return part

    def _known(self, is_set: bool | None) -> None:
        if is_set is None:
            said = "Le trousseau de cet ordinateur ne répond pas : un clic déverrouille."
        elif is_set:
            said = "Le code de cet ordinateur déverrouille, et il est demandé pour ouvrir."
        else:
            said = "Aucun code n’est choisi sur cet ordinateur : un clic déverrouille."
        self._state.setText(said)
        self._choose.setText("Changer le code" if is_set else "Choisir un code")
        self._forget.setVisible(bool(is_set))
        self._buttons.setVisible(is_set is not None and not self._part.isVisibleTo(self))

    @Slot(str, object)
    def _edited(self, _: str, value: object) -> None:
        if isinstance(value, int):
            self._context.settings.lock_after = value
            self._context.settings.save()
            self._form.note_saved()

    @Slot()
    def _show_field(self) -> None:
        self._buttons.hide()
        self._part.show()
        self._field.setFocus()

    @Slot()
    def _keep(self) -> None:
        code, name = self._field.text, self._dossier.dossier_id
        problem = computer_code.problem(code)
        show_error(self._wrong, problem)
        if problem:
            self._field.setFocus()
            return

        def work(_: Progress) -> str:
            computer_code.choose(name, code)
            return "Le code est choisi : il sera demandé pour ouvrir et déverrouiller."

        self._context.jobs.run(work, done=self._done, failed=self._failed, label="")

    @Slot()
    def _remove(self) -> None:
        name = self._dossier.dossier_id

        def work(_: Progress) -> str:
            computer_code.forget(name)
            return "Plus aucun code n’est demandé sur cet ordinateur."

        self._context.jobs.run(work, done=self._done, failed=self._failed, label="")

    @Slot()
    def _leave(self) -> None:
        self._field.clear()
        self._part.hide()
        self.reload()

    def _done(self, said: str) -> None:
        self._leave()
        self._context.say(said)

    def _failed(self, error: Exception) -> None:
        self._context.fail(error)
