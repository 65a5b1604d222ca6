# SPDX-License-Identifier: GPL-3.0-or-later
"""When a loan should be due: on a day when the school is open to take it back; pure.

These are proposals: a head may type any day and is told gently when nobody will be there.
"""

from datetime import date, timedelta

from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.rules import DueProposal
from egn_desktop.school.calendar import SchoolCalendar

LONGEST_DELAY = 28
"""By how many days a proposal is moved to a later day at most: a summer is longer."""


def proposals(day: date, calendar: SchoolCalendar) -> tuple[DueProposal, ...]:
    """Return the days proposed for the return of a loan made or renewed on ``day``.

    The first one is what a form shows. None falls on a day when the school is closed, as far as
    its calendar is known.
    """
    return (
        DueProposal("Fin de l’année scolaire", end_of_school_year(day, calendar)),
        DueProposal("Dans 2 semaines", in_weeks(day, 2, calendar)),
        DueProposal("Dans 6 semaines", in_weeks(day, 6, calendar)),
    )


def end_of_school_year(day: date, calendar: SchoolCalendar) -> date:
    """Return the last open day before the summer holidays that follow a day.

    Where they are not known, the first Friday of July or the open day before it.
    """
    summer = calendar.summer_after(day)
    while summer is not None:
        last = calendar.last_open(summer.first - timedelta(days=1))
        if last > day:
            return last
        summer = calendar.summer_after(summer.first)
    friday = rules.end_of_school_year(day)
    last = calendar.last_open(friday)
    return last if last > day else calendar.next_open(friday)


def in_weeks(day: date, weeks: int, calendar: SchoolCalendar) -> date:
    """Return the day that many weeks later, moved to the next open day if the school is closed.

    Not over a summer: then the last open day before it, if one is left.
    """
    wanted = day + timedelta(weeks=weeks)
    after, before = calendar.next_open(wanted), calendar.last_open(wanted)
    is_far = (after - wanted).days > LONGEST_DELAY
    return before if is_far and before > day else after


def gentle_note(due_on: date, calendar: SchoolCalendar) -> str:
    """Return that the school is closed on a day and when it opens again, in French; else ""."""
    return calendar.closed_note(due_on)
