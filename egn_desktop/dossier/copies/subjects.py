# SPDX-License-Identifier: GPL-3.0-or-later
"""What a feature says of its tables, so that two copies of a dossier can be compared and joined.

The engine knows tables, keys and references. What a row is called, what goes with it, when two
rows are one thing and what may not stand beside what, its feature says here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Integer, Table

from egn_desktop.dossier.base import Base

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from egn_desktop.dossier.copies.book import Book
    from egn_desktop.dossier.store import Dossier

Row = Mapping[str, Any]
"""One row as the file holds it: no type of the models is applied."""
Key = tuple[Any, ...]

# The dossier's own books; each copy keeps its own.
OWN_BOOKS = frozenset({"meta", "state", "writes", "touched", "journal"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One table whose rows are things that a user knows, with the tables of their parts.

    Attributes:
        table: the table.
        heading: under which its things are listed.
        tell: returns what a thing is, in French, given its copy, its row, and the row that the
            other copy has in its place, if any.
        fields: columns that are told where two copies differ → their French names.
        values: columns whose values have French words of their own.
        parts: tables whose rows are nothing without their thing → the column that names it.
        same_by: columns by which two rows made apart are one and the same thing, when they are
            equal and not empty; each tuple is one way.
        is_numbered: whether its key is a number that says nothing; else the key names the thing.
        texts: columns whose text names a row of another table → the table by its prefix.
        kinds: what the journal calls such a thing, before the colon.
        key_prefix: what the journal, and texts, write before its number.
        changes: journalled changes that stand under another subject's name, and belong here.
        numbered_in: the field of these changes that holds the thing's id; without one, they are
            taken in their order.
        under: the column of the thing whose subject these changes stand under, and its kind.
        journal_refs: fields of journal entries that hold ids → the table that they are of.
        journalled: returns what the journal is told of a row that replaced another.
        obstacle: given this copy and a row as it would come to it, returns why it may not stand
            there, and the thing of this copy that is in its way; or nothing.
        give_way: ends a thing of this copy that stands in the way of the other's, and returns what
            the journal says of it.
        of_person: columns that lead to the person whom a thing is about.
        is_erased: whether a row is that of a person who was erased.
        erase: erases the person of that id.
        tidy: removes what the joining may leave without use.
        is_final: whether what one copy removed stays removed.
        is_frozen: whether a row, once made, is never replaced.
        needs_part: whether a thing without any part left means nothing.
    """

    table: str
    heading: str
    tell: Callable[["Book", Row, Row | None], str]
    fields: Mapping[str, str] = field(default_factory=dict[str, str])
    values: Mapping[str, Callable[[Any], str]] = field(
        default_factory=dict[str, Callable[[Any], str]]
    )
    parts: Mapping[str, str] = field(default_factory=dict[str, str])
    same_by: tuple[tuple[str, ...], ...] = ()
    is_numbered: bool = True
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict[str, Mapping[str, str]])
    kinds: tuple[str, ...] = ()
    key_prefix: str = ""
    changes: tuple[str, ...] = ()
    numbered_in: str = ""
    under: tuple[str, str] | None = None
    journal_refs: Mapping[str, str] = field(default_factory=dict[str, str])
    journalled: Callable[["Book", Row], dict[str, Any]] | None = None
    obstacle: Callable[["Book", Row], tuple[str, tuple[str, Key]] | None] | None = None
    give_way: Callable[[Any, Any, date], tuple[str, str, dict[str, Any]]] | None = None
    of_person: tuple[str, ...] = ()
    is_erased: Callable[[Row], bool] | None = None
    erase: Callable[["Dossier", "Session", Any], None] | None = None
    tidy: Callable[[Any], None] | None = None
    is_final: bool = False
    is_frozen: bool = False
    needs_part: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """One column that names a row of another table."""

    column: str
    table: str
    may_be_empty: bool


@dataclass(frozen=True, slots=True)
class Unique:
    """Columns that no two rows share, among those for which ``where`` holds (SQL, or nothing)."""

    columns: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Shape:
    """What the models say of one table."""

    table: Table

    @cached_property
    def key(self) -> tuple[str, ...]:
        """The columns of its key."""
        return tuple(column.name for column in self.table.primary_key.columns)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All its columns."""
        return tuple(column.name for column in self.table.columns)

    @cached_property
    def has_own_number(self) -> bool:
        """Whether rows are told apart by a number that the file gives them."""
        columns = list(self.table.primary_key.columns)
        return (
            len(columns) == 1
            and isinstance(columns[0].type, Integer)
            and not columns[0].foreign_keys
        )

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The columns that name rows of other tables."""
        return tuple(
            Reference(column.name, key.column.table.name, bool(column.nullable))
            for column in self.table.columns
            for key in column.foreign_keys
        )

    @cached_property
    def uniques(self) -> tuple[Unique, ...]:
        """What no two rows share, besides the key."""
        found = [
            Unique(
                tuple(column.name for column in index.columns),
                _text(index.dialect_kwargs.get("sqlite_where")),
            )
            for index in self.table.indexes
            if index.unique
        ]
        found += [
            Unique((column.name,), "") for column in self.table.columns if column.unique is True
        ]
        return tuple(found)


def _text(condition: object) -> str:
    return "" if condition is None else str(condition)


class Subjects:
    """All subjects, by table."""

    def __init__(self, given: Iterable[Subject]) -> None:
        self.all = tuple(given)
        self.of = {subject.table: subject for subject in self.all}
        self.whole_of = {part: subject for subject in self.all for part in subject.parts}
        order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
        # What is referred to comes before what refers to it.
        self.in_order = sorted(self.all, key=lambda subject: order[subject.table])
        self.places = {subject.table: place for place, subject in enumerate(self.all)}
        self._shapes = {name: Shape(table) for name, table in Base.metadata.tables.items()}
        self.tables = tuple(self._shapes)
        self.kinds = {kind: subject for subject in self.all for kind in subject.kinds}
        self.changes = {change: subject for subject in self.all for change in subject.changes}
        self.journal_refs = {
            name: table for subject in self.all for name, table in subject.journal_refs.items()
        }

    def shape(self, table: str) -> Shape:
        """Return what the models say of a table."""
        return self._shapes[table]

    def is_numbered(self, table: str) -> bool:
        """Tell whether a table's rows bear numbers that say nothing."""
        subject = self.of.get(table)
        return self.shape(table).has_own_number and (subject is None or subject.is_numbered)

    @staticmethod
    def left_out(given: Iterable[Subject]) -> set[str]:
        """Return the tables that no subject speaks of."""
        known = {name for subject in given for name in (subject.table, *subject.parts)}
        return set(Base.metadata.tables) - known - OWN_BOOKS
