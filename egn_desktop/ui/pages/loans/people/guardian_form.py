# SPDX-License-Identifier: GPL-3.0-or-later
"""One legal representative of a pupil, kept field by field."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.pupils import GuardianRow
from egn_desktop.inventory.register.nouns import GuardianFields
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import add_fields, add_row
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import quiet_button


class GuardianForm(QWidget):
    """A representative's form; a new one is kept with its first field."""

    def __init__(self, context: Context, pupil_id: int, guardian: GuardianRow | None) -> None:
        super().__init__()
        self._context = context
        self._pupil_id = pupil_id
        self._guardian_id = guardian.id if guardian else None
        kept: GuardianFields = guardian or GuardianFields()
        self._form = Form()
        add_row(self._form, GuardianFields, kept, "title", "first_name")
        add_fields(self._form, GuardianFields, kept, but=("title", "first_name"))
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
                    self._pupil_id, GuardianFields(**words)
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
