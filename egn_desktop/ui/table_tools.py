# SPDX-License-Identifier: GPL-3.0-or-later
"""What every table offers: its columns, a choice among its rows, and these for a spreadsheet."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from egn_desktop import french
from egn_desktop.exchange import listing
from egn_desktop.exchange.spreadsheets import KINDS, Cell, Kind
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.page import Page
from egn_desktop.ui.rows_model import ChipText, ColumnSpec
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.buttons import icon_button

FEWEST, MOST = 2, 15
"""How many different texts a column shows that is of use to narrow the rows by."""


class TableTools(QObject):
    """A table's menu, behind the button at the end of its header and the header's right button.

    Which columns are shown is remembered on this machine.
    """

    def __init__(self, table: RowsTable, context: Context) -> None:
        super().__init__(table)
        self._table, self._context = table, context
        self.button = icon_button("columns", "Colonnes, filtre et export", self._ask_below)
        self.menu = QMenu(table)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill)
        header = table.horizontalHeader()
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._ask_at)
        self._recall()
        table.set_corner(self.button)

    def _recall(self) -> None:
        known = self._context.settings.columns.get(self._table.accessibleName(), {})
        columns = {
            at for at, spec in self._table.rows_model.specs() if known.get(spec.title, spec.shown)
        }
        if columns:
            self._table.column_fit.choose(columns)

    @Slot()
    def _ask_below(self) -> None:
        below = QPoint(self.button.width() - self.menu.sizeHint().width(), self.button.height())
        self.menu.popup(self.button.mapToGlobal(below))

    @Slot(QPoint)
    def _ask_at(self, place: QPoint) -> None:
        self.menu.popup(self._table.horizontalHeader().mapToGlobal(place))

    @Slot()
    def _fill(self) -> None:
        self.menu.clear()
        chosen = self._table.column_fit.chosen()
        for column, spec in self._table.rows_model.specs():
            action = self.menu.addAction(spec.title.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(column in chosen)
            # The last one stays: a table without columns shows nothing.
            action.setEnabled(chosen != [column])
            action.triggered.connect(partial(self._turn, column))
        self._fill_narrowing()
        self.menu.addSeparator()
        for kind in KINDS:
            action = self.menu.addAction(f"Exporter\u202f: {kind.title} ({kind.id})…")
            action.triggered.connect(partial(self.export, kind))
            action.setEnabled(bool(self._table.rows()))

    def _fill_narrowing(self) -> None:
        """Offer what a column of few different texts can narrow the rows to."""
        model = self._table.rows_model
        if model.checkable:
            # What is ticked out of sight would still be taken.
            return
        narrowed = model.narrowed_by()
        self.menu.addSeparator()
        columns: QMenu = self.menu.addMenu("Ne montrer que")
        for column, spec in self._table.rows_model.specs():
            texts = model.texts(column)
            if not (FEWEST <= len(texts) <= MOST or column in narrowed):
                continue
            choices = columns.addMenu(spec.title.replace("&", "&&"))
            group = QActionGroup(choices)
            every: list[str | None] = [None, *texts]
            for text in every:
                words = "Tout" if text is None else text or "(vide)"
                action = choices.addAction(words.replace("&", "&&"))
                action.setCheckable(True)
                action.setChecked(narrowed.get(column) == text)
                group.addAction(action)
                action.triggered.connect(partial(self._table.show_only, column, text))
        columns.menuAction().setVisible(bool(columns.actions()))

    def _turn(self, column: int) -> None:
        """Show a column that is not, or leave it out."""
        columns = {column} ^ set(self._table.column_fit.chosen())
        self._table.column_fit.choose(columns)
        settings = self._context.settings
        apart = {
            spec.title: at in columns
            for at, spec in self._table.rows_model.specs()
            if (at in columns) != spec.shown
        }
        settings.columns = {**settings.columns, self._table.accessibleName(): apart}
        settings.save()

    def export(self, kind: Kind, _checked: bool = False) -> None:
        """Ask where, and write what the table shows: its columns, its order, all that is found."""
        suffix = kind.suffix
        path = self._context.ask_save_file(
            "Exporter la liste",
            listing.file_name(self._table.title, self._context.services.dossier.today(), suffix),
            kind.filter,
        )
        if path is None:
            return
        if path.suffix.lower() != suffix:
            path = path.with_name(f"{path.name}{suffix}")
        specs = [
            spec
            for at, spec in self._table.rows_model.specs()
            if at in self._table.column_fit.chosen()
        ]
        rows = self._table.rows_model.in_order(self._table.all_rows())

        def write(_progress: Progress) -> None:
            cells = [[_cell(spec, row) for spec in specs] for row in rows]
            listing.write([spec.title for spec in specs], cells, path, sheet=self._table.title)

        self._context.jobs.run(
            write, done=partial(self._written, path, len(rows)), label="Export de la liste"
        )

    def _written(self, path: Path, how_many: int, _done: object) -> None:
        words = "« {} » est enregistré dans « {} »\u202f: {}.".format(
            path.name, path.parent.name, french.count(how_many, "ligne")
        )
        if self._table.has_people:
            words += (
                " Ce fichier nomme des personnes et n’est pas chiffré\u202f: "
                "effacez-le dès qu’il a servi."
            )
        self._context.say(words)


def give_tools(table: RowsTable) -> None:
    """Give its tools to a table that stands on a page."""
    parent = table.parentWidget()
    while parent is not None and not isinstance(parent, Page):
        parent = parent.parentWidget()
    if parent is not None and table.accessibleName():
        TableTools(table, parent.context)


def _cell(spec: ColumnSpec, row: Any) -> Cell:
    shown = spec.text(row)
    words = shown.text if isinstance(shown, ChipText) else shown
    return listing.cell(words, spec.sort(row) if spec.sort else None)
