# SPDX-License-Identifier: GPL-3.0-or-later
"""The days of the demonstration, all counted from today."""

from dataclasses import dataclass
from datetime import date, timedelta

from egn_desktop.demo.diary import school_day
from egn_desktop.school.calendar import loan_year


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
        """Return the day so many days ahead, moved to the Monday after if on a weekend."""
        day = self.today + timedelta(days=days)
        return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= 5 else 0)

    def last(self, month: int, day: int) -> date:
        """Return the last such day of a year, or the school day before it."""
        found = school_day(date(self.today.year, month, day))
        return found if found <= self.today else school_day(date(self.today.year - 1, month, day))

    @staticmethod
    def on(year: int, month: int, day: int) -> date:
        """Return a day of the past, or the school day before it."""
        return school_day(date(year, month, day))
