# SPDX-License-Identifier: GPL-3.0-or-later
"""The register: open loans, those that need attention first; ended ones when asked for."""

from egn_desktop import french
from egn_desktop.inventory.register.loans import (
    LoanColumn,
    LoanRow,
    loan_list,
    loan_summary,
)
from egn_desktop.inventory.register.terms import LoanState, Standing
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Lead
from egn_desktop.ui.pages.loans.parts import loan_chip
from egn_desktop.ui.pages.loans.targets import Loan, RemindAll
from egn_desktop.ui.pages.loans.views import empties
from egn_desktop.ui.pages.loans.views.base import Listed, ListView
from egn_desktop.ui.tables import ColumnSpec
from egn_desktop.ui.widgets.filter import Filter


class LoansView(ListView):
    """Loans."""

    id = "loans"

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            name="Prêts",
            columns=loan_columns(),
            empty=empties.no_loan(),
            less_needed=(3, 1, 4, 2),
        )
        self._late = 0
        self.which = Filter(
            "Quels prêts",
            [
                ((LoanState.OPEN, None), "En cours"),
                ((LoanState.OPEN, Standing.LATE), "En retard"),
                ((LoanState.OPEN, Standing.THIS_WEEK), "À rendre cette semaine"),
                ((None, None), "En cours et terminés"),
            ],
        )
        self.add_filter(self.which)
        self.add_tool(Lead("Relancer les retards", RemindAll(), "plain", "mail"))

    def listed(self) -> Listed:
        return loan_list(self.dossier, *self.which.value())

    def open_row(self, row: LoanRow) -> None:
        self.go.emit(Loan(row.id))

    def tell_empty(self) -> None:
        self.empty.set_words(*empties.why_no_loan(self.dossier))

    def read_figures(self) -> None:
        self._late = loan_summary(self.dossier).late

    def show_tools(self, has_room: bool) -> None:
        super().show_tools(has_room and self._late > 0)


def loan_columns() -> list[ColumnSpec]:
    """Return the columns of the register."""
    return [
        ColumnSpec("Emprunteur", lambda row: row.borrower_name, by=LoanColumn.BORROWER),
        ColumnSpec("Classe", lambda row: row.group, by=LoanColumn.GROUP),
        ColumnSpec("Appareil", lambda row: row.device_label, by=LoanColumn.DEVICE, stretch=True),
        ColumnSpec(
            "Depuis",
            lambda row: french.short_date(row.lent_on),
            by=LoanColumn.LENT_ON,
            sort=lambda row: row.lent_on,
        ),
        ColumnSpec(
            "Retour",
            _return_day,
            by=LoanColumn.UNTIL,
            sort=lambda row: row.ended_on or row.due_on,
        ),
        ColumnSpec("État", loan_chip, by=LoanColumn.STATE),
    ]


def _return_day(row: LoanRow) -> str:
    return french.short_date(row.ended_on or row.due_on)
