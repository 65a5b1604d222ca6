# SPDX-License-Identifier: GPL-3.0-or-later
"""One legal representative of a pupil, kept field by field."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.pupils import GuardianRow
from egn_desktop.inventory.register.rules import GuardianInput
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import quiet_button

NEW = GuardianRow(0, "", "", "", "", "", "")


class GuardianForm(QWidget):
    """A representative's form; a new one is kept with its first field."""

    def __init__(self, context: Context, pupil_id: int, guardian: GuardianRow | None) -> None:
        super().__init__()
        self._context = context
        self._pupil_id = pupil_id
        self._guardian_id = guardian.id if guardian else None
        kept = guardian or NEW
        self._form = Form()
        with self._form.row():
            self._form.add_text("title", "Civilité", value=kept.title)
            self._form.add_text("first_name", "Prénom", value=kept.first_name)
        self._form.add_text("last_name", "Nom", value=kept.last_name)
        self._form.add_text("phone", "Téléphone", value=kept.phone)
        self._form.add_text("email", "Courriel", value=kept.email)
        self._form.add_text("address", "Adresse", value=kept.address)
        self._form.edited.connect(self._changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._form)
        column.addWidget(quiet_button("Retirer ce représentant", self._remove))

    def take_focus(self) -> None:
        """Go to the first field."""
        self._form.field("title").control.setFocus()

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        services, words = self._context.services, {name: str(value)}
        try:
            if self._guardian_id is None:
                self._guardian_id = services.pupils.add_guardian(
                    self._pupil_id, GuardianInput(**words)
                )
            else:
                services.pupils.change_guardian(self._pupil_id, self._guardian_id, **words)
        except UserError as error:
            self._form.show_error(name, error.what)
        else:
            self._form.note_saved()

    @Slot()
    def _remove(self) -> None:
        if self._guardian_id is not None:
            self._context.services.pupils.remove_guardian(self._pupil_id, self._guardian_id)
            self._context.say_done("Représentant retiré.")
        self.hide()
        self.deleteLater()
