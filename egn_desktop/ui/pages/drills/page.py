# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: the list of drills, the list of actions, and one drill opened."""

from dataclasses import astuple

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget

from egn_desktop import french
from egn_desktop.actions.queries import ActionRow, actions
from egn_desktop.actions.queries import summary as actions_summary
from egn_desktop.changes import Changed
from egn_desktop.drills.queries import summary
from egn_desktop.drills.rules import DrillState
from egn_desktop.errors import UserError
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.drills.action_panel import ActionPanel, NewActionPanel
from egn_desktop.ui.pages.drills.actions_tab import ActionsTab
from egn_desktop.ui.pages.drills.drill_list import DrillList
from egn_desktop.ui.pages.drills.drill_view import REPORT, DrillView
from egn_desktop.ui.pages.drills.lessons import LessonPanel
from egn_desktop.ui.pages.drills.plan_panel import PlanPanel
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.segments import Segments

DRILLS, ACTIONS = range(2)
PROGRAMME = "programme-des-exercices"
ACTION_PLAN = "plan-d-actions"


class DrillsPage(Page):
    """Drills planned and held, and the actions that come out of them."""

    shows = frozenset({Changed.DRILLS, Changed.ACTIONS})
    document = PROGRAMME

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._opened: DrillView | None = None
        self._programme = plain_button("Programme de l’année", self._print_programme, "print")
        self._action_plan = plain_button("Plan d’actions", self._print_actions, "print")
        self._report = plain_button("Compte rendu", self._print_report, "print")
        self._plan = main_button("Préparer un exercice", self._new_drill, "plus")
        self._add = main_button("Ajouter une action", self._new_action, "plus")
        self._note = main_button("Noter l’exercice", self._record, "edit")
        for button in (
            *(self._programme, self._action_plan, self._report),
            *(self._plan, self._add, self._note),
        ):
            self.add_action(button)
            button.hide()  # until it is known which go with what is shown: together they are wide
        self._views = Segments(["Exercices", "Actions"], "Exercices ou actions")
        self._views.chosen.connect(self._view_chosen)
        self._list = DrillList(context)
        self._list.opened.connect(self.open_drill)
        self._list.new_wanted.connect(self._new_drill)
        self._action_list = ActionsTab(context)
        self._action_list.opened.connect(self._open_action_row)
        self._action_list.new_wanted.connect(self._new_action)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._action_list)
        self.body.addWidget(self._views)
        self.body.addWidget(self._stack, 1)
        back = QShortcut(QKeySequence("Alt+Left"), self)
        back.activated.connect(self._close_drill)

    def reload(self) -> None:
        self._list.reload()
        self._action_list.reload()
        if self._opened is not None:
            try:
                self._opened.reload()
            except UserError:
                self._close_drill()  # its planning was undone
        self._dress()

    def new(self) -> None:
        if self._opened is not None and self._opened.is_held:
            self._new_lesson(self._opened.drill_id)
        elif self._views.index() == ACTIONS:
            self._new_action()
        else:
            self._new_drill()

    def find(self) -> None:
        self._close_drill()
        if self._views.index() == ACTIONS:
            self._action_list.search.setFocus()
        else:
            self._list.table.setFocus()

    def arrive(self, target: object) -> None:
        if str(target).isdecimal():
            self.open_drill(int(str(target)))
        elif target == "actions":
            self._close_drill()
            self._views.set_index(ACTIONS)
            if actions_summary(self.services.dossier).late:
                self._action_list.show_late()

    @Slot(int)
    def open_drill(self, drill_id: int) -> None:
        """Show one drill in place of the lists."""
        self._close_drill()
        self.close_panel()
        try:
            self._opened = DrillView(self.context, drill_id)
        except UserError as error:
            self.context.fail(error)
            return
        self._opened.left.connect(self._close_drill)
        self._opened.lesson_wanted.connect(self._new_lesson)
        self._opened.action_wanted.connect(self._open_action)
        self._stack.addWidget(self._opened)
        self._stack.setCurrentWidget(self._opened)
        self._dress()

    def _dress(self) -> None:
        """Give the heading and the buttons that go with what is shown."""
        opened = self._opened
        lists = opened is None
        on_drills = self._views.index() == DRILLS
        self._views.setVisible(lists)
        self._programme.setVisible(lists and on_drills)
        self._plan.setVisible(lists and on_drills)
        self._add.setVisible(lists and not on_drills)
        any_action = sum(astuple(actions_summary(self.services.dossier))) > 0
        self._action_plan.setVisible(lists and not on_drills and any_action)
        self._report.setVisible(opened is not None and opened.is_held)
        planned = opened is not None and opened.detail.row.state is DrillState.PLANNED
        self._note.setVisible(planned)
        if opened is None:
            printed = PROGRAMME if on_drills else ACTION_PLAN
            self.document, self.document_key = printed, ""
            self.set_heading("Exercices", self._said_of_all())
        else:
            self.document = REPORT if opened.is_held else ""
            self.document_key = str(opened.drill_id)
            self.set_heading(opened.detail.row.title, opened.state)

    def _said_of_all(self) -> str:
        found, counted = summary(self.services.dossier), actions_summary(self.services.dossier)
        parts = [f"{french.count(found.held_this_year, 'tenu')} en {found.year}"]
        if found.next is not None:
            parts.append(f"prochain le {french.short_date(found.next.day)}")
        parts.append("{} à faire".format(french.count(counted.open, "action")))
        if counted.late:
            parts.append(f"{french.number(counted.late, 0)} en retard")
        return " · ".join(parts)

    @Slot(int)
    def _view_chosen(self, view: int) -> None:
        self.close_panel()
        self._stack.setCurrentIndex(view)
        self.read(self._dress)

    @Slot()
    def _new_drill(self) -> None:
        panel = PlanPanel(self.context)
        panel.planned.connect(self._drill_planned)
        self.open_panel(panel, "Préparer un exercice")

    @Slot()
    def _new_action(self) -> None:
        panel = NewActionPanel(self.context)
        panel.added.connect(self._action_added)
        self.open_panel(panel, "Nouvelle action")

    @Slot(int)
    def _new_lesson(self, drill_id: int) -> None:
        panel = LessonPanel(self.context, drill_id)
        panel.added.connect(self._lesson_added)
        self.open_panel(panel, "Nouvel enseignement")

    @Slot(object)
    def _open_action_row(self, row: ActionRow) -> None:
        self._open_action(row.id)

    @Slot(int)
    def _open_action(self, action_id: int) -> None:
        found = [row for row in actions(self.services.dossier) if row.id == action_id]
        if found:
            panel = ActionPanel(self.context, found[0])
            panel.drill_wanted.connect(self.open_drill)
            panel.moved.connect(self.close_panel)
            self.open_panel(panel, f"Action n°\u00a0{action_id}")

    @Slot(int)
    def _drill_planned(self, drill_id: int) -> None:
        self.open_drill(drill_id)
        self.context.say_done("Exercice prévu.")

    @Slot(int)
    def _action_added(self, _action_id: int) -> None:
        self.close_panel()
        self.context.say_done("Action ajoutée.")

    @Slot(int)
    def _lesson_added(self, _lesson_id: int) -> None:
        self.close_panel()
        self.context.say_done("Enseignement ajouté, avec son action.")

    @Slot()
    def _close_drill(self) -> None:
        if self._opened is None:
            return
        closing, self._opened = self._opened, None
        self.close_panel()
        self._stack.setCurrentIndex(self._views.index())
        self._stack.removeWidget(closing)
        closing.deleteLater()
        self._dress()
        if self._views.index() == DRILLS:
            self._list.table.setFocus()

    @Slot()
    def _record(self) -> None:
        if self._opened is not None:
            self._opened.record()

    @Slot()
    def _print_programme(self) -> None:
        self.context.print_document(PROGRAMME)

    @Slot()
    def _print_actions(self) -> None:
        self.context.print_document(ACTION_PLAN, self._action_list.selection)

    @Slot()
    def _print_report(self) -> None:
        if self._opened is not None:
            self._opened.print_report()
