# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: the questions, or the result; the audit is started and closed here."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget

from egn_desktop.audit import rules
from egn_desktop.audit.queries import AuditView, view
from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.school.calendar import audit_year
from egn_desktop.school.queries import identity
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.audit.answer_desk import AnswerDesk
from egn_desktop.ui.pages.audit.evolution_desk import EvolutionDesk
from egn_desktop.ui.pages.audit.evolution_view import EvolutionView
from egn_desktop.ui.pages.audit.questions_view import QuestionsView
from egn_desktop.ui.pages.audit.result_desk import ResultDesk
from egn_desktop.ui.pages.audit.result_view import ResultView
from egn_desktop.ui.pages.audit.words import state_line
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.scroll import scrolled
from egn_desktop.ui.widgets.segments import Segments

TITLE = "État des lieux"
EMPTY, QUESTIONS, RESULT, EVOLUTION = range(4)


class AuditPage(Page):
    """The baseline audit of the school year."""

    shows = frozenset(
        {
            Changed.AUDIT,
            Changed.ACTIONS,
            Changed.SCHOOL,
            Changed.DEVICES,
            Changed.LOANS,
            Changed.PUPILS,
        }
    )
    document = "etat-des-lieux"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        # With the panel open on a small screen the line of figures takes two lines.
        self._state.setWordWrap(True)
        self._audit: AuditView | None = None
        self._has_levels = False
        self._views = Segments(
            ["Questions", "Résultat", "Évolution"],
            "Ce que la page montre",
        )
        self._views.chosen.connect(self._view_chosen)
        self._print = main_button("Imprimer", self._print_report)
        for action in (self._views, self._print):
            self.add_action(action)
        self._start = plain_button("Commencer l’état des lieux", self.new)
        self._empty = EmptyState("audit", "", "", self._start)
        self._questions = QuestionsView()
        self._desk = AnswerDesk(context, self._questions)
        self._result = ResultView()
        self._results = ResultDesk(self, self._result)
        self._evolution = EvolutionView()
        self._years = EvolutionDesk(context, self._evolution)
        self._stack = QStackedWidget()
        shown = (self._empty, self._questions, scrolled(self._result), scrolled(self._evolution))
        for part in shown:
            self._stack.addWidget(part)
        self.body.addWidget(self._stack)
        self._connect()

    def reload(self) -> None:
        dossier = self.services.dossier
        school = identity(dossier)
        self._has_levels = bool(school.levels)
        self._audit = view(dossier)
        audit = self._audit
        for action in (self._views, self._print):
            action.setVisible(audit is not None)
        if audit is None:
            self._show_empty()
            return
        shown = (QUESTIONS, RESULT, EVOLUTION)[self._views.index()]
        self._stack.setCurrentIndex(shown)
        self._questions.show_audit(audit, school, self._desk.beside(audit))
        if shown == RESULT:
            self._results.show_audit(audit)
        elif shown == EVOLUTION:
            self._years.show_audit(audit)
        self.set_heading(TITLE, state_line(audit))

    def new(self) -> None:
        if self._audit is not None and not self._can_start_again():
            self._views.set_index(0)
            self._questions.focus_question()
            return
        if not self._has_levels:
            self.context.go("settings")
            return
        try:
            self.services.audit.start()
        except UserError as error:
            self.context.fail(error)
            return
        self._views.set_index(0)
        self._questions.focus_question()

    def arrive(self, target: object) -> None:
        if self._audit is None:
            self._start.setFocus()
        elif isinstance(target, str) and target:
            self._views.set_index(0)
            self._questions.go_to(target)
        elif self._views.index() == 0:
            self._questions.focus_question()

    def find(self) -> None:
        shown = self._views.index()
        if shown == 0:
            self._questions.focus_question()
        else:
            (self._result if shown == 1 else self._evolution).table.setFocus()

    def _connect(self) -> None:
        self._questions.finished.connect(self._show_result)
        for part in (self._results, self._evolution):
            part.question_wanted.connect(self._show_question)

    def _show_empty(self) -> None:
        self._stack.setCurrentIndex(EMPTY)
        year = rules.year_text(audit_year(self.services.dossier.today()))
        self.set_heading(
            TITLE,
            f"Aucun état des lieux pour l’instant · année scolaire {year}",
        )
        words = identity(self.services.dossier).words
        text = (
            "Quelque quatre-vingts questions, une demi-heure en une ou plusieurs fois. Vous "
            "saurez ce qui manque, qui doit le fournir, et vous aurez un document pour "
            f"{words['the_owner']}. Le jour d’une crise, c’est ce qui dit si "
            f"{words['the_school']} tient à distance."
        )
        if not self._has_levels:
            text += " Indiquez d’abord vos niveaux : les questions en dépendent."
        self._start.setText(
            "Commencer l’état des lieux" if self._has_levels else "Indiquer les niveaux"
        )
        self._empty.set_words("Faites l’état des lieux numérique", text)

    def _can_start_again(self) -> bool:
        audit = self._audit
        year = audit_year(self.services.dossier.today())
        return audit is not None and audit.is_closed and audit.campaign.first_year < year

    @Slot(int)
    def _view_chosen(self, _index: int) -> None:
        self.close_panel()
        self.refresh()
        if self._views.index() == 0:
            self._questions.focus_question()

    @Slot()
    def _show_result(self) -> None:
        self._views.set_index(1)
        self._result.table.setFocus()

    @Slot()
    def _print_report(self) -> None:
        if self._audit is not None:
            self.context.print_document(self.document, str(self._audit.campaign.id))

    @Slot(str)
    def _show_question(self, key: str) -> None:
        self._views.set_index(0)
        self._questions.go_to(key)
