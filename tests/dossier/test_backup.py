# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups are whole, rotate, and come back as a new file."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from egn_desktop import paths
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier, backup
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import ExitCode

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
    assert [file.name for file in made.path.parent.iterdir() if file.suffix != ".txt"] == [
        made.path.name
    ]
    with Dossier.open(made.path, key=KEY) as copy:
        assert copy.dossier_id == full.dossier_id
        assert copy.rows(text("SELECT name FROM school"))[0].name == NAME
        assert verify(copy).ok


def test_the_list_says_when_why_and_how_large(full: Dossier) -> None:
    routine = backup.back_up(full)
    full.clock = lambda: START + timedelta(hours=1)
    special = backup.back_up(full, backup.Reason.SECRET)
    assert backup.list_backups(full.dossier_id) == [special, routine]
    assert special.reason.label == "Avant un changement de secret"
    assert routine.made_at == START
    assert routine.size == routine.path.stat().st_size > 4096
    (only,) = backup.all_backups()
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
    backup.back_up(full, backup.Reason.MIGRATION)
    for day in range(1, 40):
        full.clock = lambda day=day: START + timedelta(days=day)
        backup.back_up(full)
    backups = backup.list_backups(full.dossier_id)
    assert 10 <= len(backups) <= 13
    assert backups[-1].reason is backup.Reason.MIGRATION
    assert backups[0].made_at == START + timedelta(days=39)


def test_two_backups_of_the_same_second_are_two_and_both_stay(full: Dossier) -> None:
    first, second = backup.back_up(full), backup.back_up(full)
    assert {first.path, second.path} == {one.path for one in backup.list_backups(full.dossier_id)}


def test_a_clock_that_went_back_does_not_cost_the_backup_just_made(full: Dossier) -> None:
    for month in range(14):
        full.clock = lambda month=month: START + timedelta(days=31 * month)
        backup.back_up(full)
    full.clock = lambda: datetime(2001, 1, 1, tzinfo=UTC)
    made = backup.back_up(full)
    assert made.path.is_file()


def test_a_copy_that_is_not_whole_is_not_kept(
    full: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = backup._copy

    def damaging(dossier: Dossier, target: Path) -> int:
        writes = plain(dossier, target)
        content = bytearray(target.read_bytes())
        content[-2000] ^= 0xFF
        target.write_bytes(content)
        return writes

    monkeypatch.setattr(backup, "_copy", damaging)
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
