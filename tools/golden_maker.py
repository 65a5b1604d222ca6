# SPDX-License-Identifier: GPL-3.0-or-later
"""Make one golden dossier with the code of the tree on PYTHONPATH; see ``new_golden.py``.

python tools/golden_maker.py FOLDER NAME demonstration  the demonstration, and the log of a kill
python tools/golden_maker.py FOLDER NAME rows           two rows in every table

It runs with the program of an older commit too, so it asks little of it.
"""

import os
import platform
import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from golden import KEY, dump, held, text_of
from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, Table, insert, select

from egn_desktop import features
from egn_desktop.demo import create_demonstration
from egn_desktop.dossier import Base, Dossier, Instant
from egn_desktop.dossier.compaction import compact
from egn_desktop.services import Services

DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)
WHO = "claire.morvan"
COMPUTER = "poste-de-direction"
ROWS = 2


def main() -> None:
    """Write the files that the command line asks for."""
    platform.node = lambda: COMPUTER
    folder, name, kind = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    path = folder / f"{name}.egn"
    if kind == "hot":
        leave_a_log(path)
    elif kind == "rows":
        with Dossier.create(path, key=KEY, clock=lambda: NOW) as dossier:
            dossier.operator = WHO
            fill(dossier)
            note(dossier)
            path.with_suffix(".sql").write_text(dump(dossier.raw), encoding="utf-8")
        path.unlink()
    else:
        with create_demonstration(path, key=KEY, today=DAY) as dossier:
            compact(dossier)
            note(dossier)
        keep_a_log(path)


def note(dossier: Dossier) -> None:
    """Write what the dossier holds beside it."""
    beside = dossier.path.with_suffix(".held.txt")
    beside.write_text(text_of(held(dossier.raw)), encoding="utf-8")


def keep_a_log(closed: Path) -> None:
    """Leave the log of a killed process beside the closed file, and what both hold together.

    The kill leaves the file itself as it was, so that one file serves twice.
    """
    hot = closed.with_name(f"{closed.stem}-hot.egn")
    shutil.copy(closed, hot)
    arguments = [sys.executable, __file__, str(hot.parent), hot.stem, "hot"]
    killed = subprocess.run(arguments, check=False)  # noqa: S603
    if killed.returncode != -signal.SIGKILL:
        sys.exit("the process that was to be killed ended by itself")
    if hot.read_bytes() != closed.read_bytes():
        sys.exit("the log was folded into the file before the kill")
    log = hot.with_name(f"{hot.name}-wal")
    kept = log.read_bytes()
    with Dossier.open(hot, key=KEY) as dossier:
        note(dossier)
    hot.unlink()
    log.write_bytes(kept)


def leave_a_log(path: Path) -> None:
    """Change the dossier, and end by a kill within one more change."""
    dossier = Dossier.open(path, key=KEY, clock=lambda: NOW)
    dossier.operator = WHO
    services = Services.of(dossier)
    for number in range(3):
        services.actions.add(title=f"Acheter {number + 2} sifflets", due_on=DAY)
    with dossier.write():
        services.actions.add(title="Jamais enregistrée")
        os.kill(os.getpid(), signal.SIGKILL)


def fill(dossier: Dossier) -> None:
    """Put rows into every table that has none, by what the models say of its columns."""
    features.import_models()
    with dossier.write() as session:
        dossier.record("golden.made", "golden:1", after={"day": DAY})
        session.flush()
        for table in Base.metadata.sorted_tables:
            if not session.execute(select(table).limit(1)).all():
                for number in range(1, ROWS + 1):
                    session.execute(insert(table).values(row_of(table, number)))


def row_of(table: Table, number: int) -> dict[str, Any]:
    """Return a row whose every column says its own name; the last one leaves out what it may."""
    return {
        column.name: value_of(column, number)
        for column in table.columns
        if number < ROWS or not column.nullable
    }


def value_of(column: Column[Any], number: int) -> Any:
    """Return a value of the column's type, or the row of the same number that it refers to."""
    if column.foreign_keys:
        (reference,) = column.foreign_keys
        return None if reference.column.table is column.table else number
    if isinstance(column.type, Boolean):
        return number % 2 == 1
    if isinstance(column.type, Integer):
        return number if column.primary_key else 100 + number
    if isinstance(column.type, Float):
        return number + 0.5
    if isinstance(column.type, Date):
        return DAY + timedelta(days=number)
    if isinstance(column.type, Instant):
        return NOW + timedelta(hours=number)
    if isinstance(column.type, LargeBinary):
        return f"{column} {number}".encode()
    return f"{column} n° {number}, à l’école"


if __name__ == "__main__":
    main()
