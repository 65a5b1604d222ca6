# SPDX-License-Identifier: GPL-3.0-or-later
"""What a drill is, whether a target is met, and when the next drill is due."""

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Final, Literal

import msgspec

from egn_desktop import content, french
from egn_desktop.school.calendar import SchoolCalendar
from egn_desktop.school.words import ANY_SCHOOL, SchoolKind

Cadence = Literal["term", "year", "two-years", ""]

SOON_DAYS = 30
"""How long before its day a drill is recalled on the home page."""


class DrillKind(StrEnum):
    """The kind of a drill: its entry in ``resources/drills/kinds.toml``."""

    ALERT = "alert"
    TABLETOP = "tabletop"
    FUNCTIONAL = "functional"
    FULL_SCALE = "full_scale"


class DrillState(StrEnum):
    """Where a drill stands; the value is kept in the dossier."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            DrillState.PLANNED: "Prévu",
            DrillState.HELD: "Tenu",
            DrillState.CANCELLED: "Annulé",
        }[self]


class Preparation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to tick off before the day; the dossier keeps its id, so that words may change."""

    id: str
    text: str

    def is_in(self, ticked: Collection[str]) -> bool:
        """Tell whether it is ticked off: by its id, or in the words that earlier versions kept."""
        return self.id in ticked or self.text in ticked


class Kind(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of drill.

    Attributes:
        short: its name in a table's cell.
        cadence: how often it is held; empty when it is held at will.
        functions: whom to note as taking part, by what they do there.
        preparation: what to tick off before the day.
    """

    title: str
    short: str
    aim: str
    duration: str
    people: str
    cadence: Cadence
    cadence_text: str
    functions: tuple[str, ...]
    preparation: tuple[Preparation, ...]


class Measure(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing measured during a drill.

    Attributes:
        headline: what follows the figure in one line ("94 % *des familles jointes en 2 h*").
        target: what is aimed at, in ``unit``.
        better: whether a result is good at or above the target ("high"), or at or below it.
        kinds: the kinds of drill that it is proposed for, the most telling measure first.
    """

    label: str
    headline: str
    unit: str
    target: float
    better: Literal["high", "low"]
    kinds: tuple[DrillKind, ...]


class Inject(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One event of a script, ``minutes`` after the start; ``expected`` is what to look for."""

    minutes: int
    text: str
    expected: str


class Script(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A drill ready to play.

    Attributes:
        scenarios: ids of the plan's scenarios that it plays; none when it suits any.
        measures: ids of what to measure, the most telling first.
    """

    kind: DrillKind
    title: str
    scenarios: tuple[str, ...]
    summary: str
    measures: tuple[str, ...]
    injects: tuple[Inject, ...]


class Question(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question of the hot debrief."""

    question: str
    help: str


class DueExercise(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One exercise that is due each year beside the drills of the continuity plan.

    Attributes:
        family: whether the PPMS or the rules on fire ask for it.
        first: the day from which it may be held, as month-day.
        last: the last one, as month-day, or the holidays before which it is held.
        of_establishments: only a collège or a lycée may be concerned.
    """

    family: Literal["ppms", "fire"]
    title: str
    when: str
    first: str
    last: str
    of_establishments: bool = False

    def window(self, year: int, calendar: SchoolCalendar) -> tuple[date, date | None]:
        """Return between which days it is due in the school year that begins in ``year``.

        The last day is None where it hangs on holidays that are not known.
        """
        if self.last in _HOLIDAYS:
            last = _eve(year, _HOLIDAYS[self.last], calendar)
        else:
            last = _day(year, self.last)
        return _day(year, self.first), last


_HOLIDAYS: Final = {"winter": (2, 3), "summer": (6, 7)}
"""Name of holidays → the months of the second calendar year in which they begin."""


def _day(year: int, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year + (month < 8), month, day)


def _eve(year: int, months: tuple[int, ...], calendar: SchoolCalendar) -> date | None:
    """Return the last day of school before the first holidays that begin in these months."""
    beginning = [
        holiday.first
        for holiday in calendar.holidays
        if holiday.first.year == year + 1 and holiday.first.month in months
    ]
    return calendar.last_open(min(beginning) - timedelta(days=1)) if beginning else None


@cache
def kinds(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Kind]:
    """Return the four kinds of drill, the shortest first."""
    return content.load("drills/kinds.toml", Kind).worded(school.words)


@cache
def measures(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Measure]:
    """Return everything that can be measured."""
    return content.load("drills/measures.toml", Measure).worded(school.words)


@cache
def scripts(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Script]:
    """Return the scripts ready to play."""
    return content.load("drills/scripts.toml", Script).worded(school.words)


@cache
def questions(school: SchoolKind = ANY_SCHOOL) -> content.Catalogue[Question]:
    """Return the questions of the hot debrief."""
    return content.load("drills/debrief.toml", Question).worded(school.words)


@cache
def due_exercises(school: SchoolKind = ANY_SCHOOL) -> tuple[DueExercise, ...]:
    """Return the exercises on fire and of the PPMS that are due in such a school each year."""
    known = content.load("drills/ppms.toml", DueExercise).worded(school.words)
    return tuple(
        measure for measure in known if not (measure.of_establishments and school.is_first_degree)
    )


def scripts_for(
    kind: DrillKind, scenario: str = "", school: SchoolKind = ANY_SCHOOL
) -> list[Script]:
    """Return the scripts of a kind, those that play the scenario first."""
    found = [script for script in scripts(school) if script.kind is kind]
    return sorted(found, key=lambda script: scenario not in script.scenarios)


def measures_for(
    kind: DrillKind, script: Script | None = None, school: SchoolKind = ANY_SCHOOL
) -> list[Measure]:
    """Return what to measure: what the script names first, then the rest of the kind's."""
    known = measures(school)
    named = [known[measure] for measure in script.measures] if script else []
    return named + [measure for measure in known if kind in measure.kinds and measure not in named]


def after_start(minutes: int) -> str:
    """Return a script's time offset: "0 min", "45 min", "1 h 30"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{french.NARROW_SPACE}min"
    return f"{hours}{french.NARROW_SPACE}h" + (f"{french.NARROW_SPACE}{rest:02d}" if rest else "")


def target_met(measure: Measure, value: float) -> bool:
    """Tell whether a result reaches the target; reaching it exactly counts."""
    return value >= measure.target if measure.better == "high" else value <= measure.target


def measure_problem(measure: Measure, value: float) -> str | None:
    """Return what is wrong with a result, in French, or None."""
    if value < 0:
        return f"{measure.label} : un résultat ne peut pas être négatif."
    if measure.unit == "%" and value > 100:
        return f"{measure.label} : un pourcentage ne dépasse pas 100."
    if measure.unit == "sur 4" and not 1 <= value <= 4:
        return f"{measure.label} : la note va de 1 à 4."
    return None


def with_unit(measure: Measure, value: float) -> str:
    """Return a figure of this measure in French, with its unit."""
    return f"{french.number(value)}{french.NARROW_SPACE}{measure.unit}"


def target_text(measure: Measure) -> str:
    """Return the target in French: "au moins 90 %", "au plus 15 min"."""
    side = "au moins" if measure.better == "high" else "au plus"
    return f"{side} {with_unit(measure, measure.target)}"


def headline_measure(values: dict[str, float], order: list[Measure]) -> Measure | None:
    """Return the first measure, in that order, that has a value."""
    return next((measure for measure in order if measure.id in values), None)


def period_end(cadence: Cadence, day: date) -> date | None:
    """Return the last day of the period that a day falls in, or None without a cadence.

    Drill years run from July to June, so that the summer belongs to the coming school year; the
    terms end on 30 November, the last of February and 30 June (our own proposal).
    """
    if not cadence:
        return None
    june = date(day.year + (day.month >= 7), 6, 30)
    if cadence == "two-years":
        return june.replace(year=june.year + 1)
    if cadence == "year" or 3 <= day.month <= 6:
        return june
    if 7 <= day.month <= 11:
        return date(day.year, 11, 30)
    return date(day.year + (day.month == 12), 3, 1) - timedelta(days=1)


def due_on(cadence: Cadence, last_held: date | None, today: date) -> date | None:
    """Return the day by which the next drill of a kind should be held, or None.

    A term's or a year's drill is due by the end of the period after the one it was last held
    in; one held every two years, two drill years after. One never held is due by the end of the
    period that today falls in.
    """
    if last_held is None or not cadence:
        return period_end(cadence, today)
    end = period_end(cadence, last_held)
    if end is None:
        return None
    if cadence == "two-years":
        return end.replace(year=end.year + 1)
    return period_end(cadence, end + timedelta(days=1))
