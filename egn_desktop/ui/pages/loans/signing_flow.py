# SPDX-License-Identifier: GPL-3.0-or-later
"""From a loan, or a day's hand-over, to the paper that is signed, and on to the next person."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal, Slot

from egn_desktop import french
from egn_desktop.inventory.papers.acts import AGREEMENT, act
from egn_desktop.inventory.papers.queries import HandoverRow, handover
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.loans.handover_panel import HandoverPanel
from egn_desktop.ui.pages.loans.kept_signature import KeptSignature
from egn_desktop.ui.pages.loans.signed_panel import SignedPanel


class SigningFlow(QObject):
    """Opens the panels of signing on its page; keeps the school's signature for the session."""

    loan_wanted = Signal(int)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page, self._context = page, page.context
        self._kept = KeptSignature()
        self._day: date | None = None

    def follow(self) -> None:
        """Leave a paper that was withdrawn meanwhile; show who has signed by now."""
        panel = self._page.panel
        if isinstance(panel, SignedPanel) and not panel.is_current:
            self.loan_wanted.emit(panel.loan_id)
        elif isinstance(panel, HandoverPanel):
            panel.reload()

    @Slot(str, int)
    def sign(self, document_id: str, loan_id: int) -> None:
        """Have a paper signed for a loan, and what else the same person was given."""
        self._day = None
        self._open(document_id, [loan_id])

    @Slot()
    def hand_over_today(self) -> None:
        """Show today's hand-over, person by person."""
        self.hand_over(self._context.services.dossier.today())

    @Slot(object)
    def hand_over(self, day: date) -> None:
        """Show a day's hand-over, person by person."""
        self._day = day
        panel = HandoverPanel(self._context, day)
        panel.signing_wanted.connect(self._sign_of_list)
        title = f"Remise du {french.short_date(day)}"
        self._page.open_panel(panel, title)

    @Slot(object)
    def _sign_of_list(self, loan_ids: Sequence[int]) -> None:
        self._open(AGREEMENT, loan_ids)

    def _open(self, document_id: str, loan_ids: Sequence[int]) -> None:
        # Named here alone: the window starts without what documents are made of.
        from egn_desktop.ui.pages.loans.signing import SigningPanel

        panel = SigningPanel(self._context, document_id, loan_ids, self._kept)
        panel.signed.connect(self._signed)
        self._page.open_panel(panel, act(document_id).title)

    @Slot(int)
    def _signed(self, paper_id: int) -> None:
        panel = SignedPanel(self._context, paper_id, next_one=bool(self._waiting()))
        panel.loan_wanted.connect(self.loan_wanted)
        panel.next_wanted.connect(self._next)
        self._page.open_panel(panel, "Papier signé")

    @Slot()
    def _next(self) -> None:
        for row in self._waiting()[:1]:
            self._sign_of_list(row.unsigned)

    def _waiting(self) -> Sequence[HandoverRow]:
        """Return who has not signed yet of the hand-over that one is in."""
        if self._day is None:
            return ()
        rows = handover(self._context.services.dossier, AGREEMENT, self._day)
        return [row for row in rows if not row.is_signed]
