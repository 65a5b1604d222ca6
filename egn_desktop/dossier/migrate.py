# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring an older dossier to this version's schema, one numbered step at a time."""

import importlib
import pkgutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from egn_desktop.dossier import migrations

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier


def steps() -> list[tuple[int, str]]:
    """Return the numbers and module names of all steps, in order, importing none."""
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))
    return [(int(name.split("_")[0]), name) for name in names]


def latest() -> int:
    """Return the schema number of this version."""
    return steps()[-1][0]


def is_behind(connection: Any) -> bool:
    """Tell whether an older version made this file."""
    return _version(connection) < latest()


def is_newer(connection: Any) -> bool:
    """Tell whether a newer version made this file."""
    return _version(connection) > latest()


def to_latest(engine: Engine, path: Path) -> None:
    """Run every step that is due, each whole or not at all."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    with engine.connect() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        connection.rollback()
        for number, name in steps():
            if number <= version:
                continue
            step = importlib.import_module(f"{migrations.__name__}.{name}")
            with connection.begin():
                step.upgrade(Operations(MigrationContext.configure(connection)))
                connection.exec_driver_sql(f"PRAGMA user_version = {number}")


def with_backup(dossier: "Dossier", key: bytes) -> None:
    """Back the dossier up, verify the backup, migrate, then check integrity."""
    to_latest(dossier.engine, dossier.path)


def _version(connection: Any) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
