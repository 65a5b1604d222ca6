# SPDX-License-Identifier: GPL-3.0-or-later
"""Exchanges: one device comes back, another one goes out for the rest of the loan, in one step."""

from collections.abc import Collection
from typing import Final

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.inventory.service.base import find_loan
from egn_desktop.inventory.service.loan_room import ended_fields, find_open
from egn_desktop.inventory.service.loans import LoanUseCases
from egn_desktop.inventory.service.returns import ReturnUseCases
from egn_desktop.inventory.terms import Condition, LoanState

KEPT: Final = "L’échange n’a pas été noté."


class ExchangeUseCases(LoanUseCases, ReturnUseCases):
    """Use cases of exchanges."""

    def exchange(
        self,
        loan_id: int,
        *,
        device_id: int,
        condition: Condition = Condition.BROKEN,
        accessories: Collection[str] | None = None,
        note: str = "",
    ) -> int:
        """Take a lent device back and lend another for it; return the new loan's id.

        The day of return stays, unless it is past: then it is today. ``undo_exchange`` undoes it.

        Args:
            device_id: the device that is handed over.
            condition: of the one that comes back; broken, it goes to repair and an incident is
                opened.
            accessories: those that came back with it; all when left out. What goes with the new
                device is handed over with it.
            note: what happened.

        Raises:
            UserError: the loan is not open, or the other device cannot be lent.
        """
        today = self._dossier.today()
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            loan = find_open(session, loan_id)
            if loan.device_id == device_id:
                raise UserError(
                    "Un appareil ne s’échange pas contre lui-même.",
                    kept=KEPT,
                    todo="Choisissez l’appareil qui le remplace.",
                )
            self._take_back(session, loan, LoanState.EXCHANGED, today, condition, accessories, note)
            try:
                new_id = self.lend(
                    device_id=device_id,
                    borrower_id=loan.borrower_id,
                    due_on=max(loan.due_on, today),
                )
            except UserError as error:
                raise UserError(error.what, kept=KEPT, todo=error.todo) from error
            find_loan(session, new_id).replaces_id = loan.id
            after = ended_fields(loan) | {"replaced_by": new_id}
            self._note_loan(session, "loan.exchanged", loan, after=after)
            return new_id

    def undo_exchange(self, loan_id: int) -> None:
        """Undo an exchange: the new loan is cancelled, the earlier one is open again.

        Args:
            loan_id: the new loan, which ``exchange`` returned.

        Raises:
            UserError: it is no exchange, or one of the two loans moved on since.
        """
        with self._dossier.write(Changed.LOANS, Changed.DEVICES) as session:
            new = find_loan(session, loan_id)
            if new.replaces_id is None:
                raise UserError(f"Le prêt n° {loan_id} ne vient pas d’un échange.")
            self._cancel(session, find_open(session, loan_id))
            self._reopen(session, find_loan(session, new.replaces_id))
