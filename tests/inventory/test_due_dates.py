# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.inventory.lending import due_dates
from egn_desktop.school.calendar import Period, SchoolCalendar, known_holidays
from egn_desktop.school.public_holidays import Territory

CALENDARS = st.builds(
    lambda zone, territory, closed: SchoolCalendar(
        zone, territory, known_holidays(zone), tuple(closed)
    ),
    st.sampled_from(["A", "B", "C", "Corse", ""]),
    st.sampled_from(Territory),
    st.lists(
        st.builds(
            lambda first, days: Period("Travaux", first, first + timedelta(days=days)),
            st.dates(date(2026, 1, 1), date(2029, 12, 31)),
            st.integers(0, 30),
        ),
        max_size=3,
    ),
)
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
ZONE_A = SchoolCalendar("A", holidays=known_holidays("A"))


@given(DAYS, CALENDARS)
def test_no_proposal_falls_on_a_closed_day(day: date, calendar: SchoolCalendar) -> None:
    for proposal in due_dates.proposals(day, calendar):
        assert day < proposal.due_on
        assert calendar.is_open(proposal.due_on), calendar.why_closed(proposal.due_on)
        assert "Réouverture" not in due_dates.gentle_note(proposal.due_on, calendar)


@given(DAYS, st.integers(1, 40), CALENDARS)
def test_an_open_day_is_not_moved(day: date, weeks: int, calendar: SchoolCalendar) -> None:
    wanted = day + timedelta(weeks=weeks)
    found = due_dates.in_weeks(day, weeks, calendar)
    assert (found == wanted) == calendar.is_open(wanted)
    assert not any(
        calendar.is_open(min(found, wanted) + timedelta(days=n))
        for n in range(1, abs((found - wanted).days))
    ), "the nearest open day on that side"


@pytest.mark.parametrize(
    ("day", "due_on"),
    [
        (date(2026, 11, 24), date(2027, 7, 2)),
        (date(2027, 7, 1), date(2027, 7, 2)),
        (date(2027, 7, 2), date(2028, 7, 3)),
        (date(2027, 7, 20), date(2028, 7, 3)),
        # The summer of 2029 is not known.
        (date(2028, 9, 4), date(2029, 7, 6)),
    ],
)
def test_the_year_ends_on_the_last_day_before_summer(day: date, due_on: date) -> None:
    assert due_dates.end_of_school_year(day, ZONE_A) == due_on


def test_weeks_end_after_short_holidays_but_before_summer() -> None:
    assert due_dates.in_weeks(date(2026, 12, 8), 2, ZONE_A) == date(2027, 1, 4)
    assert due_dates.in_weeks(date(2027, 6, 25), 2, ZONE_A) == date(2027, 7, 2)
    # Lent in July itself: nothing is open before September.
    assert due_dates.in_weeks(date(2027, 7, 10), 2, ZONE_A) == date(2027, 9, 1)


def test_a_closed_day_is_told_with_the_next_open_one() -> None:
    assert due_dates.gentle_note(date(2026, 12, 18), ZONE_A) == ""
    assert due_dates.gentle_note(date(2026, 12, 25), ZONE_A) == (
        "C’est un jour férié (Noël). Réouverture le lundi 4 janvier 2027."
    )
