# SPDX-License-Identifier: GPL-3.0-or-later
"""Several stories told at once, day by day, with the dossier's clock moved to each day.

A story is a generator: it yields the day of its next event, and what follows the yield happens on
that day. So the journal of the demonstration bears true dates, in a true order.
"""

import heapq
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from egn_desktop.dossier import Dossier

Story = Iterator[date]

_MORNING = time(8, 10)
_SATURDAY = 5
_SUMMER = ((7, 5), (8, 31))
_CHRISTMAS = ((12, 20), (1, 4))


def school_day(day: date) -> date:
    """Return the day, or the last one before it on which a school is open.

    The short holidays are left out: they depend on the zone and the year.
    """
    while day.weekday() >= _SATURDAY or _is_holiday((day.month, day.day)):
        day -= timedelta(days=1)
    return day


def _is_holiday(place: tuple[int, int]) -> bool:
    in_summer = _SUMMER[0] <= place <= _SUMMER[1]
    return in_summer or place >= _CHRISTMAS[0] or place <= _CHRISTMAS[1]


def tell(dossier: Dossier, stories: Iterable[Story], today: date) -> None:
    """Tell the stories up to today, one transaction a day; the clock is put back at the end.

    A story that names a day before its last one goes on the same day; what it would do after
    today is left untold.
    """
    clock, now = dossier.clock, dossier.now()
    # The file was made just now; its story begins long before.
    dossier.trust_clock()
    waiting = [(next(story), place, story) for place, story in enumerate(stories)]
    heapq.heapify(waiting)
    try:
        while waiting and waiting[0][0] <= today:
            day = waiting[0][0]
            morning = datetime.combine(day, _MORNING, now.tzinfo)
            if day == now.date():
                # Told before breakfast, today's part would bear an hour that is still to come.
                morning = min(morning, now)
            dossier.clock = lambda morning=morning: morning
            with dossier.write():
                while waiting and waiting[0][0] == day:
                    _, place, story = heapq.heappop(waiting)
                    following = next(story, None)
                    if following is not None:
                        heapq.heappush(waiting, (max(following, day), place, story))
    finally:
        dossier.clock = clock
