# SPDX-License-Identifier: GPL-3.0-or-later
"""A pad to sign on: with a finger, a stylus or the mouse; dark ink on light paper, always."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from egn_desktop.documents.blocks import Drawing
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.tokens import LIGHT

ASPECT = 3.0
"""Width over height of the paper: that of a box on the printed page, about."""
WIDE, LEAST_WIDE = 560, 260
RADIUS = 8
BASE_LINE = 0.74
_TOUCHES = (QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd)

Stroke = list[tuple[float, float]]


class SignaturePad(QWidget):
    """What a hand draws, as strokes of points from 0 to 1; ``changed`` tells of each stroke."""

    changed = Signal()

    def __init__(self, accessible_name: str) -> None:
        super().__init__()
        self._strokes: list[Stroke] = []
        self._paths: list[QPainterPath] = []
        self._drawing = False
        self.setAccessibleName(accessible_name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        sizes = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        sizes.setHeightForWidth(True)
        self.setSizePolicy(sizes)
        self._describe()

    def drawing(self) -> Drawing | None:
        """Return what was drawn, or None."""
        if not self._strokes:
            return None
        return Drawing(tuple(tuple(stroke) for stroke in self._strokes), ASPECT)

    def set_drawing(self, drawing: Drawing | None) -> None:
        self.clear()
        for stroke in drawing.strokes if drawing else ():
            for number, point in enumerate(stroke):
                self._add(point, begins=not number)
            self._finish()
        self._told()

    def clear(self) -> None:
        if self._strokes:
            self._strokes, self._paths, self._drawing = [], [], False
            self._told()

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(WIDE), round(theme.pixels(WIDE) / ASPECT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.pixels(LEAST_WIDE), round(theme.pixels(LEAST_WIDE) / ASPECT))

    def heightForWidth(self, width: int) -> int:
        return round(min(width, theme.pixels(WIDE)) / ASPECT)

    @contained
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    @contained
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    @contained
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    @contained
    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QEvent.Type.TabletPress:
            self._begin(event.position())
        elif event.type() == QEvent.Type.TabletMove:
            self._go_on(event.position())
        else:
            self._end()
        event.accept()

    @contained
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent) and event.type() in _TOUCHES and event.points():
            # The first finger signs; a palm that rests beside it does not.
            where = event.points()[0].position()
            if event.type() == QEvent.Type.TouchBegin:
                self._begin(where)
            elif event.type() == QEvent.Type.TouchUpdate:
                self._go_on(where)
            else:
                self._end()
            event.accept()
            return True
        if event.type() == QEvent.Type.TouchCancel:
            self._end()
            return True
        return super().event(event)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        paper = self._paper()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QColor(theme.tokens().brand if self.hasFocus() else LIGHT.edge)
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(LIGHT.surface))
        painter.drawRoundedRect(paper.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        self._paint_line(painter, paper)
        pen = QPen(QColor(LIGHT.text), max(2.0, paper.width() * 0.0055))
        pen.setCosmetic(True)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.translate(paper.topLeft())
        painter.scale(paper.width(), paper.height())
        for stroke, path in zip(self._strokes, self._paths, strict=True):
            if len(stroke) == 1:
                painter.drawPoint(QPointF(*stroke[0]))
            else:
                painter.drawPath(path)
        painter.end()

    def _paint_line(self, painter: QPainter, paper: QRectF) -> None:
        margin = paper.width() * 0.06
        y = paper.top() + paper.height() * BASE_LINE
        painter.setPen(QPen(QColor(LIGHT.line), 1))
        painter.drawLine(QPointF(paper.left() + margin, y), QPointF(paper.right() - margin, y))
        if not self._strokes:
            painter.setFont(theme.font("help"))
            painter.setPen(QColor(LIGHT.muted))
            room = QRectF(paper.left(), y, paper.width(), paper.bottom() - y)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "Signez ici")

    def _paper(self) -> QRectF:
        """Return where the paper lies: as large as its proportions let it be, at the left."""
        width = min(float(self.width()), self.height() * ASPECT)
        return QRectF(0, 0, width, width / ASPECT)

    def _begin(self, where: QPointF) -> None:
        self._drawing = True
        self._add(self._point(where), begins=True)
        self.update()

    def _go_on(self, where: QPointF) -> None:
        if self._drawing:
            self._add(self._point(where), begins=False)
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self._finish()
            self._told()

    def _finish(self) -> None:
        """Lead the line to its last point, from the middle where it stopped."""
        if self._strokes and self._strokes[-1]:
            self._paths[-1].lineTo(QPointF(*self._strokes[-1][-1]))

    def _point(self, where: QPointF) -> tuple[float, float]:
        paper = self._paper()
        x, y = where.x() / max(paper.width(), 1), where.y() / max(paper.height(), 1)
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def _add(self, point: tuple[float, float], *, begins: bool) -> None:
        """Lengthen the line, curved through the middles of its pieces."""
        if begins:
            self._strokes.append([point])
            self._paths.append(QPainterPath(QPointF(*point)))
            return
        before = self._strokes[-1][-1]
        if point == before:
            return
        self._strokes[-1].append(point)
        middle = QPointF((before[0] + point[0]) / 2, (before[1] + point[1]) / 2)
        self._paths[-1].quadTo(QPointF(*before), middle)

    def _told(self) -> None:
        self._describe()
        self.update()
        self.changed.emit()

    def _describe(self) -> None:
        self.setAccessibleDescription(
            "Une signature est dessinée."
            if self._strokes
            else (
                "Se dessine du doigt, au stylet ou à la souris. Au clavier, cochez la signature "
                "par le nom."
            )
        )
