# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.calendar import (
    Period,
    SchoolCalendar,
    audit_year,
    drill_year,
    known_holidays,
    loan_year,
)
from egn_desktop.school.public_holidays import Territory, easter, public_holidays, territory_of
from egn_desktop.school.queries import Identity, calendar, corrections
from egn_desktop.school.service import SchoolService

ZONE_A = SchoolCalendar("A", holidays=known_holidays("A"))


# Easter Sundays of the civil calendar, among them the earliest and the latest of our time.
@pytest.mark.parametrize(
    "sunday",
    [date(2008, 3, 23), date(2011, 4, 24), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)],
)
def test_easter_falls_where_it_does(sunday: date) -> None:
    assert easter(sunday.year) == sunday


@given(st.integers(1900, 2200))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    sunday = easter(year)
    assert sunday.weekday() == 6
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)


def test_the_eleven_public_holidays_of_2027() -> None:
    assert sorted(public_holidays(2027, Territory.MAINLAND)) == [
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 5, 1),
        date(2027, 5, 6),
        date(2027, 5, 8),
        date(2027, 5, 17),
        date(2027, 7, 14),
        date(2027, 8, 15),
        date(2027, 11, 1),
        date(2027, 11, 11),
        date(2027, 12, 25),
    ]


@pytest.mark.parametrize(
    ("territory", "days"),
    [
        (Territory.ALSACE_MOSELLE, {date(2027, 3, 26), date(2027, 12, 26)}),
        (Territory.MARTINIQUE, {date(2027, 5, 22)}),
        (Territory.GUADELOUPE, {date(2027, 5, 27)}),
        (Territory.GUYANE, {date(2027, 6, 10)}),
        (Territory.REUNION, {date(2027, 12, 20)}),
        (Territory.MAYOTTE, {date(2027, 4, 27)}),
        (Territory.SAINT_MARTIN, {date(2027, 5, 28)}),
    ],
)
def test_some_territories_have_more(territory: Territory, days: set[date]) -> None:
    everywhere = set(public_holidays(2027, Territory.MAINLAND))
    assert set(public_holidays(2027, territory)) - everywhere == days


@pytest.mark.parametrize(
    ("uai", "postcode", "territory"),
    [
        ("0430999C", "43200", Territory.MAINLAND),
        ("0670001A", "", Territory.ALSACE_MOSELLE),
        ("", "57000", Territory.ALSACE_MOSELLE),
        ("9740001X", "", Territory.REUNION),
        ("", "97400", Territory.REUNION),
        ("9710001X", "97150", Territory.SAINT_MARTIN),
        ("", "", Territory.MAINLAND),
        # 0571... is Moselle, but 0257... is Doubs.
        ("0257000A", "25000", Territory.MAINLAND),
    ],
)
def test_the_place_says_which_holidays(uai: str, postcode: str, territory: Territory) -> None:
    assert territory_of(uai, postcode) is territory


@pytest.mark.parametrize("zone", ["A", "B", "C"])
def test_holidays_are_those_of_the_package(zone: str) -> None:
    from vacances_scolaires_france import SchoolHolidayDates

    known = SchoolHolidayDates()
    holidays = known_holidays(zone)
    for year in (2016, 2026, 2027, 2028):
        said = set(known.holidays_for_year_and_zone(year, zone))
        first, last = date(year, 1, 1), date(year, 12, 31)
        days = {first + timedelta(days=n) for n in range((last - first).days + 1)}
        assert {day for day in days if any(day in holiday for holiday in holidays)} == said
    assert [holiday.name for holiday in holidays if holiday.name == "Vacances d’été"]
    assert holidays[-1].last == date(2028, 8, 31), "the guide says until when it is known"


def test_why_the_school_is_closed_is_said() -> None:
    assert ZONE_A.why_closed(date(2026, 11, 24)) == ""
    assert ZONE_A.why_closed(date(2026, 11, 28)) == "un samedi"
    assert ZONE_A.why_closed(date(2026, 12, 25)) == "un jour férié (Noël)"
    assert ZONE_A.why_closed(date(2026, 12, 28)) == (
        "un jour de congé (Vacances de Noël, du 19/12/2026 au 03/01/2027)"
    )
    assert ZONE_A.next_open(date(2026, 12, 19)) == date(2027, 1, 4)
    assert ZONE_A.last_open(date(2027, 1, 3)) == date(2026, 12, 18)


def test_what_is_not_known_is_said() -> None:
    assert ZONE_A.ignorance(date(2027, 3, 1)) == ""
    assert ZONE_A.ignorance(date(2028, 10, 2)).startswith(
        "Calendrier inconnu au-delà du 31/08/2028 : seuls les week-ends"
    )
    assert "inconnu pour cette zone (Corse)" in SchoolCalendar("Corse").ignorance(date(2027, 3, 1))
    assert "à préciser" in SchoolCalendar().ignorance(date(2027, 3, 1))


def test_the_head_adds_and_removes_closed_days(dossier: Dossier) -> None:
    school = SchoolService(dossier)
    school.save(Identity(uai="0430999C", holiday_zone="A", postcode="43200"))
    bridge = date(2027, 3, 19)
    added = school.close(bridge, bridge, "  Travaux  électriques ")
    assert calendar(dossier).why_closed(bridge) == "un jour de fermeture (Travaux électriques)"
    monday = date(2026, 12, 21)
    school.reopen(monday, date(2026, 12, 27))
    now = calendar(dossier)
    assert now.is_open(monday)
    # A week that is open again keeps its weekend and its public holiday.
    assert not now.is_open(date(2026, 12, 25))
    assert not now.is_open(date(2026, 12, 26))
    assert not now.is_open(date(2026, 12, 28))
    school.remove_correction(added)
    assert calendar(dossier).is_open(bridge)
    assert [correction.is_open for correction in corrections(dossier)] == [True]
    with pytest.raises(UserError):
        school.remove_correction(added)


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2027, 3, 2), date(2027, 3, 1)), (date(2027, 1, 1), date(2037, 1, 1))],
)
def test_a_slip_of_the_pen_does_not_close_the_school(
    dossier: Dossier, first: date, last: date
) -> None:
    with pytest.raises(UserError, match=r"jour|longue"):
        SchoolService(dossier).close(first, last)
    assert not corrections(dossier)


def test_a_school_without_identity_has_weekends_and_public_holidays(dossier: Dossier) -> None:
    found = calendar(dossier)
    assert found.holidays == ()
    assert not found.is_open(date(2026, 11, 28))
    assert found.is_open(date(2026, 12, 28))


def test_a_period_says_its_days() -> None:
    assert Period("", date(2027, 5, 7), date(2027, 5, 7)).days == "le 07/05/2027"


@pytest.mark.parametrize(
    ("day", "audit", "loan", "drill"),
    [
        (date(2027, 6, 30), 2026, 2026, 2026),
        (date(2027, 7, 1), 2026, 2026, 2027),
        (date(2027, 8, 1), 2027, 2026, 2027),
        (date(2027, 9, 1), 2027, 2027, 2027),
    ],
)
def test_each_matter_has_its_own_year(day: date, audit: int, loan: int, drill: int) -> None:
    assert (audit_year(day), loan_year(day), drill_year(day)) == (audit, loan, drill)
