# SPDX-License-Identifier: GPL-3.0-or-later
"""The open file is watched, and other computers see that it is open."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from egn_desktop.dossier import Dossier, life, open_file, presence
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.mark import Mark, computer_id, mark_of
from egn_desktop.dossier.model import Meta
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
        mark = Mark("0" * 16, computer_id(), "PC-DIRECTION", "martin", open_at())
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
        assert len(first) == 1024


def test_a_late_look_does_not_put_the_mark_of_a_closed_file_back(path: Path) -> None:
    """The window's upkeep runs in a thread; it may come after the closing."""
    dossier = Dossier.open(path, key=KEY)
    add(dossier, "dernier")
    dossier.close()
    dossier.upkeep()
    dossier.fold()
    assert [file.name for file in path.parent.iterdir()] == ["a.egn"]


def test_a_sign_of_life_is_never_written_over_anothers_mark(path: Path, tmp_path: Path) -> None:
    asleep = Dossier.open(path, key=KEY)
    as_another_computer(path, tmp_path)
    theirs = mark_of(path).read_bytes()
    asleep._file._presence._renewed -= SILENT
    with pytest.raises(wrong.TakenOverError):
        asleep._file.renew_mark()
    asleep.close()
    assert mark_of(path).read_bytes() == theirs


def test_a_mark_that_is_being_written_is_waited_for(path: Path, tmp_path: Path) -> None:
    whole = as_another_computer(path, tmp_path).encode()
    mark_of(path).write_bytes(b"")
    writing = threading.Timer(0.2, mark_of(path).write_bytes, [whole])
    writing.start()
    with pytest.raises(wrong.OpenElsewhereError, match="martin"):
        Dossier.open(path, key=KEY)
    writing.join()
    assert mark_of(path).read_bytes() == whole


def test_a_profile_copied_to_another_computer_is_not_this_one(path: Path) -> None:
    theirs = Mark("0" * 16, computer_id(), "PC-SALLE-12", "eleve", open_at())
    mark_of(path).write_bytes(theirs.encode())
    with pytest.raises(wrong.OpenElsewhereError, match="PC-SALLE-12"):
        Dossier.open(path, key=KEY)


def test_what_the_sleeper_still_writes_does_not_reach_who_took_over(
    path: Path, tmp_path: Path
) -> None:
    """Asleep between its last look and its commit: where locks do not hold, nothing stops it."""
    asleep = Dossier.open(path, key=KEY)
    add(asleep, "avant")
    asleep._file._presence._guard.close()  # the lock does not reach the other computer
    asleep._file._presence._guard = None
    looks = [asleep._file.check, asleep._file.confirm]
    asleep._file.check = asleep._file.confirm = lambda: None
    with another_computer(tmp_path):
        mine = mark_of(path).read_bytes()
        awake = Dossier.open(path, key=KEY, take_over=True)
        assert mark_of(path).read_bytes() != mine
        add(awake, "repris")
        before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
        add(asleep, "trop tard")
        asleep._file.check, asleep._file.confirm = looks
        with pytest.raises(wrong.TakenOverError):
            add(asleep, "encore")
        asleep.close()
        assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
        add(awake, "suite")
        awake.close()
    assert keys(path) == ["avant", "repris", "suite"]


def test_a_change_that_fell_behind_a_taking_over_is_not_acknowledged(
    path: Path, tmp_path: Path
) -> None:
    asleep = Dossier.open(path, key=KEY)
    asleep._file.written = lambda: as_another_computer(path, tmp_path)
    with pytest.raises(wrong.TakenOverError):
        add(asleep, "trop tard")
    asleep.close()


def test_a_file_replaced_just_after_a_commit_is_noticed_and_the_change_saved(
    path: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(path, tmp_path / "autre.egn"))
    dossier = Dossier.open(path, key=KEY)
    dossier._file.written = lambda: other.replace(path)
    add(dossier, "juste avant")
    with pytest.raises(wrong.ReplacedError):
        dossier.upkeep()
    dossier.move_to(tmp_path / "sauvé.egn")
    dossier.close()
    assert keys(tmp_path / "sauvé.egn") == ["juste avant"]


def test_the_empty_log_of_whoever_replaced_the_file_is_left_alone(
    path: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copy(path, tmp_path / "autre.egn"))
    dossier = Dossier.open(path, key=KEY)
    other.replace(path)
    log_of(path).unlink()
    log_of(path).write_bytes(b"")  # theirs: they have just opened the file
    dossier.close()
    assert log_of(path).exists()


def test_a_file_whose_folder_was_renamed_can_be_opened_again_in_its_place(
    path: Path, tmp_path: Path
) -> None:
    link = tmp_path / "lien"
    link.symlink_to(path.parent)
    dossier = Dossier.open(link / path.name, key=KEY)
    link.unlink()
    dossier.close()
    assert not open_file.is_open_here(path)


def test_a_disk_that_answers_again_lets_the_dossier_be_opened_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(_: object) -> None:
        raise wrong.PlaceLostError(path)

    dossier = Dossier.open(path, key=KEY)
    add(dossier, "avant")
    monkeypatch.setattr(presence.Presence, "check", lost)
    dossier.close()
    monkeypatch.undo()
    os.environ["EGN_DESKTOP_HOME"] = str(path.parent.parent / "profile")
    assert keys(path) == ["avant"]


def test_upkeep_in_a_thread_and_writes_in_another_keep_everything(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_file, "IDLE_SECONDS", 0.0)
    dossier = Dossier.open(path, key=KEY)
    failures: list[BaseException] = []
    ended = threading.Event()

    def look_after() -> None:
        try:
            while not ended.is_set():
                dossier.upkeep()
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=look_after)
    thread.start()
    for number in range(40):
        add(dossier, f"{number:02}")
    dossier.close()
    ended.set()
    thread.join()
    assert not failures
    assert keys(path) == [f"{number:02}" for number in range(40)]
