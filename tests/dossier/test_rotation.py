# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier.rotation import (
    BELIEVED_AFTER,
    DAYS,
    LIMIT_DAYS,
    MONTHS,
    RECENT,
    WEEKS,
    is_clock_sure,
    kept,
    last_days,
    past_term,
)

ROOT = Path(__file__).resolve().parents[2]
START = datetime(2026, 9, 1, 17, tzinfo=UTC)
ANY_ORDER = st.lists(
    st.integers(0, 5 * 366 * 24).map(lambda hours: START + timedelta(hours=hours)), max_size=60
)
NEWEST_FIRST = ANY_ORDER.map(lambda times: sorted(set(times), reverse=True))


def staying(times: list[datetime]) -> list[datetime]:
    return [times[place] for place in sorted(kept(times))]


@given(ANY_ORDER)
def test_little_is_kept_and_always_the_last_few(times: list[datetime]) -> None:
    assert len(kept(times)) <= RECENT + DAYS + WEEKS + MONTHS
    assert set(range(min(RECENT, len(times)))) <= kept(times)


@given(ANY_ORDER)
def test_rotating_twice_drops_nothing_more(times: list[datetime]) -> None:
    assert staying(staying(times)) == staying(times)


@given(NEWEST_FIRST)
def test_the_last_of_each_recent_day_week_and_month_stays(times: list[datetime]) -> None:
    for period, number in (
        (lambda time: time.date(), DAYS),
        (lambda time: time.isocalendar()[:2], WEEKS),
        (lambda time: (time.year, time.month), MONTHS),
    ):
        recent = sorted({period(time) for time in times}, reverse=True)[:number]
        for latest in recent:
            assert max(time for time in times if period(time) == latest) in staying(times)


def test_a_year_of_school_days_leaves_a_week_a_month_and_a_year() -> None:
    times: list[datetime] = []
    today = START
    for day in range(400):
        today = START + timedelta(days=day)
        for hour in (0, 2):
            times = staying([today + timedelta(hours=hour), *times])
    ages = sorted((today - time).days for time in times)
    days = sorted({time.date() for time in times}, reverse=True)
    assert [(today.date() - day).days for day in days[:7]] == list(range(7))
    assert len({(time.year, time.month) for time in times}) == MONTHS
    assert len({time.isocalendar()[:2] for time in times if (today - time).days < 28}) >= WEEKS
    assert ages[-1] > 300


def test_it_keeps_what_the_guide_says() -> None:
    told = (ROOT / "docs" / "guide" / "dossier.md").read_text(encoding="utf-8")
    assert (
        f"Restent les {RECENT} dernières, puis une pour chacun des {DAYS} derniers jours, "
        f"des {WEEKS} dernières semaines et des {MONTHS} derniers mois"
    ) in told
    assert f"Aucune n’est gardée plus de {LIMIT_DAYS} jours" in told


@given(NEWEST_FIRST, st.integers(0, 6 * 366))
def test_what_is_told_as_the_last_day_is_the_last_day(times: list[datetime], later: int) -> None:
    today = START.date() + timedelta(days=later)
    over = past_term(times, today)
    for place, (time, last) in enumerate(zip(times, last_days(times, today), strict=True)):
        if time.date() <= today:
            assert last == time.date() + timedelta(days=LIMIT_DAYS)
        if place and is_clock_sure(times, today):
            assert (place in over) == (last < today)
    assert 0 not in over


def test_one_day_under_a_wrong_clock_ages_nothing_and_stays_no_longer() -> None:
    school = [START - timedelta(days=day) for day in range(30)]
    wrong = datetime(2036, 1, 1, tzinfo=UTC)
    assert past_term(school, wrong.date()) == frozenset()
    assert past_term([wrong, *school], wrong.date()) == frozenset()
    # Dated ten years ahead, it goes with the one made after it.
    back = [START + timedelta(days=day) for day in range(BELIEVED_AFTER, 0, -1)]
    times = [*back, wrong, *school]
    assert last_days(times, date(2026, 9, 4))[len(back)] == date(2026, 9, 2) + timedelta(LIMIT_DAYS)


def test_a_leap_is_believed_after_a_few_days_of_use() -> None:
    school = [START - timedelta(days=day) for day in range(30)]
    later = START + timedelta(days=500)
    used: list[datetime] = []
    for day in range(BELIEVED_AFTER):
        today = later + timedelta(days=day)
        assert is_clock_sure([*used, *school], today.date()) == (day == BELIEVED_AFTER - 1)
        used.insert(0, today)
