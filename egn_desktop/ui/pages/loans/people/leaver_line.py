# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a pupil left the school: said on his or her sheet, and changed there."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.inventory.people.queries.pupils import pupil
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import Chip


class LeaverLine(QWidget):
    """Says since when a pupil is gone, with the way to say that he or she left or came back."""

    def __init__(self, context: Context, pupil_id: int) -> None:
        super().__init__()
        self._context, self._pupil_id = context, pupil_id
        self._chip = Chip("", "attention")
        self._button = quiet_button("", self._move)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chip)
        column.addWidget(self._button)
        context.changed.connect(self._follow)
        self._show()

    def _show(self) -> None:
        left_on = pupil(self._context.services.dossier, self._pupil_id).row.left_on
        self._chip.setVisible(left_on is not None)
        words = f"Parti le {french.short_date(left_on)}"
        self._chip.set_state(words, "attention")
        self._button.setText("Noter un retour" if left_on else "Noter un départ")

    @Slot(object)
    def _follow(self, changed: frozenset[Changed]) -> None:
        if Changed.PUPILS in changed:
            self._show()

    @Slot()
    def _move(self) -> None:
        services = self._context.services
        if pupil(self._context.services.dossier, self._pupil_id).row.left_on is None:
            services.pupils.mark_left(self._pupil_id)
            self._context.say_done("Départ noté.")
        else:
            services.pupils.mark_back(self._pupil_id)
            self._context.say_done("Retour noté.")
