# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier.rotation import DAYS, MONTHS, RECENT, WEEKS, kept

START = datetime(2026, 9, 1, 17, tzinfo=UTC)
TIMES = st.sets(
    st.integers(0, 5 * 366 * 24).map(lambda hours: START + timedelta(hours=hours)), max_size=60
)


@given(TIMES)
def test_little_is_kept_and_always_the_last_few(times: set[datetime]) -> None:
    staying = kept(times)
    assert staying <= times
    assert len(staying) <= RECENT + DAYS + WEEKS + MONTHS
    assert set(sorted(times)[-RECENT:]) <= staying


@given(TIMES)
def test_rotating_twice_drops_nothing_more(times: set[datetime]) -> None:
    assert kept(kept(times)) == kept(times)


@given(TIMES)
def test_the_last_of_each_recent_day_week_and_month_stays(times: set[datetime]) -> None:
    staying = kept(times)
    for period, number in (
        (lambda time: time.date(), DAYS),
        (lambda time: time.isocalendar()[:2], WEEKS),
        (lambda time: (time.year, time.month), MONTHS),
    ):
        recent = sorted({period(time) for time in times}, reverse=True)[:number]
        for one in recent:
            assert max(time for time in times if period(time) == one) in staying


def test_a_year_of_school_days_leaves_a_week_a_month_and_a_year() -> None:
    staying: frozenset[datetime] = frozenset()
    today = START
    for day in range(400):
        today = START + timedelta(days=day)
        for hour in (0, 2):
            staying = kept(staying | {today + timedelta(hours=hour)})
    ages = sorted((today - time).days for time in staying)
    days = sorted({time.date() for time in staying}, reverse=True)
    assert [(today.date() - day).days for day in days[:7]] == list(range(7))
    assert len({(time.year, time.month) for time in staying}) == MONTHS
    assert len({time.isocalendar()[:2] for time in staying if (today - time).days < 28}) >= WEEKS
    assert ages[-1] > 300
