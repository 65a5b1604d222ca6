# SPDX-License-Identifier: GPL-3.0-or-later
"""For somebody who helps: try the program on this computer, and write a file without names."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from egn_desktop.support import self_test
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import body, muted


class SupportCard(Card):
    """The two things that are asked for first when something does not work."""

    def __init__(self, context: Context) -> None:
        super().__init__("Si quelque chose ne fonctionne pas")
        self._context = context
        self._try = plain_button("Essayer le logiciel", self._start_test)
        self._found = body("")
        self._found.hide()
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._try)
        row.addWidget(quiet_button("Écrire un diagnostic…", self._diagnose))
        row.addStretch()
        self.body.addWidget(
            muted(
                "L’essai crée un dossier imaginaire, imprime ses documents et la rouvre, sans "
                "toucher à vos dossiers ; il dure une minute environ. Le diagnostic est un "
                "fichier à transmettre : versions, réglages, nombres, défauts notés, sans aucun "
                "nom."
            )
        )
        self.body.addLayout(row)
        self.body.addWidget(self._found)

    @Slot()
    def _start_test(self) -> None:
        def work(progress: Progress) -> str:
            return self_test.run_apart(progress.check)

        self._try.setEnabled(False)
        self._found.hide()
        self._context.jobs.run(
            work, done=self._tell, failed=self._not_tried, label="Essai du logiciel"
        )

    def _tell(self, found: str) -> None:
        self._try.setEnabled(True)
        self._found.setText(found)
        self._found.show()

    def _not_tried(self, error: Exception) -> None:
        self._try.setEnabled(True)
        self._context.fail(error)

    @Slot()
    def _diagnose(self) -> None:
        path = self._context.ask_save_file(
            "Écrire un diagnostic", "diagnostic-egn-desktop.txt", "Texte (*.txt)"
        )
        if path is None:
            return
        dossier = self._context.services.dossier

        def work(_: Progress) -> Path:
            from egn_desktop.support import diagnosis

            diagnosis.write(path, dossier)
            return path

        self._context.jobs.run(work, done=self._written, label="Diagnostic")

    def _written(self, path: Path) -> None:
        self._context.say(f"Enregistré à {path}. Relisez-le avant de le transmettre.")
