# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: the date, the last backup, what to do, and how each feature stands."""

from PySide6.QtCore import Slot

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.dossier.backup import list_backups
from egn_desktop.ui.backups import last_backup_line
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.home.board import Board
from egn_desktop.ui.pages.home.inspection import Printed, print_all
from egn_desktop.ui.pages.home.result_line import ResultLine
from egn_desktop.ui.pages.home.state_cards import AuditCard, DrillCard, LoansCard, PlanCard
from egn_desktop.ui.pages.home.todo_card import TodoCard, all_todos
from egn_desktop.ui.widgets.buttons import main_button
from egn_desktop.ui.widgets.scroll import scrolled
from egn_desktop.ui.widgets.tips import set_tip

EVENING = 18


class HomePage(Page):
    """Where the school stands and what to do next."""

    shows = frozenset(Changed)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._state.setWordWrap(True)
        self._print = main_button("Dossier d’inspection", self._print_all)
        set_tip(
            self._print,
            "Imprimer d’un coup tous les documents, dans le répertoire de votre choix",
        )
        self.add_action(self._print)
        self._todos = TodoCard()
        self._cards = (AuditCard(), PlanCard(), LoansCard(), DrillCard())
        for card in (self._todos, *self._cards):
            card.page_asked.connect(self._go)
        self._result = ResultLine()
        self.body.addWidget(self._result)
        audit, *others = self._cards
        self.body.addWidget(scrolled(Board((self._todos, audit), others)))

    def reload(self) -> None:
        dossier = self.services.dossier
        with dossier.read():  # one transaction for all that is asked
            self._todos.show_todos(all_todos(dossier))
            for card in self._cards:
                card.show_state(dossier)
        self.set_heading(self._greeting(), self._day_line())

    def _greeting(self) -> str:
        identity = self.services.school.identity()
        evening = self.services.dossier.now().hour >= EVENING
        hello = "Bonsoir" if evening else "Bonjour"
        return f"{hello}, voici où en est {identity.the_school}"

    def _day_line(self) -> str:
        today = french.day_and_date(self.services.dossier.today()).capitalize()
        dossier = self.services.dossier
        return f"{today} · {last_backup_line(list_backups(dossier.dossier_id), dossier.today())}"

    @Slot(str)
    @Slot(str, str)
    def _go(self, page: str, target: str = "") -> None:
        self.context.go(page, target or None)

    @Slot()
    def _print_all(self) -> None:
        parent = self.context.ask_folder("Où enregistrer le dossier d’inspection ?")
        if parent is None:
            return
        self._print.setEnabled(False)
        self.context.jobs.run(
            print_all(self.services.dossier, parent),
            done=self._printed,
            failed=self._not_printed,
            label="Impression du dossier d’inspection",
        )

    def _printed(self, printed: Printed) -> None:
        self._print.setEnabled(True)
        self._result.show_printed(printed)

    def _not_printed(self, error: Exception) -> None:
        self._print.setEnabled(True)
        self.context.fail(error)
