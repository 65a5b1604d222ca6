# SPDX-License-Identifier: GPL-3.0-or-later
"""Reminders of late loans: note that they were made."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from egn_desktop import french
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.reminders import late_loan
from egn_desktop.inventory.lending.reminders import Channel, ReminderLevel
from egn_desktop.inventory.register.finding import borrower_name, find_borrower, find_loan
from egn_desktop.inventory.register.model import Loan, Reminder
from egn_desktop.inventory.register.rules import days_late
from egn_desktop.inventory.register.terms import LoanState


class ReminderService:
    """Use cases of the reminders."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def record_reminders(self, loan_ids: Sequence[int], channel: Channel) -> Sequence[int]:
        """Note that today's reminder of each loan was made; return the reminders' ids.

        The level follows from the history. What was already noted today by the same channel is
        not noted twice.

        Raises:
            UserError: one of the loans is not late; nothing is noted.
        """
        today = self._dossier.today()
        known = {id_: late_loan(self._dossier, id_) for id_ in loan_ids}
        words = french.count(len(loan_ids), "relance notée", "relances notées")
        with self._dossier.write(Changed.LOANS, undo=words) as session:
            made: list[int] = []
            for loan_id, late in known.items():
                loan = find_loan(session, loan_id)
                if loan.state != LoanState.OPEN or not days_late(loan.due_on, today):
                    raise UserError(
                        f"Le prêt n° {loan_id} n’est pas en retard : il n’y a rien à relancer.",
                        kept="Aucune relance n’a été notée.",
                    )
                if any(
                    reminder.sent_on == today and reminder.channel is channel
                    for reminder in late.history
                ):
                    continue
                reminder = Reminder(
                    loan_id=loan_id,
                    level=late.level,
                    channel=channel,
                    sent_on=today,
                    created_at=self._dossier.now(),
                )
                session.add(reminder)
                session.flush()
                self._note_reminder(session, "loan.reminded", loan, reminder)
                made.append(reminder.id)
            return made

    def _note_reminder(self, session: Session, what: str, loan: Loan, reminder: Reminder) -> None:
        who = find_borrower(session, loan.borrower_id)
        after = {
            "borrower": who.id,
            "name": borrower_name(who),
            "level": ReminderLevel(reminder.level),
            "channel": Channel(reminder.channel),
            "sent_on": reminder.sent_on,
        }
        self._dossier.record(what, f"loan:{loan.id}", after=after)
