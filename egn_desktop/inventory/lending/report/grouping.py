# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of loans, grouped for people to read or counted without a name."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from egn_desktop.collation import class_key, fold, natural_key
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.terms import BorrowerKind, LoanState, Standing

SMALLEST_GROUP: Final = 3
"""A class with fewer loans is not counted by itself: with one or two, everybody knows whose they
are. Our own proposal."""
STAFF: Final = BorrowerKind.STAFF.label
UNKNOWN_LEVEL: Final = "Classes sans niveau"
OTHERS: Final = "Autres classes (moins de 3 prêts chacune)"
FEW_LOANS: Final = "Autres classes (peu de prêts)"
"""What the others are called when a class that is not so small was put with them to hide one."""
DELAYS: Final = ((7, "7 jours au plus"), (30, "8 à 30 jours"), (0, "plus de 30 jours"))
"""By how many days at most an open loan is late; 0 stands for no limit."""


class Grouping(StrEnum):
    """What a register is ordered by."""

    CLASS = "class"
    DEVICE = "device"
    BORROWER = "borrower"


@dataclass(frozen=True, slots=True)
class Group:
    """Loans under one heading, in the order of the register."""

    title: str
    rows: Sequence[LoanRow]


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One line of the register without names."""

    title: str
    loans: int
    open: int


def grouped(rows: Iterable[LoanRow], grouping: Grouping) -> Sequence[Group]:
    """Return the loans under their headings: classes, kinds of device, or kinds of borrower."""
    found: dict[str, list[LoanRow]] = {}
    for row in rows:
        found.setdefault(_heading(row, grouping), []).append(row)
    groups = [
        Group(title, sorted(lent, key=lambda row: _place(row, grouping)))
        for title, lent in found.items()
    ]
    return sorted(groups, key=lambda group: _group_place(group, grouping))


def _heading(row: LoanRow, grouping: Grouping) -> str:
    match grouping:
        case Grouping.CLASS:
            return row.group
        case Grouping.DEVICE:
            return row.kind.label
        case Grouping.BORROWER:
            return "Personnel" if row.borrower_kind is BorrowerKind.STAFF else "Élèves"


def _place(row: LoanRow, grouping: Grouping) -> tuple[str, str, int]:
    if grouping is Grouping.DEVICE:
        return natural_key(row.code), row.lent_on.isoformat(), row.id
    return fold(row.borrower_name), row.lent_on.isoformat(), row.id


def _group_place(group: Group, grouping: Grouping) -> tuple[bool, int, str]:
    """Return what sorts the headings: classes as a school does, the staff last; else by number."""
    is_staff = group.rows[0].borrower_kind is BorrowerKind.STAFF
    if grouping is Grouping.DEVICE:
        return False, -len(group.rows), group.title
    return is_staff, 0, class_key(group.title)


def without_names(rows: Sequence[LoanRow]) -> Sequence[GroupCount]:
    """Return how many loans each class has, small ones counted together.

    No class can be told by elimination: the small ones are at least two, and have together at least
    as many loans as a class must have to be counted by itself. Nothing is returned when there are
    too few loans for that.
    """
    groups: dict[str, list[LoanRow]] = {}
    for row in rows:
        groups.setdefault(_nameless(row), []).append(row)
    by_size = sorted(groups, key=lambda title: (len(groups[title]), class_key(title)))
    small = [title for title in by_size if len(groups[title]) < SMALLEST_GROUP]
    while small and (len(small) < 2 or sum(len(groups[row]) for row in small) < SMALLEST_GROUP):
        if len(small) == len(by_size):
            return ()
        small.append(by_size[len(small)])
    shown = sorted(groups.keys() - small, key=lambda title: (title == STAFF, class_key(title)))
    counts = [_count(title, groups[title]) for title in shown]
    if small:
        others = OTHERS if len(groups[small[-1]]) < SMALLEST_GROUP else FEW_LOANS
        counts.append(_count(others, [row for title in small for row in groups[title]]))
    return counts


def _nameless(row: LoanRow) -> str:
    return STAFF if row.borrower_kind is BorrowerKind.STAFF else class_without_names(row.group)


@lru_cache(maxsize=1_024)
def class_without_names(school_class: str) -> str:
    """Return a class without its teacher's name: "CM2 M. Colin" becomes "CM2".

    What is kept: the level, and marks of one or two letters or with a figure ("6e B", "2de GT3").
    """
    words = _WORDS.findall(school_class)
    if not words or not (_has_figure(words[0]) or fold(words[0]) in _LEVELS):
        return UNKNOWN_LEVEL
    kept = [words[0]]
    for word in words[1:]:
        if fold(word) in _TITLES or not (_has_figure(word) or len(word) <= 2):
            break
        kept.append(word)
    return " ".join(kept)


def _has_figure(word: str) -> bool:
    return any(char.isdigit() for char in word)


_WORDS = re.compile(r"\w+")
_TITLES = frozenset({"m", "mr", "mme", "mlle", "monsieur", "madame", "maitre", "maitresse"})
_LEVELS = frozenset(
    {
        *("tps", "ps", "ms", "gs", "cp", "ulis", "segpa"),
        *("sixieme", "cinquieme", "quatrieme", "troisieme", "seconde", "premiere"),
        *("t", "tle", "term", "terminale"),
    }
)


def _count(title: str, rows: Sequence[LoanRow]) -> GroupCount:
    still_open = sum(row.state is LoanState.OPEN for row in rows)
    return GroupCount(title, len(rows), still_open)


def delays(rows: Iterable[LoanRow]) -> Sequence[tuple[str, int]]:
    """Return how many open loans are late, by how long."""
    late = [row.days_late for row in rows if row.standing is Standing.LATE]
    counts: list[tuple[str, int]] = []
    above = 0
    for limit, words in DELAYS:
        counts.append((words, sum(days > above and (not limit or days <= limit) for days in late)))
        above = limit
    return counts
