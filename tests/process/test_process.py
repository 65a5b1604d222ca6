# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program does first, seen from real processes."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from egn_desktop import paths
from egn_desktop.dossier import Dossier, recovery

KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[2]
PHRASE = "lampe corbeau tiroir mardi"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="modes and processes of POSIX")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def run(*arguments: object, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "egn_desktop", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent", **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_what_the_program_makes_is_its_users_alone(tmp_path: Path) -> None:
    os.umask(0o022)
    path, paper = tmp_path / "ecole.egn", tmp_path / "fiche.pdf"
    Dossier.create(path, key=KEY).close()
    code = recovery.code_of(KEY)
    run("backup", path, EGN_DESKTOP_SECRET=code)
    run("recovery-sheet", path, "--to", paper, EGN_DESKTOP_SECRET=code)
    assert mode(paper) == 0o600
    made = list(paths.user_data().rglob("*"))
    assert [path for path in made if path.suffix == ".egn"]
    assert {mode(path) for path in made if path.is_file()} == {0o600}
    assert {mode(path) for path in (paths.user_data(), *made) if path.is_dir()} == {0o700}


def test_an_older_profile_is_closed_to_others(tmp_path: Path) -> None:
    folder = paths.user_data() / "sauvegardes" / "abc"
    folder.mkdir(parents=True)
    old = folder / "2026-01-01_08-00-00.egn"
    old.write_bytes(b"")
    folder.chmod(0o755)
    old.chmod(0o644)
    run("restore")
    assert (mode(folder), mode(old)) == (0o700, 0o600)


def test_a_shared_folder_keeps_its_papers_shared(tmp_path: Path) -> None:
    path, shared = tmp_path / "ecole.egn", tmp_path / "direction"
    Dossier.create(path, key=KEY).close()
    shared.mkdir()
    shared.chmod(0o2775)
    code = recovery.code_of(KEY)
    run("recovery-sheet", path, "--to", shared / "fiche.pdf", EGN_DESKTOP_SECRET=code)
    assert mode(shared / "fiche.pdf") == 0o660


def in_a_start(code: str, **environment: str) -> str:
    """Run code in a process that began as the program does."""
    done = subprocess.run(
        [sys.executable, "-c", f"from egn_desktop import process; process.start()\n{code}"],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_no_secret_reaches_a_program_that_is_started(tmp_path: Path) -> None:
    said = in_a_start(
        "import os, subprocess\n"
        "assert process.given(process.SECRET_VARIABLE) == 'un'\n"
        "assert process.given(process.NEW_SECRET_VARIABLE) == 'deux'\n"
        "print(subprocess.run(['env'], capture_output=True, text=True).stdout)",
        EGN_DESKTOP_SECRET="un",
        EGN_DESKTOP_NEW_SECRET="deux",
    )
    assert "EGN_DESKTOP_HOME" in said
    assert "SECRET" not in said


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is of Linux")
def test_no_core_is_left_and_no_debugger_let_in() -> None:
    said = in_a_start(
        "import ctypes, resource\n"
        "print(ctypes.CDLL(None).prctl(3), resource.getrlimit(resource.RLIMIT_CORE))"
    )
    assert said.split() == ["0", "(0,", "0)"]


def test_both_doors_begin_so(monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    from egn_desktop import app, process

    begun: list[bool] = []
    monkeypatch.setattr(process, "start", lambda: begun.append(True))
    with pytest.raises(SystemExit):
        app.main(["--version"])
    assert begun == [True]
