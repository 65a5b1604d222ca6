# SPDX-License-Identifier: GPL-3.0-or-later
"""The open file is watched, and other computers see that it is open."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from egn_desktop.dossier import Dossier, life, open_file, presence
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.model import Meta
from egn_desktop.dossier.presence import Mark, mark_of
from egn_desktop.dossier.verify import verify

KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[2]
SILENT = 10_000


@pytest.fixture
def path(tmp_path: Path, new_file: Path) -> Path:
    folder = tmp_path / "partage"
    folder.mkdir()
    return Path(shutil.copy(new_file, folder / "a.egn"))


def add(dossier: Dossier, key: str) -> None:
    with dossier.write() as session:
        session.add(Meta(key=key, value="x"))


def keys(path: Path) -> list[str]:
    with Dossier.open(path, key=KEY, take_over=True) as dossier, dossier.read() as session:
        return sorted(session.scalars(select(Meta.key)))


@contextmanager
def another_computer(tmp_path: Path) -> Iterator[None]:
    """Act as another computer, whose profile is its own."""
    before = os.environ["EGN_DESKTOP_HOME"]
    os.environ["EGN_DESKTOP_HOME"] = str(tmp_path / "autre poste")
    try:
        yield
    finally:
        os.environ["EGN_DESKTOP_HOME"] = before


def as_another_computer(path: Path, tmp_path: Path) -> Mark:
    """Put the mark of another computer beside the file, as a share would show it."""
    with another_computer(tmp_path):
        mark = Mark("0" * 16, presence.computer_id(), "PC-DIRECTION", "martin", open_at())
    mark_of(path).write_bytes(mark.encode())
    return mark


def open_at() -> datetime:
    return datetime.fromisoformat("2026-11-24T08:12:00+01:00")


def test_a_copy_of_the_open_file_is_whole_once_the_log_is_folded(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "ce matin")
        dossier.upkeep()
        assert log_of(path).stat().st_size > 0, "somebody may be typing"
        monkeypatch.setattr(open_file, "IDLE_SECONDS", 0.0)
        dossier.upkeep()
        assert log_of(path).stat().st_size == 0
        copy = Path(shutil.copy(path, tmp_path / "copie.egn"))
    assert keys(copy) == ["ce matin"]


def test_a_long_log_is_folded_in_at_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_file, "LARGE_LOG", 20_000)
    with Dossier.open(path, key=KEY) as dossier:
        for number in range(12):
            add(dossier, f"{number:02}")
        assert log_of(path).stat().st_size < 20_000 + 4 * 4120


def test_a_file_renamed_while_open_is_noticed_and_keeps_everything(path: Path) -> None:
    elsewhere = path.with_name("ailleurs.egn")
    dossier = Dossier.open(path, key=KEY)
    add(dossier, "avant")
    path.rename(elsewhere)
    with pytest.raises(wrong.MovedError):
        add(dossier, "après")
    told = life.close_dossier(dossier)
    assert isinstance(told, wrong.MovedError)
    assert {file.name for file in path.parent.iterdir()} == {"ailleurs.egn"}
    assert keys(elsewhere) == ["avant"]


def test_a_file_replaced_while_open_is_noticed_and_the_other_is_left_alone(
    path: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(path, tmp_path / "autre.egn"))
    with another_computer(tmp_path), Dossier.open(other, key=KEY) as theirs:
        add(theirs, "là-bas")
    dossier = Dossier.open(path, key=KEY)
    add(dossier, "ici")
    other_bytes = other.read_bytes()
    other.replace(path)
    with pytest.raises(wrong.ReplacedError):
        add(dossier, "perdu")
    with pytest.raises(wrong.ReplacedError):
        dossier.upkeep()
    saved = tmp_path / "sauvé.egn"
    dossier.move_to(saved)
    add(dossier, "encore")
    dossier.close()
    assert path.read_bytes() == other_bytes
    assert not log_of(path).exists()
    assert keys(saved) == ["encore", "ici"]
    assert keys(path) == ["là-bas"]


def test_a_folder_removed_while_open_is_noticed_and_its_content_saved(
    path: Path, tmp_path: Path
) -> None:
    dossier = Dossier.open(path, key=KEY)
    add(dossier, "avant")
    shutil.rmtree(path.parent)
    with pytest.raises(wrong.MovedError):
        add(dossier, "après")
    saved = tmp_path / "sauvé.egn"
    dossier.move_to(saved)
    assert dossier.path == saved
    assert verify(dossier).ok
    dossier.close()
    assert keys(saved) == ["avant"]


def test_a_disk_unplugged_while_open_is_told_as_one(
    tmp_path: Path, small_disk: Callable[[str], Path]
) -> None:
    disk = small_disk("20M")
    dossier = Dossier.create(disk / "a.egn", key=KEY)
    subprocess.run(["umount", "-l", str(disk)], check=True)
    with pytest.raises(wrong.PlaceLostError):
        add(dossier, "après")
    dossier.close()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(disk)], check=True)


def test_a_saved_place_is_never_replaced(path: Path, tmp_path: Path) -> None:
    taken = tmp_path / "pris.egn"
    taken.write_bytes(b"x")
    with Dossier.open(path, key=KEY) as dossier:
        with pytest.raises(wrong.AlreadyExistsError):
            dossier.move_to(taken)
        add(dossier, "encore ici")
    assert taken.read_bytes() == b"x"


def test_another_computer_that_has_the_file_is_named(path: Path, tmp_path: Path) -> None:
    as_another_computer(path, tmp_path)
    before = path.read_bytes()
    with pytest.raises(wrong.OpenElsewhereError) as told:
        Dossier.open(path, key=KEY)
    assert "martin" in told.value.what
    assert "PC-DIRECTION" in told.value.what
    assert "24/11/2026" in told.value.what
    assert not told.value.is_silent
    assert path.read_bytes() == before


def test_one_that_gives_no_sign_of_life_is_taken_over_by_a_click(
    path: Path, tmp_path: Path
) -> None:
    as_another_computer(path, tmp_path)
    old = mark_of(path).stat().st_mtime - timedelta(hours=3).total_seconds()
    os.utime(mark_of(path), (old, old))
    with pytest.raises(wrong.OpenElsewhereError) as told:
        Dossier.open(path, key=KEY)
    assert told.value.is_silent
    assert "3 heures" in told.value.what
    with Dossier.open(path, key=KEY, take_over=True) as dossier:
        add(dossier, "repris")
    assert not mark_of(path).exists()
    assert keys(path) == ["repris"]


def test_who_was_taken_over_writes_no_more(path: Path, tmp_path: Path) -> None:
    """The laptop that slept: its log, its file and its closing must not touch the other's work."""
    asleep = Dossier.open(path, key=KEY)
    add(asleep, "avant")
    theirs = as_another_computer(path, tmp_path)
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    with pytest.raises(wrong.TakenOverError) as told:
        add(asleep, "après")
    assert theirs.who in told.value.what
    with pytest.raises(wrong.TakenOverError):
        asleep.upkeep()
    told = life.close_dossier(asleep)
    assert isinstance(told, wrong.TakenOverError)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before


def test_the_mark_of_a_process_that_died_here_is_nothing_to_ask_about(path: Path) -> None:
    dying = (
        "import os, signal, sys\nfrom pathlib import Path\n"
        "from egn_desktop.dossier import Dossier\n"
        "kept = Dossier.open(Path(sys.argv[1]), key=bytes(range(32)))\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", dying, str(path)], cwd=ROOT, check=False)
    assert mark_of(path).exists()
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "après")
    assert not mark_of(path).exists()


def test_a_mark_tidied_away_comes_back(path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        mark_of(path).unlink()
        add(dossier, "encore")
        assert mark_of(path).exists()


def test_a_mark_cut_in_half_by_a_sync_client_keeps_nobody_out(path: Path) -> None:
    mark_of(path).write_bytes(b'{"token": "12')
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "ouvert")


def test_the_mark_says_nothing_of_the_school_and_is_always_as_long(path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        first = mark_of(path).read_bytes()
        dossier._file._presence._renewed -= SILENT
        old = mark_of(path).stat().st_mtime - SILENT
        os.utime(mark_of(path), (old, old))
        dossier.upkeep()
        assert mark_of(path).stat().st_mtime > old
        assert mark_of(path).read_bytes() == first
        assert len(first) == 512
