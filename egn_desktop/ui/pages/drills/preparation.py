# SPDX-License-Identifier: GPL-3.0-or-later
"""The first step of a drill: what is planned, and what to tick off before the day."""

from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.drills.queries import DrillDetail
from egn_desktop.drills.rules import DrillKind, Preparation
from egn_desktop.errors import UserError
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.drills.day_note import DayNote
from egn_desktop.ui.pages.drills.plan_panel import scenario_options, script_options
from egn_desktop.ui.pages.drills.step import columns, keep
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import body, muted


class TickLine(QWidget):
    """Something to do, ticked off once it is done; its words wrap."""

    ticked = Signal(str, bool)

    def __init__(self, item: Preparation, *, done: bool) -> None:
        super().__init__()
        self._id = item.id
        self.box = QCheckBox()
        self.box.setAccessibleName(item.text)
        self.box.setChecked(done)
        self.box.toggled.connect(self._toggled)
        words = body(item.text)
        words.setBuddy(self.box)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        line.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(words, 1)

    @contained
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.box.toggle()
        event.accept()

    @Slot(bool)
    def _toggled(self, done: bool) -> None:
        self.ticked.emit(self._id, done)


class PreparationStep(QWidget):
    """Day, scenario, script and aim; the kind's checklist."""

    def __init__(self, context: Context, detail: DrillDetail) -> None:
        super().__init__()
        self._context = context
        self._row = detail.row
        self._none = "Sans déroulé"
        self._planned = self._planned_card()
        self._list = self._checklist(detail)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(columns([self._planned], [self._list]))
        column.addStretch()

    def reload(self, detail: DrillDetail) -> None:
        self._row = detail.row

    def _planned_card(self) -> Card:
        row, kind = self._row, self._row.kind_entry
        card = Card("Ce qui est prévu")
        card.body.setSpacing(14)
        card.body.addWidget(muted(f"Durée : {kind.duration}. Avec : {_lowered(kind.people)}."))
        self._form = Form()
        self._form.add_date("planned_on", "Date prévue", value=row.planned_on)
        self._day_note = DayNote(self._context.services.dossier)
        self._day_note.show_day(row.planned_on)
        self._form.add_widget(self._day_note)
        self._form.add_choice(
            "scenario",
            "Scénario du plan",
            scenario_options(self._context.services.dossier, "Aucun en particulier"),
            value=row.scenario,
        )
        self._form.add_choice(
            "script",
            "Déroulé prêt à jouer",
            script_options(DrillKind(row.kind), row.scenario, self._none, row.school),
            value=row.script,
        )
        self._form.add_text("aim", "Objectif", value=row.aim, lines=3)
        self._form.edited.connect(self._edited)
        card.body.addWidget(self._form)
        return card

    def _checklist(self, detail: DrillDetail) -> Card:
        card = Card("À faire avant le jour dit")
        card.body.setSpacing(14)
        for item in detail.row.kind_entry.preparation:
            line = TickLine(item, done=item.id in detail.prepared)
            line.ticked.connect(self._ticked)
            card.body.addWidget(line)
        card.body.addWidget(muted("Proposition EGN Desktop."))
        return card

    @Slot(str, object)
    def _edited(self, name: str, value: Any) -> None:
        service = self._context.services.drills
        if name == "planned_on":
            self._day_note.show_day(value)
        keep(self._form, name, lambda: service.change(self._row.id, **{name: value}))

    @Slot(str, bool)
    def _ticked(self, item: str, done: bool) -> None:
        try:
            self._context.services.drills.prepare(self._row.id, item, done=done)
        except UserError as error:
            self._context.fail(error)


def _lowered(words: str) -> str:
    return words[0].lower() + words[1:]
