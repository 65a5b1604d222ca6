# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of drills, planned ones first."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget

from egn_desktop import french
from egn_desktop.drills.queries import DrillRow, drills
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.drills.words import STATE_TONES
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import plain_button
from egn_desktop.ui.widgets.empty import EmptyState


class DrillList(QStackedWidget):
    """Every drill, or what drills are for when there is none."""

    opened = Signal(int)
    new_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table = RowsTable(
            [
                ColumnSpec("Date", self._day, sort=_order),
                ColumnSpec("Exercice", _title, stretch=True),
                ColumnSpec("État", _state),
                ColumnSpec("Résultat", _result),
                ColumnSpec("Enseignements", _lessons, align_right=True),
            ],
            accessible_name="Exercices",
        )
        self.table.opened.connect(self._row_opened)
        self._empty = EmptyState(
            "drills",
            "Aucun exercice pour l’instant",
            "Un exercice montre, sans attendre la crise, si le plan tient : les numéros "
            "sont-ils bons, chacun sait-il quoi faire ? Commencez par un exercice d’alerte : "
            "un quart d’heure suffit.",
            plain_button("Préparer un exercice d’alerte", self._wanted),
        )
        self.addWidget(self._empty)
        self.addWidget(self.table)

    def reload(self) -> None:
        rows = drills(self._context.services.dossier)
        self.table.set_rows(rows)
        self.setCurrentWidget(self.table if rows else self._empty)

    def _day(self, row: DrillRow) -> str:
        return french.short_date(row.day) or "à fixer"

    @Slot(object)
    def _row_opened(self, row: DrillRow) -> None:
        self.opened.emit(row.id)

    @Slot()
    def _wanted(self) -> None:
        self.new_wanted.emit()


def _order(row: DrillRow) -> int:
    return row.day.toordinal() if row.day else 0


def _title(row: DrillRow) -> str:
    return row.title


def _state(row: DrillRow) -> ChipText:
    return ChipText(row.state.label, STATE_TONES[row.state])


def _result(row: DrillRow) -> str:
    return row.headline


def _lessons(row: DrillRow) -> str:
    return french.number(row.lessons, 0) if row.lessons else ""
