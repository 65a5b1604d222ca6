# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing the secret: the old one opens nothing any more, and a power cut loses nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from egn_desktop import files
from egn_desktop.dossier import (
    Dossier,
    Protection,
    backup,
    elsewhere,
    life,
    rekey,
    secret_notes,
)
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.todos import todos
from egn_desktop.dossier.verify import verify
from egn_desktop.exports import RECOVERY_SHEET, export_one
from egn_desktop.todo import Todo, Urgency
from tests.torture import rekey as torture

KEY = bytes(range(32))
NAME = "Maëlys Kervadec-Le Bihan"
NEW_PHRASE = "lampe corbeau tiroir mardi"


def test_a_passphrase_takes_the_place_of_the_code_in_file_and_backups(
    dossier: Dossier, write_name: Callable[[Dossier], None]
) -> None:
    write_name(dossier)
    earlier = backup.back_up(dossier).path
    rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    assert dossier.protection is Protection.PASSPHRASE
    write_name(dossier)
    backups = backup.list_backups(dossier.dossier_id)
    assert len(backups) == 2
    dossier.close()
    for path in (dossier.path, earlier, *(made.path for made in backups)):
        with pytest.raises(wrong.WrongSecretError):
            Dossier.open(path, key=KEY)
        with life.open_dossier(path, secret=NEW_PHRASE) as opened:
            assert opened.rows(text("SELECT name FROM school"))[0].name == NAME
            assert opened.dossier_id == dossier.dossier_id
            assert verify(opened).ok


def test_the_change_is_journalled_without_the_secret(dossier: Dossier) -> None:
    rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    (entry,) = dossier.rows(text("SELECT what, details FROM journal"))
    assert entry.what == "dossier.secret_changed"
    assert NEW_PHRASE not in entry.details


def test_a_weak_passphrase_changes_nothing(dossier: Dossier) -> None:
    with pytest.raises(wrong.WeakPassphraseError):
        rekey.change_secret(dossier, new_passphrase="1234")
    dossier.close()
    Dossier.open(dossier.path, key=KEY).close()


def test_without_a_backup_nothing_is_attempted(
    dossier: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(tmp_path / "file" / "profile"))
    with pytest.raises(wrong.BackupFailedError):
        rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    dossier.close()
    Dossier.open(dossier.path, key=KEY).close()


def test_no_room_to_change_leaves_the_old_secret(
    small_disk: Callable[[str], Path], write_name: Callable[[Dossier], None]
) -> None:
    disk = small_disk("2m")
    with Dossier.create(disk / "ecole.egn", key=KEY) as dossier:
        with dossier.write() as session:
            session.execute(text("CREATE TABLE big AS SELECT randomblob(300000) AS x"))
        dossier.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (disk / "filler").write_bytes(bytes(1_100_000))
        with pytest.raises(wrong.SecretNotChangedError, match="plein") as refusal:
            rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
        assert "s’ouvre comme avant" in refusal.value.kept
        assert dossier.protection is Protection.RECOVERY_CODE
        assert dossier.key == KEY
        (disk / "filler").unlink()
        write_name(dossier)
        rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
        write_name(dossier)
    life.open_dossier(disk / "ecole.egn", secret=NEW_PHRASE).close()


def test_killed_at_any_step_the_file_is_wholly_old_or_wholly_new(tmp_path: Path) -> None:
    """Each step of it is killed by ``python -m tests.torture.rekey``."""
    made = tmp_path / "made"
    made.mkdir()
    torture.prepare(made)
    outcomes = [
        torture.one_round(made, tmp_path / "round", step=step) for step in (4, 12, 18, 60, 110)
    ]
    assert {outcome.is_new for outcome in outcomes} == {False, True}
    assert any(outcome.backups_behind for outcome in outcomes)


def test_backups_that_cannot_follow_are_counted_and_follow_later(
    dossier: Dossier,
    write_name: Callable[[Dossier], None],
    small_disk: Callable[[str], Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profile = small_disk("3m")
    monkeypatch.setenv("EGN_DESKTOP_HOME", str(profile))
    write_name(dossier)
    earlier = backup.back_up(dossier)
    room = (3 << 20) - 3 * earlier.size
    filler = profile / "filler"
    # Room for the backup before the change, and for no copy beside it.
    filler.write_bytes(bytes(room + earlier.size // 2))
    left = rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    assert (left.here, left.away) == (2, 0)
    assert rekey.behind(dossier) == left
    assert secret_notes.former_keys(dossier) == [KEY]
    assert backup.is_whole(earlier.path, KEY)
    new = dossier.key
    dossier.close()

    filler.unlink()
    with life.open_dossier(dossier.path, secret=NEW_PHRASE) as opened:
        assert opened.key == new
        assert not rekey.go_on(opened)
        assert secret_notes.former_keys(opened) == []
        for kept in backup.list_backups(opened.dossier_id):
            assert backup.is_whole(kept.path, new)
            with pytest.raises(backup.DatabaseError):
                backup.is_whole(kept.path, KEY)


def test_the_stick_that_is_away_is_counted_until_it_is_back(
    dossier: Dossier, write_name: Callable[[Dossier], None], tmp_path: Path
) -> None:
    stick = tmp_path / "clé"
    stick.mkdir()
    elsewhere.choose(dossier, stick)
    write_name(dossier)
    backup.back_up(dossier)
    elsewhere.bring(dossier)
    away = stick.with_name("débranchée")
    stick.rename(away)
    left = rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    assert (left.here, left.away, left.place) == (0, 1, str(stick))
    away.rename(stick)
    assert not rekey.go_on(dossier)
    [there] = stick.rglob("*.egn")
    assert backup.is_whole(there, dossier.key)


def test_a_damaged_backup_is_not_said_to_have_followed(
    dossier: Dossier, write_name: Callable[[Dossier], None]
) -> None:
    write_name(dossier)
    with dossier.write() as session:
        session.execute(text("CREATE TABLE big AS SELECT randomblob(60000) AS x"))
    damaged = backup.back_up(dossier).path
    content = bytearray(damaged.read_bytes())
    content[-3 * 4096 + 100] ^= 0xFF
    damaged.write_bytes(content)
    left = rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    assert left.here == 1
    damaged.unlink()
    assert not rekey.go_on(dossier)


def test_the_place_and_the_rights_of_the_file_stay(dossier: Dossier, tmp_path: Path) -> None:
    dossier.close()
    dossier.path.chmod(0o640)
    link = tmp_path / "lien.egn"
    link.symlink_to(dossier.path)
    with Dossier.open(link, key=KEY) as opened:
        rekey.change_secret(opened, new_passphrase=NEW_PHRASE)
    assert link.is_symlink()
    assert dossier.path.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.glob("*egn*")) == ["ecole.egn", "lien.egn"]
    life.open_dossier(link, secret=NEW_PHRASE).close()


def test_a_place_that_takes_no_new_file_keeps_the_old_secret(
    dossier: Dossier, write_name: Callable[[Dossier], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(*_: object) -> None:
        raise PermissionError("held by another program")

    monkeypatch.setattr(files, "replace_patiently", held)
    monkeypatch.setattr(backup, "back_up", lambda *_: None)
    with pytest.raises(wrong.SecretNotChangedError):
        rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    monkeypatch.undo()
    write_name(dossier)
    assert secret_notes.former_keys(dossier) == []
    assert verify(dossier).ok
    dossier.close()
    Dossier.open(dossier.path, key=KEY).close()


def test_the_sheet_is_asked_for_first_until_it_is_printed(tmp_path: Path, phrase: str) -> None:
    dossier = life.create_dossier(tmp_path / "ecole.egn", new_passphrase=phrase)
    try:

        def first() -> Todo | None:
            lines = [todo for todo in todos(dossier) if todo.target == "security"]
            return lines[0] if lines else None

        asked = first()
        assert asked
        assert asked.urgency is min(Urgency)
        export_one(dossier, RECOVERY_SHEET, None, tmp_path / "fiche.pdf")
        assert first() is None
        rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
        assert first()
        secret_notes.note_sheet_printed(dossier)
        assert first() is None
    finally:
        dossier.close()


def test_the_sheet_of_a_passphrase_opens_the_file_and_stays_a_passphrase_s(
    tmp_path: Path, phrase: str
) -> None:
    with life.create_dossier(tmp_path / "ecole.egn", new_passphrase=phrase) as dossier:
        code = life.recovery_code(dossier)
    with life.open_dossier(tmp_path / "ecole.egn", secret=code) as opened:
        assert opened.protection is Protection.PASSPHRASE
    life.open_dossier(tmp_path / "ecole.egn", secret=phrase).close()
