# SPDX-License-Identifier: GPL-3.0-or-later
"""What became of a version: noted with its day and its body, or taken back."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.milestones import MilestoneKind
from egn_desktop.plans.queries import milestones
from egn_desktop.school.queries import identity
from egn_desktop.ui import clock
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted, section


class MilestonesPart(QWidget):
    """The facts of one version, and a form for the next one."""

    def __init__(self, context: Context, version: int, body: str) -> None:
        super().__init__()
        self._context = context
        self._version = version
        self._body = body
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.form = self._make_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(section("Suites de cette version"))
        column.addLayout(self._lines)
        column.addWidget(self.form)
        column.addWidget(plain_button("Noter", self._note, "plus"))
        self._show()

    def _make_form(self) -> Form:
        form = Form()
        noted = {
            milestone.kind
            for milestone in milestones(self._context.services.dossier, self._version)
        }
        if self._body:  # the council that was heard, or decided, stands with the version itself
            noted.add(MilestoneKind.PRESENTED)
        left = [kind for kind in MilestoneKind if kind not in noted] or list(MilestoneKind)
        form.add_choice(
            "kind", "Fait", [(kind, kind.label) for kind in MilestoneKind], value=left[0]
        )
        form.add_text("body", "Instance ou personne", value=self._usual(left[0]))
        form.add_date("on", "Date", value=clock.today(), optional=False)
        form.edited.connect(self._edited)
        return form

    def _usual(self, kind: MilestoneKind) -> str:
        school = identity(self._context.services.dossier)
        return kind.usual_body(school.kind, school.risk_register_owner)

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            shown = item.widget()
            if shown is not None:
                shown.hide()
                shown.deleteLater()
        found = milestones(self._context.services.dossier, self._version)
        if not found:
            self._lines.addWidget(
                muted("Ni transmission, ni annexion au DUERP n’est notée pour cette version.")
            )
        for row in found:
            shown = QWidget()
            line = QHBoxLayout(shown)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(body(row.text), 1)
            remove = quiet_button("Retirer", partial(self._remove, row.id))
            remove.setAccessibleName(f"Retirer\u202f: {row.text}")
            line.addWidget(remove)
            self._lines.addWidget(shown)

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        if name == "kind" and isinstance(value, MilestoneKind):
            self.form.set_value("body", self._usual(value))

    @Slot()
    def _note(self) -> None:
        if not self.form.is_valid():
            return
        try:
            self._context.services.plans.note_milestone(self._version, **self.form.values())
        except UserError as error:
            self._context.fail(error)
        else:
            self._show()

    def _remove(self, milestone_id: int, _checked: bool = False) -> None:
        self._context.services.plans.remove_milestone(milestone_id)
        self._show()
        self._context.say_done("Fait retiré.")
