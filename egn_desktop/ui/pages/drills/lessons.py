# SPDX-License-Identifier: GPL-3.0-or-later
"""The lessons of a drill, each with the action that it became, and the panel to add one."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.drills.queries import LessonRow
from egn_desktop.errors import UserError
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.drills.words import action_chip
from egn_desktop.ui.widgets.buttons import icon_button, main_button, plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import Chip, body, muted, rule


class LessonLine(QWidget):
    """One lesson: what was learnt, what was decided, by whom and for when."""

    action_wanted = Signal(int)
    removed = Signal(int)

    def __init__(self, lesson: LessonRow) -> None:
        super().__init__()
        self._lesson = lesson
        action = lesson.action
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(body(lesson.text))
        who = action.responsible or "responsable à désigner"
        when = french.short_date(action.due_on) or "date à fixer"
        decided = f"{action.title} · {who} · {when}" if action.title != lesson.text else None
        words.addWidget(muted(decided or f"{who} · {when}"))
        chip = action_chip(action)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(Chip(chip.text, chip.tone))
        line.addWidget(quiet_button("Ouvrir l’action", self._open))
        line.addWidget(icon_button("delete", "Retirer cet enseignement", self._remove))

    @Slot()
    def _open(self) -> None:
        self.action_wanted.emit(self._lesson.action.id)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self._lesson.id)


class LessonsCard(Card):
    """Every lesson of a drill."""

    lesson_wanted = Signal()
    action_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.set_title("Enseignements")
        self.add_action(plain_button("Ajouter un enseignement", self._wanted, "plus"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(10)
        self.body.addLayout(self._lines)
        self._shown: Sequence[LessonRow] | None = None

    def set_lessons(self, lessons: Sequence[LessonRow]) -> None:
        """Show these lessons."""
        if lessons == self._shown:
            return
        self._shown = lessons
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not lessons:
            self._lines.addWidget(
                muted(
                    "Ce que l’exercice a appris devient une action, avec un responsable et "
                    "une date : c’est ainsi que le plan progresse."
                )
            )
        for at, lesson in enumerate(lessons):
            if at:
                self._lines.addWidget(rule())
            line = LessonLine(lesson)
            line.action_wanted.connect(self.action_wanted)
            line.removed.connect(self._remove)
            self._lines.addWidget(line)

    @Slot()
    def _wanted(self) -> None:
        self.lesson_wanted.emit()

    @Slot(int)
    def _remove(self, lesson_id: int) -> None:
        try:
            self._context.services.drills.remove_lesson(lesson_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done("Enseignement retiré, action abandonnée.")


class LessonPanel(QWidget):
    """A lesson to add, with what is decided."""

    is_draft = True

    added = Signal(int)

    def __init__(self, context: Context, drill_id: int) -> None:
        super().__init__()
        self._context = context
        self._drill_id = drill_id
        self._form = Form()
        self._form.add_text(
            "text",
            "Ce que l’exercice a appris",
            lines=3,
            check=self._check,
            placeholder="Sept numéros de téléphone étaient faux.",
        )
        self._form.add_text(
            "decision",
            "Ce qui est décidé",
            lines=2,
            placeholder="Faire vérifier les coordonnées à chaque rentrée",
            help="L’intitulé de l’action ; l’enseignement lui-même si vous n’écrivez rien.",
        )
        self._form.add_text("responsible", "Responsable")
        self._form.add_date("due_on", "Échéance", help="24/11, demain, +14")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        column.addWidget(self._form)
        column.addWidget(main_button("Ajouter l’enseignement", self._add, "plus"))
        column.addStretch()

    def _check(self, text: str) -> str | None:
        return None if text else "Dites ce que l’exercice a appris."

    @Slot()
    def _add(self) -> None:
        if not self._form.is_valid():
            return
        try:
            lesson = self._context.services.drills.add_lesson(self._drill_id, **self._form.values())
        except UserError as error:
            self._context.fail(error)
            return
        self.added.emit(lesson)
