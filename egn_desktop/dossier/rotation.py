# SPDX-License-Identifier: GPL-3.0-or-later
"""Which backups to keep: the last few, then one a day, one a week and one a month."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime

RECENT = 5
DAYS = 7
WEEKS = 4
MONTHS = 12


def kept(times: Iterable[datetime]) -> frozenset[datetime]:
    """Return the times to keep: the last few, and the last of each day, week and month.

    The last few stay whatever their day: one asked for an hour ago, or that of another copy of
    the same dossier, must not go because a newer one came.

    Days, weeks and months without a backup do not count: a school closed in summer keeps as many
    backups as one that is not.
    """
    newest_first = sorted(set(times), reverse=True)
    return frozenset(newest_first[:RECENT]) | frozenset(
        time
        for period, number in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS))
        for time in _last_of_each(newest_first, period)[:number]
    )


def _last_of_each(
    newest_first: Iterable[datetime], period: Callable[[datetime], Hashable]
) -> list[datetime]:
    last: dict[Hashable, datetime] = {}
    for time in newest_first:
        last.setdefault(period(time), time)
    return list(last.values())


def _day(time: datetime) -> date:
    return time.date()


def _week(time: datetime) -> tuple[int, int]:
    return time.isocalendar()[:2]


def _month(time: datetime) -> tuple[int, int]:
    return time.year, time.month
