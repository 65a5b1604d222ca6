# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossiers of tests/golden: what each held, and a copy of each to work on.

What a dossier holds is one line a table, ``TABLE ROWS``, and one a column, ``TABLE.COLUMN DIGEST``:
the digest of all its values in the order of the table's key. ``golden_maker`` asks the same of
older versions of the program, so nothing of it is imported before it is needed.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "golden"
# Opens every golden dossier: there is nothing to hide in them.
KEY = bytes(range(32))
_HELD = ".held.txt"
_HOT = "-hot"
_DIGITS = 16
# A migration is a write like any other, and names the state that it leads to.
_OF_WRITES = ("state", "writes")
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def names() -> list[str]:
    """Return the name of every golden dossier, the oldest schema first."""
    return sorted(file.name.removesuffix(_HELD) for file in FOLDER.glob(f"*{_HELD}"))


def what_it_held(name: str) -> dict[str, str]:
    """Return what was found in a golden dossier when it was made."""
    text = (FOLDER / f"{name}{_HELD}").read_text(encoding="utf-8")
    return dict(line.split(" ") for line in text.splitlines())


def copy(name: str, folder: Path) -> Path:
    """Put a copy of a golden dossier into a folder, with its log if it has one."""
    path = folder / f"{name}.egn"
    sql = FOLDER / f"{name}.sql"
    if sql.exists():
        from egn_desktop.dossier.connection import connect

        with closing(connect(path, KEY, salt=hashlib.sha256(name.encode()).digest()[:16])) as file:
            file.executescript(f"BEGIN; {sql.read_text(encoding='utf-8')} COMMIT;")
        return path
    shutil.copy(FOLDER / f"{name.removesuffix(_HOT)}.egn", path)
    if name.endswith(_HOT):
        log = f"{path.name}-wal"
        shutil.copy(FOLDER / log, folder / log)
    return path


def held(connection: Any) -> dict[str, str]:
    """Return the count of each table and the digest of each of its columns, by name."""
    found: dict[str, str] = {}
    for (table,) in sorted(connection.execute(_TABLES).fetchall()):
        columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        # The sixth field is the column's place in the primary key, from 1.
        key = [
            f'"{column[1]}"'
            for column in sorted(columns, key=lambda column: column[5])
            if column[5]
        ]
        listed = ", ".join(f'"{column[1]}"' for column in columns)
        rows = connection.execute(
            f'SELECT {listed} FROM "{table}" ORDER BY {", ".join(key)}'  # noqa: S608
        ).fetchall()
        found[table] = str(len(rows))
        for place, column in enumerate(columns):
            digest = hashlib.sha256(repr([row[place] for row in rows]).encode())
            found[f"{table}.{column[1]}"] = digest.hexdigest()[:_DIGITS]
    return found


def text_of(found: Mapping[str, str]) -> str:
    """Write what was found, one line each."""
    return "".join(f"{name} {value}\n" for name, value in found.items())


def dump(connection: Any) -> str:
    """Return the whole database as SQL: small where every table of a file would fill a page."""
    made = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
    lines = [f"{sql};" for (sql,) in connection.execute(made).fetchall()]
    for (table,) in connection.execute(_TABLES).fetchall():
        columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        quoted = ", ".join(f'quote("{column[1]}")' for column in columns)
        rows = connection.execute(f'SELECT {quoted} FROM "{table}"').fetchall()  # noqa: S608
        lines += [f'INSERT INTO "{table}" VALUES ({", ".join(row)});' for row in rows]  # noqa: S608
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return "\n".join((*lines, f"PRAGMA user_version = {version};", ""))


def trouble(name: str) -> str:
    """Open a copy of a golden dossier with this program, and say what is not as it was, or nothing.

    The profile must be a throwaway one: a backup is made before the steps run.
    """
    from egn_desktop.dossier import Dossier, verify

    with tempfile.TemporaryDirectory() as folder:
        try:
            with Dossier.open(copy(name, Path(folder)), key=KEY) as dossier:
                lost = losses(what_it_held(name), held(dossier.raw))
                report = verify.verify(dossier)
        except Exception as error:
            return str(error.__cause__ or error)
    if lost:
        return f"no longer as it was: {', '.join(lost)}"
    return "" if report.ok else " ".join(report.lines)


def losses(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the tables and columns that no longer hold what they held; new ones do not matter."""
    return [
        name
        for name, value in before.items()
        if after.get(name) != value and name.partition(".")[0] not in _OF_WRITES
    ]
