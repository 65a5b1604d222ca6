# SPDX-License-Identifier: GPL-3.0-or-later
"""Does what is asked from the result: actions of gaps, closing, the score explained, exports."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from egn_desktop import french
from egn_desktop.actions.queries import ActionRow
from egn_desktop.audit.deadlines import proposed_due
from egn_desktop.audit.explanation import explain
from egn_desktop.audit.queries import AuditView, GapRow, gaps_of, new_questions
from egn_desktop.errors import UserError
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.audit.action_panel import ActionPanel, NewAction
from egn_desktop.ui.pages.audit.export_menu import ExportMenu
from egn_desktop.ui.pages.audit.result_view import ResultView
from egn_desktop.ui.pages.audit.score_panel import ScorePanel


class ResultDesk(QObject):
    """Between the result shown, its side panel and the use cases."""

    question_wanted = Signal(str)

    def __init__(self, page: Page, result: ResultView) -> None:
        super().__init__(page)
        self._page, self._context = page, page.context
        self._services = page.services
        self._result = result
        self._audit: AuditView | None = None
        self._menu = ExportMenu(page.context, result)
        result.set_export_menu(self._menu)
        result.opened.connect(self._open_gap)
        result.explained.connect(self._explain)
        result.close_wanted.connect(self._close_or_reopen)
        result.new_questions_wanted.connect(self._take_new_questions)
        result.actions_wanted.connect(self._create_actions)
        page.panel_closed.connect(self._panel_gone)

    def show_audit(self, audit: AuditView) -> None:
        """Show the result of an audit, and act on it from now on."""
        self._audit = audit
        self._menu.set_audit(audit)
        dossier = self._services.dossier
        gained = len(new_questions(dossier, audit))
        self._result.show_audit(audit, gaps_of(dossier, audit), gained)

    @Slot(object)
    def _open_gap(self, row: GapRow) -> None:
        panel = ActionPanel(row, can_answer=self._audit is not None)
        panel.made.connect(self._create_action)
        panel.changed.connect(self._change_action)
        panel.dropped.connect(self._drop_action)
        panel.set_aside.connect(self._set_aside)
        panel.question_wanted.connect(self.question_wanted)
        self._result.set_compact(True)
        self._page.open_panel(panel, "Écart")

    @Slot(str)
    def _explain(self, domain: str) -> None:
        if self._audit is None:
            return
        panel = ScorePanel(self._audit.result.score, explain(self._audit), domain)
        panel.question_wanted.connect(self.question_wanted)
        self._result.set_compact(True)
        self._page.open_panel(panel, "Détail du calcul")

    @Slot()
    def _panel_gone(self) -> None:
        self._result.set_compact(False)

    @Slot()
    def _close_or_reopen(self) -> None:
        if self._audit is None:
            return
        service, campaign = self._services.audit, self._audit.campaign.id
        try:
            if self._audit.is_closed:
                service.reopen(campaign)
                self._context.say_done("État des lieux rouvert.")
            else:
                service.close(campaign)
                self._context.say_done("État des lieux clos : il ne change plus.")
        except UserError as error:
            self._context.fail(error)

    @Slot()
    def _take_new_questions(self) -> None:
        if self._audit is None:
            return
        try:
            gained = self._services.audit.take_new_questions(self._audit.campaign.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._context.say_done(
            f"{french.count(len(gained), 'question ajoutée', 'questions ajoutées')} à l’état des "
            "lieux. Vos réponses sont gardées."
        )

    @Slot(object)
    def _create_action(self, new: NewAction) -> None:
        if self._audit is None:
            return
        services = self._services
        try:
            services.audit.create_action(
                self._audit.campaign.id,
                new.criterion_id,
                title=new.title,
                responsible=new.responsible,
                provider=new.provider,
                due_on=new.due_on,
                cost=new.cost,
            )
        except UserError as error:
            self._context.fail(error)
            return
        self._page.close_panel()
        self._context.say_done("Action ajoutée à la liste.")

    @Slot(object, object)
    def _change_action(self, action: ActionRow, new: NewAction) -> None:
        service = self._services.actions
        names = ("title", "responsible", "provider", "due_on")
        written = {name: getattr(new, name) for name in names}
        if new.cost != action.cost_label:
            # What is written now replaces an exact amount.
            written |= {"cost": new.cost, "cost_cents": None}
        try:
            service.change(action.id, **written)
        except UserError as error:
            self._context.fail(error)
            return
        self._page.close_panel()
        self._context.say_done("Action enregistrée.")

    @Slot(object)
    def _drop_action(self, action: ActionRow) -> None:
        service = self._services.actions
        try:
            service.drop(action.id)
        except UserError as error:
            self._context.fail(error)
            return
        self._page.close_panel()
        self._context.say_done("Action abandonnée.")

    @Slot(str)
    def _set_aside(self, criterion: str) -> None:
        """Keep in the list that the proposed action was given up."""
        if self._audit is None:
            return
        services = self._services
        try:
            with services.dossier.write(undo="écart laissé sans action"):
                action_id = services.audit.create_action(self._audit.campaign.id, criterion)
                services.actions.drop(action_id)
        except UserError as error:
            self._context.fail(error)
            return
        self._page.close_panel()
        self._context.say_done("Écart laissé sans action : ouvrez-le si vous changez d’avis.")

    @Slot(object)
    def _create_actions(self, rows: Sequence[GapRow]) -> None:
        if self._audit is None:
            return
        services, campaign = self._services, self._audit.campaign.id
        today = services.dossier.today()
        gaps = {row.criterion_id: row.gap for row in reversed(rows)}
        criteria = dict.fromkeys(row.criterion_id for row in rows)
        words = f"{len(criteria)} actions ajoutées à la liste"
        with services.dossier.write(undo=words):
            for criterion in criteria:
                services.audit.create_action(
                    campaign, criterion, due_on=proposed_due(gaps[criterion], today)
                )
        self._context.say_done(f"{words}.")
