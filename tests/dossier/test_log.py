# SPDX-License-Identifier: GPL-3.0-or-later
"""A log left beside a file: applied when it is the file's own, set aside when it is not."""

import os
import shutil
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from egn_desktop.dossier import Dossier, ReadOnly, log, memory, open_file
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.compaction import compact
from egn_desktop.dossier.connection import DatabaseError
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.mark import mark_of
from egn_desktop.dossier.model import JournalEntry, Meta
from egn_desktop.dossier.soundness import damage
from egn_desktop.dossier.verify import verify

KEY = bytes(range(32))
ROOT = Path(__file__).resolve().parents[2]
HEAD, FRAME = 32, 24 + 4096


@pytest.fixture
def path(tmp_path: Path, new_file: Path) -> Path:
    folder = tmp_path / "école"
    folder.mkdir()
    path = Path(shutil.copy(new_file, folder / "a.egn"))
    write(path, "avant", 3)
    return path


def write(path: Path, word: str, count: int) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, word, count)


def add(dossier: Dossier, word: str, count: int) -> None:
    for number in range(count):
        with dossier.write() as session:
            session.add(Meta(key=f"{word}{number:03}", value="x" * 300))


def cut_power(path: Path, word: str, count: int) -> None:
    """Make that many changes, each acknowledged, and leave the disk as a power cut would."""
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, word, count)
        left = {file: file.read_bytes() for file in (path, log_of(path), mark_of(path))}
    for file, content in left.items():
        file.write_bytes(content)
    assert left[log_of(path)]


def keys(dossier: Dossier, word: str) -> int:
    with dossier.read() as session:
        return len(session.scalars(select(Meta).where(Meta.key.startswith(word))).all())


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_the_log_of_a_power_cut_is_read_back_whole(path: Path) -> None:
    cut_power(path, "ecole", 7)
    with Dossier.open(path, key=KEY) as dossier:
        assert (keys(dossier, "avant"), keys(dossier, "ecole")) == (3, 7)
        assert not dossier.remarks
        assert verify(dossier).ok
    assert [file.name for file in path.parent.iterdir()] == ["a.egn"]


def test_the_log_of_another_copy_never_touches_the_file(path: Path, tmp_path: Path) -> None:
    home = Path(shutil.copy(path, tmp_path / "home.egn"))
    cut_power(path, "ecole", 7)
    write(home, "maison", 40)
    shutil.copy(home, path)
    school = log_of(path).read_bytes()
    with Dossier.open(path, key=KEY) as dossier:
        assert (keys(dossier, "maison"), keys(dossier, "ecole")) == (40, 0)
        assert verify(dossier).ok
        (told, *_) = dossier.remarks
    assert isinstance(told, wrong.LogSetAsideNotice)
    assert "7 modifications" in told.what
    assert "le plus récent des deux est le fichier" in told.what
    (aside,) = path.parent.glob("*.journal")
    assert aside.name in told.kept
    assert aside.read_bytes() == school
    assert not log_of(path).exists()
    with Dossier.open(path, key=KEY) as dossier:
        assert not any(isinstance(remark, wrong.LogSetAsideNotice) for remark in dossier.remarks)


def test_the_untouched_file_put_back_takes_its_log(path: Path, tmp_path: Path) -> None:
    copy = shutil.copy(path, tmp_path / "copie.egn")
    cut_power(path, "ecole", 5)
    shutil.copy(copy, path)
    with Dossier.open(path, key=KEY) as dossier:
        assert keys(dossier, "ecole") == 5
        assert not dossier.remarks


def test_nothing_of_a_log_is_written_with_a_wrong_code(path: Path) -> None:
    cut_power(path, "ecole", 2)
    before = bytes_of(path.parent)
    with pytest.raises(wrong.WrongSecretError):
        Dossier.open(path, key=bytes(32), take_over=True)
    after = bytes_of(path.parent)
    assert {name: after[name] for name in ("a.egn", "a.egn-wal")} == {
        name: before[name] for name in ("a.egn", "a.egn-wal")
    }


def test_a_damaged_file_and_its_log_are_left_as_they_are(path: Path) -> None:
    cut_power(path, "ecole", 2)
    with path.open("r+b") as file:
        file.seek(2 * 4096)
        file.write(b"\0" * 4096 * 6)
    before = bytes_of(path.parent)
    with pytest.raises(wrong.DamagedError):
        Dossier.open(path, key=KEY, take_over=True)
    after = bytes_of(path.parent)
    assert (after["a.egn"], after["a.egn-wal"]) == (before["a.egn"], before["a.egn-wal"])


def test_a_first_page_that_the_log_holds_is_mended_by_it(path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        with dossier.locked:
            dossier.raw.execute("CREATE TABLE tout (x)")  # a change of the schema: page 1
        with dossier.write() as session:
            session.add(Meta(key="dernier", value="x"))
        torn = shutil.copy(path, path.with_name("b.egn"))
        shutil.copy(log_of(path), log_of(Path(torn)))
    with Path(torn).open("r+b") as file:
        file.seek(512)
        file.write(os.urandom(512))
    with Dossier.open(Path(torn), key=KEY) as dossier:
        assert keys(dossier, "dernier") == 1
        assert verify(dossier).ok


def frames_of(log: Path) -> int:
    return (log.stat().st_size - HEAD) // FRAME


def test_a_bit_lost_in_the_log_is_told_with_how_much(path: Path) -> None:
    cut_power(path, "ecole", 10)
    log = log_of(path)
    with log.open("r+b") as file:
        file.seek(HEAD + FRAME * (frames_of(log) // 2) + 2000)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    damaged = log.read_bytes()
    with Dossier.open(path, key=KEY) as dossier:
        left = keys(dossier, "ecole")
        assert keys(dossier, "avant") == 3
        (told,) = (
            remark for remark in dossier.remarks if isinstance(remark, wrong.ChangesLostNotice)
        )
    assert 0 < left < 10
    assert f"les {10 - left} dernières modifications" in told.what
    (aside,) = path.parent.glob("*.journal")
    assert aside.read_bytes() == damaged


def test_a_log_whose_head_is_lost_is_kept_and_told(path: Path) -> None:
    cut_power(path, "ecole", 4)
    with log_of(path).open("r+b") as file:
        file.write(b"\0" * HEAD)
    with Dossier.open(path, key=KEY) as dossier:
        (told,) = (
            remark for remark in dossier.remarks if isinstance(remark, wrong.ChangesLostNotice)
        )
        assert "les 4 dernières" in told.what
    assert list(path.parent.glob("*.journal"))


def test_a_change_that_was_not_acknowledged_is_no_loss(path: Path) -> None:
    cut_power(path, "ecole", 4)
    log = log_of(path)
    with log.open("ab") as file:
        file.write(b"\0" * 1000)  # the beginning of a frame
    with Dossier.open(path, key=KEY) as dossier:
        assert keys(dossier, "ecole") == 4
        assert not dossier.remarks


def test_a_place_that_cannot_be_written_shows_what_its_log_holds(
    path: Path, small_disk: Callable[[str], Path]
) -> None:
    cut_power(path, "ecole", 7)
    disk = small_disk("20M")
    there = Path(shutil.copy(path, disk))
    shutil.copy(log_of(path), log_of(there))
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    before = bytes_of(disk)
    with Dossier.open(there, key=KEY) as dossier:
        assert dossier.read_only is ReadOnly.PLACE
        assert keys(dossier, "ecole") == 7
    assert bytes_of(disk) == before


def test_no_copy_stays_in_the_profile(path: Path, tmp_path: Path) -> None:
    cut_power(path, "ecole", 2)
    Dossier.open(path, key=KEY).close()
    assert not list((tmp_path / "profile").glob("essai-*"))


def test_a_log_that_begins_with_a_compaction_is_the_files_own(path: Path, tmp_path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        dossier.fold()
        fold, dossier._file.fold = dossier._file.fold, lambda: False
        compact(dossier)
        copy = Path(shutil.copy(path, tmp_path / "b.egn"))
        shutil.copy(log_of(path), log_of(copy))
        dossier._file.fold = fold
    with Dossier.open(copy, key=KEY) as dossier:
        assert not dossier.remarks
        assert keys(dossier, "avant") == 3


def test_an_older_file_in_place_of_a_newer_is_told(path: Path, tmp_path: Path) -> None:
    old = shutil.copy(path, tmp_path / "vieux.egn")
    write(path, "neuf", 4)
    shutil.copy(old, path)
    with Dossier.open(path, key=KEY) as dossier:
        (told,) = dossier.remarks
    assert isinstance(told, wrong.OlderThanSeenNotice)
    assert "4 modifications" in told.what


def test_a_copy_that_went_its_own_way_is_told(path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(path, tmp_path / "autre.egn"))
    profile = os.environ["EGN_DESKTOP_HOME"]
    os.environ["EGN_DESKTOP_HOME"] = str(tmp_path / "autre poste")
    write(other, "là-bas", 6)
    os.environ["EGN_DESKTOP_HOME"] = profile
    write(path, "ici", 2)
    shutil.copy(other, path)
    with Dossier.open(path, key=KEY) as dossier:
        (told,) = dossier.remarks
    assert isinstance(told, wrong.PartedNotice)


def test_this_computer_remembers_how_far_the_journal_had_got(path: Path) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        with dossier.write():
            dossier.record("loan.lent", "loan:1")
        dossier.fold()
        kept = memory.recall(dossier.dossier_id)
        with dossier.read() as session:
            (entry,) = session.scalars(select(JournalEntry))
        standing = dossier.state()
    assert kept is not None
    assert standing is not None
    assert (kept.entries, kept.head, kept.number) == (1, entry.hash, standing.number)
    assert memory.id_at(path) == dossier.dossier_id


@pytest.mark.parametrize("folded", [1, 3, 8])
def test_a_folding_that_stopped_half_way_goes_on(path: Path, folded: int, tmp_path: Path) -> None:
    """The file holds some pages of its log already, and is whole with it alone."""
    cut_power(path, "ecole", 5)
    mixed = Path(shutil.copy(path, tmp_path / "m.egn"))
    shutil.copy(log_of(path), log_of(mixed))
    frames = log_of(mixed).read_bytes()[HEAD:]
    latest = {}
    for start in range(0, len(frames), FRAME):
        number = int.from_bytes(frames[start : start + 4], "big")
        latest[number] = frames[start + 24 : start + FRAME]
    with mixed.open("r+b") as file:
        for number in sorted(latest)[:folded]:
            file.seek((number - 1) * 4096)
            file.write(latest[number])
    with Dossier.open(mixed, key=KEY) as dossier:
        assert keys(dossier, "ecole") == 5
        assert not dossier.remarks
        assert verify(dossier).ok


def test_a_log_that_cannot_be_set_aside_is_not_applied_either(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Path(shutil.copy(path, tmp_path / "home.egn"))
    cut_power(path, "ecole", 7)
    write(home, "maison", 4)
    shutil.copy(home, path)
    before = bytes_of(path.parent)
    monkeypatch.setattr(log, "set_aside", lambda *_: None)
    with Dossier.open(path, key=KEY) as dossier:
        assert dossier.read_only is ReadOnly.PLACE
        assert (keys(dossier, "maison"), keys(dossier, "ecole")) == (4, 0)
    after = bytes_of(path.parent)
    assert (after["a.egn"], after["a.egn-wal"]) == (before["a.egn"], before["a.egn-wal"])


def test_a_long_name_leaves_room_for_that_of_its_log(path: Path, tmp_path: Path) -> None:
    long = path.rename(path.with_name("é" * 115 + ".egn"))
    home = Path(shutil.copy(long, tmp_path / "home.egn"))
    cut_power(long, "ecole", 2)
    write(home, "maison", 2)
    shutil.copy(home, long)
    with Dossier.open(long, key=KEY) as dossier:
        assert dossier.read_only is None
        assert (keys(dossier, "maison"), keys(dossier, "ecole")) == (2, 0)
    assert len(list(path.parent.glob("*.journal"))) == 1


def test_writes_after_a_folding_that_stopped_half_way_are_the_files_own(
    path: Path, tmp_path: Path
) -> None:
    """A full disk stops the folding, room is made, the user goes on, the power fails."""
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "un", 3)
        first = log_of(path).read_bytes()[HEAD:]
        add(dossier, "deux", 3)
        mixed = Path(shutil.copy(path, tmp_path / "m.egn"))
        shutil.copy(log_of(path), log_of(mixed))
    with mixed.open("r+b") as file:
        for start in range(0, len(first), FRAME):
            file.seek((int.from_bytes(first[start : start + 4], "big") - 1) * 4096)
            file.write(first[start + 24 : start + FRAME])
    with Dossier.open(mixed, key=KEY) as dossier:
        assert (keys(dossier, "un"), keys(dossier, "deux")) == (3, 3)
        assert not any(isinstance(remark, wrong.LogSetAsideNotice) for remark in dossier.remarks)


def test_a_log_that_could_not_be_cut_is_followed_by_the_files_own(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite then begins the next log over the old one."""
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "un", 3)
        checkpoint = dossier._file._checkpoint
        monkeypatch.setattr(
            dossier._file, "_checkpoint", lambda mode: mode == "PASSIVE" and checkpoint(mode)
        )
        assert dossier.fold()
        assert log_of(path).stat().st_size > 0
        add(dossier, "deux", 1)
        left = Path(shutil.copy(path, tmp_path / "b.egn"))
        shutil.copy(log_of(path), log_of(left))
    with Dossier.open(left, key=KEY) as dossier:
        assert (keys(dossier, "un"), keys(dossier, "deux")) == (3, 1)
        assert not any(isinstance(remark, wrong.LogSetAsideNotice) for remark in dossier.remarks)


def test_a_log_that_a_failed_folding_left_goes_on_after_a_reopening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = Dossier.open(path, key=KEY)
    add(dossier, "un", 1)
    assert not dossier._file.begins_log
    dossier.close()
    shutil.copy(path, path.with_name("b.egn"))
    cut_power(path, "deux", 2)
    held = log_of(path).read_bytes()
    monkeypatch.setattr(open_file.OpenFile, "fold", lambda _: False)
    with Dossier.open(path, key=KEY) as dossier:
        assert log_of(path).read_bytes() == held
        assert not dossier._file.begins_log


def test_a_log_without_the_name_of_a_state_is_not_that_of_a_file_with_one(tmp_path: Path) -> None:
    """A log of version 0001 lay beside a copy of the file that was migrated since."""
    golden = ROOT / "tests" / "golden"
    path = Path(shutil.copy(golden / "0001-demonstration.egn", tmp_path / "a.egn"))
    with Dossier.open(path, key=KEY) as dossier:
        entries = dossier.rows(select(JournalEntry.id))
    log_of(path).write_bytes((golden / "0001-demonstration-hot.egn-wal").read_bytes())
    with Dossier.open(path, key=KEY) as dossier:
        assert any(isinstance(remark, wrong.LogSetAsideNotice) for remark in dossier.remarks)
        assert dossier.rows(select(JournalEntry.id)) == entries
        assert verify(dossier).ok
    assert list(tmp_path.glob("*.journal"))


def test_a_trial_that_its_own_disk_refuses_proves_nothing_against_the_log(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_power(path, "ecole", 2)
    before = bytes_of(path.parent)

    def refuse(_: object) -> bool:
        error = DatabaseError[0]("database or disk is full")
        error.sqlite_errorname = "SQLITE_FULL"
        raise error

    monkeypatch.setattr(log, "_is_whole", refuse)
    with pytest.raises(wrong.NoRoomForTrialError):
        Dossier.open(path, key=KEY)
    after = bytes_of(path.parent)
    assert {name: after[name] for name in ("a.egn", "a.egn-wal")} == {
        name: before[name] for name in ("a.egn", "a.egn-wal")
    }


def test_two_damaged_logs_of_one_minute_are_both_kept(path: Path) -> None:
    for byte in (b"1", b"2"):
        log_of(path).write_bytes(byte)
        log.keep_copy(path, datetime.fromisoformat("2026-11-24T08:12:00+01:00"))
    assert {file.read_bytes() for file in path.parent.glob("*.journal")} == {b"1", b"2"}


def test_half_a_page_that_a_stopped_folding_left_is_no_damage(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Dossier.open(path, key=KEY) as dossier:
        add(dossier, "un", 1)
        held = min(log.held_pages(path) - {1})
        monkeypatch.setattr(dossier._file, "fold", lambda: False)
        file = os.open(path, os.O_WRONLY)  # closed at the end: SQLite's lock would go with it
        os.pwrite(file, b"x" * 512, (held - 1) * 4096)
        assert verify(dossier).ok
        assert damage(dossier) is None
        monkeypatch.undo()
        assert dossier.fold()
        assert verify(dossier).ok
        os.pwrite(file, b"x" * 512, (held - 1) * 4096)
        assert not verify(dossier).ok
        assert damage(dossier) is not None
    os.close(file)


def test_a_lost_bit_that_looks_like_an_end_is_not_counted_as_one(path: Path) -> None:
    cut_power(path, "ecole", 6)
    content = bytearray(log_of(path).read_bytes())
    middle = next(
        place
        for place in range(HEAD + FRAME * (frames_of(log_of(path)) // 2), len(content), FRAME)
        if not any(content[place + 4 : place + 8])
    )
    content[middle + 7] ^= 64
    log_of(path).write_bytes(content)
    with Dossier.open(path, key=KEY) as dossier:
        left = keys(dossier, "ecole")
        (told,) = (
            remark for remark in dossier.remarks if isinstance(remark, wrong.ChangesLostNotice)
        )
    assert f"les {6 - left} dernières modifications" in told.what
