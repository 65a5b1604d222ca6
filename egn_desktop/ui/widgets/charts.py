# SPDX-License-Identifier: GPL-3.0-or-later
"""Bars painted with the tokens: a value, or a range whose unsure part is a hatched tail."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetrics, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from egn_desktop.ui import theme

ROW = 28
BAR = 8
GAP = 12
LEAST_BAR = 72

Row = tuple[str, float, float, str]


class RangeBars(QWidget):
    """One bar a row, its value written beside it."""

    def __init__(self, accessible_name: str = "", rows: Sequence[Row] = ()) -> None:
        super().__init__()
        self._rows: tuple[Row, ...] = ()
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these bars: label, low and high ends from 0 to 1, value in words."""
        self._rows = tuple(rows)
        self.setAccessibleDescription(" ; ".join(f"{row[0]} : {row[3]}" for row in rows))
        self.updateGeometry()
        self.update()

    def rows(self) -> tuple[Row, ...]:
        return self._rows

    def sizeHint(self) -> QSize:
        names, values = self._columns()
        width = names + values + LEAST_BAR + 2 * GAP
        return QSize(width, len(self._rows) * theme.pixels(ROW))

    def minimumSizeHint(self) -> QSize:
        _, values = self._columns()
        return QSize(values + 2 * LEAST_BAR + 2 * GAP, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("body"))
        names, values = self._columns()
        names = min(names, self.width() - values - LEAST_BAR - 2 * GAP)
        height = theme.pixels(ROW)
        for line, (label, low, high, value) in enumerate(self._rows):
            top = line * height
            painter.setPen(QColor(theme.tokens().text))
            shown = painter.fontMetrics().elidedText(label, Qt.TextElideMode.ElideRight, names)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, top, names, height), middle, shown)
            painter.setPen(QColor(theme.tokens().muted))
            beside = QRectF(self.width() - values, top, values, height)
            painter.drawText(beside, middle | Qt.AlignmentFlag.AlignRight, value)
            left = names + GAP
            room = QRectF(left, top + (height - BAR) / 2, beside.left() - GAP - left, BAR)
            self._paint_bar(painter, room, low, high)
        painter.end()

    def _paint_bar(self, painter: QPainter, room: QRectF, low: float, high: float) -> None:
        colours = theme.tokens()
        shape = QPainterPath()
        shape.addRoundedRect(room, BAR / 2, BAR / 2)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(room, QColor(colours.track))
        low, high = max(0.0, min(low, 1.0)), max(0.0, min(high, 1.0))
        tail = QRectF(room.left(), room.top(), room.width() * high, room.height())
        if high > low:
            faint = QColor(colours.brand)
            faint.setAlphaF(0.38)
            painter.fillRect(tail, faint)
            hatch = QColor(colours.brand)
            hatch.setAlphaF(0.55)
            painter.fillRect(tail, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
        sure = QRectF(room.left(), room.top(), room.width() * low, room.height())
        painter.fillRect(sure, QColor(colours.brand))
        painter.restore()

    def _columns(self) -> tuple[int, int]:
        metrics = QFontMetrics(theme.font("body"))
        names = max((metrics.horizontalAdvance(row[0]) for row in self._rows), default=0)
        values = max((metrics.horizontalAdvance(row[3]) for row in self._rows), default=0)
        return names + 1, values + 1
