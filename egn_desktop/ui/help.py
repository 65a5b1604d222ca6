# SPDX-License-Identifier: GPL-3.0-or-later
"""F1: the page of the user guide that belongs to what is shown."""

from PySide6.QtCore import Qt, QUrl, Signal, Slot
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.ui.widgets.buttons import icon_button, quiet_button
from egn_desktop.ui.widgets.labels import section

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


class HelpPanel(QFrame):
    """The guide, over the right side of the window; Escape closes it."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName("Mode d’emploi")
        self._browser = QTextBrowser()
        self._browser.setAccessibleName("Page du mode d’emploi")
        self._browser.setOpenExternalLinks(True)
        self._browser.setFrameShape(QFrame.Shape.NoFrame)
        self._browser.sourceChanged.connect(self._give_air)
        contents = quiet_button("Sommaire", self._show_contents)
        close = icon_button("close", "Fermer le mode d’emploi", self.close_panel)
        head = QHBoxLayout()
        head.addWidget(section("Mode d’emploi"))
        head.addStretch()
        head.addWidget(contents)
        head.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 12, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._browser)
        self.hide()

    def show_page(self, page_id: str, name: str = "") -> None:
        """Open the guide's page for a page of the rail or the assistant, or the one named."""
        self._open(name or GUIDE_PAGES.get(page_id, "README.md"))
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

    @Slot()
    def _give_air(self) -> None:
        """Space what Qt's Markdown sets without any: headings, paragraphs, items."""
        block = self._browser.document().begin()
        while block.isValid():
            if not QTextCursor(block).currentTable():
                form = block.blockFormat()
                form.setTopMargin(HEADING_AIR if form.headingLevel() > 1 else 0)
                form.setBottomMargin(ITEM_AIR if block.textList() else PARAGRAPH_AIR)
                form.setLineHeight(LINE_PERCENT, PROPORTIONAL)
                QTextCursor(block).setBlockFormat(form)
            block = block.next()
        self._browser.moveCursor(QTextCursor.MoveOperation.Start)

    def _show_contents(self) -> None:
        self._open("README.md")

    def _open(self, name: str) -> None:
        self._browser.setSource(QUrl.fromLocalFile(str(paths.guide() / name)))
