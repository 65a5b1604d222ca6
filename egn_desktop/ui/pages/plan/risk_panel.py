# SPDX-License-Identifier: GPL-3.0-or-later
"""One line of the DUERP: its words, its rating, and the measures that become actions."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.catalogue import Axis, Rating
from egn_desktop.plans.rules import axis_steps, priority, step
from egn_desktop.plans.snapshot import RiskPart
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import Chip, muted, rule

AXES: tuple[tuple[Axis, str], ...] = (
    ("severity", "Gravité"),
    ("likelihood", "Fréquence"),
    ("control", "Maîtrise"),
)


class RiskPanel(QWidget):
    """The panel of one line; every field is kept when it is left."""

    def __init__(self, context: Context, line: RiskPart) -> None:
        super().__init__()
        self._context = context
        self._line_id = int(line.id)
        self._chip = Chip("")
        self._asks = muted("")
        self._means = muted("")
        self._rating = self._rating_form(line)
        self._words = self._words_form(line)
        self._measure = self._measure_form()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._rating)
        shown = QHBoxLayout()
        shown.setSpacing(10)
        shown.addWidget(self._chip)
        shown.addWidget(self._asks, 1)
        column.addLayout(shown)
        column.addWidget(self._means)
        column.addWidget(rule())
        column.addWidget(self._words)
        column.addWidget(rule())
        column.addWidget(self._measure)
        column.addWidget(plain_button("Ajouter aux actions", self._plan_measure, "plus"))
        column.addStretch()
        self._show_rating()

    def _rating_form(self, line: RiskPart) -> Form:
        form = Form()
        rating = line.rating
        for axis, label in AXES:
            options: list[tuple[object, str]] = [(None, "À coter")]
            options += [(step.value, f"{step.value} · {step.title}") for step in axis_steps(axis)]
            value = getattr(rating, axis) if rating else None
            form.add_choice(axis, label, options, value=value)
        form.edited.connect(self._rated)
        return form

    def _words_form(self, line: RiskPart) -> Form:
        form = Form()
        each = "Une mesure par ligne"
        form.add_text("title", "Intitulé", value=line.title)
        form.add_text("work_units", "Unités de travail exposées", value=line.work_units)
        form.add_text("situations", "Situations", value=line.situations, lines=4)
        form.add_text("in_place", "Mesures en place", value=line.in_place, lines=4, help=each)
        form.add_text("to_take", "Mesures à prendre", value=line.to_take, lines=4, help=each)
        form.add_text("family", "Famille de risques", value=line.family)
        form.edited.connect(self._changed)
        return form

    def _measure_form(self) -> Form:
        form = Form()
        form.add_heading("Décider d’une mesure")
        form.add_text("title", "Ce qui sera fait")
        with form.row():
            form.add_text("responsible", "Responsable")
            form.add_date("due_on", "Pour le")
        return form

    def _show_rating(self) -> None:
        values = self._rating.values()
        if all(values.values()):
            rating = Rating(**values)
            asked = priority(rating)
            self._chip.set_state(f"{rating.score} · {asked.title}", asked.tone)
            self._asks.setText(asked.asks)
            means = (f"{label} : {step(axis, values[axis]).help}" for axis, label in AXES)
            self._means.setText("\n".join(means))
        else:
            self._chip.set_state("À coter", "attention")
            self._asks.setText("Choisissez gravité, fréquence et maîtrise.")
            self._means.setText("")

    @Slot(str, object)
    def _rated(self, _name: str, _value: object) -> None:
        values = self._rating.values()
        if all(values.values()):
            try:
                self._context.services.plans.rate_risk(self._line_id, **values)
            except UserError as error:
                self._context.fail(error)
            else:
                self._rating.note_saved()
        self._show_rating()

    @Slot(str, object)
    def _changed(self, name: str, value: object) -> None:
        try:
            self._context.services.plans.change_risk(self._line_id, **{name: str(value)})
        except UserError as error:
            self._words.show_error(name, error.what)
        else:
            self._words.note_saved()

    @Slot()
    def _plan_measure(self) -> None:
        if not self._measure.is_valid():
            return
        try:
            self._context.services.plans.plan_measure(self._line_id, **self._measure.values())
        except UserError as error:
            self._measure.show_error("title", error.what)
            return
        for name, empty in (("title", ""), ("responsible", ""), ("due_on", None)):
            self._measure.set_value(name, empty)
        self._context.say("La mesure est dans la liste des actions.")
