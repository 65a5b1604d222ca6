# SPDX-License-Identifier: GPL-3.0-or-later
"""One photo, small: a button that shows it large, and pictures read at the size they are shown."""

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QImageReader,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton

from egn_desktop import french
from egn_desktop.inventory.stock.queries.photos import PhotoRow
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.buttons import KEYBOARD
from egn_desktop.ui.widgets.tips import set_tip

SIDE = 84
RADIUS = 8
SHARPEST = 3
"""A thumbnail is read at up to this many times its size: screens and text sizes differ."""


def photo_words(row: PhotoRow) -> str:
    """Return what a photo is called: its day, and its caption if it has one."""
    day = f"Photo du {french.short_date(row.taken_on)}"
    return f"{day} : {row.caption}" if row.caption else day


def read_image(content: bytes, side: int = 0) -> QImage:
    """Return a picture, no larger than needed to fill a square of ``side``; whole without one."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpg"))
    if side and reader.size().isValid():
        square = QSize(side, side)
        grown = reader.size().scaled(square, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        reader.setScaledSize(grown.boundedTo(reader.size()))
    return reader.read()


class PhotoThumb(QAbstractButton):
    """A photo as a small square; Delete asks to remove it."""

    removal_wanted = Signal()

    def __init__(self, row: PhotoRow, load: Callable[[], QImage]) -> None:
        super().__init__()
        self.row = row
        # Read when it is first seen: most are below what a panel shows at once.
        self._load = load
        self._image: QImage | None = None
        self._ringed = False
        self.setAccessibleName(photo_words(row))
        self.setAccessibleDescription("Entrée la montre en grand, Suppr la retire du dossier.")
        set_tip(self, photo_words(row))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(theme.pixels(SIDE), theme.pixels(SIDE))

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.removal_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = QPainterPath()
        edge.addRoundedRect(room, RADIUS, RADIUS)
        painter.save()
        painter.setClipPath(edge)
        painter.fillRect(room, theme.colour("track"))
        if self._image is None:
            self._image = self._load()
        painter.drawImage(room, self._image, _middle(self._image))
        painter.restore()
        painter.setPen(QPen(theme.colour("brand" if self._ringed else "line"), 1 + self._ringed))
        painter.drawPath(edge)
        painter.end()


def _middle(image: QImage) -> QRectF:
    """Return the largest square in the middle of a picture."""
    side = min(image.width(), image.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(QRectF(image.rect()).center())
    return square
