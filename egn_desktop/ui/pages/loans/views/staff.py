# SPDX-License-Identifier: GPL-3.0-or-later
"""The people who work at the school, and what they have."""

from egn_desktop.inventory.people.queries.staff import StaffColumn, StaffRow, staff_list
from egn_desktop.inventory.register.fields import field_of
from egn_desktop.inventory.register.nouns import StaffFields
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import empties
from egn_desktop.ui.pages.loans.described import column, columns
from egn_desktop.ui.pages.loans.opening import Opening
from egn_desktop.ui.pages.loans.parts import held_chip
from egn_desktop.ui.pages.loans.views.base import Listed, ListView
from egn_desktop.ui.tables import ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button


class StaffView(ListView):
    """Staff."""

    id = "staff"

    def __init__(self, context: Context, opening: Opening) -> None:
        super().__init__(
            context,
            opening,
            name="Personnel",
            columns=staff_columns(),
            empty=empties.no_staff(opening),
            less_needed=(3, 2),
        )
        self.add_tool(plain_button("Importer", opening.import_staff, "import"))
        self.add_tool(plain_button("Ajouter", opening.add_staff, "plus"))

    def listed(self) -> Listed:
        return staff_list(self.dossier)

    def open_row(self, row: StaffRow) -> None:
        self.opening.staff(row.id)


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
