# SPDX-License-Identifier: GPL-3.0-or-later
"""The people who work at the school, and what they have."""

from collections.abc import Callable, Sequence

from egn_desktop.inventory.queries import StaffRow, staff_members
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import empties
from egn_desktop.ui.pages.loans.opening import Opening
from egn_desktop.ui.pages.loans.parts import held_chip
from egn_desktop.ui.pages.loans.views.base import ListView
from egn_desktop.ui.tables import ColumnSpec
from egn_desktop.ui.widgets.buttons import plain_button


class StaffView(ListView):
    """Staff."""

    id = "staff"

    def __init__(self, context: Context, opening: Opening) -> None:
        super().__init__(
            context,
            opening,
            name=self.tr("Personnel"),
            columns=staff_columns(self.tr),
            empty=empties.no_staff(opening),
            less_needed=(3, 2),
        )
        self.add_tool(plain_button(self.tr("Importer"), opening.import_staff, "import"))
        self.add_tool(plain_button(self.tr("Ajouter"), opening.add_staff, "plus"))

    def rows(self, search: str, limit: int | None) -> Sequence[StaffRow]:
        return staff_members(self.dossier, search)

    def open_row(self, row: StaffRow) -> None:
        self.opening.staff(row.id)


def staff_columns(tr: Callable[[str], str]) -> list[ColumnSpec]:
    """Return the columns of the staff."""
    return [
        ColumnSpec(tr("Nom"), lambda row: row.name),
        ColumnSpec(tr("Fonction"), lambda row: row.duty, stretch=True),
        ColumnSpec(tr("Courriel"), lambda row: row.email),
        ColumnSpec(tr("Téléphone"), lambda row: row.phone),
        ColumnSpec(tr("Prêts"), held_chip, sort=lambda row: -row.open_loans),
    ]
