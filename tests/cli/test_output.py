# SPDX-License-Identifier: GPL-3.0-or-later
"""What commands write, and where: an older encoding, no output at all, remarks beside it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from egn_desktop import app
from egn_desktop.cli import run_command
from egn_desktop.dossier import Dossier, keys, log, recovery
from egn_desktop.errors import ExitCode
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService
from tests.conftest import KEY

ROOT = Path(__file__).resolve().parents[2]
NAME = "École Łódź"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "ecole.egn"
    with Dossier.create(path, key=KEY) as dossier:
        SchoolService(dossier).save(Identity(name=NAME))
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dossier whose code is in the variable."""
    monkeypatch.setattr(keys, "ACCEPTED", {})
    monkeypatch.setenv("EGN_DESKTOP_SECRET", recovery.code_of(KEY))
    return Path(shutil.copy(made, tmp_path / "ÉCOLE.EGN"))


def test_a_name_in_capitals_is_a_dossier_to_the_window_and_to_the_commands(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path | None] = []
    monkeypatch.setattr("egn_desktop.ui.start.run", lambda given: opened.append(given) or 0)
    monkeypatch.setattr("egn_desktop.process.start", list)
    assert app.main([str(path)]) == 0
    assert opened == [path]
    assert run_command(["school", str(path)]) == ExitCode.OK
    assert NAME in capsys.readouterr().out


def test_what_the_opening_found_is_said_beside_what_was_asked(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log.log_of(path).write_bytes(b"\1" * 8192)
    assert run_command(["school", str(path)]) == ExitCode.OK
    written = capsys.readouterr()
    assert "journal d’écritures" in written.err
    assert "journal d’écritures" not in written.out
    assert NAME in written.out
    assert run_command(["school", str(path)]) == ExitCode.OK
    assert not capsys.readouterr().err


def test_a_pipe_in_windows_older_encoding_gets_every_letter(path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "egn_desktop", "school", str(path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )
    assert done.returncode == ExitCode.OK, done.stderr
    assert NAME in done.stdout.decode("utf-8")


@pytest.mark.skipif(os.name == "nt", reason="a shell closes the streams")
def test_a_program_without_input_or_output_does_what_it_is_asked(path: Path) -> None:
    """As Windows starts a windowed program, and a system a service."""
    copy = path.with_name("copie.egn")
    command = 'exec "$0" -m egn_desktop backup "$1" --to "$2" <&- >&- 2>&-'
    without = ["sh", "-c", command, sys.executable, path, copy]
    assert subprocess.run(without, cwd=ROOT).returncode == ExitCode.OK
    with Dossier.open(copy, key=KEY) as kept:
        assert SchoolService(kept).identity().name == NAME
    assert subprocess.run(without, cwd=ROOT).returncode == ExitCode.REFUSED
