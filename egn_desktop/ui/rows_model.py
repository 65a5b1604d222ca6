# SPDX-License-Identifier: GPL-3.0-or-later
"""The model of a table: a list of rows, and columns that say what to show of one."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from egn_desktop.collation import natural_key
from egn_desktop.lists import Order
from egn_desktop.ui.widgets.tips import literal

CHECK_COLUMN = 0
TONE_ROLE = Qt.ItemDataRole.UserRole + 1
LONG_TEXT = 40
MOST_READ = 3_000

_ROLES_OF_TEXT = {
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.ToolTipRole,
    TONE_ROLE,
}
"""What needs the words of a cell: Qt asks for many other things, many times."""

# Put together once: Qt asks for them of each cell, over and over.
_CELL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_BOX = _CELL | Qt.ItemFlag.ItemIsUserCheckable

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


@dataclass(frozen=True, slots=True)
class ChipText:
    """A state in words, shown as a chip; an empty text shows nothing."""

    text: str
    tone: str = "neutral"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column.

    Attributes:
        text: what to show of a row.
        sort: what to sort by, None coming last; the text itself when not given.
        by: what the list is asked to sort by, where it is not this table that sorts.
        stretch: takes the room that is left.
        shown: as long as nobody chose otherwise.
    """

    title: str
    text: Callable[[Any], "str | ChipText"]
    sort: Callable[[Any], Any] | None = None
    stretch: bool = False
    align_right: bool = False
    shown: bool = True
    by: str | None = None


class RowsModel(QAbstractTableModel):
    """Rows as a table, sorted by one column or as given.

    A list that may be long comes sorted and narrowed: its columns say ``by`` what, and who fills
    the table gives it other rows when they are ``asked`` for. ``texts_of`` is what such a column
    can be narrowed to.
    """

    checked_changed = Signal()
    asked = Signal()

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        *,
        checkable: bool = False,
        key: Callable[[Any], Hashable] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.checkable = checkable
        self.rows: list[Any] = []
        self.texts_of: Callable[[str], Sequence[str]] = _no_texts
        self._columns = tuple(columns)
        self._is_served = any(spec.by is not None for spec in columns)
        self._key = key or _key
        self._given: list[Any] = []
        self._only: dict[int, str] = {}
        self._checked: set[Hashable] = set()
        self._by = -1
        self._order = Qt.SortOrder.AscendingOrder

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these rows, in the order in force."""
        self.beginResetModel()
        self._given = list(rows)
        self.rows = self.in_order(self._given)
        kept = self._checked & {self._key(row) for row in rows} if self._checked else self._checked
        lost = kept != self._checked
        self._checked = kept
        self.endResetModel()
        if lost:
            self.checked_changed.emit()

    def spec(self, column: int) -> ColumnSpec | None:
        """Return what a column shows; None for the boxes to tick."""
        place = column - self.checkable
        return self._columns[place] if place >= 0 else None

    def specs(self) -> list[tuple[int, ColumnSpec]]:
        """Return the columns and what they show, without the boxes to tick."""
        return [(place + self.checkable, spec) for place, spec in enumerate(self._columns)]

    def title(self, column: int) -> str:
        """Return a column's title, with what it narrows the rows to."""
        spec = self.spec(column)
        if spec is None:
            return ""
        if column in self._only:
            return f"{spec.title}\u202f: {self._only[column] or 'vide'}"
        return spec.title

    def stretch_column(self) -> int:
        """Return the column that takes the room left: the one that says so, else the last."""
        for place, spec in enumerate(self._columns):
            if spec.stretch:
                return place + self.checkable
        return self.columnCount() - 1

    def keys_of(self, lines: Iterable[int]) -> set[Hashable]:
        """Return what names the rows of these lines for as long as they exist."""
        return {self._key(self.rows[line]) for line in lines if 0 <= line < len(self.rows)}

    def lines_of(self, keys: set[Hashable]) -> list[int]:
        """Return the lines where the rows so named now stand."""
        if not keys:
            return []
        return [line for line, row in enumerate(self.rows) if self._key(row) in keys]

    def sort_next(self, column: int) -> None:
        """Sort by a column; again, the other way; again, as given."""
        if column != self._by:
            self.sort(column, Qt.SortOrder.AscendingOrder)
        elif self._order == Qt.SortOrder.AscendingOrder:
            self.sort(column, Qt.SortOrder.DescendingOrder)
        else:
            self.sort(-1)

    def only(self, column: int, text: str | None) -> None:
        """Show only the rows that show this text in a column; all of them when None."""
        self._only = {at: texts for at, texts in self._only.items() if at != column}
        self._only |= {} if text is None else {column: text}
        if self._is_served:
            self.asked.emit()
            return
        self.beginResetModel()
        self.rows = self.in_order(self._given)
        self.endResetModel()

    def order(self) -> Order | None:
        """Return the order in which the list is asked for its rows; None for its own."""
        spec = self.spec(self._by) if self._by >= 0 else None
        descending = self._order == Qt.SortOrder.DescendingOrder
        return Order(spec.by, descending) if spec is not None and spec.by is not None else None

    def asked_only(self) -> dict[str, str]:
        """Return what the list is asked to show alone: the names of columns, and their texts."""
        asked = ((spec.by, self._only.get(column)) for column, spec in self.specs())
        return {by: text for by, text in asked if by is not None and text is not None}

    def narrowed_by(self) -> dict[int, str]:
        """Return the columns that narrow the rows, and the text that each must show."""
        return dict(self._only)

    def texts(self, column: int) -> list[str]:
        """Return what a column shows, each text once, in the order of a dictionary."""
        spec = self.spec(column)
        if spec is None:
            return []
        if spec.by is not None:
            return list(self.texts_of(spec.by))
        return sorted(set(map(_by_text(spec), self._given[:MOST_READ])), key=natural_key)

    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """Return the column in force, -1 for the order given, and its direction."""
        return self._by, self._order

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self._is_served:
            self._by, self._order = column, order
            self.asked.emit()
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(self._key(self.rows[index.row()]), index.column()) for index in before]
        self._by, self._order = column, order
        self.rows = self.in_order(self._given)
        lines = {self._key(row): line for line, row in enumerate(self.rows if kept else ())}
        after = [self.index(lines[key], place) for key, place in kept]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def toggle(self, lines: Sequence[int]) -> None:
        """Tick these lines; untick them when all are."""
        keys = self.keys_of(lines)
        self._set_checked(self._checked - keys if keys <= self._checked else self._checked | keys)

    def check_all(self, ticked: bool) -> None:
        """Tick every row, or none."""
        self.check_rows(lambda _: ticked)

    def check_rows(self, predicate: Callable[[Any], bool]) -> None:
        """Tick exactly the rows of which ``predicate`` is true."""
        self._set_checked({self._key(row) for row in self.rows if predicate(row)})

    def checked_rows(self) -> list[Any]:
        """Return the rows ticked, in the order shown."""
        return [row for row in self.rows if self._key(row) in self._checked]

    def all_checked(self) -> bool:
        """Whether every row is ticked."""
        return bool(self.rows) and len(self._checked) == len(self.rows)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns) + self.checkable

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _CELL if self.spec(index.column()) else _BOX

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, spec = self.rows[index.row()], self.spec(index.column())
        if spec is None:
            return self._check_data(row, role)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(spec)
        if role not in _ROLES_OF_TEXT:
            return None
        shown = spec.text(row)
        text = shown.text if isinstance(shown, ChipText) else shown
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{spec.title} : {text}"
            case Qt.ItemDataRole.ToolTipRole:
                return literal(text) if len(text) > LONG_TEXT else None
            case _:
                return shown.tone if isinstance(shown, ChipText) else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        key = self._key(self.rows[index.row()])
        ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        self._set_checked(self._checked | {key} if ticked else self._checked - {key})
        return True

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < self.columnCount():
            return None
        spec = self.spec(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(section)
        if role == Qt.ItemDataRole.TextAlignmentRole and spec:
            return _alignment(spec)
        if role == Qt.ItemDataRole.ToolTipRole and spec is None:
            return "Tout cocher ou tout décocher"
        return None

    def _check_data(self, row: Any, role: int) -> Any:
        ticked = self._key(row) in self._checked
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "Coché" if ticked else "Non coché"
        return None

    def _set_checked(self, keys: set[Hashable]) -> None:
        if keys == self._checked:
            return
        self._checked = keys
        if self.rows:
            last = self.index(len(self.rows) - 1, CHECK_COLUMN)
            self.dataChanged.emit(self.index(0, CHECK_COLUMN), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, CHECK_COLUMN, CHECK_COLUMN)
        self.checked_changed.emit()

    def in_order(self, rows: Sequence[Any]) -> list[Any]:
        """Return rows as they are shown: those that are, in the order in force."""
        if self._is_served:
            return list(rows)
        for column, text in self._only.items():
            narrowing = self.spec(column)
            if narrowing is not None:
                shown = _by_text(narrowing)
                rows = [row for row in rows if shown(row) == text]
        spec = self.spec(self._by) if self._by >= 0 else None
        return list(rows) if spec is None else _sorted(rows, spec, self._order)


def _sorted(rows: Sequence[Any], spec: ColumnSpec, order: Qt.SortOrder) -> list[Any]:
    by = spec.sort or _by_text(spec)
    keyed = [(_sorting_key(by(row)), row) for row in rows]
    known = [pair for pair in keyed if pair[0] is not None]
    unknown = [row for key, row in keyed if key is None]
    known.sort(key=itemgetter(0), reverse=order == Qt.SortOrder.DescendingOrder)
    return [row for _, row in known] + unknown


def _sorting_key(value: Any) -> Any:
    return (natural_key(value) or None) if isinstance(value, str) else value


def _no_texts(_by: str) -> Sequence[str]:
    return ()


def _by_text(spec: ColumnSpec) -> Callable[[Any], str]:
    def by(row: Any) -> str:
        shown = spec.text(row)
        return shown.text if isinstance(shown, ChipText) else shown

    return by


def _alignment(spec: ColumnSpec) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if spec.align_right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _key(row: Any) -> Hashable:
    for name in ("id", "key"):
        found = getattr(row, name, None)
        if found is not None and not callable(found):
            return found
    return row if isinstance(row, Hashable) else repr(row)
