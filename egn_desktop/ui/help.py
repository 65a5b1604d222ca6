# SPDX-License-Identifier: GPL-3.0-or-later
"""F1: the page of the user guide that belongs to what is shown, and what is found in the guide."""

from typing import Any, Final

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.ui import guide
from egn_desktop.ui.contain import contained
from egn_desktop.ui.widgets.buttons import icon_button, quiet_button
from egn_desktop.ui.widgets.labels import section
from egn_desktop.ui.widgets.search import SearchField

GUIDE_PAGES = {
    "welcome": "demarrer.md",
    "home": "README.md",
    "audit": "audit.md",
    "loans": "prets.md",
    "plan": "plan.md",
    "drills": "exercices.md",
    "documents": "documents.md",
    "settings": "dossier.md",
}
WIDTH = 440
HEADING_AIR, PARAGRAPH_AIR, ITEM_AIR = 14, 8, 3
LINE_PERCENT = 125.0
PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
FOUND: Final = "recherche.md"
"""The name of what is found, as a page: so one goes there and back as to any other."""


class GuideBrowser(QTextBrowser):
    """Shows the guide without its commands, and what is found in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Page du mode d’emploi")
        self.setOpenExternalLinks(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.sourceChanged.connect(self._arrive)

    @contained
    def loadResource(self, type: int, name: QUrl | str) -> Any:
        name = QUrl(name)
        if type != QTextDocument.ResourceType.MarkdownResource.value:
            return super().loadResource(type, name)
        if name.fileName() == FOUND:
            return guide.results(name.query(QUrl.ComponentFormattingOption.FullyDecoded))
        return guide.page(name.fileName())

    @Slot(QUrl)
    def _arrive(self, source: QUrl) -> None:
        """Give the page air, and show the heading that was asked for, else its beginning."""
        wanted = source.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
        place = QTextCursor(self.document())
        block = self.document().begin()
        while block.isValid():
            if not QTextCursor(block).currentTable():
                form = block.blockFormat()
                if wanted and form.headingLevel() and block.text() == wanted:
                    place = QTextCursor(block)
                form.setTopMargin(HEADING_AIR if form.headingLevel() > 1 else 0)
                form.setBottomMargin(ITEM_AIR if block.textList() else PARAGRAPH_AIR)
                form.setLineHeight(LINE_PERCENT, PROPORTIONAL)
                QTextCursor(block).setBlockFormat(form)
            block = block.next()
        self.moveCursor(QTextCursor.MoveOperation.End)
        # From below, so that the heading comes to stand at the top.
        self.setTextCursor(place)
        self.verticalScrollBar().setValue(
            self.verticalScrollBar().value() + self.cursorRect(place).top()
        )


class HelpPanel(QFrame):
    """The guide, over the right side of the window; Escape closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Mode d’emploi")
        self._browser = GuideBrowser()
        self.search = SearchField("Chercher dans le mode d’emploi")
        self.search.text_changed.connect(self._find)
        contents = quiet_button("Sommaire", self._show_contents)
        shortcuts = quiet_button("Raccourcis", self.show_shortcuts)
        close = icon_button("close", "Fermer le mode d’emploi", self.close_panel)
        head = QHBoxLayout()
        head.addWidget(section("Mode d’emploi"))
        head.addStretch()
        head.addWidget(contents)
        head.addWidget(shortcuts)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self._browser)
        self.hide()

    def show_page(self, page_id: str, name: str = "") -> None:
        """Open the guide's page for a page of the rail or the assistant, or the one named."""
        self._show(name or GUIDE_PAGES.get(page_id, guide.CONTENTS))

    @Slot()
    def show_shortcuts(self) -> None:
        """Open the guide at the list of keys."""
        self._show(guide.SHORTCUTS)

    def _show(self, name: str) -> None:
        self._open(name)
        self.place()
        self.show()
        self.raise_()
        self._browser.setFocus()

    def close_panel(self) -> None:
        """Hide the guide, if it is shown."""
        if self.isHidden():
            return
        self.hide()
        self.closed.emit()

    def place(self) -> None:
        """Keep to the right edge of the parent, its full height."""
        parent = self.parentWidget() or self
        width = min(self.fontMetrics().averageCharWidth() * 60, WIDTH, parent.width())
        self.setGeometry(parent.width() - width, 0, width, parent.height())

    @Slot(str)
    def _find(self, words: str) -> None:
        if not words.strip():
            self._show_contents()
            return
        address = QUrl.fromLocalFile(str(paths.guide() / FOUND))
        address.setQuery(words, QUrl.ParsingMode.DecodedMode)
        self._browser.setSource(address)

    def _show_contents(self) -> None:
        self._open(guide.CONTENTS)

    def _open(self, name: str) -> None:
        self._browser.setSource(QUrl.fromLocalFile(str(paths.guide() / name)))
