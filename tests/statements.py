# SPDX-License-Identifier: GPL-3.0-or-later
"""What SQLite is asked: a cause that a test holds, where a time would depend on the machine."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from egn_desktop.dossier import Dossier


@contextmanager
def statements(dossier: Dossier) -> Iterator[list[str]]:
    """Collect what SQLite is asked meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        found.append(statement)

    event.listen(dossier.engine, "before_cursor_execute", note)
    yield found
    event.remove(dossier.engine, "before_cursor_execute", note)


@contextmanager
def indices(dossier: Dossier) -> Iterator[set[str]]:
    """Collect the indices that SQLite finds rows by, for all that it is asked meanwhile."""
    asked: list[tuple[str, Sequence[Any]]] = []

    def note(
        _connection: object, _cursor: object, statement: str, values: Sequence[Any], *_: object
    ) -> None:
        asked.append((statement, values))

    event.listen(dossier.engine, "before_cursor_execute", note)
    found: set[str] = set()
    yield found
    event.remove(dossier.engine, "before_cursor_execute", note)
    for statement, values in asked:
        if statement.startswith("SELECT"):
            plan = dossier.raw.execute(f"EXPLAIN QUERY PLAN {statement}", values).fetchall()
            words = " ".join(step[3] for step in plan).split()
            found |= {word for word in words if word.startswith("ix_")}
