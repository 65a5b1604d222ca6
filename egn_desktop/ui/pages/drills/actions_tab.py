# SPDX-License-Identifier: GPL-3.0-or-later
"""The one list of actions: filtered, searched, closed and dropped several at once."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.actions.offers import ALL, selections
from egn_desktop.actions.queries import ActionRow, actions, responsibles
from egn_desktop.actions.report import selection_key
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.collation import fold
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.drills.action_panel import close_actions, drop_actions, reopen_actions
from egn_desktop.ui.pages.drills.words import Origins, action_chip
from egn_desktop.ui.tables import ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.filter import Filter
from egn_desktop.ui.widgets.search import SearchField
from egn_desktop.ui.widgets.segments import Segments

OPEN, LATE, ENDED = range(3)


class ActionsTab(QWidget):
    """Actions of every source, those that need attention first."""

    opened = Signal(object)
    new_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._origins = Origins(context.services.dossier)
        self._rows: list[ActionRow] = []
        self.search = SearchField("Chercher une action, un responsable, une origine")
        self.search.text_changed.connect(self._narrow)
        self._filter = Segments(
            ["À faire", "En retard", "Terminées", "Toutes"],
            "Actions montrées",
        )
        self._filter.chosen.connect(self._narrow)
        self.sources = Filter("Origine", [(None, "Toute origine")])
        self.persons = Filter("Responsable", [(None, "Tout responsable")])
        for filter_ in (self.sources, self.persons):
            filter_.currentIndexChanged.connect(self._narrow)
        self._close = plain_button("Marquer faites", self._close_chosen, "check")
        self._drop = quiet_button("Abandonner", self._drop_chosen)
        self._reopen = plain_button("Reprendre", self._reopen_chosen, "undo")
        self.table = self._make_table()
        self._empty = EmptyState("list-checks", "", "", self._empty_button())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        self._lay_out()

    def reload(self) -> None:
        dossier = self._context.services.dossier
        self._origins = Origins(dossier)
        self._rows = list(actions(dossier))
        self._offer_filters()
        late = sum(row.is_late for row in self._rows)
        words = "En retard"
        self._filter.set_text(LATE, f"{words} ({late})" if late else words)
        self._narrow()

    @property
    def selection(self) -> str:
        """The key of what the plan of actions prints for what is shown; all where there is none."""
        index = self._filter.index()
        key = selection_key(
            state=ActionState.OPEN if index == OPEN else None,
            late=index == LATE,
            source=self.sources.value(),
            responsible=self.persons.value() or "",
        )
        offered = {selection.key for selection in selections(self._context.services.dossier)}
        return key if key in offered else ALL

    def row(self, action_id: int) -> ActionRow | None:
        """Return one action as it now stands."""
        return next((row for row in self._rows if row.id == action_id), None)

    def show_late(self) -> None:
        """Show the late actions alone."""
        self.sources.choose(None)
        self.persons.choose(None)
        self._filter.set_index(LATE)

    def _make_table(self) -> RowsTable:
        table = RowsTable(
            [
                ColumnSpec("Action", _title, stretch=True),
                ColumnSpec("Échéance", _due, sort=_due_order),
                ColumnSpec("État", action_chip),
                ColumnSpec("Responsable", _responsible),
                ColumnSpec("Origine", self._origin),
                ColumnSpec("Coût", _cost, sort=_cost_order, align_right=True),
            ],
            checkable=True,
            less_needed=(6, 5),
            accessible_name="Actions",
        )
        table.opened.connect(self.opened)
        table.chosen_changed.connect(self._offer_moves)
        return table

    def _empty_button(self) -> QWidget:
        return plain_button("Ajouter une action", self._wanted, "plus")

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._filter)
        line.addStretch()
        for button in (self._drop, self._reopen, self._close):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        narrowing = QHBoxLayout()
        narrowing.setSpacing(12)
        narrowing.addWidget(self.search, 1)
        narrowing.addWidget(self.sources)
        narrowing.addWidget(self.persons)
        column.addLayout(narrowing)
        column.addWidget(self._stack, 1)
        self._offer_moves()

    def _shown(self, row: ActionRow) -> bool:
        wanted = {
            OPEN: row.state is ActionState.OPEN,
            LATE: row.is_late,
            ENDED: row.state is not ActionState.OPEN,
        }
        source, person = self.sources.value(), self.persons.value()
        return (
            wanted.get(self._filter.index(), True)
            and (source is None or row.source.kind is source)
            and (person is None or row.responsible == person)
        )

    def _offer_filters(self) -> None:
        kinds = {row.source.kind for row in self._rows}
        self.sources.set_options(
            [
                (None, "Toute origine"),
                *((kind, kind.label) for kind in SourceKind if kind in kinds),
            ]
        )
        people = responsibles(self._rows)
        self.persons.set_options(
            [
                (None, "Tout responsable"),
                *((person, person) for person in people),
                ("", "Sans responsable"),
            ]
        )

    def _found(self, row: ActionRow) -> bool:
        words = fold(f"{row.title} {row.responsible} {self._origins.of(row)}")
        return all(word in words for word in fold(self.search.text()).split())

    def _origin(self, row: ActionRow) -> str:
        return self._origins.short(row)

    @Slot()
    def _narrow(self) -> None:
        rows = [row for row in self._rows if self._shown(row) and self._found(row)]
        self.table.set_rows(rows)
        for control in (self.search, self.sources, self.persons):
            control.setVisible(bool(self._rows))
        self._say_why_empty()
        self._stack.setCurrentWidget(self.table if rows else self._empty)
        self._offer_moves()

    def _say_why_empty(self) -> None:
        if not self._rows:
            self._empty.set_words(
                "Aucune action pour l’instant",
                "Ici arrivent les actions de l’état des lieux, du plan, du DUERP et des "
                "exercices : une seule liste, avec un responsable et une date. Vous pouvez "
                "aussi en ajouter.",
            )
        elif self._filter.index() == LATE and not self._is_narrowed():
            self._empty.set_words(
                "Aucune action en retard",
                "Les actions à faire ont toutes une date à venir.",
            )
        else:
            self._empty.set_words(
                "Aucune action ne correspond",
                "Changez les mots cherchés, ou montrez toutes les actions.",
            )

    def _is_narrowed(self) -> bool:
        return bool(self.search.text()) or self.sources.narrows or self.persons.narrows

    @Slot()
    def _offer_moves(self) -> None:
        chosen: list[ActionRow] = self.table.chosen()
        some_open = any(row.state is ActionState.OPEN for row in chosen)
        self._close.setVisible(some_open)
        self._drop.setVisible(some_open)
        self._reopen.setVisible(bool(chosen) and not some_open)

    @Slot()
    def _close_chosen(self) -> None:
        close_actions(self._context, self._open_ones())

    @Slot()
    def _drop_chosen(self) -> None:
        drop_actions(self._context, self._open_ones())

    @Slot()
    def _reopen_chosen(self) -> None:
        reopen_actions(self._context, self.table.chosen())

    @Slot()
    def _wanted(self) -> None:
        self.new_wanted.emit()

    def _open_ones(self) -> list[ActionRow]:
        return [row for row in self.table.chosen() if row.state is ActionState.OPEN]


def _title(row: ActionRow) -> str:
    return row.title


def _responsible(row: ActionRow) -> str:
    return row.responsible


def _cost(row: ActionRow) -> str:
    return row.cost_label


def _cost_order(row: ActionRow) -> int:
    return row.amount.low if row.amount else -1


def _due(row: ActionRow) -> str:
    return french.short_date(row.due_on)


def _due_order(row: ActionRow) -> int:
    return row.due_on.toordinal() if row.due_on else 9_999_999
