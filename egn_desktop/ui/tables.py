# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of rows: what pages show of their queries, sorted, chosen and opened."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QItemSelectionRange,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from egn_desktop.ui import theme
from egn_desktop.ui.cells import CellDelegate, TableHeader
from egn_desktop.ui.column_fit import CHECK_WIDTH, ColumnFit
from egn_desktop.ui.contain import contained
from egn_desktop.ui.rows_model import CHECK_COLUMN, ChipText, ColumnSpec, RowsModel
from egn_desktop.ui.widgets.buttons import KEYBOARD

__all__ = ["ChipText", "ColumnSpec", "RowsTable"]

ROW_HEIGHT = 42
HEADER_HEIGHT = 40
CORNER_MARGIN = 4


class RowsTable(QTableView):
    """A table of rows; Enter or a double click opens one.

    Attributes:
        title: what the list now is, for the name of its file.
        rows_model: what the table shows.
        all_rows: what is taken away, where that is more than what the table holds.
    """

    opened = Signal(object)
    chosen_changed = Signal()

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        *,
        checkable: bool = False,
        key: Callable[[Any], Hashable] | None = None,
        accessible_name: str = "",
        less_needed: Sequence[int] = (),
        has_tools: bool = True,
        has_people: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make a table of columns.

        Args:
            key: what tells a row from the others; else its ``id``, its ``key``, or the row itself.
            accessible_name: what the list is; its file and its choice of columns go by it.
            less_needed: the columns that give way where there is no room, the first to go first.
            has_tools: on a page, offers to choose its columns and to take its rows away.
            has_people: its rows name people, of which who takes them away is reminded.
        """
        super().__init__(parent)
        self.title = accessible_name
        self.all_rows: Callable[[], Sequence[Any]] = self.rows
        self.has_people = has_people
        self._has_tools = has_tools
        self._corner: QWidget | None = None
        self._model = RowsModel(columns, checkable=checkable, key=key, parent=self)
        self.rows_model = self._model
        self.column_fit = ColumnFit(self, self._model, less_needed)
        self._cells = CellDelegate(self)
        self._header = TableHeader(self._model.checkable, self._model.all_checked, self)
        self.setHorizontalHeader(self._header)
        self.setModel(self._model)
        # A header of its own choice, which is empty: it shows nothing of what is selected, and
        # would ask each row whether it is, column by column, each time it is painted.
        self._header.setSelectionModel(QItemSelectionModel(self._model, self._header))
        self.setItemDelegate(self._cells)
        self.setAccessibleName(accessible_name)
        _set_up(self)
        self._connect()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; what was chosen and the place in the list are kept."""
        place = self.verticalScrollBar().value()
        self._keeping_choice(lambda: self._model.set_rows(rows))
        self.verticalScrollBar().setValue(place)

    def rows(self) -> list[Any]:
        """Return the rows in the order shown."""
        return list(self._model.rows)

    def show_only(self, column: int, text: str | None) -> None:
        """Show only the rows that show this text in a column; all of them when None."""
        self._keeping_choice(lambda: self._model.only(column, text))

    def set_corner(self, corner: QWidget) -> None:
        """Have something stand at the end of the header."""
        self._corner = corner
        corner.setParent(self)
        corner.show()
        room = corner.width() + 2 * CORNER_MARGIN
        self.column_fit.corner = self._header.corner = room
        self.column_fit.forget()
        self._fit()

    def chosen(self) -> list[Any]:
        """Return the rows ticked, where rows can be; else those selected."""
        if self._model.checkable:
            return self._model.checked_rows()
        return [self._model.rows[line] for line in self._selected_lines()]

    def selected(self) -> list[Any]:
        """Return the rows selected, ticked or not."""
        return [self._model.rows[line] for line in self._selected_lines()]

    def select(self, predicate: Callable[[Any], bool]) -> None:
        """Select the rows of which ``predicate`` is true, and show the first."""
        found = [line for line, row in enumerate(self._model.rows) if predicate(row)]
        self._choose_lines(found, found[:1])
        if found:
            self.scrollTo(self._model.index(found[0], 0))

    def check(self, predicate: Callable[[Any], bool]) -> None:
        """Tick exactly the rows of which ``predicate`` is true."""
        self._model.check_rows(predicate)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(self._model.rows[index.row()])
            return
        if event.key() == Qt.Key.Key_Space and self._model.checkable and index.isValid():
            self._model.toggle(self._selected_lines() or [index.row()])
            return
        super().keyPressEvent(event)

    @contained
    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._model.checkable and index.isValid() and index.column() == CHECK_COLUMN:
            self._model.toggle([index.row()])
            return
        super().mousePressEvent(event)

    @contained
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._model.checkable and index.isValid() and index.column() == CHECK_COLUMN:
            self._model.toggle([index.row()])
            return
        super().mouseDoubleClickEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Who comes by the keyboard sees where they are.
        if event.reason() in KEYBOARD and self._model.rows and not self._selected_lines():
            self.selectRow(max(self.currentIndex().row(), 0))

    @contained
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._has_tools and self._corner is None:
            from egn_desktop.ui.table_tools import give_tools

            give_tools(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.column_fit.forget(own=True)
            self._fit()

    @contained
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(self.rowAt(event.position().toPoint().y()))
        return super().viewportEvent(event)

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._header_clicked)
        header.sectionResized.connect(self._section_resized)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self._model.checked_changed.connect(self.chosen_changed)

    def _selected_lines(self) -> list[int]:
        # Whole lines are selected, so the ranges tell all; Qt's list of the rows asks of each row
        # whether every range holds it.
        ranges = self.selectionModel().selection().toList()
        return sorted(
            {line for bounds in ranges for line in range(bounds.top(), bounds.bottom() + 1)}
        )

    def _choose_lines(self, lines: Sequence[int], current: Sequence[int]) -> None:
        """Select these lines, given in their order, and nothing else."""
        model = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        model.clearSelection()
        if current:
            model.setCurrentIndex(self._model.index(current[0], 0), flags.NoUpdate)
        # One range for each run of lines: Qt compares every range selected with all the others.
        last = self._model.columnCount() - 1
        ranges = QItemSelection()
        for top, bottom in _runs(lines):
            ranges.append(
                QItemSelectionRange(self._model.index(top, 0), self._model.index(bottom, last))
            )
        model.select(ranges, flags.Select)

    def _keeping_choice(self, change: Callable[[], None]) -> None:
        selected = self._model.keys_of(self._selected_lines())
        current = self._model.keys_of([self.currentIndex().row()])
        change()
        self.column_fit.forget()
        self._choose_lines(self._model.lines_of(selected), self._model.lines_of(current))
        self._fit()

    def _hover(self, line: int) -> None:
        if line != self._cells.hovered:
            self._cells.hovered = line
            self.viewport().update()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.pixels(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(theme.pixels(HEADER_HEIGHT))
        self.column_fit.fit()
        self._place_corner()

    def _place_corner(self) -> None:
        if self._corner is not None:
            header = self.horizontalHeader()
            size = self._corner.size()
            left = header.x() + header.width() - size.width() - CORNER_MARGIN
            self._corner.move(left, header.y() + (header.height() - size.height()) // 2)

    @Slot(int)
    def _header_clicked(self, column: int) -> None:
        if self._model.spec(column) is None:
            self._model.check_all(not self._model.all_checked())
            return
        selected = self._model.keys_of(self._selected_lines())
        current = self._model.keys_of([self.currentIndex().row()])
        # Qt would follow every selected row through the sorting; they are chosen anew below.
        self.selectionModel().clearSelection()
        self._model.sort_next(column)
        header = self.horizontalHeader()
        by, order = self._model.sorted_by()
        header.setSortIndicatorShown(by >= 0)
        header.setSortIndicator(by, order)
        self._choose_lines(self._model.lines_of(selected), self._model.lines_of(current))
        self._fit()

    @Slot(int, int, int)
    def _section_resized(self, column: int, _before: int, width: int) -> None:
        self.column_fit.resized(column, width)

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.rows[index.row()])

    @Slot()
    def _selection_changed(self) -> None:
        if not self._model.checkable:
            self.chosen_changed.emit()

    def row_at(self, position: QPoint) -> Any | None:
        """Return the row under a point of the viewport, or None."""
        line = self.rowAt(position.y())
        return self._model.rows[line] if line >= 0 else None


def _runs(lines: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and the last line of each run of lines without a gap."""
    found: list[tuple[int, int]] = []
    for line in lines:
        if found and line == found[-1][1] + 1:
            found[-1] = (found[-1][0], line)
        else:
            found.append((line, line))
    return found


def _set_up(table: QTableView) -> None:
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setTabKeyNavigation(False)
    table.setMouseTracking(True)
    table.setCornerButtonEnabled(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionsClickable(True)
    header.setSortIndicatorShown(False)
    header.setSortIndicatorClearable(True)
    header.setMinimumSectionSize(CHECK_WIDTH)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    # Only from here on: setting up the header would already sort.
    header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
