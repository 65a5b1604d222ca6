# SPDX-License-Identifier: GPL-3.0-or-later
"""The wiping checklist of a device that is back: ticked at the return, or later."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.wiping import to_wipe
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.register.wiping import steps_for
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans.lending.loan_parts.part import LoanPart
from egn_desktop.ui.widgets.labels import muted


class WipingForm(QWidget):
    """The steps that concern a kind of device, to be ticked."""

    def __init__(self, kind: DeviceKind, done: Collection[str]) -> None:
        super().__init__()
        self.steps = steps_for(kind)
        self.form = Form()
        self.form.add_heading("Effacer l’appareil")
        self.form.add_widget(muted("Avant de le prêter à nouveau ; vous pouvez y revenir."))
        for step in self.steps:
            self.form.add_check(step.id, step.title, value=step.id in done, help=step.help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)

    def done(self) -> list[str]:
        """Return the steps that are ticked."""
        return [step.id for step in self.steps if self.form.value(step.id)]

    def take_focus(self) -> None:
        """Go to the first step."""
        self.form.field(self.steps[0].id).setFocus(Qt.FocusReason.OtherFocusReason)


class WipingPart(LoanPart):
    """What is left to wipe of a device that was not lent again; kept tick by tick."""

    def build(self) -> None:
        self._done = self.detail.wiped
        waits = to_wipe(self.dossier, device_id=self.detail.row.device_id)
        self._is_wanted = any(wait.id == self.loan_id for wait in waits)
        if not self._is_wanted:
            self.hide()
        if self._is_wanted:
            self._steps = WipingForm(self.detail.row.kind, self._done or ())
            self._steps.form.edited.connect(self._ticked)
            self.column.addWidget(self._steps)

    @property
    def is_current(self) -> bool:
        return loan(self.dossier, self.loan_id).wiped == self._done

    @Slot(str, object)
    def _ticked(self, _name: str, _value: object) -> None:
        # Known before it is kept: so that the panel is not built anew under the hand.
        before, self._done = self._done, tuple(self._steps.done())
        try:
            self.services.loans.wipe(self.loan_id, self._done)
        except UserError as error:
            self._done = before
            self.fail(error)
            return
        self._steps.form.note_saved()
