# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets side by side, those that have no room left on a line of their own below."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

Line = list[tuple[QLayoutItem, QSize]]


class Flow(QLayout):
    """Lays out from left to right, then on the next line; ``apart`` pushes the last to the right.

    Only where it shares its line: alone on one, it begins where the others do.
    """

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, apart: bool = False
    ) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)
        self._apart = apart
        self._items: list[QLayoutItem] = []

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        left, top, right, bottom = self._margins()
        lines = self._lines(width - left - right)
        return top + bottom + self._height(lines)

    def sizeHint(self) -> QSize:
        left, top, right, bottom = self._margins()
        hints = [size for line in self._lines(1 << 20) for _, size in line]
        width = sum(size.width() for size in hints) + self.spacing() * max(len(hints) - 1, 0)
        height = max((size.height() for size in hints), default=0)
        return QSize(left + right + width, top + bottom + height)

    def minimumSize(self) -> QSize:
        left, top, right, bottom = self._margins()
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least + QSize(left + right, top + bottom)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        left, top, right, _ = self._margins()
        width = rect.width() - left - right
        y = rect.y() + top
        for line in self._lines(width):
            height = self._height([line])
            x = rect.x() + left
            taken = sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)
            for item, size in line:
                if self._apart and len(line) > 1 and item is line[-1][0]:
                    x += width - taken
                place = QPoint(x, y + (height - size.height()) // 2)
                item.setGeometry(QRect(place, size))
                x += size.width() + self.spacing()
            y += height + self.spacing()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[Line]:
        lines: list[Line] = []
        room = 0
        for item in self._shown():
            size = item.sizeHint().expandedTo(item.minimumSize())
            if size.width() > width:
                size = QSize(max(width, item.minimumSize().width()), size.height())
                if item.hasHeightForWidth():
                    size.setHeight(item.heightForWidth(size.width()))
            if not lines or size.width() > room:
                lines.append([])
                room = width
            lines[-1].append((item, size))
            room -= size.width() + self.spacing()
        return lines

    def _height(self, lines: list[Line]) -> int:
        heights = [max(size.height() for _, size in line) for line in lines]
        return sum(heights) + self.spacing() * max(len(heights) - 1, 0)

    def _margins(self) -> tuple[int, int, int, int]:
        margins = self.contentsMargins()
        return margins.left(), margins.top(), margins.right(), margins.bottom()
