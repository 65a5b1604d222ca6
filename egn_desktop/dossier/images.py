# SPDX-License-Identifier: GPL-3.0-or-later
"""What rows held before a write changed them, as the statements that put it back.

SQLite hands each row over while it changes it (``state.watch_rows``), so that bulk statements and
cascades are seen as well as what a mapper does. Nothing of it leaves this process's memory: no
page of a file, not even of a temporary one, ever holds it.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final

Row = tuple[str, str]
"""A row by its table and its key, as ``touched`` names it."""
Statement = tuple[str, tuple[Any, ...]]
"""SQL and its values."""

INSERT: Final = "INSERT"
UPDATE: Final = "UPDATE"
DELETE: Final = "DELETE"


@dataclass(slots=True)
class Images:
    """What one write changed.

    Attributes:
        rows: each row touched → the number of the write that had touched it before, or 0.
        made: each row deleted → the number of the write that had made it, as far as it is known.
        back: what undoes each change, in the order of the changes.
        size: about how many bytes that takes.
    """

    rows: dict[Row, int] = field(default_factory=dict[Row, int])
    made: dict[Row, int | None] = field(default_factory=dict[Row, int | None])
    back: list[Statement] = field(default_factory=list[Statement])
    size: int = 0


class Camera:
    """Takes the images of a write while one is wanted; SQLite calls it for every row."""

    def __init__(self) -> None:
        self._shapes: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
        self._under_way = "", ""
        self.film: Images | None = None

    def learn(self, table: str, columns: Sequence[str], key: Sequence[str]) -> None:
        """Note the columns of a table, in the order in which their values will come."""
        self._shapes[table] = tuple(columns), tuple(key)

    def begin(self, table: str, event: str, row: str, before: int | None, made: int | None) -> None:
        """Note which row changes, ahead of what it held.

        Args:
            row: its key, as a JSON array.
            before: the write that had touched it last.
            made: the write that had made it, as far as it is known.
        """
        self._under_way = table, event
        if self.film is not None:
            self.film.rows.setdefault((table, row), before or 0)
            if event == DELETE:
                self.film.made[table, row] = made

    def take(self, *values: Any) -> None:
        """Keep how to undo the change that ``begin`` noted.

        Args:
            values: of an insertion its key; of a deletion all that it held; of a change all that
                it held, then all that it holds.
        """
        film = self.film
        if film is None:
            return
        table, event = self._under_way
        columns, key = self._shapes[table]
        if event == INSERT:
            back = delete_of(table, key), values
        elif event == DELETE:
            back = _insert(table, columns), values
        else:
            old, new = values[: len(columns)], values[len(columns) :]
            changed = [place for place, value in enumerate(old) if not _same(value, new[place])]
            names = tuple(columns[place] for place in changed)
            kept = tuple(old[place] for place in changed)
            named = tuple(new[columns.index(name)] for name in key)
            # A row that was written as it was is touched all the same: its key says nothing new.
            back = (_update(table, names or key, key), (*(kept or named), *named))
        film.back.append(back)
        film.size += sum(map(sys.getsizeof, back[1]))


def _same(old: Any, new: Any) -> bool:
    """Tell whether SQLite would keep the same: to Python, 1 and 1.0 are equal."""
    return type(old) is type(new) and old == new


# The same few statements come back for each row: one text of each is kept.
@cache
def delete_of(table: str, key: tuple[str, ...]) -> str:
    """Return the statement that takes a row away by its key."""
    return f'DELETE FROM "{table}" WHERE {_all(key, " AND ")}'  # noqa: S608 - names of columns


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" for _ in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({marks})'  # noqa: S608


@cache
def _update(table: str, changed: tuple[str, ...], key: tuple[str, ...]) -> str:
    return f'UPDATE "{table}" SET {_all(changed, ", ")} WHERE {_all(key, " AND ")}'  # noqa: S608


def _all(names: Sequence[str], between: str) -> str:
    return between.join(f'"{name}" = ?' for name in names)
