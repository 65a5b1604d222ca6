#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the next migration from what the models say and the present steps do not make.

python tools/new_migration.py NAME              the next number, for instance 0002_NAME.py
python tools/new_migration.py initial --replace rewrite 0001_initial.py from all models; only
                                                before the first release, for no file has it yet

Read what it wrote before you keep it: a renamed column looks like one dropped and one added.
"""

import argparse
import importlib
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from alembic.autogenerate import produce_migrations, render_python_code  # noqa: E402, TID253
from alembic.migration import MigrationContext  # noqa: E402, TID253
from alembic.operations import Operations, ops  # noqa: E402, TID253
from sqlalchemy import Connection, create_engine  # noqa: E402

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


def main() -> int:
    """Write the file that the command line asks for, and say where it is."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", help="what the step does, in_snake_case")
    parser.add_argument("--replace", action="store_true", help="rewrite the only step, 0001")
    options = parser.parse_args()
    steps = migrate.steps()
    if options.replace and len(steps) > 1:
        parser.error("only the first step can be replaced, while it is the only one")
    import_models()
    number = 1 if options.replace else steps[-1][0] + 1
    with create_engine("sqlite://").connect() as connection:
        if not options.replace:
            for _, name in steps:
                step = importlib.import_module(f"{migrations.__name__}.{name}")
                step.upgrade(Operations(MigrationContext.configure(connection)))
        body = changes(connection, as_batch=not options.replace)
    if body is None:
        print("The models say nothing that the migrations do not make already.")
        return 1
    target = FOLDER / f"{number:04}_{options.name}.py"
    title = options.name.replace("_", " ").capitalize()
    target.write_text(HEADER.format(title=title, body=body), encoding="utf-8")
    for command in (("format", "--quiet"), ("check", "--fix", "--quiet")):
        subprocess.run([sys.executable, "-m", "ruff", *command, str(target)], check=False)  # noqa: S603
    print(f"Written: {target.relative_to(ROOT)}. Read it before you keep it.")
    return 0


def import_models() -> None:
    """Import every feature's model, so that ``Base`` knows all the tables."""
    for model in sorted((ROOT / "egn_desktop").glob("*/model.py")):
        importlib.import_module(f"egn_desktop.{model.parent.name}.model")


def changes(connection: Connection, *, as_batch: bool) -> str | None:
    """Return the body of a step that brings a database to the models, or None if it is there.

    Args:
        as_batch: change tables by rebuilding them, which is how SQLite alters a column.
    """
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    script = produce_migrations(context, Base.metadata)
    steps = script.upgrade_ops
    if steps is None or steps.is_empty():
        return None
    code = render_python_code(
        ops.UpgradeOps(steps.ops),
        migration_context=context,
        render_as_batch=as_batch,
        render_item=plain_type,
    )
    return "\n".join(line for line in code.splitlines() if "# ###" not in line).strip()


def plain_type(kind: str, thing: Any, _context: object) -> str | Literal[False]:
    """Name SQL's own type for ours: a step must not change when our classes do."""
    return "sa.Text()" if kind == "type" and isinstance(thing, Instant) else False


if __name__ == "__main__":
    sys.exit(main())
