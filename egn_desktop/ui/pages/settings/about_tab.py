# SPDX-License-Identifier: GPL-3.0-or-later
"""The version, the licences, and the texts that the content comes from."""

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from egn_desktop import VERSION, content, paths
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.settings.support_card import SupportCard
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import body, muted, section

SOURCES_HEIGHT = 260


def sources_text() -> str:
    """Return the sources of the content as Markdown, in alphabetical order."""
    lines: list[str] = []
    for source in sorted(content.sources().values(), key=lambda source: source.title.casefold()):
        if source.is_own_proposal:
            continue
        title = f"[{source.title}]({source.address})" if source.address else source.title
        place = f", {source.place}" if source.place else ""
        lines.append(f"- {title}{place} ({source.publisher}, {source.year})")
    return "\n".join(lines)


class AboutTab(QWidget):
    """What this program is, what it is made of, and where its content comes from."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(section(f"EGN Desktop {VERSION}"))
        column.addWidget(
            body(
                "Logiciel libre, sous licence GNU GPL version 3 ou ultérieure. Il ne se "
                "connecte à rien : rien de ce que vous saisissez ne quitte cet ordinateur."
            )
        )
        column.addWidget(
            muted(
                "Polices : Inter, JetBrains Mono et Noto Sans Arabic (SIL OFL 1.1). Icônes : "
                "Lucide (ISC). Chiffrement : SQLCipher. Fenêtre : Qt (LGPL)."
            )
        )
        left = Qt.AlignmentFlag.AlignLeft
        column.addWidget(
            quiet_button("Ouvrir le répertoire du logiciel", self._open_folder), 0, left
        )
        column.addSpacing(12)
        column.addWidget(SupportCard(context))
        column.addSpacing(12)
        column.addWidget(section("Textes sur lesquels s’appuie le contenu"))
        column.addWidget(
            muted(
                "Ce qui ne vient d’aucun texte est marqué « Proposition EGN Desktop » à "
                "l’écran et dans les documents."
            )
        )
        browser = QTextBrowser()
        browser.setAccessibleName("Textes sur lesquels s’appuie le contenu")
        browser.setOpenExternalLinks(True)
        browser.setMinimumHeight(SOURCES_HEIGHT)
        browser.setMarkdown(sources_text())
        column.addWidget(browser, 1)
        column.addWidget(muted(f"Journal technique : {paths.technical_log()}"))

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.user_data())))
