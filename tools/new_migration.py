#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the next migration from what the models say and the present steps do not make.

python tools/new_migration.py NAME                    the next number, for instance 0003_NAME.py
python tools/new_migration.py NAME --because REASON   though rows may not fit, or something is lost

What cannot be applied to rows that are there is refused. What is written is tried at once on every
golden dossier (tests/golden). Read it before you keep it: a renamed column looks like one dropped
and one added.
"""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tools")]

import golden  # noqa: E402
from alembic.autogenerate import produce_migrations, render_python_code  # noqa: E402, TID253
from alembic.migration import MigrationContext  # noqa: E402, TID253
from alembic.operations import Operations, ops  # noqa: E402, TID253
from sqlalchemy import create_engine  # noqa: E402

from egn_desktop import features  # noqa: E402
from egn_desktop.dossier import Base, Instant, migrate, migrations  # noqa: E402

FOLDER = ROOT / "egn_desktop" / "dossier" / "migrations"
HEADER = '''# SPDX-License-Identifier: GPL-3.0-or-later
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false
"""{title}."""

import sqlalchemy as sa
from alembic.operations import Operations


def upgrade(op: Operations) -> None:
    {body}
'''
COMPARED = {"compare_type": True, "compare_server_default": True}
NO_VALUE = (
    "{column}: the rows that are there have no value for it, and it may not be empty. Give it one "
    "in the model (mapped_column(default=…)), or let it be without (Mapped[… | None])."
)
DOUBTS: dict[type[ops.MigrateOperation], str] = {
    ops.DropTableOp: "what the table holds is lost; if it was renamed, write op.rename_table",
    ops.DropColumnOp: "what the column holds is lost; if it was renamed, write alter_column with "
    "new_column_name",
    ops.CreateUniqueConstraintOp: "rows that are there may hold the same value twice",
    ops.CreateForeignKeyOp: "rows that are there may refer to nothing",
    ops.CreateCheckConstraintOp: "rows that are there may not meet the condition",
}
HOW_ON = (
    "If that cannot be, or if you will write what makes the rows fit at the head of the step, say "
    'so: --because "REASON".'
)


def main() -> int:
    """Write the step that the command line asks for, and say what it does to the golden ones."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="what the step does, in_snake_case")
    parser.add_argument("--because", metavar="REASON", help="why the rows fit, or may be lost")
    options = parser.parse_args()
    features.import_models()
    number = migrate.latest() + 1
    with create_engine("sqlite://").connect() as connection:
        for _, name in migrate.steps():
            step = importlib.import_module(f"{migrations.__name__}.{name}")
            step.upgrade(Operations(MigrationContext.configure(connection)))
        context = MigrationContext.configure(connection, opts=COMPARED)
        changes = produce_migrations(context, Base.metadata).upgrade_ops
        if changes is None or changes.is_empty():
            print("The models say nothing that the migrations do not make already.")
            return 1
        refusals = [*without_value(changes)]
        doubts = [] if options.because else [*doubtful(changes)]
        if refusals or doubts:
            print("\n".join((*refusals, *doubts, *([HOW_ON] if doubts else ()))))
            print("Nothing was written.")
            return 1
        body = code_of(changes, context)
    target = FOLDER / f"{number:04}_{options.name}.py"
    title = ": ".join(
        filter(None, (options.name.replace("_", " ").capitalize(), options.because))
    ).rstrip(".")
    target.write_text(HEADER.format(title=title, body=body), encoding="utf-8")
    for command in (("format", "--quiet"), ("check", "--fix", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *command, str(target)], check=False)  # noqa: S603
    print(f"Written: {target.relative_to(ROOT)}. Read it before you keep it.")
    return 0 if try_on_golden_dossiers() else 1


def changed_tables(changes: ops.UpgradeOps) -> Iterator[tuple[str, Any]]:
    """Return each change to a table that may hold rows: not one that the step itself makes."""
    made = {change.table_name for change in changes.ops if isinstance(change, ops.CreateTableOp)}
    for change in changes.ops:
        if isinstance(change, ops.ModifyTableOps):
            if change.table_name not in made:
                yield from ((change.table_name, step) for step in change.ops)
        elif isinstance(change, ops.DropTableOp):
            yield change.table_name, change


def without_value(changes: ops.UpgradeOps) -> Iterator[str]:
    """Say which columns no row that is there could be given."""
    for table, change in changed_tables(changes):
        if isinstance(change, ops.AddColumnOp):
            column = change.column
            if not column.nullable and column.server_default is None:
                yield NO_VALUE.format(column=f"{table}.{column.name}")


def doubtful(changes: ops.UpgradeOps) -> Iterator[str]:
    """Say which changes depend on what the rows hold, or lose some of it."""
    for table, change in changed_tables(changes):
        columns = getattr(change, "columns", None) or [getattr(change, "column_name", "")]
        name = f"{table}.{', '.join(map(str, columns))}".rstrip(".")
        if isinstance(change, ops.AlterColumnOp):
            if change.modify_nullable is False:
                yield f"{name}: rows that are there may be without a value."
            if change.modify_type is not None:
                yield f"{name}: rows that are there keep values of the old type."
        elif isinstance(change, ops.CreateIndexOp) and change.unique:
            yield f"{name}: {DOUBTS[ops.CreateUniqueConstraintOp]}."
        elif type(change) in DOUBTS:
            yield f"{name}: {DOUBTS[type(change)]}."


def code_of(changes: ops.UpgradeOps, context: MigrationContext) -> str:
    """Return the body of the step; a table is altered by rebuilding it, as SQLite needs it."""
    code = render_python_code(
        changes, migration_context=context, render_as_batch=True, render_item=plain
    )
    return "\n".join(line for line in code.splitlines() if "# ###" not in line).strip()


def plain(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """Name SQL's own type for ours: a step must not change when our classes do.

    Alembic would put a default into brackets, as if it were worked out for each row.
    """
    if kind == "server_default":
        return f"sa.text({str(thing.arg)!r})"
    return "sa.Text()" if kind == "type" and isinstance(thing, Instant) else False


def try_on_golden_dossiers() -> bool:
    """Migrate a copy of each golden dossier, say what came of it, and tell if all is well."""
    troubles: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as profile:
        os.environ["EGN_DESKTOP_HOME"] = profile
        for name in golden.names():
            troubles[name] = golden.trouble(name)
    for name, trouble in troubles.items():
        print(f"{name}: {trouble or 'migrated, and all that it held is there.'}")
    return not any(troubles.values())


if __name__ == "__main__":
    sys.exit(main())
