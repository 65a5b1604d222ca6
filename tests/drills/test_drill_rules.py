# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.content import source
from egn_desktop.drills import rules
from egn_desktop.drills.rules import Cadence, DrillKind
from egn_desktop.school.calendar import SchoolCalendar, known_holidays
from egn_desktop.school.words import Owner, SchoolKind

days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
cadences: st.SearchStrategy[Cadence] = st.sampled_from(("term", "year", "two-years"))
some_measure = st.sampled_from(list(rules.measures()))


def test_the_content_describes_exactly_the_four_kinds() -> None:
    assert [kind.id for kind in rules.kinds()] == list(DrillKind)
    for kind in rules.kinds():
        assert len(kind.preparation) >= 4, kind.id
        assert kind.functions
        assert kind.cadence_text


@pytest.mark.parametrize("kind", DrillKind)
def test_every_kind_has_a_script_that_can_be_played(kind: DrillKind) -> None:
    scripts = rules.scripts_for(kind)
    assert scripts
    for script in scripts:
        assert len(script.injects) >= 4, script.id
        minutes = [inject.minutes for inject in script.injects]
        assert minutes == sorted(minutes), script.id
        assert minutes[0] == 0
        assert set(script.measures) <= {measure.id for measure in rules.measures()}


def test_every_kind_has_something_to_measure() -> None:
    for kind in DrillKind:
        assert rules.measures_for(kind)


def test_the_scripts_of_the_scenario_come_first() -> None:
    first, *others = rules.scripts_for(DrillKind.TABLETOP, "intemperies")
    assert "intemperies" in first.scenarios
    assert "intemperies" not in others[0].scenarios


def test_only_the_ppms_exercises_claim_an_official_source() -> None:
    own = (rules.kinds(), rules.measures(), rules.scripts(), rules.questions())
    assert all(source(entry).is_own_proposal for catalogue in own for entry in catalogue)
    official = {entry.family: source(entry).id for entry in rules.due_exercises()}
    assert official == {"fire": "exercices-incendie", "ppms": "circ-ppms-2023"}


def test_the_exercises_of_the_year_are_due_between_days_of_the_schools_calendar() -> None:
    zone_a = SchoolCalendar(zone="A", holidays=known_holidays("A"))
    unknown = SchoolCalendar()
    windows = {exercise.id: exercise.window(2026, zone_a) for exercise in rules.due_exercises()}
    assert windows["fire-first"] == (date(2026, 9, 1), date(2026, 9, 30))
    assert windows["ppms-autumn"] == (date(2026, 9, 1), date(2026, 10, 31))
    assert windows["ppms-winter"] == (date(2026, 11, 1), date(2027, 2, 12))
    assert windows["fire-second"][1] == date(2027, 7, 2)
    winter = next(exercise for exercise in rules.due_exercises() if exercise.id == "ppms-winter")
    assert winter.window(2026, unknown) == (date(2026, 11, 1), None)
    lycee = SchoolKind(is_first_degree=False, owner=Owner.REGION)
    assert "fire-night" in {exercise.id for exercise in rules.due_exercises(lycee)}
    assert "fire-night" not in windows


@given(some_measure, st.floats(0, 100))
def test_a_target_stays_met_when_the_result_gets_better(
    measure: rules.Measure, value: float
) -> None:
    better = value + 1 if measure.better == "high" else value - 1
    if rules.target_met(measure, value):
        assert rules.target_met(measure, better)
    assert rules.target_met(measure, measure.target)


def test_a_percentage_beyond_a_hundred_or_a_wrong_mark_is_refused() -> None:
    families, mark = rules.measures()["families_2h"], rules.measures()["satisfaction"]
    assert rules.measure_problem(families, 100) is None
    assert "100" in (rules.measure_problem(families, 101) or "")
    assert "négatif" in (rules.measure_problem(families, -1) or "")
    assert "de 1 à 4" in (rules.measure_problem(mark, 5) or "")
    assert rules.measure_problem(mark, 3.5) is None


@given(cadences, days)
def test_a_day_falls_within_its_period(cadence: Cadence, day: date) -> None:
    end = rules.period_end(cadence, day)
    assert end is not None
    assert day <= end
    if cadence != "two-years":  # two years are counted from the drill, not from the calendar
        assert rules.period_end(cadence, end) == end


@given(cadences, days, st.integers(0, 800))
def test_the_next_drill_is_never_due_before_the_one_just_held(
    cadence: Cadence, held: date, later: int
) -> None:
    due = rules.due_on(cadence, held, held + timedelta(days=later))
    assert due is not None
    assert due > held
    longest = {"term": 274, "year": 731, "two-years": 1096}[cadence]
    assert due - held <= timedelta(days=longest)


@given(cadences, days, days)
def test_holding_a_drill_later_never_brings_the_next_one_nearer(
    cadence: Cadence, day: date, other: date
) -> None:
    early, late = sorted((day, other))
    assert rules.due_on(cadence, early, late) <= rules.due_on(cadence, late, late)


@given(cadences, days)
def test_one_never_held_is_due_by_the_end_of_the_current_period(
    cadence: Cadence, today: date
) -> None:
    assert rules.due_on(cadence, None, today) == rules.period_end(cadence, today)


@pytest.mark.parametrize(
    ("cadence", "held", "due"),
    [
        ("term", date(2026, 10, 6), date(2027, 2, 28)),
        ("term", date(2027, 12, 14), date(2028, 6, 30)),
        ("term", date(2027, 2, 1), date(2027, 6, 30)),
        ("term", date(2027, 5, 4), date(2027, 11, 30)),
        ("year", date(2026, 3, 12), date(2027, 6, 30)),
        ("year", date(2026, 9, 12), date(2028, 6, 30)),
        ("two-years", date(2026, 3, 12), date(2028, 6, 30)),
        ("", date(2026, 3, 12), None),
    ],
)
def test_due_dates_by_cadence(cadence: Cadence, held: date, due: date | None) -> None:
    assert rules.due_on(cadence, held, date(2026, 11, 24)) == due


def test_a_leap_year_ends_its_winter_term_on_the_29th() -> None:
    assert rules.period_end("term", date(2027, 12, 1)) == date(2028, 2, 29)


def test_figures_read_as_french() -> None:
    families = rules.measures()["families_2h"]
    assert rules.with_unit(families, 94) == "94\u202f%"
    assert rules.target_text(families) == "au moins 90\u202f%"
    assert rules.target_text(rules.measures()["cell_minutes"]) == "au plus 15\u202fmin"
    assert rules.after_start(0) == "0\u202fmin"
    assert rules.after_start(60) == "1\u202fh"
    assert rules.after_start(95) == "1\u202fh\u202f35"
