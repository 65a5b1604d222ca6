# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the inspection folder was written, until it is closed."""

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout

from egn_desktop import french
from egn_desktop.documents.unwritten import unwritten_words
from egn_desktop.ui.pages.home.inspection import Printed
from egn_desktop.ui.widgets.buttons import icon_button, plain_button
from egn_desktop.ui.widgets.labels import body


class ResultLine(QFrame):
    """How many documents, in which folder, and the button that opens it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "note")
        self.setProperty("tone", "good")
        self._printed: Printed | None = None
        self._text = body("")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._text, 1)
        row.addWidget(plain_button("Ouvrir le répertoire", self._open, "folder"))
        row.addWidget(icon_button("close", "Fermer ce message", self.hide))
        self.hide()

    def show_printed(self, printed: Printed) -> None:
        """Tell what was printed."""
        self._printed = printed
        how_many = french.count(printed.documents, "document")
        told = (f"{how_many} dans « {printed.folder} »", unwritten_words(printed.unwritten))
        self._text.setText("\n".join(filter(None, told)))
        self.setAccessibleName(self._text.text())
        self.show()

    @Slot()
    def _open(self) -> None:
        if self._printed is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._printed.folder)))
