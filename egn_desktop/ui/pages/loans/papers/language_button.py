# SPDX-License-Identifier: GPL-3.0-or-later
"""An agreement with a second language beside French: one button, one choice, one PDF."""

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from egn_desktop.inventory.papers.keys import in_language
from egn_desktop.school.languages import languages
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import quiet_button


class LanguageButton(QWidget):
    """Prints a document in French and in a language that is chosen from a menu.

    ``key`` is that of the document in French alone.
    """

    def __init__(self, context: Context, document_id: str, key: str) -> None:
        super().__init__()
        self._context, self._document_id, self._key = context, document_id, key
        words = "En français et dans une autre langue"
        self._button = quiet_button(words, self._choose, "chevron-down")
        self.menu = QMenu(self)
        for language in languages():
            action = QAction(language.label, self)
            action.setData(language.id)
            action.triggered.connect(self._print)
            self.menu.addAction(action)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._button)
        line.addStretch()
        self.setFocusProxy(self._button)

    @Slot()
    def _choose(self) -> None:
        self.menu.popup(self._button.mapToGlobal(QPoint(0, self._button.height() + 4)))

    @Slot()
    def _print(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._context.print_document(self._document_id, in_language(self._key, action.data()))
