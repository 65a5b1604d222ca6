# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing the secret: the old one opens nothing any more, and a power cut loses nothing."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from egn_desktop.dossier import Dossier, Protection, backup, life, rekey
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.verify import verify

KEY = bytes(range(32))
NEW = bytes(range(1, 33))
NAME = "Maëlys Kervadec-Le Bihan"
NEW_PHRASE = "lampe corbeau tiroir mardi"
ROOT = Path(__file__).resolve().parents[2]


def test_a_passphrase_takes_the_place_of_the_code_in_file_and_backups(
    dossier: Dossier, write_name: Callable[[Dossier], None]
) -> None:
    write_name(dossier)
    earlier = backup.back_up(dossier).path
    rekey.change_secret(dossier, new_passphrase=NEW_PHRASE)
    assert dossier.protection is Protection.PASSPHRASE
    assert life.recovery_code(dossier) is None
    write_name(dossier)
    backups = backup.list_backups(dossier.dossier_id)
    assert len(backups) == 2
    dossier.close()
    for path in (dossier.path, earlier, *(one.path for one in backups)):
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


CUT = """
import sys
from pathlib import Path
from egn_desktop.dossier import Dossier
dossier = Dossier.open(Path(sys.argv[1]), key=bytes(range(32)))
print("open", flush=True)
dossier.raw.execute(f"PRAGMA rekey = \\"x'{bytes(range(1, 33)).hex()}'\\"")
dossier.raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
print("changed", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("after_ms", [0, 5, 20, 60, 150])
def test_killed_at_any_instant_the_file_opens_with_one_of_the_two(
    tmp_path: Path, after_ms: int
) -> None:
    path = tmp_path / "grand.egn"
    with Dossier.create(path, key=KEY) as dossier, dossier.write() as session:
        session.execute(text("CREATE TABLE big (x)"))
        session.execute(
            text(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600) "
                "INSERT INTO big SELECT randomblob(6000) FROM n"
            )
        )
    changing = subprocess.Popen(
        [sys.executable, "-c", CUT, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert changing.stdout.readline() == b"open\n"
    time.sleep(after_ms / 1000)
    changing.kill()
    changing.communicate()
    # As found after the power cut, so that opening with the wrong one of the two mends nothing.
    log = path.with_name(f"{path.name}-wal")
    opened = 0
    for number, key in enumerate((KEY, NEW)):
        copy = tmp_path / f"{number}.egn"
        shutil.copy(path, copy)
        if log.exists():
            shutil.copy(log, copy.with_name(f"{copy.name}-wal"))
        try:
            with Dossier.open(copy, key=key) as dossier:
                assert dossier.rows(text("SELECT count(*) AS n FROM big"))[0].n == 600
                assert verify(dossier).ok
                opened += 1
        except (wrong.WrongSecretError, wrong.DamagedError):
            continue
    assert opened == 1
