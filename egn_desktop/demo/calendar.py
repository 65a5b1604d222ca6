# SPDX-License-Identifier: GPL-3.0-or-later
"""The days of the demonstration, all counted from today."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from egn_desktop.demo.diary import school_day
from egn_desktop.school.calendar import SchoolCalendar, known_holidays, loan_year

OPEN: Final = SchoolCalendar(zone="A", holidays=known_holidays("A"))
"""When the demonstration school is open: nobody lends or drills in its holidays."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where today stands in the demonstration's three school years."""

    today: date

    @property
    def year(self) -> int:
        """The calendar year in which this school year began."""
        return loan_year(self.today)

    @property
    def first_day(self) -> date:
        """The day on which the dossier was begun, two school years ago."""
        return self.start_of(self.year - 2)

    def start_of(self, year: int) -> date:
        """Return a day of the first week of the school year that begins in ``year``."""
        return min(school_day(date(year, 9, 6)), self.today)

    def ago(self, days: int) -> date:
        """Return the school day so many days ago, or the one before."""
        return school_day(self.today - timedelta(days=days))

    def this_year(self, days: int) -> date:
        """Return the same, but no day before this school year began, nor after today."""
        return min(max(self.ago(days), self.start_of(self.year)), self.today)

    def ahead(self, days: int) -> date:
        """Return the day so many days ahead, or the next one on which the school is open."""
        return OPEN.next_open(self.today + timedelta(days=days))

    def held(self, day: date) -> date:
        """Return the day, or the last one before it on which the school is open."""
        return OPEN.last_open(min(day, self.today))

    def last(self, month: int, day: int) -> date:
        """Return the last such day of a year, or the school day before it."""
        found = school_day(date(self.today.year, month, day))
        return found if found <= self.today else school_day(date(self.today.year - 1, month, day))

    @staticmethod
    def on(year: int, month: int, day: int) -> date:
        """Return a day of the past, or the school day before it."""
        return school_day(date(year, month, day))
