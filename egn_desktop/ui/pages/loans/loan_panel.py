# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel of one loan: which parts it shows when it was just made, is open, or ended."""

from dataclasses import replace
from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.inventory.queries import loan
from egn_desktop.inventory.terms import LoanState
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.loan_parts.ending import MissingPart, RenewalPart, ReturnPart
from egn_desktop.ui.pages.loans.loan_parts.head import AgreementPart, HeadPart, RemindersPart
from egn_desktop.ui.pages.loans.loan_parts.links import ExchangePart, IncidentsPart
from egn_desktop.ui.pages.loans.loan_parts.papers import PapersPart
from egn_desktop.ui.pages.loans.loan_parts.part import Exits, LoanPart
from egn_desktop.ui.pages.loans.loan_parts.past import MissingKitPart, PastPart, PhotosPart
from egn_desktop.ui.pages.loans.loan_parts.wiping import WipingPart

JUST_LENT: Final[tuple[type[LoanPart], ...]] = (
    HeadPart,
    ExchangePart,
    AgreementPart,
    PapersPart,
)
OPEN: Final[tuple[type[LoanPart], ...]] = (
    HeadPart,
    ExchangePart,
    RemindersPart,
    ReturnPart,
    MissingPart,
    RenewalPart,
    PapersPart,
    IncidentsPart,
)
ENDED: Final[tuple[type[LoanPart], ...]] = (
    HeadPart,
    ExchangePart,
    PastPart,
    PapersPart,
    MissingKitPart,
    WipingPart,
    IncidentsPart,
    PhotosPart,
)


class LoanPanel(QWidget):
    """An open loan, to be returned; or one that ended, to be read.

    ``just_lent`` puts the agreement first. ``exits`` tells where its parts lead.
    """

    def __init__(self, context: Context, loan_id: int, *, just_lent: bool = False) -> None:
        super().__init__()
        self._dossier = context.services.dossier
        self._loan_id = loan_id
        self._detail = loan(self._dossier, loan_id)
        self.exits = Exits(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        shown = OPEN if self._detail.row.state is LoanState.OPEN else ENDED
        self._parts = [
            part(context, self._detail, self.exits) for part in (JUST_LENT if just_lent else shown)
        ]
        for part in self._parts:
            column.addWidget(part)
        column.addStretch()

    @property
    def is_current(self) -> bool:
        """Whether the loan still stands as this panel shows it."""
        # What is wiped is kept tick by tick: its part knows, and is not to be built anew.
        found = replace(loan(self._dossier, self._loan_id), wiped=self._detail.wiped)
        return found == self._detail and all(part.is_current for part in self._parts)
