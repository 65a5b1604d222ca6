# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that SQLite searches, narrows, sorts and counts, so that a page holds what it shows alone.

A feature says of a list what it selects, and of each column that can be sorted by what it shows, in
SQL. See decision 0021.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    ColumnElement,
    Row,
    SQLColumnExpression,
    and_,
    case,
    func,
    or_,
    select,
    true,
)

from egn_desktop.collation import fold, natural_key
from egn_desktop.dossier.store import Dossier
from egn_desktop.lists import Asked

Column = SQLColumnExpression[Any]
Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list.

    Attributes:
        text: what it shows, which rows can be narrowed to; None where they can't be.
        order: what it sorts by; the text as a French reader sorts it when not given.
    """

    text: Column | None
    order: tuple[Column, ...] = ()

    @property
    def keys(self) -> tuple[Column, ...]:
        """What it sorts by."""
        return self.order or (func.words_order(self.text),)


@dataclass(frozen=True, slots=True)
class Listing(Generic[Shown]):
    """A list of the dossier.

    Attributes:
        statement: what it selects, without an order.
        words: the texts, folded, that its rows are found by.
        order: its own.
        shown: makes a row of the list from one of the statement.
        columns: what it can be sorted by and narrowed to, by the names that ``Asked`` uses.
    """

    dossier: Dossier
    statement: Any
    words: tuple[Column, ...]
    order: tuple[Column, ...]
    shown: Callable[[Row[Any]], Shown]
    columns: Callable[[], Mapping[str, ListColumn]]

    def where(self, *conditions: ColumnElement[bool]) -> "Listing[Shown]":
        """Return the list without what does not meet these conditions."""
        return replace(self, statement=self.statement.where(*conditions))

    def rows(self, asked: str | Asked = "") -> list[Shown]:
        """Return what is asked for; a text is words to be found."""
        asked = asked_of(asked)
        wanted = self._found(asked).order_by(*self._order(asked), *self.order).limit(asked.limit)
        return [self.shown(found) for found in self.dossier.rows(wanted)]

    def count(self, asked: str | Asked = "") -> int:
        """Return how many rows there are, up to the limit."""
        asked = asked_of(asked)
        found = self._found(asked).with_only_columns(true()).limit(asked.limit).subquery()
        return self.dossier.rows(select(func.count()).select_from(found))[0][0]

    def texts(self, column: str, asked: Asked, most: int) -> list[str]:
        """Return what a column shows, each text once, in order; nothing if more than ``most``."""
        text = self.columns()[column].text
        if text is None:
            return []
        wanted = self._found(asked).with_only_columns(text).distinct().limit(most + 1)
        found = [row[0] or "" for row in self.dossier.rows(wanted)]
        return sorted(found, key=natural_key) if len(found) <= most else []

    def _found(self, asked: Asked) -> Any:
        wanted = self.statement
        if asked.searches:
            wanted = wanted.where(or_(*map(self._finds, asked.searches)))
        if asked.only:
            columns = self.columns()
            for name, text in asked.only.items():
                wanted = wanted.where(func.coalesce(columns[name].text, "") == text)
        return wanted

    def _finds(self, search: str) -> ColumnElement[bool]:
        found = (
            or_(*(text.contains(word, autoescape=True) for text in self.words))
            for word in fold(search).split()
        )
        return and_(true(), *found)

    def _order(self, asked: Asked) -> Sequence[ColumnElement[Any]]:
        if asked.order is not None:
            keys = self.columns()[asked.order.column].keys
            down = asked.order.descending
            return [(key.desc() if down else key.asc()).nulls_last() for key in keys]
        first = [(self._finds(search), place) for place, search in enumerate(asked.searches[:-1])]
        return [case(*first, else_=len(first))] if first else []


def asked_of(asked: str | Asked) -> Asked:
    """Return what is asked for in full: a text is words to be found."""
    return Asked((asked,) if asked else ()) if isinstance(asked, str) else asked


def by_class(school_class: Column) -> ColumnElement[str]:
    """Return what sorts classes as a school does; None where there is none."""
    return func.class_order(school_class)


def folded(text: Column) -> ColumnElement[str]:
    """Return a text as it is searched."""
    return func.folded(text)


def label_of(column: Column, labels: Mapping[str, str]) -> ColumnElement[str]:
    """Return the French words for what a column keeps."""
    return case(dict(labels), value=column, else_="")


def day_of(column: Column) -> ColumnElement[str]:
    """Return a day as lists show it: "24/11/2026"."""
    return func.coalesce(func.strftime("%d/%m/%Y", column), "")
