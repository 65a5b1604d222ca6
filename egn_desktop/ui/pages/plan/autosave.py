# SPDX-License-Identifier: GPL-3.0-or-later
"""A text that is kept while it is typed: no keystroke is lost."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFocusEvent, QHideEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from egn_desktop.errors import UserError
from egn_desktop.letters import cleaned
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context

PAUSE_MS = 600
LEAST_LINES = 2

Save = Callable[[str], object]


class AutosaveText(QPlainTextEdit):
    """Saves a little after typing stops, and at once when it is left or hidden."""

    saved = Signal()

    def __init__(self, context: Context, *, grows: bool = False) -> None:
        super().__init__()
        self._context = context
        self._save: Save | None = None
        self._given = ""
        self._kept = ""
        self._grows = grows
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.WidgetWidth)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._typed)
        if grows:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.document().documentLayout().documentSizeChanged.connect(self._resized)

    @property
    def is_unsaved(self) -> bool:
        """Whether something typed is not kept yet."""
        return self._save is not None and self.toPlainText() != self._kept

    def bind(self, text: str, save: Save) -> None:
        """Show another text, kept from now on by ``save``; the one before is kept first."""
        self.flush()
        self._save = None
        self._put(text)
        self._save = save
        self._pause.stop()

    def show_text(self, text: str) -> None:
        """Show what the dossier now says, unless something typed is not kept yet."""
        if not self.is_unsaved and text != self._given:
            save, self._save = self._save, None
            self._put(text)
            self._save = save

    @Slot()
    def flush(self) -> None:
        """Keep what was typed now."""
        self._pause.stop()
        if self._save is None or not self.is_unsaved:
            return
        text, before = self.toPlainText(), self._kept
        # Noted before the write: what it tells its listeners must not come back here.
        self._kept = self._given = text
        try:
            self._save(cleaned(text))
        except UserError as error:
            self._kept = before
            self._context.fail(error)
        else:
            self.saved.emit()

    def _put(self, text: str) -> None:
        self.setPlainText(text)
        # The editor reads some spaces back otherwise than they were given: no change of anyone's.
        self._given, self._kept = text, self.toPlainText()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), self._wanted_height()) if self._grows else hint

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    @contained
    def hideEvent(self, event: QHideEvent) -> None:
        self.flush()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized()

    def _wanted_height(self) -> int:
        lines = max(int(self.document().size().height()), LEAST_LINES)
        return lines * self.fontMetrics().lineSpacing() + theme.pixels(22)

    @Slot()
    def _resized(self) -> None:
        if self._grows and self.height() != self._wanted_height():
            self.setFixedHeight(self._wanted_height())

    @Slot()
    def _typed(self) -> None:
        if self._save is not None:
            self._pause.start()
