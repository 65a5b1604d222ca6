# SPDX-License-Identifier: GPL-3.0-or-later
"""Late loans with the reminders made, and the next one ready to be sent."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending import reminders
from egn_desktop.inventory.lending.reminders import Channel, Message, ReminderLevel, Sent
from egn_desktop.inventory.people.queries.contacts import contacts
from egn_desktop.inventory.register.loans import LoanRow, loan, loans
from egn_desktop.inventory.register.model import Device, LoanAccessory
from egn_desktop.inventory.register.model import Reminder as ReminderRecord
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.school.queries import Identity, calendar, identity


@dataclass(frozen=True, slots=True)
class LateLoan:
    """One late loan.

    Attributes:
        history: the reminders made, oldest first.
        level: of the one to make today.
        is_due: not when the person was reminded in the last few days.
    """

    row: LoanRow
    history: tuple[Sent, ...]
    level: ReminderLevel
    is_due: bool

    @property
    def id(self) -> int:
        """The loan's."""
        return self.row.id

    @property
    def last_sent(self) -> Sent | None:
        """The newest reminder."""
        return self.history[-1] if self.history else None


def late_loans(dossier: Dossier) -> Sequence[LateLoan]:
    """Return every late loan, the latest first."""
    today = dossier.today()
    rows = loans(dossier, state=LoanState.OPEN, due_before=today)
    sent = _sent(dossier, [row.id for row in rows])
    return [_late(row, sent[row.id], today) for row in rows]


def late_loan(dossier: Dossier, loan_id: int) -> LateLoan:
    """Return one loan with its reminders, late or not.

    Raises:
        UserError: there is no such loan.
    """
    row = loan(dossier, loan_id).row
    return _late(row, _sent(dossier, [loan_id])[loan_id], dossier.today())


def reminders_made(dossier: Dossier, loan_ids: Sequence[int]) -> Mapping[int, Sequence[Sent]]:
    """Return the reminders made for each of these loans, oldest first."""
    sent = _sent(dossier, loan_ids)
    return {loan_id: tuple(sent[loan_id]) for loan_id in loan_ids}


def messages(dossier: Dossier, wanted: Sequence[LateLoan]) -> Sequence[Message]:
    """Return the reminders of today, filled in, in the order of the loans."""
    school, today = identity(dossier), dossier.today()
    back = calendar(dossier).next_open(today + reminders.PATIENCE)
    known = contacts(dossier, [loan.row for loan in wanted])
    parts, owners = _parts(dossier, [loan.id for loan in wanted]), _owners(dossier, wanted)
    made: list[Message] = []
    for late_loan in wanted:
        values = _values(late_loan, school) | {
            "accessories": _accessories(parts[late_loan.id]),
            "owner": owners.get(late_loan.row.device_id) or school.words["the_owner"],
            "return_by": french.day_and_date(back),
        }
        title, paragraphs, sms = reminders.fill(
            late_loan.level, late_loan.row.borrower_kind, values
        )
        whom = known[late_loan.row.borrower_id]
        made.append(
            Message(
                loan_id=late_loan.id,
                level=late_loan.level,
                title=title,
                paragraphs=paragraphs,
                sms=sms,
                signature="\n".join(filter(None, (school.head, school.name))),
                recipient=whom.name,
                address=whom.address,
                emails=whom.emails,
                phones=whom.phones,
            )
        )
    return made


def _late(row: LoanRow, sent: Sequence[Sent], today: date) -> LateLoan:
    return LateLoan(
        row=row,
        history=tuple(sent),
        level=reminders.next_level(sent, today),
        is_due=reminders.is_due(sent, today),
    )


def _sent(dossier: Dossier, loan_ids: Sequence[int]) -> Mapping[int, list[Sent]]:
    found: defaultdict[int, list[Sent]] = defaultdict(list)
    wanted = (
        select(
            ReminderRecord.loan_id,
            ReminderRecord.level,
            ReminderRecord.channel,
            ReminderRecord.sent_on,
        )
        .where(ReminderRecord.loan_id.in_(loan_ids))
        .order_by(ReminderRecord.sent_on, ReminderRecord.id)
    )
    for row in dossier.rows(wanted):
        found[row.loan_id].append(Sent(ReminderLevel(row.level), Channel(row.channel), row.sent_on))
    return found


def _values(late: LateLoan, school: Identity) -> dict[str, str]:
    contact = " ou ".join(part for part in (school.phone, school.email) if part)
    before = [reminder.sent_on for reminder in late.history if reminder.level != late.level] or [
        reminder.sent_on for reminder in late.history
    ]
    return {
        **school.words,
        "school": school.name or french.capital(school.the_school),
        "contact": contact or "adressez-vous à la direction",
        "borrower": late.row.borrower_name,
        "device": late.row.device_label,
        "due_on": french.long_date(late.row.due_on),
        "days_late": french.count(late.row.days_late, "jour"),
        "previous": french.long_date(before[-1]) if before else "",
    }


def _accessories(names: Sequence[str]) -> str:
    # "Chargeur" reads "chargeur" within a sentence, "USB" stays as it is.
    words = [name[:1].lower() + name[1:] if name[1:2].islower() else name for name in names]
    return f", avec : {', '.join(words)}" if words else ""


def _parts(dossier: Dossier, loan_ids: Sequence[int]) -> Mapping[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    wanted = (
        select(LoanAccessory.loan_id, LoanAccessory.name)
        .where(LoanAccessory.loan_id.in_(loan_ids))
        .order_by(LoanAccessory.loan_id, LoanAccessory.position)
    )
    for row in dossier.rows(wanted):
        found[row.loan_id].append(row.name)
    return found


def _owners(dossier: Dossier, wanted: Sequence[LateLoan]) -> Mapping[int, str]:
    ids = {loan.row.device_id for loan in wanted}
    rows = dossier.rows(select(Device.id, Device.owner).where(Device.id.in_(ids)))
    return {row.id: row.owner for row in rows}
