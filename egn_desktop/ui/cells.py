# SPDX-License-Identifier: GPL-3.0-or-later
"""How a table paints its cells: rows under the pointer, selected rows, chips, boxes to tick."""

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from egn_desktop.typography import typeset
from egn_desktop.ui import theme
from egn_desktop.ui.icons import paint_icon
from egn_desktop.ui.rows_model import CHECK_COLUMN, TONE_ROLE
from egn_desktop.ui.stubs import place_and_state
from egn_desktop.ui.widgets.labels import chip_size, paint_chip

CELL_PADDING = 12
BOX = 18
ARROW = 14
ARROW_GAP = 4

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints every cell with the tokens."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        rect, state = place_and_state(option)
        self._paint_ground(painter, rect, state, index)
        inside = rect.adjusted(theme.pixels(CELL_PADDING), 0, -theme.pixels(CELL_PADDING), 0)
        ticked = index.data(Qt.ItemDataRole.CheckStateRole)
        tone = index.data(TONE_ROLE)
        text = typeset(index.data(Qt.ItemDataRole.DisplayRole) or "")
        if ticked is not None:
            paint_box(painter, rect, ticked=Qt.CheckState(ticked) == Qt.CheckState.Checked)
        elif tone and text:
            size = chip_size(text)
            chip = QRect(0, 0, min(size.width(), inside.width()), size.height())
            chip.moveCenter(inside.center())
            chip.moveLeft(inside.left())
            paint_chip(painter, chip, text, tone)
        elif text:
            painter.setFont(theme.font("body"))
            painter.setPen(QColor(theme.tokens().text))
            metrics = painter.fontMetrics()
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inside.width() + 1)
            painter.drawText(inside, index.data(Qt.ItemDataRole.TextAlignmentRole), shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        width = chip_size(text).width() + 2 * theme.pixels(CELL_PADDING)
        return QSize(width, theme.pixels(42))

    def _paint_ground(
        self, painter: QPainter, rect: QRect, state: QStyle.StateFlag, index: Index
    ) -> None:
        colours = theme.tokens()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours.brand_soft))
        elif index.row() == self.hovered:
            painter.fillRect(rect, QColor(colours.hover))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class TableHeader(QHeaderView):
    """The titles of the columns, with a box that ticks every row where rows can be ticked."""

    def __init__(self, checkable: bool, all_checked: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.corner = 0
        """The room left at the end to what stands there."""
        self._checkable = checkable
        self._all_checked = all_checked

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        if self.corner and self._is_last(logical_index):
            self._paint_corner(painter, rect)
            rect = rect.adjusted(0, 0, -self.corner, 0)
        painter.save()
        super().paintSection(painter, rect, logical_index)
        painter.restore()
        if self._checkable and logical_index == CHECK_COLUMN:
            painter.save()
            paint_box(painter, rect, ticked=self._all_checked())
            painter.restore()
        elif self.isSortIndicatorShown() and logical_index == self.sortIndicatorSection():
            self._paint_order(painter, rect, logical_index)

    def _is_last(self, column: int) -> bool:
        shown = [at for at in range(self.count()) if not self.isSectionHidden(at)]
        return column == shown[-1]

    def _paint_corner(self, painter: QPainter, rect: QRect) -> None:
        colours = theme.tokens()
        painter.save()
        painter.fillRect(rect, QColor(colours.surface))
        painter.setPen(QPen(QColor(colours.line), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _paint_order(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Paint the arrow beside the title, on the side that is free."""
        horizontal, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
        title = self.model().headerData(column, horizontal, role.DisplayRole)
        aligned = Qt.AlignmentFlag(
            self.model().headerData(column, horizontal, role.TextAlignmentRole)
        )
        taken = QFontMetrics(theme.font("heading")).horizontalAdvance(title)
        taken += theme.pixels(CELL_PADDING) + ARROW_GAP
        side = theme.pixels(ARROW)
        to_the_right = bool(Qt.AlignmentFlag(aligned) & Qt.AlignmentFlag.AlignRight)
        left = rect.right() - taken - side if to_the_right else rect.left() + taken
        up = self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder
        room = QRectF(left, rect.center().y() - side / 2, side, side)
        paint_icon(painter, room, "chevron-up" if up else "chevron-down", "muted")


def paint_box(painter: QPainter, room: QRect, *, ticked: bool) -> None:
    """Paint a box to tick in the middle of ``room``."""
    colours = theme.tokens()
    side = theme.pixels(BOX)
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(room).center())
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.brand if ticked else colours.edge), 1))
    painter.setBrush(QColor(colours.brand if ticked else colours.surface))
    painter.drawRoundedRect(box, 5, 5)
    if ticked:
        painter.setPen(QPen(QColor(colours.on_brand), 2, Qt.PenStyle.SolidLine))
        points = ((0.25, 0.53), (0.43, 0.7), (0.75, 0.34))
        painter.drawPolyline(
            QPolygonF([QPointF(box.left() + x * side, box.top() + y * side) for x, y in points])
        )
