# SPDX-License-Identifier: GPL-3.0-or-later
"""Choosing scenarios, and putting them in the school's own words."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.queries import ScenarioRow, scenarios
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.icons import icon
from egn_desktop.ui.pages.plan.scenario_editor import ScenarioEditor

WIDTH = 232
ID = Qt.ItemDataRole.UserRole
CHOSEN = Qt.ItemDataRole.UserRole + 1


class ScenarioList(QListWidget):
    """The scenarios, those of the plan marked; the space bar takes one in or leaves it out."""

    scenario_shown = Signal(str)
    choice_changed = Signal(str, bool)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.pixels(WIDTH))
        self.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))
        self.setAccessibleName(self.tr("Scénarios ; espace pour retenir ou laisser"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._moved)

    def show_scenarios(self, rows: Sequence[ScenarioRow]) -> None:
        """Show the scenarios as they are chosen; the one being read stays."""
        if self.count() != len(rows):
            self.blockSignals(True)
            self.clear()
            for row in rows:
                item = QListWidgetItem(row.scenario.short)
                item.setToolTip(row.scenario.title)
                item.setData(ID, row.scenario.id)
                self.addItem(item)
            self.blockSignals(False)
        for at, row in enumerate(rows):
            item = self.item(at)
            item.setIcon(icon("check", "good") if row.chosen else icon("minus", "off"))
            item.setData(CHOSEN, row.chosen)
            state = self.tr("retenu") if row.chosen else self.tr("non retenu")
            words = f"{row.scenario.title} : {state}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def choose(self, scenario_id: str) -> None:
        """Show a scenario."""
        for at in range(self.count()):
            if self.item(at).data(ID) == scenario_id:
                self.setCurrentRow(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            self.choice_changed.emit(item.data(ID), not item.data(CHOSEN))
            return
        super().keyPressEvent(event)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _moved(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.scenario_shown.emit(item.data(ID))


class ScenariosView(QWidget):
    """The scenarios at the left, the one being read or adapted at the right."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown = ""
        self._list = ScenarioList()
        self._list.scenario_shown.connect(self._show_scenario)
        self._list.choice_changed.connect(self._choose)
        self.editor = ScenarioEditor(context)
        self.editor.choice_changed.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._list)
        row.addWidget(self.editor, 1)

    def reload(self) -> None:
        """Show what the dossier now says."""
        rows = scenarios(self._context.services.dossier)
        self._list.show_scenarios(rows)
        if not self._shown:
            first = next((row for row in rows if row.chosen), rows[0])
            self._list.choose(first.scenario.id)
            return
        self.editor.show_row(next(row for row in rows if row.scenario.id == self._shown))

    def flush(self) -> None:
        """Keep what was typed now."""
        self.editor.flush()

    def take_focus(self) -> None:
        """Go to the list of scenarios."""
        self._list.setFocus()

    @Slot(str)
    def _show_scenario(self, scenario_id: str) -> None:
        self._shown = scenario_id
        rows = scenarios(self._context.services.dossier)
        self.editor.open_row(next(row for row in rows if row.scenario.id == scenario_id))

    @Slot(str, bool)
    def _choose(self, scenario_id: str, chosen: bool) -> None:
        try:
            self._context.services.plans.choose_scenario(scenario_id, chosen=chosen)
        except UserError as error:
            self._context.fail(error)
            self.reload()
