# SPDX-License-Identifier: GPL-3.0-or-later
"""A place on disk, shown and chosen with the system's own dialog."""

import re
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from egn_desktop import paths
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.field_words import field_label
from egn_desktop.ui.widgets.labels import muted
from egn_desktop.ui.widgets.tips import set_tip

SUFFIX = ".egn"


def dossier_filter(widget: QWidget) -> str:
    """Return what the dialogs show: dossiers."""
    return "Dossiers EGN Desktop (*.egn)"


def with_suffix(path: Path) -> Path:
    """Return a path that was typed without its suffix with it; « École 2.0 » has none."""
    return paths.with_ending(path, SUFFIX)


def file_name(name: str) -> str:
    """Return the file name proposed for a school, without what disks refuse."""
    plain = re.sub(r'[<>:"/\\|?*\x00-\x1f]', " ", name)
    return f"{' '.join(plain.split()).strip('. ') or 'Mon dossier'}{SUFFIX}"


class PlaceField(QWidget):
    """A file's place, and the button that changes it."""

    changed = Signal(object)

    def __init__(self, label: str, *, help: str = "", saving: bool) -> None:
        super().__init__()
        self._saving, self._label = saving, label
        self._path: Path | None = None
        self._line = QLineEdit()
        self._line.setReadOnly(True)
        self._line.setAccessibleName(label)
        self._line.setPlaceholderText("Aucun fichier choisi")
        self.button = plain_button("Choisir…", self.choose)
        self.button.setAccessibleName(f"{label} : choisir")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._line, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field_label(label, self._line))
        column.addLayout(row)
        if help:
            column.addWidget(muted(help))

    @property
    def path(self) -> Path | None:
        return self._path

    def set_path(self, path: Path | None) -> None:
        self._path = path
        self._line.setText(str(path) if path else "")
        set_tip(self._line, str(path) if path else "")
        self._line.setCursorPosition(0)
        self.changed.emit(path)

    @Slot()
    def choose(self) -> None:
        start = str(self._path or paths.documents_home())
        kind = dossier_filter(self)
        if self._saving:
            chosen, _ = QFileDialog.getSaveFileName(
                self,
                self._label,
                start,
                kind,
                options=QFileDialog.Option.DontConfirmOverwrite,
            )
        else:
            chosen, _ = QFileDialog.getOpenFileName(self, self._label, start, kind)
        if not chosen:
            return
        path = Path(chosen)
        self.set_path(with_suffix(path) if self._saving else path)
