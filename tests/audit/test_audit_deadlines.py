# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.audit.deadlines import proposed_due
from egn_desktop.audit.rules import Gap, Priority

GAP = Gap(lines=(), providers=(), priority=Priority.FIRST)


@pytest.mark.parametrize(
    ("priority", "today", "expected"),
    [
        (Priority.FIRST, date(2026, 11, 24), date(2027, 2, 22)),
        (Priority.NEXT, date(2026, 11, 24), date(2027, 6, 30)),
        (Priority.NEXT, date(2027, 6, 1), date(2028, 6, 30)),
        (Priority.LATER, date(2026, 11, 24), date(2028, 6, 30)),
    ],
)
def test_what_comes_first_is_proposed_soonest(
    priority: Priority, today: date, expected: date
) -> None:
    assert proposed_due(replace(GAP, priority=priority), today) == expected


@given(st.sampled_from(Priority), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_there_is_always_time_and_never_a_week_end(priority: Priority, today: date) -> None:
    found = proposed_due(replace(GAP, priority=priority), today)
    assert (found - today).days >= 55
    assert found.weekday() < 5
