# SPDX-License-Identifier: GPL-3.0-or-later
"""By when a gap's action is proposed to be done: our own proposal, which the head changes."""

from datetime import date, timedelta

from egn_desktop.audit.rules import Gap, Priority
from egn_desktop.school.calendar import audit_year

FIRST_DAYS = 90
LEAST_DAYS = 60
"""A school year that ends sooner than this leaves no time: the next one's end is proposed."""


def proposed_due(gap: Gap, today: date) -> date:
    """Return the day proposed: in three months, by the end of the school year, or of the next."""
    if gap.priority is Priority.FIRST:
        return _working_day(today + timedelta(days=FIRST_DAYS))
    end = date(audit_year(today) + 1, 6, 30)
    if (end - today).days < LEAST_DAYS:
        end = end.replace(year=end.year + 1)
    if gap.priority is Priority.LATER:
        end = end.replace(year=end.year + 1)
    return _working_day(end)


def _working_day(day: date) -> date:
    """Return the day itself, or the Friday before a Saturday or a Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))
