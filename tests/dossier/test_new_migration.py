# SPDX-License-Identifier: GPL-3.0-or-later
"""The recipe for a column (docs/architecture.md), followed to the letter in a copy of the tree."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = Path("egn_desktop", "inventory", "register", "model.py")
NOUNS = MODEL.with_name("nouns")
STEPS = Path("egn_desktop", "dossier", "migrations")
RUN = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The program, its tools and the golden dossiers, to be changed at will."""
    copy = tmp_path / "tree"
    for folder in ("egn_desktop", "resources", "tools", "tests/golden"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", copy)
    return copy


@pytest.fixture
def run(tree: Path) -> RUN:
    """Run Python in that tree, with its program and not the one of these tests."""

    def start(*command: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *command],
            cwd=tree,
            env=os.environ | {"PYTHONPATH": str(tree), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return start


def change(tree: Path, pattern: str, by: str, file: Path = MODEL) -> None:
    """Change the model of a device, or another file, as an engineer would."""
    model = tree / file
    text, found = re.subn(pattern, by, model.read_text(encoding="utf-8"), count=1)
    assert found, "the model is not as this test knows it"
    model.write_text(text, encoding="utf-8")


def step(tree: Path, name: str) -> str | None:
    """Return the step of that name, if it was written."""
    return next((f.read_text(encoding="utf-8") for f in (tree / STEPS).glob(f"*_{name}.py")), None)


IN_DEVICE = r"(class Device\(Base\)(?:.|\n)*?\n    place: .*\n)"


def test_a_column_reaches_a_dossier_that_holds_devices(tree: Path, run: RUN) -> None:
    change(tree, IN_DEVICE, r'\1    colour: Mapped[str] = mapped_column(default="")\n')
    done = run("tools/new_migration.py", "colour")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0001-demonstration: migrated, and all that it held is there." in done.stdout
    assert "server_default=sa.text(\"''\")" in (step(tree, "colour") or "")
    done = run(
        "-c",
        "import sys\n"
        "from pathlib import Path\n"
        "sys.path.insert(0, 'tools')\n"
        "import golden\n"
        "from sqlalchemy import select\n"
        "from egn_desktop.dossier import Dossier, migrate\n"
        "from egn_desktop.inventory.register.model import Device\n"
        "path = golden.copy('0001-demonstration', Path())\n"
        "with Dossier.open(path, key=golden.KEY) as dossier:\n"
        "    with dossier.write() as session:\n"
        "        devices = session.scalars(select(Device)).all()\n"
        "        assert {device.colour for device in devices} == {''}, devices\n"
        "        devices[0].colour = 'bleu'\n"
        "with Dossier.open(path, key=golden.KEY) as dossier:\n"
        "    colours = [row.colour for row in dossier.rows(select(Device.colour))]\n"
        "print(len(colours), colours.count('bleu'))\n",
    )
    assert done.stdout == "60 1\n", done.stderr


@pytest.mark.parametrize(
    ("noun", "room", "before"),
    [
        ("DeviceFields", NOUNS / "devices.py", "funding"),
        ("IncidentFields", NOUNS / "incidents.py", "repairer"),
        ("SchoolFields", Path("egn_desktop", "school", "identity.py"), "employer"),
    ],
)
def test_a_text_field_that_is_described_is_everywhere(
    tree: Path, run: RUN, noun: str, room: Path, before: str
) -> None:
    """A description and a step: no other file is touched."""
    described = '    colour: str = described("", "Couleur", OF_OTHERS)\n'
    change(tree, rf"(    {before}: str = described\()", rf"{described}\1", room)
    done = run("tools/new_migration.py", "colour")
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(str(ROOT / "tests" / "dossier" / "everywhere.py"), noun, "Couleur", "colour")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("column", "because", "told"),
    [
        ("Mapped[str]", (), "device.colour: the rows that are there have no value for it"),
        ("Mapped[str]", ("--because", "none is there"), "mapped_column(default=…)"),
        (
            'Mapped[str] = mapped_column(default="", unique=True)',
            (),
            "device.colour: rows that are there may hold the same value twice.",
        ),
    ],
    ids=["without default", "insisting", "unique"],
)
def test_what_cannot_be_applied_to_rows_is_refused(
    tree: Path, run: RUN, column: str, because: tuple[str, ...], told: str
) -> None:
    change(tree, IN_DEVICE, rf"\1    colour: {column}\n")
    done = run("tools/new_migration.py", "colour", *because)
    assert done.returncode == 1
    assert told in done.stdout
    assert "Nothing was written." in done.stdout
    assert step(tree, "colour") is None


def test_what_loses_or_binds_rows_needs_a_reason(tree: Path, run: RUN) -> None:
    change(tree, r"reserved_note: Mapped\[str\]", "waits_for: Mapped[str]")
    change(tree, r"owner_kind: Mapped\[str \| None\]", "owner_kind: Mapped[str]")
    done = run("tools/new_migration.py", "waits")
    assert "device.reserved_note: what the column holds is lost" in done.stdout
    assert "device.owner_kind: rows that are there may be without a value." in done.stdout
    assert step(tree, "waits") is None
    done = run("tools/new_migration.py", "waits", "--because", "No one wrote any")
    # It is written as told, and the golden dossiers show what it would have done.
    assert '"""Waits: No one wrote any."""' in (step(tree, "waits") or "")
    assert done.returncode == 1
    assert "NOT NULL constraint failed" in done.stdout
