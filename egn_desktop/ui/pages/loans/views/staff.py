# SPDX-License-Identifier: GPL-3.0-or-later
"""The people who work at the school, and what they have."""

from egn_desktop.fields import field_of
from egn_desktop.inventory.people.queries.staff import StaffColumn, StaffRow, staff_list
from egn_desktop.inventory.register.nouns import StaffFields
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.described import column, columns
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.parts import held_chip
from egn_desktop.ui.pages.loans.targets import Borrower, Import
from egn_desktop.ui.pages.loans.views import empties
from egn_desktop.ui.pages.loans.views.base import Listed, ListView
from egn_desktop.ui.tables import ColumnSpec


class StaffView(ListView):
    """Staff."""

    id = "staff"

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            name="Personnel",
            columns=staff_columns(),
            empty=empties.no_staff(),
            less_needed=(3, 2),
        )
        self.add_tool(Lead("Importer", Import("staff"), "plain", "import"))
        self.add_tool(Lead("Ajouter", Borrower(BorrowerKind.STAFF), "plain", "plus"))

    def listed(self) -> Listed:
        return staff_list(self.dossier)

    def open_row(self, row: StaffRow) -> None:
        self.go.emit(Borrower(BorrowerKind.STAFF, row.id))


def staff_columns() -> list[ColumnSpec]:
    """Return the columns of the staff."""
    return [
        ColumnSpec("Nom", lambda row: row.name, by=StaffColumn.NAME),
        column(field_of(StaffFields, "duty"), stretch=True),
        column(field_of(StaffFields, "email")),
        column(field_of(StaffFields, "phone")),
        ColumnSpec("Prêts", held_chip, by=StaffColumn.HELD),
        *columns(StaffFields, but=("duty", "email", "phone")),
    ]
