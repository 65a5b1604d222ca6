# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts that are kept to be searched, and how people are called. Pure, below ``rules``."""

from collections.abc import Iterable

from egn_desktop.collation import fold

ERASED_NAME = "Personne effacée"
"""Shown in place of a name that was erased for good."""

NO_CLASS = "Sans classe"
"""What lists show of a pupil without a class."""


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


def person_name(last_name: str, usual_name: str, first_name: str) -> str:
    """Return a pupil's name as lists show it: the name in use, then the first name."""
    return f"{usual_name or last_name} {first_name}".strip() or ERASED_NAME
