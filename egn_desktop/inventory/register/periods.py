# SPDX-License-Identifier: GPL-3.0-or-later
"""What a register covers: a school year, a month, a day, or any days from one to another. Pure."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from egn_desktop import french
from egn_desktop.school.calendar import loan_year


@dataclass(frozen=True, slots=True)
class Period:
    """Days that follow each other, both ends included.

    Attributes:
        key: names it on the command line; empty for the school year that runs.
        label: names it in French, as a sentence begins.
    """

    key: str
    first: date
    last: date
    label: str


def school_year(first: int, key: str = "") -> Period:
    """Return the school year that begins in September of that year."""
    label = f"Année scolaire {first}-{first + 1}"
    return Period(key, date(first, 9, 1), date(first + 1, 8, 31), label)


def month(year: int, number: int) -> Period:
    """Return one month."""
    last = date(year, number, monthrange(year, number)[1])
    name = french.MONTHS[number - 1]
    return Period(
        f"{year}-{number:02}", last.replace(day=1), last, f"{name[:1].upper()}{name[1:]} {year}"
    )


def day(date_: date) -> Period:
    """Return one day."""
    return Period(date_.isoformat(), date_, date_, f"Le {french.long_date(date_)}")


def between(first: date, last: date) -> Period:
    """Return the days from one to another, whichever is given first."""
    first, last = sorted((first, last))
    if first == last:
        return day(first)
    label = f"Du {french.long_date(first)} au {french.long_date(last)}"
    return Period(f"{first.isoformat()}..{last.isoformat()}", first, last, label)


def period_of(key: str, today: date) -> Period | None:
    """Return what a key names, or None.

    "" is this school year; "2025-2026", "2026-09", "2026-11-24" and "2026-09-01..2026-11-24" say
    what they look like; days may be written in French, too ("01/09/2026..24/11/2026").
    """
    if not key:
        return school_year(loan_year(today))
    for shape, made in _SHAPES:
        if found := shape.fullmatch(key.strip()):
            try:
                return made(*filter(None, found.groups()))
            except ValueError:
                return None
    return None


def _school_year(first: str, second: str) -> Period:
    if int(second) != int(first) + 1:
        raise ValueError
    return school_year(int(first), f"{first}-{second}")


def _month(year: str, number: str) -> Period:
    return month(int(year), int(number))


def _days(first: str, last: str = "") -> Period:
    return between(_day(first), _day(last or first))


def _day(written: str) -> date:
    if "/" in written:
        written = "-".join(reversed(written.split("/")))
    return date.fromisoformat(written)


_DAY = r"(\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})"
_SHAPES: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
    (re.compile(r"(\d{4})-(\d{4})"), _school_year),
    (re.compile(r"(\d{4})-(\d{2})"), _month),
    (re.compile(rf"{_DAY}(?:\.\.{_DAY})?"), _days),
)
