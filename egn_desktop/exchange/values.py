# SPDX-License-Identifier: GPL-3.0-or-later
"""What French lists write in their cells → dates, kinds, conditions, answers, names."""

import re
from datetime import date, timedelta
from functools import cache

from egn_desktop import content
from egn_desktop.collation import fold
from egn_desktop.exchange.titles import header_word
from egn_desktop.inventory.register.terms import Acquisition, Condition, DeviceKind, OwnerKind

GONE = "gone"
"""Said of a device whose state means that the school has it no more."""

_FIRST_SERIAL_DAY = date(1899, 12, 30)
_SERIAL_DAYS = range(10_000, 80_000)
_OLDEST, _NEWEST = 1900, 2100

_DAY_FIRST = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T].*)?")
_DURATION = re.compile(r"(\d{1,3}) ?(ans?|annees?|mois)")
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


def _meaning(group: str, text: str) -> str | None:
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


def device_kind(text: str) -> DeviceKind | None:
    """Return the kind that a text names ("PC portable HP"), or None."""
    meaning = _meaning("kind", text)
    return None if meaning is None else DeviceKind(meaning)


def condition(text: str) -> Condition | str | None:
    """Return the condition that a text names, ``GONE`` when the device is gone, or None."""
    meaning = _meaning("condition", text)
    return meaning if meaning is None or meaning == GONE else Condition(meaning)


def acquisition(text: str) -> Acquisition | None:
    """Return how a device came to the school ("Don de la mairie"), or None."""
    meaning = _meaning("acquired", text)
    return None if meaning is None else Acquisition(meaning)


def owner_kind(text: str) -> OwnerKind | None:
    """Return the kind of owner that a text names, or None."""
    meaning = _meaning("owner", text)
    return None if meaning is None else OwnerKind(meaning)


def months(text: str) -> int | None:
    """Return the months that a duration writes ("3 ans", "36 mois"), or None."""
    found = _DURATION.fullmatch(" ".join(fold(text).split()))
    if found is None:
        return None
    return int(found[1]) * (12 if found[2].startswith("an") else 1)


def after(day: date, months: int) -> date:
    """Return the day so many months later; the last of its month where there is no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - timedelta(days=1)).day
    return date(day.year + years, month + 1, min(day.day, last))


def items(text: str) -> tuple[str, ...]:
    """Return the things listed in a cell ("chargeur, housse + souris"), each once."""
    parts = re.split(r"[,;+/\n]| et ", text)
    return tuple(dict.fromkeys(filter(None, (" ".join(part.split()) for part in parts))))


def phone(text: str) -> str:
    """Return a telephone number as typed; a spreadsheet's lost first zero is put back."""
    digits = "".join(text.split())
    if re.fullmatch(r"[1-9]\d{8}", digits):
        digits = f"0{digits}"
    if re.fullmatch(r"0\d{9}", digits):
        return " ".join(digits[i : i + 2] for i in range(0, 10, 2))
    return " ".join(text.split())


def postcode(text: str) -> str:
    """Return a postcode; a spreadsheet's lost first zero is put back."""
    return f"0{text}" if re.fullmatch(r"[1-9]\d{3}", text) else text


def title(text: str) -> str:
    """Return a title as it is written in French: "M.", "Mme", else as given."""
    return {"m": "M.", "mr": "M.", "monsieur": "M.", "mme": "Mme", "madame": "Mme"}.get(
        header_word(text), text
    )


def split_name(full_name: str) -> tuple[str, str] | None:
    """Return the last and first name of "LE GOFF Élise" or of "Élise LE GOFF", or None.

    Only capitals tell them apart.
    """
    words = full_name.replace(",", " ").split()
    capitals = [word.isupper() and len(word) > 1 for word in words]
    last = [word for word, upper in zip(words, capitals, strict=True) if upper]
    first = [word for word, upper in zip(words, capitals, strict=True) if not upper]
    return (" ".join(last), " ".join(first)) if last and first else None
