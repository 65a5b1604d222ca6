# SPDX-License-Identifier: GPL-3.0-or-later
"""Which backups to keep: the last few, then one a day, one a week and one a month, for a year.

Backups come in the order in which they were made, which their numbers give. A date may be wrong:
it never decides which backup is the newest.
"""

from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise

RECENT = 5
DAYS = 7
WEEKS = 4
MONTHS = 12
# However seldom the dossier is opened, what was erased from it is gone from its backups then.
LIMIT_DAYS = 365
# Days of use after a leap of the clock before it is believed: one wrong day must not age all.
LEAP_DAYS = 366
BELIEVED_AFTER = 3


def kept(times: Sequence[datetime]) -> frozenset[int]:
    """Return the places, of those given newest first, of the backups to keep.

    The last few stay whatever their day: one asked for an hour ago must not go because a newer one
    came. Days, weeks and months without a backup do not count: a school closed in summer keeps as
    many backups as one that is not.
    """
    return frozenset(range(min(RECENT, len(times)))) | frozenset(
        place
        for period, number in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS))
        for place in _last_of_each(times, period)[:number]
    )


def past_term(times: Sequence[datetime], today: date) -> frozenset[int]:
    """Return the places, of those given newest first, of the backups that are over their term.

    The newest has none, and nothing is over its term while the clock may be wrong.
    """
    if not is_clock_sure(times, today):
        return frozenset()
    terms = last_days(times, today)
    return frozenset(place for place, term in enumerate(terms) if place and term < today)


def last_days(times: Sequence[datetime], today: date) -> list[date]:
    """Return the last day of each backup, of those given newest first.

    One whose date is still to come was made under a wrong clock: it is as old as the next one.
    """
    days: list[date] = []
    known = today
    for time in times:
        known = time.date() if time.date() <= today else known
        days.append(known + timedelta(days=LIMIT_DAYS))
    return days


def is_clock_sure(times: Sequence[datetime], today: date) -> bool:
    """Tell whether the clock leapt by more than a year, and too few days of use confirm it."""
    days = [day for day, _ in groupby([today, *(time.date() for time in times)])]
    leaps = (abs((newer - older).days) > LEAP_DAYS for newer, older in pairwise(days))
    return not any(leap for leap, _ in zip(leaps, range(BELIEVED_AFTER - 1), strict=False))


def _last_of_each(
    newest_first: Sequence[datetime], period: Callable[[datetime], Hashable]
) -> list[int]:
    last: dict[Hashable, int] = {}
    for place, time in enumerate(newest_first):
        last.setdefault(period(time), place)
    return list(last.values())


def _day(time: datetime) -> date:
    return time.date()


def _week(time: datetime) -> tuple[int, int]:
    return time.isocalendar()[:2]


def _month(time: datetime) -> tuple[int, int]:
    return time.year, time.month
