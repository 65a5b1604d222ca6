# SPDX-License-Identifier: GPL-3.0-or-later
"""Two computers on one share whose locks do not reach the other: both open, write, close and die.

Each is a process with a profile of its own, for which every lock is granted (see ``shim.c``). Only
the mark beside the file stands between them.
"""

import os
import random
import shutil
import signal
import time
from pathlib import Path

from egn_desktop.dossier import Dossier, open_file
from egn_desktop.dossier.errors import OpenElsewhereError, TakenOverError
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.verify import verify
from egn_desktop.errors import UserError
from egn_desktop.paths import BASE_DIR_VARIABLE
from tests.torture import shim
from tests.torture.rack import (
    KEY,
    SideLog,
    Tally,
    add,
    ended,
    fork,
    kill,
    lines_of,
    main,
    names,
    workshop,
)

TRIES = 12
# Where each computer sees the share, if not at one path.
MOUNTS: dict[str, Path] = {}


def torture(rounds: int, chance: random.Random) -> Tally:
    """Let two computers meet so many times, then let one sleep while the other takes over."""
    tally = Tally()
    open_file.IDLE_SECONDS = 0.0  # each upkeep folds
    with workshop() as folder:
        path, new = folder / "a.egn", folder.parent / "neuf.egn"
        Dossier.create(new, key=KEY).close()
        for number in range(rounds):
            _fresh(new, path)
            meet(path, number, chance, tally)
        for number in range(rounds):
            _fresh(new, path)
            sleep_and_wake(path, number, chance, tally)
    return tally


def _fresh(new: Path, path: Path) -> None:
    shutil.rmtree(path.parent)
    path.parent.mkdir()
    shutil.copy(new, path)
    for name in "ABC":
        shutil.rmtree(path.parent.parent / name, ignore_errors=True)


def become(name: str, path: Path) -> Path:
    """Become a computer, and return where it sees the file."""
    os.environ[BASE_DIR_VARIABLE] = str(path.parent.parent / name)
    return MOUNTS.get(name, path.parent) / path.name


def meet(path: Path, number: int, chance: random.Random, tally: Tally) -> None:
    """Let two computers open, write, close and be killed at random, one on the other's heels."""
    sides = [path.parent.parent / f"notes-{name}" for name in "AB"]
    for side in sides:
        side.unlink(missing_ok=True)
    children = []
    for name, side in zip("AB", sides, strict=True):
        drawn = chance.random()
        children.append(fork(lambda n=name, s=side, d=drawn: _work(n, path, s, random.Random(d))))
    if chance.random() < 0.5:
        time.sleep(chance.uniform(0.05, 0.6))
        kill(children[0])
        tally.counts["meetings: one was killed"] += 1
    else:
        code = ended(children[0])
        tally.expect(code == 0, f"meeting {number}: A ended with {code}")
    code = ended(children[1])
    tally.expect(code == 0, f"meeting {number}: B ended with {code}")
    acknowledged = _acknowledged(sides, tally, f"meeting {number}")
    look(path, acknowledged, tally, f"meeting {number}")


def _work(name: str, path: Path, side: Path, chance: random.Random) -> None:
    path = become(name, path)
    notes = SideLog(side)
    for attempt in range(TRIES):
        try:
            # Whoever is killed leaves its mark; the other user clicks it away when it is old.
            dossier = Dossier.open(path, key=KEY, take_over=attempt == TRIES - 1)
        except OpenElsewhereError:
            notes.note("met")
            time.sleep(chance.uniform(0.0, 0.05))
            continue
        except UserError as error:
            notes.note("refused", type(error).__name__)
            continue
        try:
            for number in range(chance.randrange(1, 4)):
                word = f"{name}{attempt:02}-{number}"
                add(dossier, word)
                notes.note("did", word)
                if chance.random() < 0.3:
                    dossier.upkeep()
        except UserError as error:
            notes.note("refused", type(error).__name__)
        dossier.close()


def sleep_and_wake(path: Path, number: int, chance: random.Random, tally: Tally) -> None:
    """Stop one anywhere in its work, let the other take over and write, and wake the first.

    Nothing of the other's is touched. Each of the two is the sleeper as often.
    """
    sleeper, other = ("AB", "BA")[number % 2]
    sides = [path.parent.parent / f"notes-{name}" for name in (sleeper, other)]
    for side in sides:
        side.unlink(missing_ok=True)
    asleep = fork(lambda: _write_on(sleeper, path, sides[0]))
    deadline = time.monotonic() + 20
    while not lines_of(sides[0]) and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(chance.uniform(0.0, 0.15))
    os.kill(asleep, signal.SIGSTOP)
    awake = fork(lambda: _take_over(other, path, sides[1]))
    deadline = time.monotonic() + 60
    while len(lines_of(sides[1])) < 3 and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(asleep, signal.SIGCONT)
    code = ended(asleep)
    tally.expect(code == 0, f"sleeper {number}: ended with {code}")
    if chance.random() < 0.5:
        kill(awake)
    else:
        ended(awake)
    acknowledged = _acknowledged(sides, tally, f"sleeper {number}")
    told = [words for words in lines_of(sides[0]) if words[0] == "refused"]
    tally.expect(told, f"sleeper {number}: was told nothing")
    for words in told:
        tally.counts[f"sleepers told: {words[1]}"] += 1
    look(path, acknowledged, tally, f"sleeper {number}")


def _write_on(name: str, path: Path, side: Path) -> None:
    path = become(name, path)
    notes = SideLog(side)
    dossier = Dossier.open(path, key=KEY)
    try:
        for number in range(2000):
            add(dossier, f"A{number:04}")
            notes.note("did", f"A{number:04}")
            if number % 5 == 4:
                dossier.upkeep()
    except TakenOverError as error:
        notes.note("refused", type(error).__name__)
    for _ in range(3):
        try:
            add(dossier, "après")
            notes.note("did", "après")
        except UserError as error:
            notes.note("refused", type(error).__name__)
        dossier.fold()
    dossier.close()


def _take_over(name: str, path: Path, side: Path) -> None:
    path = become(name, path)
    notes = SideLog(side)
    dossier = Dossier.open(path, key=KEY, take_over=True)
    for number in range(40):
        add(dossier, f"B{number:04}")
        notes.note("did", f"B{number:04}")
        if number % 7 == 6:
            dossier.upkeep()
        time.sleep(0.004)
    dossier.close()


def _acknowledged(sides: list[Path], tally: Tally, what: str) -> set[str]:
    found: set[str] = set()
    for side in sides:
        for word, *rest in lines_of(side):
            if word == "did":
                found.add(rest[0])
            elif word == "met":
                tally.counts["times one found the other there"] += 1
            elif what.startswith("meeting"):
                tally.counts[f"meetings told: {rest[0]}"] += 1
    tally.counts["changes acknowledged"] += len(found)
    return found


def look(path: Path, acknowledged: set[str], tally: Tally, what: str) -> None:
    """Open the dossier where the share is served, and see that nothing is lost or damaged."""
    has_log = log_of(path).exists()
    try:
        become("C", path)
        with Dossier.open(path, key=KEY, take_over=True) as dossier:
            lost = acknowledged - names(dossier)
            tally.expect(not lost, f"{what}: lost {sorted(lost)} (log left: {has_log})")
            tally.expect(verify(dossier).ok, f"{what}: not sound")
            tally.expect(not dossier.remarks, f"{what}: {dossier.remarks}")
    except Exception as error:
        tally.failures.append(f"{what}: does not open: {error!r}")


if __name__ == "__main__":
    shim.rerun_with_it(**{shim.NO_LOCKS: "1"})
    main("share", torture, 100)
