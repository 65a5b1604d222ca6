# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of 60,000 loans: all shown, sorted, scrolled; against Qt's bare view."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView

from benchmarks.timing import Measure, milliseconds
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.views.loans import loan_columns
from egn_desktop.ui.start import make_application
from egn_desktop.ui.tables import RowsTable

SIZE = 1100, 640
SCREENS = 50
NO_PARENT = QModelIndex()
SORTED = {"pupil": 0, "class": 1, "return day": 4, "state": 5}


class BareModel(QAbstractTableModel):
    """The same words, made beforehand."""

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self.lines = list(rows)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = NO_PARENT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.lines[0])

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        """Return the words of a cell."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self.lines[index.row()][index.column()]
        return None

    def sort_by(self, column: int) -> None:
        """Sort the lines by the words of a column."""
        self.layoutAboutToBeChanged.emit()
        self.lines.sort(key=lambda line: line[column])
        self.layoutChanged.emit()


def measures(dossier: Dossier) -> list[Measure]:
    """Return the measures of the table."""
    theme.apply(make_application(), MachineSettings())
    rows = loans(dossier)
    columns = loan_columns()
    table, bare = RowsTable(columns), QTableView()
    model = BareModel([_words(columns, row) for row in rows])
    for view in (table, bare):
        view.resize(*SIZE)
        view.show()
    table.set_rows(rows)
    bare.setModel(model)
    found = [
        Measure(
            "show 60,000 loans in the table",
            milliseconds(lambda: (table.set_rows(rows), _settle())),
            "setModel on a bare QTableView",
            milliseconds(lambda: (bare.setModel(None), bare.setModel(model), _settle())),  # type: ignore[arg-type]
        )
    ]
    found += [
        Measure(
            f"sort 60,000 loans by {name}",
            taken,
            "list.sort of the words, bare QTableView",
            milliseconds(lambda at=SORTED[name]: (model.sort_by(at), _settle()), times=2),
        )
        for name, taken in _sorting(dossier).items()
    ]
    found.append(
        Measure(
            "scroll by one screen",
            _scrolling(table),
            "bare QTableView",
            _scrolling(bare),
        )
    )
    return found


def _words(columns: Sequence[Any], row: LoanRow) -> tuple[str, ...]:
    shown = [column.text(row) for column in columns]
    return tuple(text if isinstance(text, str) else text.text for text in shown)


def _sorting(dossier: Dossier) -> dict[str, float]:
    """Return how long the page takes to sort all loans, up and down, and to paint the first."""
    context = Context(Services.of(dossier), MachineSettings())
    page = LoansPage(context)
    page.resize(*SIZE)
    page.show()
    page.view("loans").which.choose((None, None))  # type: ignore[attr-defined]
    header = page.view("loans").table.horizontalHeader()
    found = {
        name: milliseconds(_clicking(header, column), times=2) for name, column in SORTED.items()
    }
    page.close()
    context.close()
    page.deleteLater()
    return found


def _clicking(header: QHeaderView, column: int) -> Callable[[], object]:
    """Return what clicks a title: up, then down."""

    def click() -> None:
        header.sectionClicked.emit(column)
        _settle()

    return click


def _scrolling(view: QTableView) -> float:
    bar = view.verticalScrollBar()
    step = bar.maximum() // SCREENS

    def scroll() -> None:
        for place in range(SCREENS):
            bar.setValue(place * step)
            _settle()

    return milliseconds(scroll, times=3) / SCREENS


def _settle() -> None:
    """Let the views lay themselves out and paint."""
    QApplication.processEvents()
