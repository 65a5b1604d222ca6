# SPDX-License-Identifier: GPL-3.0-or-later
"""The backups of this dossier: how many, where, one more now, and what each restores."""

from pathlib import Path

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.dossier import backup as backups
from egn_desktop.dossier import rotation
from egn_desktop.dossier.shelf import Backup
from egn_desktop.ui.backups import backup_columns, last_backup_line
from egn_desktop.ui.context import Context
from egn_desktop.ui.jobs import Progress
from egn_desktop.ui.pages.settings.second_place_card import SecondPlaceCard
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.buttons import plain_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted

TABLE_HEIGHT = 300


class BackupsTab(QWidget):
    """Back up now, see the backups, and copy one beside the dossier."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._dossier = context.services.dossier
        self._last = body("")
        self._table: RowsTable = RowsTable(backup_columns(self))
        self._table.setAccessibleName("Sauvegardes, la plus récente d’abord")
        self._table.setMinimumHeight(TABLE_HEIGHT)
        self._table.chosen_changed.connect(self._chosen_changed)
        self._table.opened.connect(self._restore)
        self._now = plain_button("Sauvegarder maintenant", self._back_up)
        self._restore_button = plain_button("Restaurer à côté…", self._restore)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._now)
        row.addWidget(plain_button("Copier sur une clé…", self._copy))
        row.addWidget(self._restore_button)
        row.addWidget(quiet_button("Ouvrir le répertoire", self._open_folder))
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(12)
        column.addWidget(self._last)
        column.addLayout(row)
        column.addWidget(self._table, 1)
        self._second = SecondPlaceCard(context)
        column.addWidget(
            muted(
                "Une sauvegarde est faite chaque jour et à chaque fermeture, puis rouverte "
                "pour être vérifiée. Sept jours, quatre semaines et douze mois sont gardés, "
                f"chiffrés avec le même secret, et aucune plus de {rotation.LIMIT_DAYS} jours. "
                "Restaurer crée un nouveau fichier à côté du dossier et ne remplace rien."
            )
        )
        column.addWidget(self._second)

    def reload(self) -> None:
        """Show the backups as they now are."""
        found = backups.list_backups(self._dossier.dossier_id)
        line = last_backup_line(found, self._dossier.today())
        self._last.setText(f"{line[0].upper()}{line[1:]}.")
        self._table.set_rows(found)
        self._now.setEnabled(not self._dossier.read_only)
        self._second.reload()
        self._chosen_changed()

    @Slot()
    def _chosen_changed(self) -> None:
        self._restore_button.setEnabled(len(self._table.chosen()) == 1)

    @Slot()
    def _back_up(self) -> None:
        dossier = self._dossier

        def work(_: Progress) -> Backup:
            return backups.back_up(dossier)

        self._now.setEnabled(False)
        self._context.jobs.run(
            work,
            done=self._backed_up,
            failed=self._not_backed_up,
            label="Sauvegarde et vérification",
        )

    @Slot()
    def _copy(self) -> None:
        dossier = self._dossier
        target = self._context.ask_save_file(
            "Où écrire la copie du dossier ?",
            backups.copy_name(dossier),
            "Dossiers EGN Desktop (*.egn)",
        )
        if target is None:
            return

        def work(_: Progress) -> Path:
            return backups.copy_to(dossier, target)

        self._context.jobs.run(work, done=self._copied, label="Copie et vérification")

    @Slot()
    def _restore(self) -> None:
        chosen = self._table.chosen()
        if not chosen:
            return
        backup: Backup = chosen[0]
        proposed = backups.proposed_name(self._dossier.path, backup)
        target = self._context.ask_save_file(
            "Où restaurer cette sauvegarde ?",
            str(proposed),
            "Dossiers EGN Desktop (*.egn)",
        )
        if target is None:
            return

        def work(_: Progress) -> Path:
            return backups.restore(backup.path, target)

        self._context.jobs.run(work, done=self._restored, label="Restauration")

    @Slot()
    def _open_folder(self) -> None:
        folder = paths.backups(self._dossier.dossier_id)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _backed_up(self, _: Backup) -> None:
        self._now.setEnabled(True)
        self._context.say("Sauvegarde faite et vérifiée.")
        self.reload()

    def _copied(self, target: Path) -> None:
        self._context.say(f"Copie faite et vérifiée : {target}")

    def _not_backed_up(self, error: Exception) -> None:
        self._now.setEnabled(True)
        self._context.fail(error)

    def _restored(self, target: Path) -> None:
        self._context.say(
            f"Sauvegarde restaurée dans « {target.name} ». Fermez ce dossier pour ouvrir l’autre."
        )
