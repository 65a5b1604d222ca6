# SPDX-License-Identifier: GPL-3.0-or-later
"""A migration that ends by SIGKILL, anywhere, leaves the file as it was or whole."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from egn_desktop.dossier import migrate

ROOT = Path(__file__).resolve().parents[2]

# Migrates copy after copy of a golden dossier, each in a child that kills itself before its commit
# or before its Nth statement, and prints what each child left: the version that the file says, what
# it lost by then, and the same once it is opened again. It ends with the first child that lives.
KILL = """
import json, os, shutil, signal, sys
from contextlib import closing
from pathlib import Path
from sqlalchemy import Engine, event
sys.path.insert(0, "tools")
import golden
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.connection import connect

name, folder, stride = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
os.environ["EGN_DESKTOP_HOME"] = str(folder / "profile")
held = golden.what_it_held(name)

def migrate(path, last):
    done = 0
    def end(*_):
        os.kill(os.getpid(), signal.SIGKILL)
    def tick(*_):
        nonlocal done
        done += 1
        if done == last:
            end()
    if last:
        event.listen(Engine, "before_cursor_execute", tick)
    else:
        event.listen(Engine, "commit", end)
    Dossier.open(path, key=golden.KEY).close()

left = []
for last in range(0, 9999, stride):
    place = folder / str(last)
    place.mkdir()
    path = golden.copy(name, place)
    child = os.fork()
    if not child:
        migrate(path, last)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        break
    looked_at = Path(shutil.copytree(place, folder / f"{last}-seen")) / path.name
    with closing(connect(looked_at, golden.KEY)) as file:
        version = file.execute("PRAGMA user_version").fetchone()[0]
        lost = golden.losses(held, golden.held(file))
    with Dossier.open(path, key=golden.KEY) as dossier:
        after = golden.losses(held, golden.held(dossier.raw))
        upgraded = dossier.raw.execute("PRAGMA user_version").fetchone()[0]
    left.append((version, lost, upgraded, after))
print(json.dumps(left))
sys.exit(os.waitstatus_to_exitcode(status))
"""


@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
@pytest.mark.parametrize("name", ["0001-demonstration", "0001-demonstration-hot"])
def test_a_migration_killed_anywhere_leaves_the_old_file_usable(name: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILL, name, str(tmp_path), "12"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    left = json.loads(done.stdout)
    assert len(left) > 4
    assert all(entry == [1, [], migrate.latest(), []] for entry in left), left
