# SPDX-License-Identifier: GPL-3.0-or-later
"""The pupils of the dossier whom a new list does not name: who they are, and whether they left."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.collation import class_key
from egn_desktop.inventory.people.queries.doubts import KnownPupil
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.labels import muted


class AbsentBox(QWidget):
    """Asks whether who is absent left the school; off until the user says so."""

    def __init__(self) -> None:
        super().__init__()
        self.box = QCheckBox()
        self._help = muted("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.box)
        column.addWidget(self._help)

    @property
    def is_ticked(self) -> bool:
        return self.box.isChecked()

    def show_absent(self, absent: Sequence[KnownPupil]) -> None:
        """Say how many are absent, and how many of them have a device."""
        is_alone = len(absent) == 1
        words = (
            "Marquer l’absent comme parti" if is_alone else "Marquer les {} absents comme partis"
        )
        self.box.setText(words.format(french.number(len(absent), 0)))
        holding = sum(bool(each.devices) for each in absent)
        help = "Seulement si la liste est complète."
        if holding:
            who = french.count(holding, "élève a", "élèves ont")
            help = f"{help} {who} encore un appareil."
        self._help.setText(help)
        self.box.setAccessibleDescription(help)


def absent_table() -> RowsTable:
    """Return a table of those whom the list does not name."""
    return RowsTable(
        [
            ColumnSpec("Élève", lambda row: row.name, stretch=True),
            ColumnSpec(
                "Classe",
                lambda row: row.school_class,
                sort=lambda row: class_key(row.school_class) if row.school_class else None,
            ),
            ColumnSpec("Appareil", _device, sort=lambda row: (not row.devices, row.devices)),
        ],
        accessible_name="Absents de la liste",
        has_tools=False,
    )


def _device(row: KnownPupil) -> str | ChipText:
    return ChipText(", ".join(row.devices), "attention") if row.devices else ""
