# SPDX-License-Identifier: GPL-3.0-or-later
"""Restore a backup: the dates, newest first; always to a new file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.documents import french
from egn_desktop.errors import UserError
from egn_desktop.ui.backups import backup_columns
from egn_desktop.ui.jobs import Jobs, Progress
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.welcome.files import PlaceField, dossier_filter
from egn_desktop.ui.welcome.problem import NextStep
from egn_desktop.ui.welcome.step import Step
from egn_desktop.ui.welcome.words import field_label
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import body

if TYPE_CHECKING:
    from egn_desktop.dossier.backup import Backup, BackupSet

TABLE_HEIGHT = 240


class RestoreStep(Step):
    """Choose a dossier, a date and a place; the copy is then opened."""

    restored = Signal(object)

    offered = frozenset({NextStep.RETRY, NextStep.OTHER_PLACE})

    def __init__(self, jobs: Jobs, recent: list[Path]) -> None:
        super().__init__(
            self.tr("Restaurer une sauvegarde"),
            self.tr(
                "La sauvegarde est copiée dans un nouveau fichier ; l’ancien n’est pas touché."
            ),
            self.tr("Restaurer et ouvrir"),
        )
        self._jobs, self._recent = jobs, recent
        self._sets: list[BackupSet] = []
        self._choice = QComboBox()
        self._choice.setAccessibleName(self.tr("Dossier à restaurer"))
        self._choice.currentIndexChanged.connect(self._set_chosen)
        self._choice_part = QWidget()
        column = QVBoxLayout(self._choice_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_label(self.tr("Dossier à restaurer"), self._choice))
        column.addWidget(self._choice)
        self._table: RowsTable = RowsTable(backup_columns(self))
        self._table.setAccessibleName(self.tr("Sauvegardes, la plus récente d’abord"))
        self._table.setFixedHeight(TABLE_HEIGHT)
        self._table.chosen_changed.connect(self._backup_chosen)
        self._table.opened.connect(self._backup_opened)
        self._none = body(self.tr("Il n’y a pas encore de sauvegarde sur cet ordinateur."))
        self._place = PlaceField(self.tr("Nouveau fichier"), saving=True)
        self.body.addWidget(self._choice_part)
        self.body.addWidget(self._none)
        self.body.addWidget(self._table)
        self.body.addWidget(self._place)
        self.body.addWidget(
            quiet_button(self.tr("La sauvegarde est ailleurs (clé USB, réseau)…"), self._elsewhere)
        )

        for widget in (self._choice_part, self._none, self._table, self._place, self.main):
            widget.hide()

    def start(self) -> None:
        """Look for the backups that this machine has."""

        def work(_: Progress) -> "list[BackupSet]":
            from egn_desktop.dossier.backup import all_backups

            return list(all_backups())

        self._jobs.run(work, done=self._found, label=self.tr("Recherche des sauvegardes"))

    def go_on(self) -> None:
        backup, target = self._backup(), self._place.path
        if backup is None or target is None:
            return
        source = backup.path

        def work(_: Progress) -> Path:
            from egn_desktop.dossier.backup import restore

            return restore(source, target)

        self.set_working(self.tr("Copie de la sauvegarde…"))
        self._jobs.run(
            work, done=self._restored, failed=self._failed, label=self.tr("Restauration")
        )

    def take_step(self, step: NextStep) -> None:
        if step is NextStep.RETRY:
            self.go_on()
        elif step is NextStep.OTHER_PLACE:
            self._place.choose()

    def _backup(self) -> "Backup | None":
        chosen = self._table.chosen()
        return chosen[0] if chosen else None

    def _found(self, sets: "list[BackupSet]") -> None:
        self._sets = sets
        self._choice.clear()
        for one in sets:
            last = french.short_date(one.backups[0].made_at.date())
            self._choice.addItem(self.tr("{}, dernière le {}").format(one.name, last))
        there = bool(sets)
        self._choice_part.setVisible(len(sets) > 1)
        self._none.setVisible(not there)
        for widget in (self._table, self._place, self.main):
            widget.setVisible(there)
        if there:
            self._set_chosen(0)

    @Slot(int)
    def _set_chosen(self, place: int) -> None:
        if not 0 <= place < len(self._sets):
            return
        backups = self._sets[place].backups
        self._table.set_rows(backups)
        self._table.select(lambda one: one == backups[0])
        self._backup_chosen()

    @Slot()
    def _backup_chosen(self) -> None:
        from egn_desktop.dossier.backup import proposed_name

        backup = self._backup()
        self.main.setEnabled(backup is not None)
        if backup is not None:
            self._place.set_path(proposed_name(self._original(), backup))

    def _original(self) -> Path:
        """Where the dossier was, as far as this machine remembers."""
        name = self._sets[max(self._choice.currentIndex(), 0)].name
        for file in self._recent:
            if file.name == name and file.parent.is_dir():
                return file
        return paths.documents_home() / name

    @Slot(object)
    def _backup_opened(self, _: object) -> None:
        self.go_on()

    @Slot()
    def _elsewhere(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("Choisir une sauvegarde"),
            str(paths.documents_home()),
            dossier_filter(self),
        )
        if chosen:
            self.restored.emit(Path(chosen))

    def _restored(self, target: Path) -> None:
        self.set_working("")
        self.restored.emit(target)

    def _failed(self, error: Exception) -> None:
        self.set_working("")
        if not isinstance(error, UserError):
            raise error
        self.show_error(error)
