# SPDX-License-Identifier: GPL-3.0-or-later
"""Reminders of late loans: their three levels, which one comes next, and their words; pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final
from urllib.parse import quote

from egn_desktop import content
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.words import WORDS

PATIENCE = timedelta(days=7)
"""How long somebody is given before the next reminder is proposed: our own proposal."""

PLACEHOLDERS: Final = WORDS | {
    *("school", "contact", "borrower", "device", "accessories", "owner"),
    *("due_on", "days_late", "previous", "return_by"),
}
"""What a reminder may name between braces; ``queries.reminders`` fills each of them."""


class ReminderLevel(StrEnum):
    """How firm a reminder is; the value is kept in the dossier and names its text."""

    COURTEOUS = "courteous"
    FIRM = "firm"
    LAST = "last"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            ReminderLevel.COURTEOUS: "Premier rappel",
            ReminderLevel.FIRM: "Deuxième rappel",
            ReminderLevel.LAST: "Dernier rappel",
        }[self]


class Channel(StrEnum):
    """How somebody was reminded; the value is kept in the dossier."""

    LETTER = "letter"
    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Channel.LETTER: "Courrier",
            Channel.EMAIL: "Courriel",
            Channel.SMS: "SMS",
            Channel.PHONE: "Téléphone",
        }[self]

    @property
    def within(self) -> str:
        """The French name within a sentence."""
        return self.label if self is Channel.SMS else self.label.lower()


@dataclass(frozen=True, slots=True)
class Sent:
    """One reminder that was made."""

    level: ReminderLevel
    channel: Channel
    sent_on: date


class ReminderText(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one level; its id is a ``ReminderLevel``, with "-staff" for the staff.

    Attributes:
        title: subject of the letter and of the e-mail.
        paragraphs: of both.
        sms: the short form.
    """

    title: str
    paragraphs: tuple[str, ...]
    sms: str


@cache
def texts() -> content.Catalogue[ReminderText]:
    """Return the reminders to families, then to the staff, the kindest first."""
    return content.load("loans/reminders.toml", ReminderText)


def next_level(history: Sequence[Sent], today: date) -> ReminderLevel:
    """Return the reminder to make today; another one of the same day is of the same level."""
    if not history:
        return ReminderLevel.COURTEOUS
    newest = max(history, key=lambda reminder: reminder.sent_on)
    levels = tuple(ReminderLevel)
    place = max(levels.index(reminder.level) for reminder in history)
    step = 0 if newest.sent_on == today else 1
    return levels[min(place + step, len(levels) - 1)]


def waits_until(history: Sequence[Sent]) -> date | None:
    """Return the day from which the next reminder is proposed; None when none was made."""
    return max(reminder.sent_on for reminder in history) + PATIENCE if history else None


def is_due(history: Sequence[Sent], today: date) -> bool:
    """Tell whether a late loan should be in the letters of today: those made today still are."""
    wait = waits_until(history)
    return wait is None or today >= wait or wait == today + PATIENCE


def mailto(addresses: Sequence[str], subject: str, body: str) -> str:
    """Return the link that opens a new message in the computer's own mail program."""
    to = ",".join(quote(address.strip(), safe="@") for address in addresses if address.strip())
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n")
    return f"mailto:{to}?subject={quote(subject, safe='')}&body={quote(lines, safe='')}"


@dataclass(frozen=True, slots=True)
class Message:
    """One reminder ready to be sent.

    Attributes:
        recipient: whom it is written to; see ``queries.contacts``.
        emails: of all representatives, or of the person who borrowed.
    """

    loan_id: int
    level: ReminderLevel
    title: str
    paragraphs: tuple[str, ...]
    sms: str
    signature: str
    recipient: str
    address: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def email(self) -> str:
        """The e-mail's text."""
        return "\n\n".join(("Madame, Monsieur,", *self.paragraphs, self.signature))

    @property
    def mailto(self) -> str:
        """The link that opens this e-mail, ready to be read over and sent."""
        return mailto(self.emails, self.title, self.email)


def fill(
    level: ReminderLevel, kind: BorrowerKind, values: Mapping[str, str]
) -> tuple[str, tuple[str, ...], str]:
    """Return the title, paragraphs and SMS of a level with their placeholders replaced."""
    text = texts()[level if kind is BorrowerKind.PUPIL else f"{level}-{kind}"]
    return (
        text.title.format_map(values),
        tuple(_unbroken(paragraph.format_map(values)) for paragraph in text.paragraphs),
        text.sms.format_map(values),
    )


def _unbroken(text: str) -> str:
    """Return a text whose lines never begin with a sign; an SMS stays in its cheaper alphabet."""
    return re.sub(r" (?=[:;?!»])", "\u00a0", text)
