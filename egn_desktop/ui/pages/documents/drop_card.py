# SPDX-License-Identifier: GPL-3.0-or-later
"""A card on which a file can be dropped; its button asks for one, for those who do not drag."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent

from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.cards import Card


class DropCard(Card):
    """Takes one file at a time."""

    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)

    @contained
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _file(event) is not None:
            event.acceptProposedAction()
            self._mark(over=True)

    @contained
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(over=False)

    @contained
    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(over=False)
        file = _file(event)
        if file is not None:
            event.acceptProposedAction()
            self.dropped.emit(file)

    def _mark(self, *, over: bool) -> None:
        self.setProperty("pressed", "true" if over else "false")
        self.style().unpolish(self)
        self.style().polish(self)


def _file(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None
