# SPDX-License-Identifier: GPL-3.0-or-later
"""The line that says at opening that another copy of the dossier lies beside it."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout
from shiboken6 import isValid

from egn_desktop import paths
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import icon_button, plain_button
from egn_desktop.ui.widgets.labels import body


class CopiesStrip(QFrame):
    """Hidden until such a copy is found; ``compare_asked`` tells which one is to be compared."""

    compare_asked = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._found: Sequence[Path] = ()
        self.setProperty("role", "note")
        self.setProperty("tone", "brand")
        self._text = body("")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(self._text, 1)
        row.addWidget(plain_button("Comparer…", self._compare))
        row.addWidget(icon_button("close", "Fermer cette ligne", self._dismiss))
        self.hide()
        dossier = context.services.dossier
        if paths.is_demonstration(dossier.path):
            return

        def work(_: Progress) -> Sequence[Path]:
            from egn_desktop.dossier.copies import siblings
            from egn_desktop.dossier.copies.aside import to_be_told

            found = siblings(dossier.path, dossier.dossier_id)
            return to_be_told(dossier.dossier_id, found)

        # A share may take its time.
        context.jobs.run(work, done=self._looked, label="Recherche d’autres copies")

    def _looked(self, found: Sequence[Path]) -> None:
        if not found or not isValid(self):
            return
        self._found = found
        changed = datetime.fromtimestamp(found[0].stat().st_mtime).astimezone()
        text = (
            f"Une autre copie de ce dossier est dans le même répertoire : « {found[0].name} », "
            f"modifiée le {changed:%d/%m/%Y à %H:%M}."
        )
        if len(found) > 1:
            text = f"{text} Il y en a {len(found) - 1} de plus."
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()

    @Slot()
    def _compare(self) -> None:
        if self._found:
            self.compare_asked.emit(self._found[0])
            self.hide()

    @Slot()
    def _dismiss(self) -> None:
        """Say no more of these copies, at the next openings too, until one of them changes."""
        self.hide()
        dossier, found = self._context.services.dossier, self._found

        def work(_: Progress) -> None:
            from egn_desktop.dossier.copies.aside import set_aside

            set_aside(dossier, found)

        self._context.jobs.run(work, done=bool, label="")
