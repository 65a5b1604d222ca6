# SPDX-License-Identifier: GPL-3.0-or-later
"""What a row of the other copy is called here: numbers that two copies gave apart mean other rows.

Numbered rows that were there when the copies parted keep their number; those made since get one
that is free here; where the key is a word, the word is the name.
"""

from collections.abc import Mapping
from typing import Any

from egn_desktop.dossier.copies.book import Book, Thing, Touch
from egn_desktop.dossier.copies.fork import Renamed
from egn_desktop.dossier.copies.subjects import Key, Row, Subjects

MISSING = object()
"""As the number of a row that is no more here."""

Touches = Mapping[str, Mapping[Key, Touch]]


class Ids:
    """Reads the other copy's numbers as this copy's."""

    def __init__(
        self,
        subjects: Subjects,
        here: Book,
        touched_here: Touches,
        touched_there: Touches,
        renamed: Renamed,
    ) -> None:
        self.subjects = self._subjects = subjects
        self._here = here
        self._touched_here = touched_here
        self._touched_there = touched_there
        self._renamed = renamed
        self._given: dict[str, dict[int, int]] = {}
        self._next: dict[str, int] = {}

    def is_new(self, table: str, number: Any) -> bool:
        """Tell whether a numbered row of the other copy was never a row of this one."""
        if not self._subjects.is_numbered(table):
            return False
        renamed = self._renamed.get(table, {})
        if number in renamed:
            return renamed[number] is None
        touch = self._touched_there.get(table, {}).get((number,))
        return touch is not None and touch.born

    def give(self, table: str, number: int, here: int | None = None) -> int:
        """Call a new row of the other copy what the row of this one is called, or anew."""
        given = self._given.setdefault(table, {})
        if here is None:
            highest = self._next.get(table) or self._here.highest(table)
            is_free = number > highest and number not in given.values()
            here = number if is_free else highest + 1
            self._next[table] = max(highest, here)
        given[number] = here
        return here

    def number(self, table: str, number: Any) -> Any:
        """Return what a row of the other copy is called here, ``MISSING`` if it is no more here."""
        if number is None or not self._subjects.is_numbered(table):
            return number
        given = self._given.get(table, {}).get(number)
        if given is not None:
            return given
        if self.is_new(table, number):
            return MISSING
        here = self._renamed.get(table, {}).get(number, number)
        touch = self._touched_here.get(table, {}).get((here,))
        if touch is not None and (touch.gone or (touch.born and here == number)):
            return MISSING
        return here

    def text(self, text: Any, prefixes: Mapping[str, str]) -> Any:
        """Return a text that may name a row ("risk:4") as it names it here."""
        if isinstance(text, str):
            for prefix, table in prefixes.items():
                rest = text.removeprefix(prefix)
                if rest != text and rest.isdecimal():
                    number = self.number(table, int(rest))
                    return text if number is MISSING else f"{prefix}{number}"
        return text

    def row(self, table: str, row: Row) -> dict[str, Any]:
        """Return a row with all that it names as it is called here."""
        shape, subject = self._subjects.shape(table), self._subjects.of.get(table)
        mapped = dict(row)
        for reference in shape.references:
            mapped[reference.column] = self.number(reference.table, row[reference.column])
        if self._subjects.is_numbered(table) and table in self._subjects.of:
            column = shape.key[0]
            mapped[column] = self.number(table, row[column])
        if subject is not None:
            for column, prefixes in subject.texts.items():
                mapped[column] = self.text(row[column], prefixes)
        return mapped

    def key(self, table: str, key: Key) -> Key:
        """Return a key as it is here."""
        shape = self._subjects.shape(table)
        named = dict(zip(shape.key, key, strict=True))
        mapped = self.row(table, {**dict.fromkeys(shape.columns), **named})
        return tuple(mapped[name] for name in shape.key)

    def thing(self, thing: Thing) -> Thing:
        """Return a thing with all that it names as it is called here."""
        row = self.row(thing.subject.table, thing.row)
        parts = {
            table: [self.row(table, part) for part in rows] for table, rows in thing.parts.items()
        }
        key = tuple(row[name] for name in self._subjects.shape(thing.subject.table).key)
        return Thing(thing.subject, key, row, parts)

    @property
    def renamed(self) -> dict[str, dict[int, int]]:
        """The new rows of the other copy, by table, and what each is called here."""
        return self._given


def told_apart(subjects: Subjects, thing: Thing) -> Any:
    """Return what two equal things have equal: all but the numbers of their own rows."""
    parts: list[Any] = []
    for table, rows in sorted(thing.parts.items()):
        without = subjects.shape(table).key[0] if subjects.shape(table).has_own_number else None
        parts.append(
            sorted(
                repr([value for name, value in sorted(row.items()) if name != without])
                for row in rows
            )
        )
    own = (
        subjects.shape(thing.subject.table).key if subjects.is_numbered(thing.subject.table) else ()
    )
    row = [(name, value) for name, value in sorted(thing.row.items()) if name not in own]
    return row, parts
