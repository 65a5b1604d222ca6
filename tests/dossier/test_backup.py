# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups are whole, rotate, and come back as a new file."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from egn_desktop import files, paths
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier, backup, finding, life, rotation
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.shelf import Reason
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import ExitCode

if TYPE_CHECKING:
    import subprocess

KEY = bytes(range(32))
NAME = "Maëlys Kervadec-Le Bihan"
START = datetime(2026, 11, 24, 8, 12, tzinfo=UTC)


@pytest.fixture
def full(dossier: Dossier, write_name: Callable[[Dossier], None]) -> Dossier:
    write_name(dossier)
    return dossier


def test_a_backup_is_a_dossier_of_the_same_id_that_opens_alone(full: Dossier) -> None:
    heard: list[frozenset[Changed]] = []
    full.listen(heard.append)
    made = backup.back_up(full)
    assert heard == [{Changed.BACKUPS}]
    assert full.writes == 0
    assert [file.name for file in made.path.parent.iterdir() if file.suffix != ".json"] == [
        made.path.name
    ]
    with Dossier.open(made.path, key=KEY) as copy:
        assert copy.dossier_id == full.dossier_id
        assert copy.rows(text("SELECT name FROM school"))[0].name == NAME
        assert verify(copy).ok


def test_the_list_says_when_why_and_how_large(full: Dossier) -> None:
    routine = backup.back_up(full)
    full.clock = lambda: START + timedelta(hours=1)
    special = backup.back_up(full, Reason.SECRET)
    assert backup.list_backups(full.dossier_id) == [special, routine]
    assert special.reason.label == "Avant un changement de secret"
    assert routine.made_at == START
    assert routine.size == routine.path.stat().st_size > 4096
    (only,) = finding.all_backups()
    assert (only.dossier_id, only.name) == (full.dossier_id, "ecole.egn")
    assert only.backups == [special, routine]


def test_what_is_no_backup_is_not_listed(full: Dossier) -> None:
    folder = backup.back_up(full).path.parent
    (folder / "lisez-moi.txt").write_text("x")
    (folder / "2026-11-24_08-12-05_autre.egn").write_bytes(b"x")
    (folder / "2026-11-24_08-12-05.part").write_bytes(b"x")
    assert len(backup.list_backups(full.dossier_id)) == 1


def test_the_day_s_backup_is_made_once_and_only_after_a_change(
    full: Dossier, write_name: Callable[[Dossier], None]
) -> None:
    assert backup.back_up_if_due(full)
    assert backup.back_up_if_due(full) is None
    write_name(full)
    assert backup.back_up_if_due(full) is None
    full.clock = lambda: START + timedelta(days=1)
    assert backup.back_up_if_due(full)
    full.clock = lambda: START + timedelta(days=2)
    assert backup.back_up_if_due(full) is None


def test_backups_rotate_but_special_ones_stay_a_while(
    full: Dossier, write_name: Callable[[Dossier], None]
) -> None:
    backup.back_up(full, Reason.MIGRATION)
    for day in range(1, 40):
        full.clock = lambda day=day: START + timedelta(days=day)
        write_name(full)
        backup.back_up(full)
    backups = backup.list_backups(full.dossier_id)
    assert 10 <= len(backups) <= 13
    assert backups[-1].reason is Reason.MIGRATION
    assert backups[0].made_at == START + timedelta(days=39)


def test_two_backups_of_the_same_second_are_two_and_both_stay(full: Dossier) -> None:
    first, second = backup.back_up(full), backup.back_up(full)
    assert {first.path, second.path} == {kept.path for kept in backup.list_backups(full.dossier_id)}


@pytest.mark.parametrize(
    "wrong_day", [datetime(2001, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)]
)
def test_a_wrong_clock_costs_no_backup_and_does_not_make_the_newest(
    full: Dossier, write_name: Callable[[Dossier], None], wrong_day: datetime
) -> None:
    full.ask_clock = lambda _: True  # somebody says that the clock is right
    for day in range(5):
        full.clock = lambda day=day: START + timedelta(days=day)
        write_name(full)
        backup.back_up(full)
    before = {kept.path for kept in backup.list_backups(full.dossier_id)}
    full.clock = lambda: wrong_day
    write_name(full)
    made = backup.back_up(full)
    assert before | {made.path} == {kept.path for kept in backup.list_backups(full.dossier_id)}
    full.clock = lambda: START + timedelta(days=5)
    write_name(full)
    newest = backup.back_up(full)
    assert backup.list_backups(full.dossier_id)[:2] == [newest, made]


def test_no_backup_outlives_its_term_however_seldom_the_dossier_is_opened(
    full: Dossier, write_name: Callable[[Dossier], None]
) -> None:
    backup.back_up(full, Reason.SECRET)
    for quarter in range(12):
        full.clock = lambda quarter=quarter: START + timedelta(days=91 * quarter)
        write_name(full)
        backup.back_up(full)
    oldest = min(kept.made_at for kept in backup.list_backups(full.dossier_id))
    assert full.now() - oldest <= timedelta(days=rotation.LIMIT_DAYS)
    # A year later, at the opening: nothing but the newest is left, changed or not.
    full.clock = lambda: START + timedelta(days=91 * 11 + rotation.LIMIT_DAYS + 1)
    newest = backup.list_backups(full.dossier_id)[0]
    backup.tidy(full)
    assert backup.list_backups(full.dossier_id) == [newest]


def test_two_copies_of_one_dossier_do_not_mix(
    full: Dossier, write_name: Callable[[Dossier], None], tmp_path: Path
) -> None:
    twin = tmp_path / "ecole (conflicted copy).egn"
    backup.copy_to(full, twin)
    mine = backup.back_up(full)
    with Dossier.open(twin, key=KEY, clock=full.clock) as other:
        for day in range(12):
            other.clock = lambda day=day: START + timedelta(days=day)
            write_name(other)
            theirs = backup.back_up(other)
    assert theirs.file_name == "ecole (conflicted copy).egn"
    listed = backup.list_backups(full.dossier_id)
    assert listed[0] == theirs
    assert backup.of_file(listed, full.path) == [mine]
    back = finding.way_back(full.path)
    assert back
    assert back.backup == mine


def test_backups_of_earlier_versions_are_still_listed_after_the_counted_ones(
    full: Dossier,
) -> None:
    new = backup.back_up(full)
    old = new.path.with_name("2030-01-05_08-00-00_avant-mise-a-jour.egn")
    old.write_bytes(new.path.read_bytes())
    first, second = backup.list_backups(full.dossier_id)
    assert (first, second.path, second.number) == (new, old, None)
    assert second.reason is Reason.MIGRATION


def test_what_a_killed_process_left_is_cleared_at_opening(
    full: Dossier, python: Callable[..., "subprocess.CompletedProcess[str]"]
) -> None:
    folder = backup.shelf_of(full.dossier_id).folder
    done = python(
        "import os, sys\n"
        "from pathlib import Path\n"
        "from egn_desktop import files\n"
        "for one in sys.argv[1:]:\n"
        "    part = files.part_of(Path(one))\n"
        "    part.write_bytes(b'x')\n"
        "    part.with_name(part.name + '-journal').write_bytes(b'x')\n"
        "os._exit(9)",
        folder / "2026-11-24_08-12-00_n101.egn",
        full.path,
        paths.user_data() / "settings.toml",
    )
    assert done.returncode == 9, done.stderr
    assert list(paths.user_data().glob("*.part*"))
    mine = files.part_of(folder / "2026-11-24_08-12-01_n102.egn")
    others = full.path.with_name("film.part"), full.path.with_name("autre.egn.part")
    for kept in (mine, *others):
        kept.write_bytes(b"x")
    assert len(list(folder.glob("*.part*"))) == 3
    backup.tidy(full)
    assert list(folder.glob("*.part*")) == [mine]
    assert not list(paths.user_data().glob("*.part*"))
    assert sorted(full.path.parent.glob("*.part*")) == sorted(others)


def test_a_page_of_the_dossier_that_is_wrong_is_told_as_such(
    full: Dossier, write_name: Callable[[Dossier], None]
) -> None:
    with full.write() as session:
        session.execute(text("CREATE TABLE big AS SELECT randomblob(60000) AS x"))
    good = backup.back_up(full)
    full.close()
    content = bytearray(full.path.read_bytes())
    content[-3 * 4096 + 100] ^= 0xFF
    full.path.write_bytes(content)
    with Dossier.open(full.path, key=KEY) as damaged:
        with pytest.raises(wrong.DamagedError) as refusal:
            backup.back_up(damaged)
        assert "intact" not in refusal.value.what
        damaged.writes = 1
        assert isinstance(life.close_dossier(damaged), wrong.DamagedError)
    assert backup.list_backups(full.dossier_id) == [good]


def test_the_way_back_is_of_this_dossier_whatever_is_left_of_its_beginning(
    full: Dossier, tmp_path: Path
) -> None:
    mine = backup.back_up(full)
    (tmp_path / "b").mkdir()
    with Dossier.create(tmp_path / "b" / "autre.egn", key=bytes(32)) as other:
        backup.back_up(other)
    full.close()
    for damaged in (b"", bytes(4096), full.path.read_bytes()[:16] + bytes(9000)):
        full.path.write_bytes(damaged)
        back = finding.way_back(full.path)
        assert back
        assert back.backup == mine
    assert finding.way_back(tmp_path / "inconnu.egn") is None


def test_a_verified_copy_goes_where_the_user_wants_it(full: Dossier, tmp_path: Path) -> None:
    stick = tmp_path / "clé"
    stick.mkdir()
    name = backup.copy_name(full)
    assert re.fullmatch(r"ecole \(copie du 24-11-2026 à \d\d h 12\)\.egn", name)
    backup.copy_to(full, stick / name)
    with Dossier.open(stick / name, key=KEY) as copy:
        assert copy.rows(text("SELECT name FROM school"))[0].name == NAME
    with pytest.raises(wrong.AlreadyExistsError):
        backup.copy_to(full, stick / name)
    with pytest.raises(wrong.CopyFailedError, match="refuse"):
        backup.copy_to(full, tmp_path / "absente" / name)
    (only,) = finding.backups_in(tmp_path / "clé")
    assert (only.dossier_id, only.name) == (full.dossier_id, name)
    assert only.backups[0].reason is Reason.COPY


def test_a_copy_that_is_not_whole_is_not_kept(
    full: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = backup.new_copy

    @contextmanager
    def damaging(target: Path, *how: Any, **else_: Any) -> Iterator[Any]:
        with plain(target, *how, **else_) as copy:
            yield copy
        content = bytearray(target.read_bytes())
        content[-2000] ^= 0xFF
        target.write_bytes(content)

    monkeypatch.setattr(backup, "new_copy", damaging)
    with pytest.raises(wrong.BackupFailedError):
        backup.back_up(full)
    assert full.writes == 1
    assert backup.list_backups(full.dossier_id) == []
    assert list(paths.backups(full.dossier_id).glob("*.part")) == []


def test_a_full_disk_is_told_and_leaves_the_earlier_backups(
    full: Dossier, small_disk: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = small_disk("1m")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(profile))
    first = backup.back_up(full)
    filler = profile / "filler"
    filler.write_bytes(bytes((1 << 20) - first.size - 64 * 1024))
    full.clock = lambda: START + timedelta(hours=1)
    with pytest.raises(wrong.BackupFailedError, match="plein") as refusal:
        backup.back_up(full)
    assert refusal.value.exit_code == ExitCode.DISK_FULL
    assert backup.list_backups(full.dossier_id) == [first]
    assert backup.is_whole(first.path, KEY)
    filler.unlink()
    assert backup.back_up(full)


def test_restoring_makes_a_new_file_beside_and_never_overwrites(full: Dossier) -> None:
    made = backup.back_up(full)
    target = backup.proposed_name(full.path, made)
    assert target == full.path.with_name("ecole (restauré du 24-11-2026).egn")
    assert backup.restore(made.path, target) == target
    assert backup.proposed_name(full.path, made).name == "ecole (restauré du 24-11-2026) 2.egn"
    with Dossier.open(target, key=KEY) as restored:
        assert restored.rows(text("SELECT name FROM school"))[0].name == NAME
    before = target.read_bytes()
    with pytest.raises(wrong.AlreadyExistsError):
        backup.restore(made.path, target)
    assert target.read_bytes() == before


def test_restoring_to_nowhere_and_from_nothing(full: Dossier, tmp_path: Path) -> None:
    made = backup.back_up(full)
    with pytest.raises(wrong.RestoreFailedError):
        backup.restore(made.path, tmp_path / "absent" / "a.egn")
    with pytest.raises(wrong.MissingDossierError):
        backup.restore(tmp_path / "absent.egn", tmp_path / "a.egn")
