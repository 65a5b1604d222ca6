# SPDX-License-Identifier: GPL-3.0-or-later
"""Dates and numbers as people type them."""

import re
from datetime import date, timedelta

from egn_desktop import french

NEAR_DAYS = {
    "avant-hier": -2,
    "hier": -1,
    "aujourd'hui": 0,
    "aujourdhui": 0,
    "auj": 0,
    "demain": 1,
    "après-demain": 2,
    "apres-demain": 2,
}
SHIFT = re.compile(r"([+-])\s*(\d{1,4})\s*(j|jours?|s|semaines?|m|mois)?")
TYPED = re.compile(r"(\d{1,2})\s*[/. -]\s*(\d{1,2})(?:\s*[/. -]\s*(\d{4}|\d{2}))?")
IN_WORDS = re.compile(r"(\d{1,2})(?:er)?\s+([a-zéûà]+)\.?(?:\s+(\d{4}|\d{2}))?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
DIGITS = re.compile(r"(\d{2})(\d{2})(\d{4})")
SCHOOL_YEAR_BACK = 60


def typed_day(text: str, today: date) -> date | None:
    """Return the day meant by ``24/11``, ``24/11/2026``, ``24 novembre``, ``demain`` or ``+14``.

    Without a year it is the next such day, unless it has just gone by (less than 60 days).
    Returns None when no day is meant.
    """
    plain = text.strip().lower().replace("’", "'")
    if plain in NEAR_DAYS:
        return today + timedelta(days=NEAR_DAYS[plain])
    if plain in french.DAYS:
        ahead = (french.DAYS.index(plain) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    if found := SHIFT.fullmatch(plain):
        return _shifted(found, today)
    if found := ISO.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := DIGITS.fullmatch(plain):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    plain = re.sub(rf"^({'|'.join(french.DAYS)})\s+", "", plain)
    if found := TYPED.fullmatch(plain):
        return _completed(int(found[1]), int(found[2]), found[3], today)
    if (found := IN_WORDS.fullmatch(plain)) and (month := _month(found[2])):
        return _completed(int(found[1]), month, found[3], today)
    return None


def typed_number(text: str, decimals: int = 0) -> float | int | None:
    """Return the number typed in French (``1 234,5``), or None when it is none."""
    plain = re.sub(r"[\s\u202f\u00a0]", "", text).replace(",", ".")
    plain = re.sub(r"(€|%)$", "", plain).replace("−", "-")
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        return None
    if decimals == 0:
        return int(float(plain)) if float(plain).is_integer() else None
    return round(float(plain), decimals)


def _shifted(found: re.Match[str], today: date) -> date | None:
    count = int(found[2]) * (1 if found[1] == "+" else -1)
    unit = (found[3] or "j")[0]
    try:
        if unit == "m":
            months = today.year * 12 + today.month - 1 + count
            year, month = divmod(months, 12)
            last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(1)).day
            return date(year, month + 1, min(today.day, last))
        return today + timedelta(days=count * (7 if unit == "s" else 1))
    except (OverflowError, ValueError):
        return None


def _completed(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(int(year) + (2000 if len(year) == 2 else 0), month, day)
    for candidate in range(today.year - 1, today.year + 9):  # 29 February may be 8 years away
        found = _day(candidate, month, day)
        if found is not None and (found - today).days > -SCHOOL_YEAR_BACK:
            return found
    return None


def _month(word: str) -> int | None:
    matches = [place for place, name in enumerate(french.MONTHS, 1) if name.startswith(word)]
    return matches[0] if len(matches) == 1 and len(word) >= 3 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
