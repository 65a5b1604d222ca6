# SPDX-License-Identifier: GPL-3.0-or-later
"""What is due, for the agenda of a computer or a phone: returns, reviews, actions, drills.

Days and no hours: Outlook moves an hour whose zone it does not know, or refuses it. An event keeps
its identifier and its number goes up, so that a later file moves it instead of doubling it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from pathlib import Path

from egn_desktop import french
from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import ActionState
from egn_desktop.dossier import Dossier
from egn_desktop.drills.queries import drills
from egn_desktop.drills.rules import DrillState
from egn_desktop.errors import UserError
from egn_desktop.exchange.content_lines import as_bytes, escaped, identifier
from egn_desktop.exchange.nameless import Nameless
from egn_desktop.exchange.spreadsheets import write_file
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.plans.queries import contacts, sections, summary
from egn_desktop.plans.rules import REVIEW_AFTER, SectionState
from egn_desktop.school.queries import identity

MOST_LISTED = 50
"""How many devices the event of a day names."""

REVIEW_DUE = REVIEW_AFTER + timedelta(days=1)
"""The first day on which something looked at is to be looked at again."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is due on a day.

    Attributes:
        what: tells it from all others, for ever.
    """

    what: str
    day: date
    title: str
    details: str = ""


def write_agenda(dossier: Dossier, path: Path, *, names: bool) -> int:
    """Write what is due as iCalendar, and return how many events there are.

    Args:
        names: with who is to bring what back and who answers for what; else no pupil is named.

    Raises:
        UserError: nothing is due, or the file cannot be written.
    """
    found = events(dossier, names=names)
    if not found:
        raise UserError(
            "Rien n’est à venir dans ce dossier.",
            kept="Aucun fichier n’a été écrit.",
            todo="Un prêt, une action datée, un exercice prévu ou un plan adopté y paraîtra.",
        )
    write_file(path, as_bytes(list(_lines(dossier, found, names=names))))
    return len(found)


def events(dossier: Dossier, *, names: bool) -> Sequence[Event]:
    """Return what is due, the first day first."""
    with dossier.read():
        found = (
            *_returns(dossier, names=names),
            *_reviews(dossier),
            *_actions(dossier, names=names),
            *_drills(dossier),
        )
    return sorted(found, key=lambda event: (event.day, event.what))


def _returns(dossier: Dossier, *, names: bool) -> Iterator[Event]:
    due = defaultdict[date, list[LoanRow]](list)
    for loan in loans(dossier, state=LoanState.OPEN):
        due[loan.due_on].append(loan)
    for day, rows in due.items():
        lines = [
            f"{row.device_label}, {row.borrower_name}" if names else row.device_label
            for row in rows[:MOST_LISTED]
        ]
        if len(rows) > MOST_LISTED:
            lines.append(f"et {french.count(len(rows) - MOST_LISTED, 'autre')}")
        title = "Retours attendus : " + french.count(len(rows), "appareil")
        yield Event(f"returns:{day.isoformat()}", day, title, "\n".join(lines))


def _reviews(dossier: Dossier) -> Iterator[Event]:
    adopted_on = summary(dossier).adopted_on
    if adopted_on is not None:
        title = "Plan de continuité : mise à jour annuelle"
        yield Event("review:plan", adopted_on + REVIEW_DUE, title)
    read = [
        (row.looked_at + REVIEW_DUE, row.section.title)
        for row in sections(dossier)
        if row.looked_at is not None and row.state in (SectionState.DONE, SectionState.TO_REVIEW)
    ]
    if read:
        title = "Plan de continuité : parties à relire"
        yield Event("review:sections", min(read)[0], title, _by_day(read))
    checked = [
        (contact.checked_on + REVIEW_DUE, contact.role)
        for contact in contacts(dossier)
        if contact.checked_on is not None
    ]
    if checked:
        title = "Annuaire de crise : numéros à vérifier"
        yield Event("review:contacts", min(checked)[0], title, _by_day(checked))


def _by_day(due: Sequence[tuple[date, str]]) -> str:
    return "\n".join(f"{french.short_date(day)} : {what}" for day, what in sorted(due))


def _actions(dossier: Dossier, *, names: bool) -> Iterator[Event]:
    said: Callable[[str], str] = str if names else Nameless(dossier, staff=False)
    for row in actions(dossier, ActionState.OPEN):
        if row.due_on is None:
            continue
        details = [row.source.kind.label, row.responsible if names else ""]
        title = f"Action : {said(row.title) or f'n° {row.id}'}"
        yield Event(f"action:{row.id}", row.due_on, title, "\n".join(filter(None, details)))


def _drills(dossier: Dossier) -> Iterator[Event]:
    for row in drills(dossier):
        if row.state is DrillState.PLANNED and row.planned_on is not None:
            yield Event(f"drill:{row.id}", row.planned_on, f"Exercice : {row.title}")


def _lines(dossier: Dossier, found: Sequence[Event], *, names: bool) -> Iterator[str]:
    stamp = f"{dossier.now().astimezone(UTC):%Y%m%dT%H%M%SZ}"
    # Goes up with every change of what is due, and never down.
    sequence = dossier.journal_stamp().entries
    school = identity(dossier)
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//EGN Desktop//Agenda//FR"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield f"X-WR-CALNAME:{escaped(school.name or 'EGN Desktop')}"
    for event in found:
        yield "BEGIN:VEVENT"
        yield f"UID:{identifier(dossier, event.what)}"
        yield f"SEQUENCE:{sequence}"
        yield f"DTSTAMP:{stamp}"
        yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
        yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
        yield f"SUMMARY:{escaped(event.title)}"
        if event.details:
            yield f"DESCRIPTION:{escaped(event.details)}"
        yield f"CLASS:{'CONFIDENTIAL' if names else 'PUBLIC'}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"
    yield "END:VCALENDAR"
