# SPDX-License-Identifier: GPL-3.0-or-later
"""One drill opened: prepared, played, learnt from, in three steps."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.drills.queries import DrillDetail, drill
from egn_desktop.drills.rules import DrillState
from egn_desktop.errors import UserError
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.drills.course import CourseStep
from egn_desktop.ui.pages.drills.preparation import PreparationStep
from egn_desktop.ui.pages.drills.results import ResultsStep
from egn_desktop.ui.pages.drills.words import STATE_TONES
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import Chip
from egn_desktop.ui.widgets.scroll import scrolled
from egn_desktop.ui.widgets.segments import Segments

PREPARATION, COURSE, RESULTS = range(3)
REPORT = "compte-rendu-exercice"


class NotHeldYet(EmptyState):
    """What stands in place of the results of a drill that was not held."""

    def __init__(self, title: str) -> None:
        super().__init__("clock", title, "")
        self.set_words(
            title,
            "Vous y trouverez les mesures à côté de leurs objectifs, les trois questions du "
            "bilan à chaud, et les enseignements qui deviennent des actions.",
        )

    def reload(self, detail: DrillDetail) -> None:
        del detail


class DrillView(QWidget):
    """One drill; what is typed is kept at once."""

    left = Signal()
    lesson_wanted = Signal(int)
    action_wanted = Signal(int)

    def __init__(self, context: Context, drill_id: int) -> None:
        super().__init__()
        self._context = context
        self.drill_id = drill_id
        self.detail = drill(context.services.dossier, drill_id)
        self._chip = Chip("")
        self._steps = Segments(
            ["1. Préparation", "2. Déroulement", "3. Bilan"],
            "Étapes de l’exercice",
        )
        self._steps.chosen.connect(self._show_step)
        self._cancel = quiet_button("Annuler l’exercice", self._cancel_drill)
        self._restore = plain_button("Remettre au programme", self._restore_drill, "undo")
        self._stack = QStackedWidget()
        self._parts: list[PreparationStep | CourseStep | ResultsStep | NotHeldYet] = []
        self._lay_out()
        self._build()
        self.show_step(RESULTS if self.is_held else PREPARATION)

    @property
    def is_held(self) -> bool:
        """Whether the drill was held, so that there is a report to print."""
        return self.detail.row.state is DrillState.HELD

    @property
    def state(self) -> str:
        """The line under the title."""
        row = self.detail.row
        if row.state is DrillState.HELD and row.held_on:
            said = f"Tenu le {french.day_and_date(row.held_on)}"
        elif row.planned_on:
            said = f"Prévu le {french.day_and_date(row.planned_on)}"
        else:
            said = "Date à fixer"
        return " · ".join(part for part in (said, row.headline) if part)

    def reload(self) -> None:
        """Show what changed; a field that is being typed in is left alone."""
        before = self.detail.row.state
        self.detail = drill(self._context.services.dossier, self.drill_id)
        if self.detail.row.state is not before:
            self._build()
        for part in self._parts:
            part.reload(self.detail)

    def show_step(self, step: int) -> None:
        """Show one of the three steps."""
        self._steps.set_index(step)
        self._stack.setCurrentIndex(step)

    def record(self) -> None:
        """Note that the drill was held, on its day or today, and go on with its notes."""
        services = self._context.services
        planned, today = self.detail.row.planned_on, services.dossier.today()
        day = planned if planned is not None and planned < today else today
        try:
            services.drills.record(self.drill_id, held_on=day)
        except UserError as error:
            self._context.fail(error)
            return
        self.show_step(COURSE)
        said = f"Exercice noté comme tenu le {french.short_date(day)}."
        self._context.say_done(said)

    def print_report(self) -> None:
        """Print the report of this drill."""
        self._context.print_document(REPORT, str(self.drill_id))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(quiet_button("Tous les exercices", self._leave, "back"))
        line.addWidget(self._steps)
        line.addWidget(self._chip)
        line.addStretch()
        line.addWidget(self._cancel)
        line.addWidget(self._restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(line)
        column.addWidget(self._stack, 1)

    def _build(self) -> None:
        step = self._stack.currentIndex()
        for old in self.findChildren(QScrollArea, "step"):
            self._stack.removeWidget(old)
            old.deleteLater()
        course = CourseStep(self._context, self.detail)
        self._parts = [PreparationStep(self._context, self.detail), course, self._last_step()]
        for part in self._parts:
            area = scrolled(part)
            area.setObjectName("step")
            self._stack.addWidget(area)
        self._stack.setCurrentIndex(max(step, 0))
        state = self.detail.row.state
        self._chip.set_state(state.label, STATE_TONES[state])
        self._cancel.setVisible(state is DrillState.PLANNED)
        self._restore.setVisible(state is DrillState.CANCELLED)

    def _last_step(self) -> "ResultsStep | NotHeldYet":
        if not self.is_held:
            return NotHeldYet("Le bilan se note une fois l’exercice tenu")
        results = ResultsStep(self._context, self.detail)
        results.lesson_wanted.connect(self._wants_lesson)
        results.action_wanted.connect(self.action_wanted)
        return results

    @Slot(int)
    def _show_step(self, step: int) -> None:
        self._stack.setCurrentIndex(step)

    @Slot()
    def _wants_lesson(self) -> None:
        self.lesson_wanted.emit(self.drill_id)

    @Slot()
    def _leave(self) -> None:
        self.left.emit()

    @Slot()
    def _cancel_drill(self) -> None:
        self._context.services.drills.cancel(self.drill_id)
        self._context.say_done("Exercice annulé.")

    @Slot()
    def _restore_drill(self) -> None:
        self._context.services.drills.restore(self.drill_id)
        self._context.say_done("Exercice remis au programme.")
