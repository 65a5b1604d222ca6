# SPDX-License-Identifier: GPL-3.0-or-later
"""Choosing scenarios, and putting them in the school's own words."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.plans.queries import ScenarioRow, scenario, scenarios
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.icons import icon
from egn_desktop.ui.pages.plan.scenario_editor import ScenarioEditor
from egn_desktop.ui.stubs import item_at_hand
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.tips import set_tip

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
        self.setAccessibleName("Scénarios ; espace pour retenir ou laisser")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.currentItemChanged.connect(self._moved)

    def show_scenarios(self, rows: Sequence[ScenarioRow]) -> None:
        """Show the scenarios as they are chosen; the one being read stays."""
        shown = self.currentItem().data(ID) if self.currentItem() else ""
        if [self.item(at).data(ID) for at in range(self.count())] != [
            row.scenario.id for row in rows
        ]:
            self.blockSignals(True)
            self.clear()
            for row in rows:
                item = QListWidgetItem(row.scenario.short)
                set_tip(item, row.scenario.title)
                item.setData(ID, row.scenario.id)
                self.addItem(item)
                if row.scenario.id == shown:
                    self.setCurrentItem(item)
            self.blockSignals(False)
        for at, row in enumerate(rows):
            item = self.item(at)
            item.setText(row.scenario.short)
            item.setIcon(icon("check", "good") if row.chosen else icon("minus", "off"))
            item.setData(CHOSEN, row.chosen)
            state = "retenu" if row.chosen else "non retenu"
            words = f"{row.scenario.title} : {state}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def choose(self, scenario_id: str) -> None:
        """Show a scenario."""
        for at in range(self.count()):
            if self.item(at).data(ID) == scenario_id:
                self.setCurrentRow(at)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = item_at_hand(self)
        if event.key() == Qt.Key.Key_Space and item is not None:
            self.choice_changed.emit(item.data(ID), not item.data(CHOSEN))
            return
        super().keyPressEvent(event)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _moved(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.scenario_shown.emit(item.data(ID))


class OwnScenarioPanel(QWidget):
    """One of the school's own scenarios: its name and summary; the rest is in the editor."""

    finished = Signal(str)

    def __init__(self, context: Context, row: ScenarioRow | None) -> None:
        super().__init__()
        self._context = context
        self._row = row
        self.is_draft = row is None
        self.form = Form()
        scenario = row.scenario if row else None
        self.form.add_text("title", "Nom du scénario", value=scenario.title if scenario else "")
        self.form.add_text(
            "summary",
            "En une phrase",
            value=scenario.summary if scenario else "",
            lines=3,
            help="Ce qui arrive, et à qui",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.form)
        if row is None:
            column.addWidget(plain_button("Ajouter", self._add, "plus"))
        else:
            self.form.edited.connect(self._changed)
            column.addWidget(plain_button("Retirer ce scénario", self._remove, "delete"))
        column.addStretch()

    @Slot()
    def _add(self) -> None:
        try:
            scenario_id = self._context.services.plans.add_scenario(**self.form.values())
        except UserError as error:
            self.form.show_error("title", error.what)
        else:
            self.finished.emit(scenario_id)

    @Slot(str, object)
    def _changed(self, name: str, value: str) -> None:
        if self._row is None:
            return
        try:
            plans = self._context.services.plans
            plans.rename_scenario(self._row.scenario.id, **{name: value})
        except UserError as error:
            self.form.show_error("title", error.what)
        else:
            self.form.note_saved()

    @Slot()
    def _remove(self) -> None:
        if self._row is None:
            return
        scenario_id, plans = self._row.scenario.id, self._context.services.plans
        plans.remove_scenario(scenario_id)
        self.finished.emit("")
        self._context.say_done("Scénario retiré.")


class ScenariosView(QWidget):
    """The scenarios at the left, the one being read or adapted at the right."""

    panel_wanted = Signal(QWidget, str)
    panel_done = Signal()
    place_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._shown = ""
        self._list = ScenarioList()
        self._list.scenario_shown.connect(self._show_scenario)
        self._list.choice_changed.connect(self._choose)
        self.editor = ScenarioEditor(context)
        self.editor.choice_changed.connect(self._choose)
        self.editor.circumstance_changed.connect(self._set_circumstance)
        self.editor.place_wanted.connect(self.place_wanted)
        self.editor.own_edited.connect(self._edit_own)
        listed = QVBoxLayout()
        listed.setSpacing(10)
        listed.addWidget(self._list, 1)
        listed.addWidget(plain_button("Ajouter un scénario", self.new, "plus"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(listed)
        row.addWidget(self.editor, 1)

    def reload(self) -> None:
        """Show what the dossier now says."""
        rows = scenarios(self._context.services.dossier)
        self._list.show_scenarios(rows)
        if not any(row.scenario.id == self._shown for row in rows):
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

    @Slot()
    def new(self) -> None:
        """Add a scenario of the school's own."""
        self._show_panel(None, "Ajouter un scénario")

    @Slot(str)
    def _edit_own(self, scenario_id: str) -> None:
        found = scenario(self._context.services.dossier, scenario_id)
        self._show_panel(found, found.scenario.title)

    def _show_panel(self, row: ScenarioRow | None, title: str) -> None:
        panel = OwnScenarioPanel(self._context, row)
        panel.finished.connect(self._own_settled)
        self.panel_wanted.emit(panel, title)

    @Slot(str)
    def _own_settled(self, scenario_id: str) -> None:
        self.panel_done.emit()
        self.reload()
        if scenario_id:
            self._list.choose(scenario_id)

    @Slot(str, str, bool)
    def _set_circumstance(self, scenario_id: str, name: str, works: bool) -> None:
        try:
            self._context.services.plans.set_circumstances(scenario_id, **{name: works})
        except UserError as error:
            self._context.fail(error)
            self.reload()

    @Slot(str, bool)
    def _choose(self, scenario_id: str, chosen: bool) -> None:
        try:
            self._context.services.plans.choose_scenario(scenario_id, chosen=chosen)
        except UserError as error:
            self._context.fail(error)
            self.reload()
