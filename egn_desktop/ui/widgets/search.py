# SPDX-License-Identifier: GPL-3.0-or-later
"""The field on top of a list, to search by hand or with a scanner."""

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.icons import icon, paint_icon

PAUSE_MS = 40
"""Longer than between the keys of a scanner, shorter than between those of a hand."""

ICON_SIDE = 18


class SearchField(QLineEdit):
    """A search field: tells the text after a short pause, and at once on Enter."""

    text_changed = Signal(str)
    submitted = Signal(str)

    def __init__(self, placeholder: str, icon_name: str = "search") -> None:
        super().__init__()
        self._told = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self._icon = icon_name
        self._clear = self.addAction(
            icon("close", "muted"), QLineEdit.ActionPosition.TrailingPosition
        )
        self._clear.setText("Effacer la recherche")
        self._clear.setVisible(False)
        self._clear.triggered.connect(self._empty)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._submit)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = theme.pixels(ICON_SIDE)
        painter = QPainter(self)
        room = QRectF(theme.pixels(12), (self.height() - side) / 2, side, side)
        paint_icon(painter, room, self._icon, "muted")
        painter.end()

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self._empty()
            return
        super().keyPressEvent(event)

    def _make_room(self) -> None:
        self.setTextMargins(theme.pixels(ICON_SIDE + 8), 0, 0, 0)

    @Slot(str)
    def _typed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._pause.start()

    @Slot()
    def _tell(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._told:
            self._told = text
            self.text_changed.emit(text)

    @Slot()
    def _submit(self) -> None:
        self._tell()
        self.submitted.emit(self.text().strip())

    @Slot()
    def _empty(self) -> None:
        self.clear()
        self._tell()
