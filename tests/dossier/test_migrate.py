# SPDX-License-Identifier: GPL-3.0-or-later
"""An older dossier is brought up whole, or left exactly as it was."""

import importlib
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from egn_desktop import features
from egn_desktop.dossier import Base, Dossier, ReadOnly, backup, migrate, migrations
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.backup import Reason, list_backups

KEY = bytes(range(32))
NAME = "Maëlys Kervadec-Le Bihan"
ROOT = Path(__file__).resolve().parents[2]
NEXT = migrate.latest() + 1


@pytest.fixture
def old(tmp_path: Path, write_name: Callable[[Dossier], None]) -> Path:
    """A dossier of today, which the steps that a test adds will find behind."""
    path = tmp_path / "ancien.egn"
    with Dossier.create(path, key=KEY) as dossier:
        write_name(dossier)
    return path


@pytest.fixture
def step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int, str], None]]:
    """Add a step to those of the program."""
    folder = tmp_path / "steps"
    folder.mkdir()
    monkeypatch.setattr(migrations, "__path__", [*migrations.__path__, str(folder)])
    names: list[str] = []

    def add(number: int, body: str) -> None:
        name = f"{number:04}_test"
        body = textwrap.indent(textwrap.dedent(body).strip(), "    ")
        source = f"import sqlalchemy as sa\ndef upgrade(op):\n{body}\n"
        (folder / f"{name}.py").write_text(source)
        importlib.invalidate_caches()
        names.append(f"{migrations.__name__}.{name}")

    yield add
    for name in names:
        sys.modules.pop(name, None)


def tables(dossier: Dossier) -> set[str]:
    return {row.name for row in dossier.rows(text("SELECT name FROM sqlite_master"))}


def test_an_older_dossier_is_backed_up_and_brought_to_the_latest(
    old: Path, step: Callable[[int, str], None]
) -> None:
    step(NEXT, "op.create_table('first', sa.Column('a', sa.Integer()))")
    step(NEXT + 1, "op.add_column('first', sa.Column('b', sa.Integer()))")
    with Dossier.open(old, key=KEY) as dossier:
        assert len(dossier.rows(text("SELECT a, b FROM first"))) == 0
        assert dossier.rows(text("SELECT name FROM school"))[0].name == NAME
        (before,) = list_backups(dossier.dossier_id)
    assert before.reason is Reason.MIGRATION
    with Dossier.open(old, key=KEY) as dossier:
        assert len(list_backups(dossier.dossier_id)) == 1


@pytest.mark.parametrize(
    "failure",
    [
        "raise LookupError",
        "op.execute('INSERT INTO absent VALUES (1)')",
        "op.execute(\"INSERT INTO school_level VALUES (99, 'E', 1, 2, 3)\")",
    ],
    ids=["bug", "sql", "orphan"],
)
def test_a_failed_step_rolls_back_wholly_with_those_before_it(
    old: Path, step: Callable[[int, str], None], failure: str
) -> None:
    step(NEXT, "op.create_table('first', sa.Column('a', sa.Integer()))")
    changes = """
        op.create_table('second', sa.Column('a', sa.Integer()))
        op.execute("UPDATE school SET name = 'perdu'")
        with op.batch_alter_table('school', recreate='always') as batch:
            batch.add_column(sa.Column('more', sa.Integer()))
    """
    step(NEXT + 1, "\n".join((textwrap.dedent(changes), failure)))
    with pytest.raises(wrong.MigrationFailedError) as refusal:
        Dossier.open(old, key=KEY)
    assert "exactement tel qu’avant" in refusal.value.kept
    forget_steps()
    with Dossier.open(old, key=KEY) as dossier:
        assert not {"first", "second"} & tables(dossier)
        assert dossier.rows(text("SELECT name FROM school"))[0].name == NAME
        assert dossier.raw.execute("PRAGMA user_version").fetchone() == (NEXT - 1,)
        assert dossier.raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
        (before,) = list_backups(dossier.dossier_id)
    assert backup.is_whole(before.path, KEY)


def forget_steps() -> None:
    for file in Path(migrations.__path__[-1]).glob("*.py"):
        file.unlink()


def test_rebuilding_a_table_keeps_the_rows_that_refer_to_it(
    old: Path, step: Callable[[int, str], None]
) -> None:
    with Dossier.open(old, key=KEY) as dossier, dossier.write() as session:
        session.execute(text("INSERT INTO school_level VALUES (1, 'E', 1, 8, 190)"))
    step(
        NEXT,
        """
        with op.batch_alter_table('school', recreate='always') as batch:
            batch.add_column(sa.Column('more', sa.Integer()))
        """,
    )
    with Dossier.open(old, key=KEY) as dossier:
        assert len(dossier.rows(text("SELECT * FROM school_level"))) == 1
        assert dossier.raw.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_without_a_backup_nothing_is_attempted_on_the_file(
    old: Path,
    step: Callable[[int, str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    step(NEXT, "op.create_table('first', sa.Column('a', sa.Integer()))")
    before = old.read_bytes()
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "file" / "profile"))
    with Dossier.open(old, key=KEY) as dossier:
        assert dossier.read_only is ReadOnly.NO_BACKUP
        # What is shown is a copy, of the form that this version knows.
        assert "first" in tables(dossier)
        assert dossier.rows(text("SELECT name FROM school"))[0].name == NAME
    assert old.read_bytes() == before


def test_without_a_backup_a_step_that_fails_is_not_said_to_have_had_one(
    old: Path, step: Callable[[int, str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step(NEXT, "raise LookupError")
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "file" / "profile"))
    with pytest.raises(wrong.MigrationFailedError) as refusal:
        Dossier.open(old, key=KEY)
    assert refusal.value.kept == "Le fichier est exactement tel qu’avant."


def test_a_fresh_dossier_is_what_the_models_say(dossier: Dossier) -> None:
    features.import_models()
    with dossier.locked, dossier.engine.connect() as connection:
        compared = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=compared)
        assert compare_metadata(context, Base.metadata) == []
    assert "journal" in tables(dossier)


def test_steps_are_numbered_without_gaps() -> None:
    assert [number for number, _ in migrate.steps()] == list(range(1, migrate.latest() + 1))
