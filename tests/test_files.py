# SPDX-License-Identifier: GPL-3.0-or-later
"""Files are whole or absent, and a program that holds one for a moment costs nothing."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from egn_desktop import files

ROOT = Path(__file__).resolve().parents[1]

KILLED = """
import os, signal, sys
from pathlib import Path
from egn_desktop.dossier import backup
seen = 0
def hook(event, _):
    global seen
    if event in ("open", "os.rename", "os.remove", "shutil.copyfile"):
        seen += 1
        if seen == int(sys.argv[3]):
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
backup.restore(Path(sys.argv[1]), Path(sys.argv[2]))
"""


def test_a_restore_killed_at_any_step_leaves_nothing_under_the_final_name(tmp_path: Path) -> None:
    source, target = tmp_path / "a.egn", tmp_path / "b.egn"
    source.write_bytes(bytes(range(256)) * 8000)
    ends: set[bool] = set()
    for step in range(1, 12):
        command = [sys.executable, "-c", KILLED, str(source), str(target), str(step)]
        done = subprocess.run(command, cwd=ROOT, check=False)
        ends.add(target.exists())
        if target.exists():
            assert target.read_bytes() == source.read_bytes()
            target.unlink()
        if done.returncode == 0:
            break
    assert ends == {False, True}
    files.clear_parts(tmp_path)
    assert list(tmp_path.iterdir()) == [source]


def test_what_goes_wrong_leaves_the_target_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "réglages.toml"
    target.write_text("avant")

    def interrupted() -> None:
        with files.whole(target) as part:
            part.write_text("après")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert [path.name for path in tmp_path.iterdir()] == ["réglages.toml"]
    assert target.read_text() == "avant"


def test_a_name_of_any_length_can_be_written_aside(tmp_path: Path) -> None:
    target = tmp_path / ("é" * 120 + ".pdf")
    files.write_whole(target, b"x")
    assert target.read_bytes() == b"x"


def test_on_windows_a_held_file_is_tried_again_until_it_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    held, tried = threading.Event(), threading.Event()
    held.set()
    plain = Path.replace

    def replace(source: Path, target: Path) -> Path:
        tried.set()
        if held.is_set():
            raise PermissionError(13, "held by another program")
        return plain(source, target)

    monkeypatch.setattr(Path, "replace", replace)

    def let_go() -> None:
        tried.wait()
        held.clear()

    other = threading.Thread(target=let_go)
    other.start()
    files.write_whole(tmp_path / "a.egn", b"x")
    other.join()
    assert (tmp_path / "a.egn").read_bytes() == b"x"

    held.set()
    monkeypatch.setattr(files, "PATIENCE_S", 0.0)
    with pytest.raises(PermissionError):
        files.write_whole(tmp_path / "a.egn", b"y")
    assert (tmp_path / "a.egn").read_bytes() == b"x"
    assert [path.name for path in tmp_path.iterdir()] == ["a.egn"]
