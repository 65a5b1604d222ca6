# SPDX-License-Identifier: GPL-3.0-or-later
"""Words as they are searched and sorted: names, classes, numbers. Pure, below ``rules``."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

ERASED_NAME = "Personne effacée"
"""Shown in place of a name that was erased for good."""

_LEVELS = (
    *("tps", "ps", "ms", "gs", "cp", "ce1", "ce2", "cm1", "cm2"),
    *("6", "5", "4", "3", "2", "1", "t"),
)


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Return a text as it is searched: no accents, no case, no apostrophes, single spaces.

    "L’Œuvre de GARCÍA-LÓPEZ" becomes "l oeuvre de garcia lopez". Folding twice changes nothing.
    """
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ø", "o")
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    letters = (c if c.isalnum() else " " for c in decomposed if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def search_text(parts: Iterable[str]) -> str:
    """Return what is kept to be searched: the parts folded, and each without its spaces.

    So that "YSS 12", "yss-12" and "YSS12" all find "YSS-12".
    """
    words: list[str] = []
    for folded in filter(None, map(fold, parts)):
        words.append(folded)
        joined = folded.replace(" ", "")
        if joined != folded:
            words.append(joined)
    return " ".join(words)


@lru_cache(maxsize=8_192)
def natural_key(text: str) -> str:
    """Return a text that sorts numbers by value: "yss 9" before "yss 10"."""
    return re.sub(r"\d+", lambda digits: digits.group().zfill(10), fold(text))


@lru_cache(maxsize=1_024)
def class_key(school_class: str) -> tuple[int, str]:
    """Return what sorts classes as a school does: PS to CM2, then 6e to terminale, then others."""
    name = fold(school_class)
    first = re.match(r"(tps|ps|ms|gs|cp|ce1|ce2|cm1|cm2|[1-6]|t(?=erm|le|ale|\b))", name)
    place = _LEVELS.index(first.group()) if first else len(_LEVELS)
    return place, natural_key(school_class)


def person_name(last_name: str, usual_name: str, first_name: str) -> str:
    """Return a pupil's name as lists show it: the name in use, then the first name."""
    return f"{usual_name or last_name} {first_name}".strip() or ERASED_NAME
