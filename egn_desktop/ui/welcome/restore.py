# SPDX-License-Identifier: GPL-3.0-or-later
"""Restore a backup: the dates, newest first; always to a new file."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop import french, paths
from egn_desktop.errors import UserError
from egn_desktop.ui.backups import backup_columns
from egn_desktop.ui.jobs import Jobs, Progress
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.welcome.files import PlaceField, dossier_filter
from egn_desktop.ui.welcome.problem import NextStep
from egn_desktop.ui.welcome.step import Step
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.field_words import field_label
from egn_desktop.ui.widgets.labels import body

if TYPE_CHECKING:
    from egn_desktop.dossier.errors import DamagedError
    from egn_desktop.dossier.finding import BackupSet, WayBack
    from egn_desktop.dossier.shelf import Backup

TABLE_HEIGHT = 240


class RestoreStep(Step):
    """Choose a dossier, a date and a place; the copy is then opened."""

    restored = Signal(object)

    offered = frozenset({NextStep.RETRY, NextStep.OTHER_PLACE})

    def __init__(self, jobs: Jobs, recent: list[Path]) -> None:
        super().__init__(
            "Restaurer une sauvegarde",
            "La sauvegarde est copiée dans un nouveau fichier ; l’ancien n’est pas touché.",
            "Restaurer et ouvrir",
        )
        self._jobs, self._recent = jobs, recent
        self._sets: list[BackupSet] = []
        self._damaged: Path | None = None
        self._why = body("")
        self._choice = QComboBox()
        self._choice.setAccessibleName("Dossier à restaurer")
        self._choice.currentIndexChanged.connect(self._set_chosen)
        self._choice_part = QWidget()
        column = QVBoxLayout(self._choice_part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_label("Dossier à restaurer", self._choice))
        column.addWidget(self._choice)
        self._table: RowsTable = RowsTable(backup_columns(self, brief=True))
        self._table.setAccessibleName("Sauvegardes, la plus récente d’abord")
        self._table.setFixedHeight(TABLE_HEIGHT)
        self._table.chosen_changed.connect(self._backup_chosen)
        self._table.opened.connect(self._backup_opened)
        self._none = body("")
        self._place = PlaceField("Nouveau fichier", saving=True)
        self.body.addWidget(self._why)
        self.body.addWidget(self._choice_part)
        self.body.addWidget(self._none)
        self.body.addWidget(self._table)
        self.body.addWidget(self._place)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(quiet_button("Chercher sur une clé ou un partage…", self._search_folder))
        row.addWidget(quiet_button("Choisir un fichier…", self._choose_file))
        row.addStretch()
        self.body.addLayout(row)

        for widget in (
            self._why,
            self._choice_part,
            self._none,
            self._table,
            self._place,
            self.main,
        ):
            widget.hide()

    def start(self, damage: "DamagedError | None" = None) -> None:
        """Look for the backups that this machine has.

        Args:
            damage: of the file that does not open any more; its own backups are proposed, beside
                it.
        """
        self._damaged = damage.path if damage is not None else None
        self._why.hide()
        self.problem.clear()

        def work(_: Progress) -> "tuple[list[BackupSet], WayBack | None]":
            from egn_desktop.dossier.finding import all_backups, way_back

            back = way_back(damage.path, damage.dossier_id) if damage is not None else None
            return list(all_backups()), back

        self._jobs.run(work, done=self._found_here, label="Recherche des sauvegardes")

    def go_on(self) -> None:
        backup, target = self._backup(), self._place.path
        if backup is None or target is None:
            return
        source = backup.path

        def work(_: Progress) -> Path:
            from egn_desktop.dossier.backup import restore

            return restore(source, target)

        self.set_working("Copie de la sauvegarde…")
        self._jobs.run(work, done=self._restored, failed=self._failed, label="Restauration")

    def take_step(self, step: NextStep) -> None:
        if step is NextStep.RETRY:
            self.go_on()
        elif step is NextStep.OTHER_PLACE:
            self._place.choose()

    def _backup(self) -> "Backup | None":
        chosen = self._table.chosen()
        return chosen[0] if chosen else None

    def _found_here(self, found: "tuple[list[BackupSet], WayBack | None]") -> None:
        sets, back = found
        self._show(sets, "Il n’y a pas encore de sauvegarde sur cet ordinateur.")
        if self._damaged is None:
            return
        self._why.setText(self._way_back_in_words(self._damaged, back))
        self._why.show()
        if back is not None:
            places = [
                place for place, set_ in enumerate(sets) if set_.dossier_id == back.dossier_id
            ]
            self._choice.setCurrentIndex(places[0])
            self._table.select(lambda row: row.path == back.backup.path)
            self._backup_chosen()

    def _found_there(self, sets: "list[BackupSet]") -> None:
        self._show(sets, "Il n’y a ni sauvegarde ni copie d’un dossier à cet endroit.")

    def _way_back_in_words(self, damaged: Path, back: "WayBack | None") -> str:
        if back is None:
            return (
                f"Cet ordinateur n’a aucune sauvegarde de « {damaged.name} ». Cherchez-en une sur "
                "une clé ou un partage."
            )
        made_at = back.backup.made_at
        day, hour = french.day_and_date(made_at.date()), french.clock_time(made_at)
        known = f"La dernière sauvegarde de « {damaged.name} » date du {day} à {hour}."
        if back.lost == 0:
            return f"{known} Rien n’a été enregistré depuis."
        lost = "Ce qui a été enregistré ensuite serait perdu"
        if back.lost is None:
            return f"{known} {lost}."
        writes = french.count(back.lost, "modification", "modifications")
        return f"{known} {lost} : {writes}."

    def _show(self, sets: "list[BackupSet]", none: str) -> None:
        self._sets = sets
        self._choice.clear()
        for set_ in sets:
            last = french.short_date(set_.backups[0].made_at.date())
            self._choice.addItem(f"{set_.name}, dernière le {last}")
        there = bool(sets)
        self._choice_part.setVisible(len(sets) > 1)
        self._none.setText(none)
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
        self._table.select(lambda row: row == backups[0])
        self._backup_chosen()

    @Slot()
    def _backup_chosen(self) -> None:
        from egn_desktop.dossier.backup import proposed_name

        backup = self._backup()
        self.main.setEnabled(backup is not None)
        if backup is not None:
            original = self._original()
            is_gone = not original.exists()
            self._place.set_path(original if is_gone else proposed_name(original, backup))

    def _original(self) -> Path:
        """Where the dossier was, as far as this machine remembers."""
        if self._damaged is not None:
            return self._damaged
        name = self._sets[max(self._choice.currentIndex(), 0)].name
        for file in self._recent:
            if file.name == name and file.parent.is_dir():
                return file
        return paths.documents_home() / name

    @Slot(object)
    def _backup_opened(self, _: object) -> None:
        self.go_on()

    @Slot()
    def _search_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, "Où chercher les sauvegardes ?", str(paths.documents_home())
        )
        if chosen:
            self.search(Path(chosen))

    @Slot()
    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            "Choisir une sauvegarde",
            str(paths.documents_home()),
            dossier_filter(self),
        )
        if chosen:
            self.search(Path(chosen))

    def search(self, place: Path) -> None:
        """Look for backups in a folder, on a stick, or take the one file."""

        def work(_: Progress) -> "list[BackupSet]":
            from egn_desktop.dossier.finding import backups_in

            return list(backups_in(place))

        self._jobs.run(work, done=self._found_there, label="Recherche des sauvegardes")

    def _restored(self, target: Path) -> None:
        self.set_working("")
        self.restored.emit(target)

    def _failed(self, error: Exception) -> None:
        self.set_working("")
        if not isinstance(error, UserError):
            raise error
        self.show_error(error)
