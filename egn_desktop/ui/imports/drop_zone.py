# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a file is dropped, or chosen."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.exchange.reading import SUFFIXES
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.icons import paint_icon
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.labels import muted, strong

RADIUS = 12
ICON_SIDE = 32
TEXT_WIDTH = 420


class _Picture(QWidget):
    """The icon of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(ICON_SIDE, ICON_SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_icon(painter, QRectF(self.rect()), "spreadsheet", "brand")
        painter.end()


class DropZone(QFrame):
    """Takes a file dropped on it; its button asks for one."""

    wanted = Signal()
    dropped = Signal(object)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._over = False
        self.setAcceptDrops(True)
        self.setAccessibleName("Fichier à importer")
        self.setAccessibleDescription(text)
        self.button = plain_button("Choisir un fichier", self._pressed, "folder")
        what = strong("Déposez ici le fichier de la liste")
        help = muted(text)
        centre = Qt.AlignmentFlag.AlignHCenter
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 28, 24, 28)
        column.setSpacing(8)
        column.addWidget(_Picture(), 0, centre)
        for label in (what, help):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMaximumWidth(theme.pixels(TEXT_WIDTH))
            line = QHBoxLayout()
            line.addStretch(1)
            line.addWidget(label, 100)
            line.addStretch(1)
            column.addLayout(line)
        column.addSpacing(8)
        column.addWidget(self.button, 0, centre)

    @contained
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if file_of(event.mimeData()) is not None:
            event.acceptProposedAction()
            self._set_over(True)

    @contained
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_over(False)

    @contained
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_over(False)
        file = file_of(event.mimeData())
        if file is not None:
            event.acceptProposedAction()
            self.dropped.emit(file)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("brand" if self._over else "edge"), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        if self._over:
            painter.setBrush(theme.colour("brand_soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.end()

    @Slot()
    def _pressed(self) -> None:
        self.wanted.emit()

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()


def file_of(data: QMimeData) -> Path | None:
    """Return the one file that is dragged, or None."""
    urls = data.urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None


def file_filter(lists: str, everything: str) -> str:
    """Return the filter of the file dialog: what can be read, then anything."""
    return f"{lists} ({' '.join(f'*.{suffix}' for suffix in SUFFIXES)});;{everything} (*)"
