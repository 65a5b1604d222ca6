# SPDX-License-Identifier: GPL-3.0-or-later
"""One copy of a dossier as it is read to be compared: its rows, and which of them changed since."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from egn_desktop.dossier import instants, journal, state
from egn_desktop.dossier.copies.subjects import Key, Row, Subject, Subjects


@dataclass(frozen=True, slots=True)
class Touch:
    """What became of a row since a write: gone, made (born) or changed."""

    gone: bool
    born: bool


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing with its parts.

    Attributes:
        parts: of each of its tables, the rows.
    """

    subject: Subject
    key: Key
    row: Row
    parts: Mapping[str, Sequence[Row]]


class Book:
    """One copy."""

    def __init__(self, connection: Any, subjects: Subjects) -> None:
        self._connection = connection
        self.subjects = subjects

    def ask(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        """Return the rows of a question."""
        return self._connection.execute(sql, values).fetchall()

    @property
    def standing(self) -> state.Standing | None:
        """Where the copy stands."""
        return state.standing(self._connection)

    def row(self, table: str, key: Key) -> Row | None:
        """Return one row, or None."""
        named = " AND ".join(f'"{name}" IS ?' for name in self.subjects.shape(table).key)
        found = self.rows(table, named, *key)
        return found[0] if found else None

    def get(self, table: str, number: Any) -> Row | None:
        """Return the row of a table that one number or word names, or None."""
        return None if number is None else self.row(table, (number,))

    def rows(self, table: str, where: str = "1", *values: Any) -> list[Row]:
        """Return the rows for which a condition holds, in the order of their keys."""
        shape = self.subjects.shape(table)
        names = shape.columns
        listed = ", ".join(f'"{name}"' for name in names)
        order = ", ".join(f'"{name}"' for name in shape.key)
        sql = f'SELECT {listed} FROM "{table}" WHERE {where} ORDER BY {order}'  # noqa: S608
        return [dict(zip(names, row, strict=True)) for row in self.ask(sql, *values)]

    def thing(self, subject: Subject, key: Key) -> Thing | None:
        """Return a thing with its parts, or None."""
        row = self.row(subject.table, key)
        if row is None:
            return None
        own = row[self.subjects.shape(subject.table).key[0]]
        parts = {
            table: self.rows(table, f'"{column}" IS ?', own)
            for table, column in subject.parts.items()
        }
        return Thing(subject, key, row, parts)

    def keys(self, table: str) -> list[Key]:
        """Return the keys of all rows."""
        listed = ", ".join(f'"{name}"' for name in self.subjects.shape(table).key)
        return [tuple(row) for row in self.ask(f'SELECT {listed} FROM "{table}"')]  # noqa: S608

    def highest(self, table: str) -> int:
        """Return the highest number that a row bears, or bore since rows are watched."""
        column = self.subjects.shape(table).key[0]
        present = self.ask(f'SELECT max("{column}") FROM "{table}"')[0][0] or 0  # noqa: S608
        gone = self.ask("SELECT row FROM touched WHERE table_name = ?", table)
        return max([present, *(json.loads(row)[0] for (row,) in gone)])

    def touches(self, since: int, passed_over: int = 0) -> dict[str, dict[Key, Touch]]:
        """Return what became of the rows since a write, by table; not what came and went."""
        found: dict[str, dict[Key, Touch]] = {}
        for table, row, gone, made in self.ask(
            "SELECT table_name, row, gone, made FROM touched WHERE number > ? AND number <> ?",
            since,
            passed_over,
        ):
            born = made is not None and made > since
            if not (gone and born):
                found.setdefault(table, {})[tuple(json.loads(row))] = Touch(bool(gone), born)
        return found

    def changed(self, touches: Mapping[str, Mapping[Key, Touch]], other: "Book") -> set["Ref"]:
        """Return the things that these touches are of, by their own row or by a part.

        Args:
            other: where the row of a part may still be that this copy no longer has.
        """
        found: set[Ref] = set()
        for table, rows in touches.items():
            if table in self.subjects.of:
                found |= {(table, key) for key in rows}
            whole = self.subjects.whole_of.get(table)
            if whole is None:
                continue
            column = whole.parts[table]
            place = (
                self.subjects.shape(table).key.index(column)
                if column in (self.subjects.shape(table).key)
                else None
            )
            for key in rows:
                if place is not None:
                    found.add((whole.table, (key[place],)))
                    continue
                row = self.row(table, key) or other.row(table, key)
                if row is not None:
                    found.add((whole.table, (row[column],)))
        return found

    def entries(self, after: int) -> list[Row]:
        """Return the journal's entries after so many, with their details decoded or None."""
        names = ("id", "at", "who", "what", "subject", "details")
        rows = self.ask(
            "SELECT id, at, who, what, subject, details FROM journal WHERE id > ? ORDER BY id",
            after,
        )
        found: list[Row] = []
        for values in rows:
            entry: dict[str, Any] = dict(zip(names, values, strict=True))
            entry["at"] = instants.read(entry["at"])
            entry["details"] = json.loads(entry["details"]) if entry["details"] else None
            found.append(entry)
        return found

    def undone(self) -> frozenset[int]:
        """Return the journal's entries that were taken back, and count no more."""
        return journal.taken_back(
            self.ask(
                "SELECT what, details FROM journal WHERE what IN (?, ?) ORDER BY id",
                journal.UNDONE,
                journal.REDONE,
            )
        )

    def details(self, entries: Iterable[int]) -> list[journal.Details]:
        """Return what these entries of the journal say, or no more."""
        return [
            self.ask("SELECT details, salt, id FROM journal WHERE id = ?", entry)[0]
            for entry in entries
        ]

    def erased(self, up_to: int) -> dict[int, str]:
        """Return the subjects of the entries whose details were erased, by the entry's number."""
        rows = self.ask("SELECT id, subject FROM journal WHERE id <= ? AND details IS NULL", up_to)
        undone = self.undone()
        return {entry: subject for entry, subject in rows if entry not in undone}

    def journal_shared_with(self, other: "Book") -> int:
        """Return how many entries two journals have in common from their beginning."""
        low, high = 0, min(self.journal_length(), other.journal_length())
        while low < high:
            middle = (low + high + 1) // 2
            if self.hash_of(middle) == other.hash_of(middle) is not None:
                low = middle
            else:
                high = middle - 1
        return low

    def moment(self, entry: int) -> datetime | None:
        """Return when an entry of the journal was written, or None without one."""
        rows = self.ask("SELECT at FROM journal WHERE id = ?", entry)
        with suppress(IndexError):
            return instants.read(rows[0][0])
        return None

    def head(self) -> str:
        """Return the hash of the last entry, or an empty text."""
        rows = self.ask("SELECT hash FROM journal ORDER BY id DESC LIMIT 1")
        return rows[0][0] if rows else ""

    def journal_length(self) -> int:
        """Return how many entries the journal has."""
        return self.ask("SELECT count(*) FROM journal")[0][0]

    def hash_of(self, entry: int) -> str | None:
        """Return the hash of an entry of the journal, or None without it."""
        rows = self.ask("SELECT hash FROM journal WHERE id = ?", entry)
        return rows[0][0] if rows else None


Ref = tuple[str, Key]
"""A thing by its table and key."""
