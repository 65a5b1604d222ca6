# SPDX-License-Identifier: GPL-3.0-or-later
"""What French lists of any kind write in their cells → days, answers, things, numbers."""

import re
from datetime import date, timedelta
from functools import cache

from egn_desktop import content
from egn_desktop.exchange.titles import header_word

_FIRST_SERIAL_DAY = date(1899, 12, 30)
_SERIAL_DAYS = range(10_000, 80_000)
_OLDEST, _NEWEST = 1900, 2100

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.\-](\d{1,2})[/.\-](\d{1,2})(?:[ T].*)?")


class _Value(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


@cache
def _words(group: str) -> dict[str, str]:
    return {
        word: entry.id.removeprefix(f"{group}.")
        for entry in content.load("exchange/values.toml", _Value)
        if entry.id.startswith(f"{group}.")
        for word in entry.words
    }


def meaning(group: str, text: str) -> str | None:
    """Return what a text means: the word that it is, else the longest one that it holds."""
    words, given = _words(group), header_word(text)
    if given in words:
        return words[given]
    held = [word for word in words if len(word) > 2 and f" {word} " in f" {given} "]
    return words[max(held, key=len)] if held else None


def day(text: str) -> date | None:
    """Return the day that a text writes (20/07/2025, 2025-07-20, 20 07 25, 45858), or None.

    A bare number of five digits is a spreadsheet's day; two digits of a year are 20xx up to now
    plus ten years in the count of schools, else 19xx.
    """
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) == 5 and int(text) in _SERIAL_DAYS:
        return _FIRST_SERIAL_DAY + timedelta(days=int(text))
    if found := _YEAR_FIRST.fullmatch(text):
        return _date(found[1], found[2], found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return _date(found[3], found[2], found[1])
    return None


def year(text: str) -> int | None:
    """Return the year that a text alone writes, or None."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) == 4:
        return int(text) if _OLDEST <= int(text) <= _NEWEST else None
    return None


def _date(year_text: str, month: str, day_text: str) -> date | None:
    full_year = int(year_text)
    if len(year_text) == 2:
        full_year += 2000 if full_year < 50 else 1900
    if not _OLDEST <= full_year <= _NEWEST:
        return None
    try:
        return date(full_year, int(month), int(day_text))
    except ValueError:
        return None


def answer(text: str) -> bool | None:
    """Return what "Oui", "Non", "x" say, or None."""
    meaning = _words("answer").get(header_word(text))
    return None if meaning is None else meaning == "yes"


def items(text: str) -> tuple[str, ...]:
    """Return the things listed in a cell ("chargeur, housse + souris"), each once."""
    parts = re.split(r"[,;+/\n]| et ", text)
    return tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))
