# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists of rows: what pages show of their queries, sorted, chosen and opened."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from egn_desktop.ui import theme
from egn_desktop.ui.rows_model import CHECK_COLUMN, ChipText, ColumnSpec, RowsModel
from egn_desktop.ui.widgets.buttons import KEYBOARD
from egn_desktop.ui.widgets.cells import CELL_PADDING, CellDelegate, TableHeader
from egn_desktop.ui.widgets.labels import chip_size

__all__ = ["ChipText", "ColumnSpec", "RowsTable"]

ROW_HEIGHT = 42
HEADER_HEIGHT = 40
CHECK_WIDTH = 44
LONGEST_CELL = 480
SORT_ROOM = 20
MEASURED_ROWS = 400


class RowsTable(QTableView):
    """A table of rows; Enter or a double click opens one."""

    opened = Signal(object)
    chosen_changed = Signal()

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        *,
        checkable: bool = False,
        key: Callable[[Any], Hashable] | None = None,
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own_widths: dict[int, int] = {}
        self._measured: dict[int, int] = {}
        self._fitting = False
        self._model = RowsModel(columns, checkable=checkable, key=key, parent=self)
        self._cells = CellDelegate(self)
        self.setHorizontalHeader(TableHeader(self._model.checkable, self._model.all_checked, self))
        self.setModel(self._model)
        self.setItemDelegate(self._cells)
        self.setAccessibleName(accessible_name)
        self._set_up()
        self._connect()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows; what was chosen and the place in the list are kept."""
        selected = self._model.keys_of(self._selected_lines())
        current = self._model.keys_of([self.currentIndex().row()])
        place = self.verticalScrollBar().value()
        self._model.set_rows(rows)
        self._measured.clear()
        self._choose_lines(self._model.lines_of(selected), self._model.lines_of(current))
        self._fit()
        self.verticalScrollBar().setValue(place)

    def rows(self) -> list[Any]:
        """Return the rows in the order shown."""
        return list(self._model.rows)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(self._model.rows[index.row()])
            return
        if event.key() == Qt.Key.Key_Space and self._model.checkable and index.isValid():
            self._model.toggle(self._selected_lines() or [index.row()])
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if self._model.checkable and index.isValid() and index.column() == CHECK_COLUMN:
            self._model.toggle([index.row()])
            return
        super().mousePressEvent(event)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._own_widths.clear()
            self._measured.clear()
            self._fit()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        elif event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            self._hover(self.rowAt(event.position().toPoint().y()))
        return super().viewportEvent(event)

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(False)
        header.setSortIndicatorClearable(True)
        header.setMinimumSectionSize(CHECK_WIDTH)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        # Only from here on: setting up the header would already sort.
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._header_clicked)
        header.sectionResized.connect(self._section_resized)
        self.doubleClicked.connect(self._double_clicked)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self._model.checked_changed.connect(self.chosen_changed)

    def _selected_lines(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def _choose_lines(self, lines: Sequence[int], current: Sequence[int]) -> None:
        model = self.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        model.clearSelection()
        if current:
            model.setCurrentIndex(self._model.index(current[0], 0), flags.NoUpdate)
        for line in lines:
            model.select(self._model.index(line, 0), flags.Select | flags.Rows)

    def _hover(self, line: int) -> None:
        if line != self._cells.hovered:
            self._cells.hovered = line
            self.viewport().update()

    def _fit(self) -> None:
        """Give each column what its content needs; what is left goes to the stretching one."""
        if self._fitting:
            return
        self._fitting = True
        self.verticalHeader().setDefaultSectionSize(theme.pixels(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(theme.pixels(HEADER_HEIGHT))
        widths = [self._width(column) for column in range(self._model.columnCount())]
        room = self.viewport().width() - sum(widths)
        if room > 0 and widths:
            widths[self._model.stretch_column()] += room
        for column, width in enumerate(widths):
            self.setColumnWidth(column, width)
        self._fitting = False

    def _width(self, column: int) -> int:
        if column in self._own_widths:
            return self._own_widths[column]
        # Measuring asks for hundreds of words; a table is laid out many times between two lists.
        if column not in self._measured:
            self._measured[column] = self._measure(column)
        return self._measured[column]

    def _measure(self, column: int) -> int:
        spec = self._model.spec(column)
        if spec is None:
            return theme.pixels(CHECK_WIDTH)
        words, title = QFontMetrics(theme.font("body")), QFontMetrics(theme.font("heading"))
        widest = title.horizontalAdvance(spec.title) + theme.pixels(SORT_ROOM)
        for row in self._model.rows[:MEASURED_ROWS]:
            shown = spec.text(row)
            if isinstance(shown, ChipText):
                width = chip_size(shown.text).width() if shown.text else 0
            else:
                width = words.horizontalAdvance(shown)
            widest = max(widest, width)
        return min(widest, theme.pixels(LONGEST_CELL)) + 2 * theme.pixels(CELL_PADDING) + 2

    @Slot(int)
    def _header_clicked(self, column: int) -> None:
        if self._model.spec(column) is None:
            self._model.check_all(not self._model.all_checked())
            return
        selected = self._model.keys_of(self._selected_lines())
        current = self._model.keys_of([self.currentIndex().row()])
        self._model.sort_next(column)
        header = self.horizontalHeader()
        by, order = self._model.sorted_by()
        header.setSortIndicatorShown(by >= 0)
        header.setSortIndicator(by, order)
        self._choose_lines(self._model.lines_of(selected), self._model.lines_of(current))

    @Slot(int, int, int)
    def _section_resized(self, column: int, _before: int, width: int) -> None:
        if not self._fitting:
            self._own_widths[column] = width

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
