# SPDX-License-Identifier: GPL-3.0-or-later
"""The page itself: the list of drills, the list of actions, and one drill opened."""

from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.drills.actions_tab import ActionsTab
from egn_desktop.ui.pages.drills.drill_view import DrillView
from egn_desktop.ui.pages.drills.plan_panel import PlanPanel
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import main_button, plain_button
from egn_desktop.ui.widgets.empty import EmptyState
from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabWidget, QWidget

from egn_desktop.actions.queries import summary as actions_summary
from egn_desktop.changes import Changed
from egn_desktop.documents import french
from egn_desktop.drills.queries import DrillRow, drills, summary
from egn_desktop.drills.rules import DrillState

STATE_TONES = {
    DrillState.PLANNED: "brand",
    DrillState.HELD: "good",
    DrillState.CANCELLED: "neutral",
}


class DrillsPage(Page):
    """Drills planned and held, and the actions that come out of them."""

    shows = frozenset({Changed.DRILLS, Changed.ACTIONS})
    document = "programme-des-exercices"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._opened: DrillView | None = None
        self._programme = plain_button(self.tr("Programme de l’année"), self._print_programme)
        self._prepare = main_button(self.tr("Préparer un exercice"), self.new)
        self.add_action(self._programme)
        self.add_action(self._prepare)
        self._stack = QStackedWidget()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self._drills_tab(), self.tr("Exercices"))
        self._actions = ActionsTab(self)
        self._tabs.addTab(self._actions, self.tr("Actions"))
        self._stack.addWidget(self._tabs)
        self.body.addWidget(self._stack)
        QShortcut(QKeySequence("Alt+Left"), self, activated=self._close_drill)

    def reload(self) -> None:
        dossier = self.services.dossier
        rows = drills(dossier)
        self._table.set_rows(rows)
        self._list_stack.setCurrentIndex(1 if rows else 0)
        self._actions.reload()
        if self._opened is not None:
            self._opened.reload()
        self.set_heading(self.tr("Exercices"), self._state())

    def new(self) -> None:
        if self._stack.currentWidget() is self._tabs and self._tabs.currentIndex() == 1:
            self._actions.add()
            return
        panel = PlanPanel(self.context)
        panel.planned.connect(self._drill_planned)
        self.open_panel(panel, self.tr("Préparer un exercice"))

    def find(self) -> None:
        table = self._table if self._tabs.currentIndex() == 0 else self._actions.table
        table.setFocus()

    def _drills_tab(self) -> QWidget:
        self._table: RowsTable = RowsTable(
            [
                ColumnSpec(
                    self.tr("Date"),
                    lambda row: french.short_date(row.day) or self.tr("à fixer"),
                    sort=lambda row: row.day.toordinal() if row.day else 0,
                ),
                ColumnSpec(self.tr("Exercice"), lambda row: row.title),
                ColumnSpec(
                    self.tr("État"),
                    lambda row: ChipText(row.state.label, STATE_TONES[row.state]),
                ),
                ColumnSpec(self.tr("Résultat"), lambda row: row.headline, stretch=True),
            ]
        )
        self._table.opened.connect(self._open_row)
        empty = EmptyState(
            "drills",
            self.tr("Aucun exercice pour l’instant"),
            self.tr(
                "Un exercice montre, sans attendre la crise, si le plan tient : les numéros "
                "sont-ils bons, chacun sait-il quoi faire ? Commencez par un exercice d’alerte : "
                "un quart d’heure suffit."
            ),
            plain_button(self.tr("Préparer un exercice d’alerte"), self.new),
        )
        self._list_stack = QStackedWidget()
        self._list_stack.addWidget(empty)
        self._list_stack.addWidget(self._table)
        return self._list_stack

    def _state(self) -> str:
        found, actions = summary(self.services.dossier), actions_summary(self.services.dossier)
        parts = [self.tr("{} cette année").format(french.count(found.held_this_year, "tenu"))]
        if found.next is not None:
            day = french.short_date(found.next.day)
            parts.append(self.tr("prochain le {}").format(day))
        parts.append(self.tr("{} à faire").format(french.count(actions.open, "action")))
        if actions.late:
            parts.append(self.tr("{} en retard").format(french.number(actions.late, 0)))
        return " · ".join(parts)

    @Slot(object)
    def _open_row(self, row: DrillRow) -> None:
        self.open_drill(row.id)

    def open_drill(self, drill_id: int) -> None:
        """Show one drill in place of the lists."""
        self._close_drill()
        self.close_panel()
        self._opened = DrillView(self.context, drill_id)
        self._opened.left.connect(self._close_drill)
        self._stack.addWidget(self._opened)
        self._stack.setCurrentWidget(self._opened)
        self._opened.setFocus()

    @Slot(int)
    def _drill_planned(self, drill_id: int) -> None:
        self.close_panel()
        services = self.services
        self.context.say(
            self.tr("Exercice prévu."), lambda: services.drills.cancel(drill_id, reason="")
        )
        self.open_drill(drill_id)

    @Slot()
    def _close_drill(self) -> None:
        if self._opened is None:
            return
        self._stack.setCurrentWidget(self._tabs)
        self._stack.removeWidget(self._opened)
        self._opened.deleteLater()
        self._opened = None
        self._table.setFocus()

    @Slot()
    def _print_programme(self) -> None:
        self.context.print_document(self.document, "")
