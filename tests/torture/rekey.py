# SPDX-License-Identifier: GPL-3.0-or-later
"""Kill a change of secret at each step, and look at what is left.

The long form is ``python -m tests.torture.rekey``.

Each round makes a dossier with a stick as its second place and some backups, and changes its secret
in a process that dies by SIGKILL just before it opens, removes or renames its Nth file, or after a
time drawn at random. What must hold then: the file opens with exactly one of the two secrets, all
that was acknowledged is in it, each backup opens with one of them, and the next opening ends the
work.
"""

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sqlalchemy import text

from egn_desktop import paths
from egn_desktop.dossier import (
    Dossier,
    backup,
    elsewhere,
    life,
    passphrase,
    recovery,
    rekey,
    secret_notes,
)
from egn_desktop.dossier import errors as wrong
from egn_desktop.dossier.verify import verify

ROOT = Path(__file__).resolve().parents[2]
OLD_PHRASE = "quatre chevaux gris au bord du lac"
NEW_PHRASE = "lampe corbeau tiroir mardi"
ROWS = 400

CHANGE = """
import os, signal, sys, threading
from pathlib import Path
from egn_desktop.dossier import life, rekey
path, old, new, step, delay = sys.argv[1:]
dossier = life.open_dossier(Path(path), secret=old)
seen, limit = 0, int(step)
def hook(event, _):
    global seen
    if event in ("open", "os.remove", "os.rename", "shutil.copyfile", "os.listdir", "os.scandir"):
        seen += 1
        if seen == limit:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(hook)
if float(delay):
    threading.Timer(float(delay), os.kill, (os.getpid(), signal.SIGKILL)).start()
rekey.change_secret(dossier, new_passphrase=new)
print(seen, flush=True)
os._exit(0)
"""


@dataclass(frozen=True)
class Outcome:
    """What a round left."""

    steps: int | None
    is_new: bool
    backups_behind: int


def prepare(folder: Path) -> Path:
    """Make the dossier, its stick and its backups in a folder, once for all rounds."""
    with profile(folder):
        path = folder / "ecole.egn"
        dossier = life.create_dossier(path, new_passphrase=OLD_PHRASE)
        (folder / "stick").mkdir()
        elsewhere.choose(dossier, folder / "stick")
        for _ in range(2):
            with dossier.write() as session:
                session.execute(text("CREATE TABLE IF NOT EXISTS big (x)"))
                session.execute(
                    text(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n "
                        f"WHERE i < {ROWS // 2}) INSERT INTO big SELECT randomblob(2000) FROM n"
                    )
                )
            backup.back_up(dossier)
            elsewhere.bring(dossier)
        path.chmod(0o640)
        trouble = life.close_dossier(dossier)
        assert trouble is None, trouble
    return path


@cache
def key_of(phrase: str, salt: bytes) -> bytes:
    """Return a passphrase's key; all rounds share their file's salt."""
    return passphrase.key_of(phrase, salt)


class profile:
    """The user's folder of a round."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "profile"

    def __enter__(self) -> None:
        self._before = os.environ.get(paths.BASE_DIR_VARIABLE)
        os.environ[paths.BASE_DIR_VARIABLE] = str(self._folder)

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            del os.environ[paths.BASE_DIR_VARIABLE]
        else:
            os.environ[paths.BASE_DIR_VARIABLE] = self._before


def one_round(made: Path, folder: Path, *, step: int = 0, delay: float = 0.0) -> Outcome:
    """Copy what was prepared, kill a change of secret on it, and check what is left."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(made, folder)
    path = folder / "ecole.egn"
    place = next((folder / "profile").rglob("ailleurs.json"))
    place.write_text(place.read_text().replace(str(made), str(folder)))
    code = recovery.code_of(key_of(OLD_PHRASE, path.read_bytes()[:16]))
    done = subprocess.run(
        [sys.executable, "-c", CHANGE, str(path), code, NEW_PHRASE, str(step), str(delay)],
        cwd=ROOT,
        env={**os.environ, paths.BASE_DIR_VARIABLE: str(folder / "profile")},
        capture_output=True,
        text=True,
        check=False,
    )
    killed = done.returncode == -signal.SIGKILL
    assert killed or done.returncode == 0, done.stderr
    with profile(folder):
        is_new, behind = check(path)
    return Outcome(None if killed else int(done.stdout), is_new, behind)


def check(path: Path) -> tuple[bool, int]:
    """Look at the file and the backups, then open the dossier and let it end the work."""
    salt = path.read_bytes()[:16]
    old, new = key_of(OLD_PHRASE, salt), key_of(NEW_PHRASE, salt)
    key = key_that_opens(path, old, new)
    is_new = key == new
    assert path.stat().st_mode & 0o777 == 0o640
    backups = list(path.parent.rglob("*_n*.egn"))
    assert len(backups) >= 4
    behind = sum(opens(backup, old) for backup in backups) if is_new else 0
    assert all(opens(backup, old) or opens(backup, new) for backup in backups)
    with life.open_dossier(path, secret=recovery.code_of(key)) as dossier:
        assert dossier.rows(text("SELECT count(*) AS n FROM big"))[0].n == ROWS
        assert verify(dossier).ok
        left = rekey.go_on(dossier)
        backup.tidy(dossier)
        assert not left, left
        assert not secret_notes.former_keys(dossier)
        assert secret_notes.is_sheet_missing(dossier)
        changes = dossier.rows(text("SELECT count(*) AS n FROM journal"))[0].n
        assert changes == (1 if is_new else 0)
    kept = list(path.parent.rglob("*_n*.egn"))
    assert all(opens(path, new if is_new else old) for path in kept)
    assert not any(opens(path, old if is_new else new) for path in kept)
    assert not list(path.parent.glob("*.part*")), list(path.parent.glob("*.part*"))
    assert not list((path.parent / "profile").rglob("*.part*"))
    return is_new, behind


def key_that_opens(path: Path, *both: bytes) -> bytes:
    """Return the one key that opens the file, and prove that the other does not."""
    found: list[bytes] = []
    for key in both:
        try:
            Dossier.open(path, key=key).close()
            found.append(key)
        except wrong.WrongSecretError:
            continue
    assert len(found) == 1, found
    return found[0]


def opens(copy: Path, key: bytes) -> bool:
    """Tell whether a key opens a backup, whole."""
    try:
        return backup.is_whole(copy, key)
    except backup.DatabaseError:
        return False


def main() -> int:
    """Kill at every step, then some times more at random."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--every", type=int, default=1, help="one step of so many")
    parser.add_argument("--random", type=int, default=100, help="rounds at a random time")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    drawn = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as place:
        made, folder = Path(place) / "made", Path(place) / "round"
        made.mkdir()
        prepare(made)
        steps = one_round(made, folder).steps
        assert steps
        outcomes = [
            one_round(made, folder, step=step) for step in range(1, steps + 1, options.every)
        ]
        outcomes += [
            one_round(made, folder, delay=drawn.uniform(0.001, 1.0)) for _ in range(options.random)
        ]
    new = sum(outcome.is_new for outcome in outcomes)
    behind = sum(outcome.backups_behind for outcome in outcomes)
    print(
        f"{len(outcomes)} rounds ({steps} steps): {new} wholly new, {len(outcomes) - new} wholly "
        f"old, 0 neither; {behind} backups were behind when killed, 0 after the next opening"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
