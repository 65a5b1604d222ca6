# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel of one loan: which parts it shows when it was just made, is open, or ended."""

from dataclasses import replace
from typing import Final

from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Panel
from egn_desktop.ui.pages.loans.lending.loan_parts.ending import (
    MissingPart,
    RenewalPart,
    ReturnPart,
)
from egn_desktop.ui.pages.loans.lending.loan_parts.head import (
    AgreementPart,
    AnotherPart,
    HeadPart,
    RemindersPart,
)
from egn_desktop.ui.pages.loans.lending.loan_parts.links import ExchangePart, IncidentsPart
from egn_desktop.ui.pages.loans.lending.loan_parts.papers import PapersPart
from egn_desktop.ui.pages.loans.lending.loan_parts.part import LoanPart
from egn_desktop.ui.pages.loans.lending.loan_parts.past import MissingKitPart, PastPart, PhotosPart
from egn_desktop.ui.pages.loans.lending.loan_parts.wiping import WipingPart
from egn_desktop.ui.pages.loans.targets import Loan
from egn_desktop.ui.widgets.footed import footed

JUST_LENT: Final[tuple[type[LoanPart], ...]] = (
    HeadPart,
    ExchangePart,
    AgreementPart,
    PapersPart,
    AnotherPart,
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


class LoanPanel(Panel):
    """An open loan, to be returned; or one that ended, to be read.

    One that was just made begins with its agreement.
    """

    def __init__(self, context: Context, to: Loan) -> None:
        super().__init__()
        self._dossier = context.services.dossier
        self._loan_id = to.id
        self.heading = f"Prêt n° {to.id}"
        self.row_followed = "loan", to.id
        self.awaits_scan = to.just_lent or to.scanned
        self._detail = loan(self._dossier, to.id)
        column, self._foot = footed(self)
        shown = OPEN if self._detail.row.state is LoanState.OPEN else ENDED
        self._parts = [
            self.leading(part(context, self._detail))
            for part in (JUST_LENT if to.just_lent else shown)
        ]
        for part in self._parts:
            column.addWidget(part)
            for button in part.foot:
                self._foot.add(button)
        column.addStretch(1)
        if to.scanned:
            self._offer_enter()

    def follow(self) -> None:
        if not self.is_current:
            self.go.emit(Loan(self._loan_id))

    def _offer_enter(self) -> None:
        """Let Enter note the return: one who scans does not reach for the mouse."""
        self.on_enter = next((button for part in self._parts for button in part.foot[:1]), None)
        if self.on_enter is not None:
            words = "Entrée : noter le retour, ou scannez le suivant."
            self._foot.say(words)

    @property
    def is_current(self) -> bool:
        """Whether the loan still stands as this panel shows it."""
        # What is wiped is kept tick by tick: its part knows, and is not to be built anew.
        found = replace(loan(self._dossier, self._loan_id), wiped=self._detail.wiped)
        return found == self._detail and all(part.is_current for part in self._parts)
