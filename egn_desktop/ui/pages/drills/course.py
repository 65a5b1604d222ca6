# SPDX-License-Identifier: GPL-3.0-or-later
"""The second step of a drill: the script to play, and what happened."""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from egn_desktop.drills import rules
from egn_desktop.drills.queries import DrillDetail
from egn_desktop.drills.rules import DrillState, Script
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.drills.step import columns, keep
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import body, muted, strong

PARTICIPANTS = "participants:"
TIME_WIDTH = 62


class ScriptCard(Card):
    """The events to announce, minute by minute, and what to look for."""

    def __init__(self, script: Script | None) -> None:
        super().__init__()
        self.script = script
        if script is None:
            self.set_title("Sans déroulé")
            self.body.addWidget(
                muted(
                    "Choisissez un déroulé à l’étape Préparation : il donne les événements à "
                    "annoncer et ce qu’il faut observer. Un exercice peut aussi s’en passer."
                )
            )
            return
        self.set_title(script.title)
        self.body.setSpacing(14)
        self.body.addWidget(muted(script.summary))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, theme.pixels(TIME_WIDTH))
        grid.setColumnStretch(1, 1)
        for at, inject in enumerate(script.injects):
            time = strong(rules.after_start(inject.minutes))
            time.setAlignment(Qt.AlignmentFlag.AlignTop)
            time.setWordWrap(False)
            grid.addWidget(time, 3 * at, 0)
            grid.addWidget(body(inject.text), 3 * at, 1)
            grid.addWidget(muted(f"Attendu : {inject.expected}"), 3 * at + 1, 1)
            grid.setRowMinimumHeight(3 * at + 2, theme.pixels(8))
        self.body.addLayout(grid)


class CourseStep(QWidget):
    """The script at the left; day, participants and course at the right, once it is held."""

    def __init__(self, context: Context, detail: DrillDetail) -> None:
        super().__init__()
        self._context = context
        self._id = detail.row.id
        self._script = ScriptCard(rules.scripts(detail.row.school).get(detail.row.script))
        held = detail.row.state is DrillState.HELD
        notes = self._notes(detail) if held else self._not_yet(detail)
        self._columns = columns([self._script], [notes])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._columns)
        column.addStretch()

    def reload(self, detail: DrillDetail) -> None:
        script = rules.scripts(detail.row.school).get(detail.row.script)
        if script is not self._script.script:
            fresh = ScriptCard(script)
            layout = self._columns.layout()
            assert layout is not None  # noqa: S101 - ``columns`` made it
            layout.replaceWidget(self._script, fresh, Qt.FindChildOption.FindChildrenRecursively)
            self._script.deleteLater()
            self._script = fresh

    def _not_yet(self, detail: DrillDetail) -> Card:
        card = Card("Ce qui s’est passé")
        if detail.row.state is DrillState.CANCELLED:
            card.body.addWidget(muted("Cet exercice a été annulé."))
            return card
        card.body.addWidget(
            muted(
                "Une fois l’exercice tenu, « Noter l’exercice » ouvre ici la date, les "
                "participants et le déroulement ; les mesures et le bilan se notent à l’étape "
                "suivante."
            )
        )
        return card

    def _notes(self, detail: DrillDetail) -> Card:
        card = Card("Ce qui s’est passé")
        self._form = Form()
        self._form.add_date("held_on", "Tenu le", value=detail.row.held_on, optional=False)
        functions = detail.row.kind_entry.functions
        others = [
            participant for participant in detail.participants if participant not in functions
        ]
        self._functions = [*functions, *others]
        for at, function in enumerate(self._functions):
            self._form.add_text(
                f"{PARTICIPANTS}{at}", function, value=detail.participants.get(function, "")
            )
        self._form.add_text(
            "course",
            "Déroulement",
            value=detail.course,
            lines=8,
            placeholder="7 h 02 : alerte donnée.\n7 h 14 : la cellule est au complet.",
            help="Un fait par ligne, avec son heure.",
        )
        self._form.edited.connect(self._edited)
        card.body.addWidget(self._form)
        return card

    @Slot(str, object)
    def _edited(self, name: str, value: Any) -> None:
        fields: dict[str, Any] = {name: value}
        if name.startswith(PARTICIPANTS):
            function = self._functions[int(name.removeprefix(PARTICIPANTS))]
            fields = {"participants": {function: value}}
        service = self._context.services.drills
        keep(self._form, name, lambda: service.record(self._id, **fields))
