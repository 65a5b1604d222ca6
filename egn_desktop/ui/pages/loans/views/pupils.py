# SPDX-License-Identifier: GPL-3.0-or-later
"""The pupils, and what they have."""

from PySide6.QtCore import QPoint, Slot
from PySide6.QtWidgets import QMenu

from egn_desktop import french
from egn_desktop.fields import field_of
from egn_desktop.inventory.people.queries.leavers import leaver_summary
from egn_desktop.inventory.people.queries.pupils import PupilColumn, PupilRow, pupil_list
from egn_desktop.inventory.register.nouns import PupilFields
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import column, columns
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.parts import held_chip
from egn_desktop.ui.pages.loans.targets import Borrower, Import
from egn_desktop.ui.pages.loans.views import empties
from egn_desktop.ui.pages.loans.views.base import Listed, ListView
from egn_desktop.ui.tables import ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button


class PupilsView(ListView):
    """Pupils."""

    id = "pupils"

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            name="Élèves",
            columns=pupil_columns(),
            empty=empties.no_pupil(),
            less_needed=(2,),
        )
        self._gone = 0
        self._import = plain_button("Importer", self._choose_import, "import")
        self._imports = QMenu(self)
        self._imports.addAction("La liste des élèves", self._import_pupils)
        self._imports.addAction("Leurs responsables légaux", self._import_guardians)
        self._leavers = plain_button("", self._remove_leavers)
        self.add_tool(self._leavers)
        self.add_tool(self._import)
        self.add_tool(Lead("Ajouter", Borrower(BorrowerKind.PUPIL), "plain", "plus"))

    def listed(self) -> Listed:
        return pupil_list(self.dossier)

    def open_row(self, row: PupilRow) -> None:
        self.go.emit(Borrower(BorrowerKind.PUPIL, row.id))

    def read_figures(self) -> None:
        self._gone = leaver_summary(self.dossier).with_nothing
        self._leavers.setText(f"Retirer les partis : {french.number(self._gone, 0)}")

    def show_tools(self, has_room: bool) -> None:
        """Offer to take off the list who left and has nothing, while there is somebody."""
        super().show_tools(has_room)
        self._leavers.setVisible(has_room and self._gone > 0)

    @Slot()
    def _remove_leavers(self) -> None:
        gone = self.context.services.pupils.remove_leavers()
        words = french.count(gone, "élève retiré", "élèves retirés")
        self.context.say_done(f"{words} de la liste.")

    @Slot()
    def _import_pupils(self) -> None:
        self.go.emit(Import("pupils"))

    @Slot()
    def _import_guardians(self) -> None:
        self.go.emit(Import("guardians"))

    @Slot()
    def _choose_import(self) -> None:
        below = QPoint(0, self._import.height() + 4)
        self._imports.popup(self._import.mapToGlobal(below))


def pupil_columns() -> list[ColumnSpec]:
    """Return the columns of the pupils."""
    return [
        ColumnSpec("Élève", lambda row: row.name, by=PupilColumn.NAME, stretch=True),
        ColumnSpec("Classe", lambda row: row.school_class, by=PupilColumn.SCHOOL_CLASS),
        column(field_of(PupilFields, "born_on")),
        ColumnSpec("Prêts", held_chip, by=PupilColumn.HELD),
        *columns(PupilFields, but=("school_class", "born_on")),
    ]
