# SPDX-License-Identifier: GPL-3.0-or-later
"""The domains at the left, each with how many of its questions were dealt with."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.icons import paint_icon
from egn_desktop.ui.stubs import place_and_state

ROW = 36
WIDTH = 236
MARK = 16
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class DomainRow:
    """One domain in the list; ``unsure`` when an answer of it is still to be found."""

    id: str
    title: str
    done: int
    total: int
    unsure: bool


class _Model(QAbstractListModel):
    """The domains; the row itself is under the user role."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: tuple[DomainRow, ...] = ()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{row.title} : {row.done} sur {row.total}"
            return words + (", des réponses à trouver" if row.unsure else "")
        return None

    def show(self, rows: Sequence[DomainRow]) -> None:
        """Show these domains; the same ones keep their place."""
        if [row.id for row in rows] == [row.id for row in self.rows]:
            self.rows = tuple(rows)
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
            return
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()


class _Delegate(QStyledItemDelegate):
    """Paints a domain: its name, its count, and a mark when nothing is left."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.pixels(WIDTH) - 24, theme.pixels(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: DomainRow = index.data(Qt.ItemDataRole.UserRole)
        colours = theme.tokens()
        place, state = place_and_state(option)
        room = QRectF(place).adjusted(0, 1, 0, -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = colours.brand_soft if chosen else colours.hover
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(room, 8, 8)
        inside = room.adjusted(12, 0, -12, 0)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("strong" if chosen else "body"))
        painter.setPen(QColor(colours.brand if chosen else colours.text))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, row.title)
        if row.done == row.total:
            side = theme.pixels(MARK)
            spot = QRectF(inside.right() - side, inside.center().y() - side / 2, side, side)
            icon, token = ("question", "attention") if row.unsure else ("check", "good")
            paint_icon(painter, spot, icon, token)
        else:
            painter.setFont(theme.font("help"))
            painter.setPen(QColor(colours.muted))
            count = f"{row.done}/{row.total}"
            painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, count)
        painter.restore()


class DomainList(QListView):
    """The list of domains; ``chosen`` is told the one to show."""

    chosen = Signal(str)
    entered_domain = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Model()
        self.setModel(self._rows)
        self._painter = _Delegate(self)
        self.setItemDelegate(self._painter)
        self.setAccessibleName("Domaines")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def show_rows(self, rows: Sequence[DomainRow]) -> None:
        """Show these domains."""
        self._rows.show(rows)
        self.updateGeometry()

    def set_current(self, domain: str) -> None:
        """Show which domain is open, without telling."""
        for place, row in enumerate(self._rows.rows):
            if row.id == domain and self.currentIndex().row() != place:
                self.selectionModel().blockSignals(True)
                self.setCurrentIndex(self._rows.index(place))
                self.selectionModel().blockSignals(False)
                self.viewport().update()

    def sizeHint(self) -> QSize:
        height = len(self._rows.rows) * theme.pixels(ROW) + 12
        return QSize(theme.pixels(WIDTH), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(WIDTH), theme.pixels(ROW) * 4)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.entered_domain.emit()
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Leave letters alone: they answer questions on this page."""

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._rows.rows[current.row()].id)


def left_column(parent: QWidget | None = None) -> QWidget:
    """Return the column that the list stands in."""
    column = QWidget(parent)
    column.setFixedWidth(theme.pixels(WIDTH))
    return column
