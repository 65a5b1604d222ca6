# SPDX-License-Identifier: GPL-3.0-or-later
"""The days on which a school is closed: weekends, public holidays, school holidays; pure.

The school holidays of zones A, B and C come from the package ``vacances-scolaires-france``
(content id ``vacances-scolaires-france``). What it does not say is not known: beyond its last
summer, in Corsica and overseas, only weekends, public holidays and what the head adds are avoided.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from egn_desktop import french
from egn_desktop.school.public_holidays import Territory, public_holidays

FIRST_YEAR = 2016
"""Since January 2016 the académies are shared among the zones as ``holiday_zones.toml`` says."""

LONGEST_CLOSURE = 92
"""How many days a closed period holds at most; more is a slip of the pen."""

_SATURDAY = 5
_FAR = 400


@dataclass(frozen=True, slots=True)
class Period:
    """Days in a row, the last one included; the name says why, in French."""

    name: str
    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> str:
        """The days in French: "du 19/12/2026 au 03/01/2027", "le 07/05/2027"."""
        if self.first == self.last:
            return f"le {french.short_date(self.first)}"
        return f"du {french.short_date(self.first)} au {french.short_date(self.last)}"


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """When one school is closed.

    Attributes:
        holidays: the school holidays of its zone, oldest first; none where they are not known.
        closed: periods that the head added.
        opened: periods of holidays that the head said are not.
    """

    zone: str = ""
    territory: Territory = Territory.MAINLAND
    holidays: tuple[Period, ...] = ()
    closed: tuple[Period, ...] = ()
    opened: tuple[Period, ...] = ()

    @property
    def known_until(self) -> date | None:
        """The last day of the last known school holidays; None when none are known."""
        return self.holidays[-1].last if self.holidays else None

    def is_known(self, day: date) -> bool:
        """Tell whether the school holidays around a day are known."""
        return bool(self.holidays) and self.holidays[0].first <= day <= self.holidays[-1].last

    def why_closed(self, day: date) -> str:
        """Return why the school is closed on a day, in French; empty when it is open."""
        name = public_holidays(day.year, self.territory).get(day)
        if name:
            return f"un jour férié ({name})"
        for period in self.closed:
            if day in period:
                return f"un jour de fermeture ({period.name or period.days})"
        if not any(day in period for period in self.opened):
            for period in self.holidays:
                if day in period:
                    return f"un jour de congé ({period.name}, {period.days})"
        return f"un {french.DAYS[day.weekday()]}" if day.weekday() >= _SATURDAY else ""

    def closed_note(self, day: date) -> str:
        """Return why it is closed on a day and when it opens again, in French; else ""."""
        why = self.why_closed(day)
        if not why:
            return ""
        return f"C’est {why}. Réouverture le {french.day_and_date(self.next_open(day))}."

    def is_open(self, day: date) -> bool:
        """Tell whether the school is open on a day, as far as is known."""
        return not self.why_closed(day)

    def next_open(self, day: date) -> date:
        """Return the day, or the first one after it on which the school is open."""
        return self._open_from(day, 1)

    def last_open(self, day: date) -> date:
        """Return the day, or the last one before it on which the school is open."""
        return self._open_from(day, -1)

    def summer_after(self, day: date) -> Period | None:
        """Return the first summer holidays that begin after a day, where they are known."""
        return next(
            (holiday for holiday in self.holidays if holiday.first > day and _is_summer(holiday)),
            None,
        )

    def ignorance(self, day: date) -> str:
        """Return what is not known about a day, in French; empty when its holidays are known."""
        rest = "seuls les week-ends, les jours fériés et vos fermetures sont évités."
        if self.is_known(day):
            return ""
        if not self.zone:
            return f"Zone de vacances à préciser dans les réglages : d’ici là, {rest}"
        if self.known_until is None:
            return f"Calendrier des vacances inconnu pour cette zone ({self.zone}) : {rest}"
        if day > self.known_until:
            until = french.short_date(self.known_until)
            return f"Calendrier inconnu au-delà du {until} : {rest}"
        return f"Calendrier inconnu avant le {french.short_date(self.holidays[0].first)} : {rest}"

    def _open_from(self, day: date, step: int) -> date:
        for away in range(_FAR):
            found = day + timedelta(days=step * away)
            if self.is_open(found):
                return found
        return day  # closed for more than a year: the head's own corrections say nothing useful


def audit_year(day: date) -> int:
    """Return the calendar year in which the school year that an audit of that day is for began.

    From August: an audit made then prepares the year that starts on 1 September.
    """
    return day.year - (day.month < 8)


def loan_year(day: date) -> int:
    """Return the calendar year in which the school year of a loan or an incident began.

    From 1 September: what is still out in August belongs to the year in which it was lent.
    """
    return day.year - (day.month < 9)


def drill_year(day: date) -> int:
    """Return the calendar year in which the drill year of a day began.

    From July: a drill that is due in summer is one of the year to come.
    """
    return day.year - (day.month < 7)


@cache
def known_holidays(zone: str) -> tuple[Period, ...]:
    """Return the school holidays of a zone since ``FIRST_YEAR``, oldest first; () if unknown.

    The package's data is read as it is: its class parses 35 years of days one by one, which would
    be felt each time that the application starts.
    """
    if zone not in ("A", "B", "C"):
        return ()
    place = files("vacances_scolaires_france").joinpath("data/data.csv")
    header, *lines = place.read_text(encoding="utf-8").splitlines()
    columns = header.split(",")
    off = columns.index(f"vacances_zone_{zone.lower()}")
    name = columns.index("nom_vacances")
    found: list[Period] = []
    for line in lines:
        cells = line.split(",")
        if cells[off] == "True" and int(cells[0][:4]) >= FIRST_YEAR:
            _append(found, cells[name].replace("'", "’"), date.fromisoformat(cells[0]))
    return tuple(found)


def period_problem(first: date, last: date) -> str | None:
    """Return what is wrong with a period that the head types, in French, or None."""
    if last < first:
        return "Le dernier jour est avant le premier."
    if (last - first).days >= LONGEST_CLOSURE:
        return f"La période est trop longue ({LONGEST_CLOSURE} jours au plus)."
    return None


def _append(found: list[Period], name: str, day: date) -> None:
    known = found[-1] if found else None
    if known and known.name == name and known.last + timedelta(days=1) == day:
        found[-1] = Period(name, known.first, day)
    else:
        found.append(Period(name, day, day))


def _is_summer(period: Period) -> bool:
    return period.first.month in (6, 7) and (period.last - period.first).days > 28
