# SPDX-License-Identifier: GPL-3.0-or-later
"""The third step of a drill: measures beside their targets, hot debrief, lessons."""

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.drills import rules
from egn_desktop.drills.queries import DrillDetail, MeasureResult
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.drills.lessons import LessonsCard
from egn_desktop.ui.pages.drills.step import columns, keep
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import Chip, muted


class MeasureLine(QWidget):
    """One measure: its field, its target, and whether it is met."""

    def __init__(self, context: Context, drill_id: int, result: MeasureResult) -> None:
        super().__init__()
        self._context = context
        self._drill_id = drill_id
        self.measure = result.measure
        self._form = Form()
        self._form.add_number(
            self.measure.id,
            self.measure.label,
            value=result.value,
            unit=self.measure.unit,
            decimals=1,
            help=f"Objectif : {rules.target_text(self.measure)}",
        )
        self._form.edited.connect(self._edited)
        self._chip = Chip("")
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(self._form, 1)
        line.addWidget(self._chip)
        self.show_result(result)

    def show_result(self, result: MeasureResult) -> None:
        """Say whether the target is met; nothing when it was not measured."""
        self._chip.setVisible(result.met is not None)
        if result.met is not None:
            words = "Objectif tenu" if result.met else "À améliorer"
            self._chip.set_state(words, "good" if result.met else "attention")

    @Slot(str, object)
    def _edited(self, name: str, value: Any) -> None:
        service = self._context.services.drills
        figure = None if value is None else float(value)
        keep(
            self._form,
            name,
            lambda: service.record(self._drill_id, measures={name: figure}),
        )


class ResultsStep(QWidget):
    """What a drill showed; lessons become actions."""

    lesson_wanted = Signal()
    action_wanted = Signal(int)

    def __init__(self, context: Context, detail: DrillDetail) -> None:
        super().__init__()
        self._context = context
        self._id = detail.row.id
        self._measures = [MeasureLine(context, self._id, measure) for measure in detail.measures]
        self._lessons = LessonsCard(context)
        self._lessons.lesson_wanted.connect(self.lesson_wanted)
        self._lessons.action_wanted.connect(self.action_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(columns([self._measures_card()], [self._debrief_card(detail)]))
        column.addWidget(self._lessons)
        column.addStretch()
        self.reload(detail)

    def reload(self, detail: DrillDetail) -> None:
        results = {measure.measure.id: measure for measure in detail.measures}
        for line in self._measures:
            if line.measure.id in results:
                line.show_result(results[line.measure.id])
        self._lessons.set_lessons(detail.lessons)

    def _measures_card(self) -> Card:
        card = Card("Mesures")
        card.body.setSpacing(16)
        card.body.addWidget(
            muted(
                "Les objectifs sont des propositions d’EGN Desktop. Une mesure laissée vide "
                "n’est pas comptée comme un échec."
            )
        )
        for line in self._measures:
            card.body.addWidget(line)
        return card

    def _debrief_card(self, detail: DrillDetail) -> Card:
        card = Card("Bilan à chaud")
        self._form = Form()
        for question in rules.questions(detail.row.school):
            self._form.add_text(
                question.id,
                question.question,
                value=detail.answers.get(question.id, ""),
                help=question.help,
                lines=2,
            )
        self._form.edited.connect(self._answered)
        card.body.addWidget(self._form)
        return card

    @Slot(str, object)
    def _answered(self, name: str, value: str) -> None:
        service = self._context.services.drills
        keep(
            self._form,
            name,
            lambda: service.record(self._id, debrief={name: value}),
        )
