# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the backups also go, off this computer: chosen once, then written at each closing."""

from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout

from egn_desktop import french
from egn_desktop.dossier import backup as backups
from egn_desktop.dossier import elsewhere
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import body, muted


class SecondPlaceCard(Card):
    """The place, when it last held the newest backup, and how to choose another."""

    def __init__(self, context: Context) -> None:
        super().__init__("Un second emplacement")
        self._context = context
        self._dossier = context.services.dossier
        self._state = body("")
        self._choose = plain_button("", self._ask)
        self._leave = quiet_button("Ne plus l’utiliser", self._give_up)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._choose)
        row.addWidget(self._leave)
        row.addStretch()
        self.body.addWidget(self._state)
        self.body.addLayout(row)
        self.body.addWidget(
            muted(
                "Une clé USB rangée ailleurs, un partage du réseau ou un répertoire "
                "synchronisé : la sauvegarde y est copiée à chaque fermeture, s’il est là. "
                "Avec la fiche de secours, elle suffit à tout retrouver sur un autre "
                "ordinateur, après un vol ou une panne."
            )
        )

    def reload(self) -> None:
        """Show the place as it is known here; no disk is asked."""
        place = elsewhere.second_place(self._dossier.dossier_id)
        self._leave.setVisible(place is not None)
        self._choose.setEnabled(not self._dossier.read_only)
        if place is None:
            self._choose.setText("Choisir une clé ou un répertoire…")
            self._state.setText(
                "Toutes les sauvegardes sont sur cet ordinateur : un vol les emporterait "
                "avec le dossier."
            )
            return
        self._choose.setText("Choisir un autre emplacement…")
        if place.seen_at is None:
            self._state.setText(f"{place.chosen} : rien n’y est encore.")
            return
        held = french.count(place.held, "sauvegarde", "sauvegardes")
        self._state.setText(
            f"{place.chosen} : à jour le {french.long_date(place.last_seen)}, {held}."
        )

    @Slot()
    def _ask(self) -> None:
        folder = self._context.ask_folder("Où copier aussi les sauvegardes ?")
        if folder is None:
            return
        dossier = self._dossier

        def work(_: Progress) -> Path:
            elsewhere.choose(dossier, folder)
            backups.back_up(dossier)
            elsewhere.bring(dossier)
            return folder

        self._choose.setEnabled(False)
        self._context.jobs.run(
            work,
            done=self._chosen,
            failed=self._refused,
            label="Copie de la sauvegarde",
        )

    @Slot()
    def _give_up(self) -> None:
        elsewhere.give_up(self._dossier)
        self.reload()

    def _chosen(self, folder: Path) -> None:
        self._context.say(f"Sauvegarde faite, vérifiée et copiée dans {folder}.")
        self.reload()

    def _refused(self, error: Exception) -> None:
        self.reload()
        self._context.fail(error)
