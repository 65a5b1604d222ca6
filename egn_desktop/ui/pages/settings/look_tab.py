# SPDX-License-Identifier: GPL-3.0-or-later
"""Theme and text size, kept on this machine and shown at once."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from egn_desktop.settings import TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form

WIDTH = 560


class LookTab(QWidget):
    """How the window looks on this machine."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._settings = context.settings
        form = Form()
        form.add_choice(
            "theme",
            "Thème",
            (
                (Theme.SYSTEM, "Comme l’ordinateur"),
                (Theme.LIGHT, "Clair"),
                (Theme.DARK, "Sombre"),
            ),
            value=self._settings.theme,
        )
        form.add_choice(
            "text_size",
            "Taille du texte",
            (
                (TextSize.NORMAL, "Normale"),
                (TextSize.LARGE, "Grande"),
                (TextSize.LARGER, "Très grande"),
            ),
            value=self._settings.text_size,
            help="Ces deux choix valent pour cet ordinateur, quel que soit le dossier.",
        )
        form.edited.connect(self._edited)
        self._form = form
        form.setMaximumWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(form)
        column.addStretch()

    @Slot(str, object)
    def _edited(self, name: str, value: object) -> None:
        setattr(self._settings, name, value)
        self._settings.save()
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, self._settings)
        self._form.note_saved()
