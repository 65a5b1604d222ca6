# SPDX-License-Identifier: GPL-3.0-or-later
"""Two computers on a real share: one server, mounted twice, whose locks do not reach the other.

Without caches they write one on the other's heels. With those that a share has by default, each
remembers for some twenty seconds how long a file was and whether there is a log: it must not open
what it remembers.
"""

import contextlib
import os
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Generator
from pathlib import Path

from egn_desktop.dossier import Dossier, open_file
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.mark import mark_of
from egn_desktop.errors import UserError
from tests.torture import share
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

# Options by which each computer mounts the share.
CACHES = {
    "no caches": "dir_cache=no,attr_timeout=0,entry_timeout=0",
    "default caches": "",
    "long caches": "auto_cache,attr_timeout=3,entry_timeout=3,negative_timeout=3",
}
TURNS = 4
Deed = Callable[[Path, int, random.Random, Tally], None]
PROGRAMS = ("sshfs", "sshd", "ssh-keygen", "fusermount")


def torture(rounds: int, chance: random.Random) -> Tally:
    """Let two computers meet and go on from each other, so often on each kind of share."""
    tally = Tally()
    reason = missing()
    if reason is not None:
        tally.counts[f"left out: {reason}"] += 1
        return tally
    open_file.IDLE_SECONDS = 0.0  # each upkeep folds
    for caches, options in CACHES.items():
        with workshop() as folder, mounted(folder.parent, folder, options) as mounts:
            share.MOUNTS.update(mounts)
            new = folder.parent / "neuf.egn"
            Dossier.create(new, key=KEY).close()
            for number in range(rounds):
                for deed in DEEDS:
                    for name in "ABC":
                        shutil.rmtree(folder.parent / name, ignore_errors=True)
                    # A name of its own: what was remembered of another round is not asked for.
                    path = folder / f"{deed.__name__}-{number}.egn"
                    shutil.copy(new, path)
                    _round(f"{caches}: {deed.__name__} {number}", deed, path, number, chance, tally)
            share.MOUNTS.clear()
    return tally


def _round(
    what: str, deed: Deed, path: Path, number: int, chance: random.Random, tally: Tally
) -> None:
    """Do a deed once, and print at once what came of it: a whole run takes an hour."""
    before, failed, begun = tally.counts.copy(), len(tally.failures), time.monotonic()
    deed(path, number, chance, tally)
    tally.failures[failed:] = [f"{what}: {told}" for told in tally.failures[failed:]]
    tally.counts[f"{what.rpartition(' ')[0]}: rounds"] += 1
    lasted = time.monotonic() - begun
    gained = ", ".join(f"{key} {count}" for key, count in (tally.counts - before).items())
    print(f"{what}: {lasted:.1f} s; {gained}", *tally.failures[failed:], sep="\n  ", flush=True)


def closed_then_opened(path: Path, number: int, chance: random.Random, tally: Tally) -> None:
    """Let one computer close the dossier and the other open it at once, in turn."""
    _turns(path, number, chance, tally, is_killed=False)


def killed_then_taken(path: Path, number: int, chance: random.Random, tally: Tally) -> None:
    """Let one computer die at any instant and the other take over at once, in turn."""
    _turns(path, number, chance, tally, is_killed=True)


def _turns(
    path: Path, number: int, chance: random.Random, tally: Tally, *, is_killed: bool
) -> None:
    what = f"{'killed' if is_killed else 'closed'} {number}"
    side = path.parent.parent / f"notes-{what}"
    acknowledged: set[str] = set()
    for turn in range(TURNS):
        # Each of the two begins as often.
        name, other = ("AB", "BA")[(turn + number) % 2]
        side.unlink(missing_ok=True)
        drawn = random.Random(chance.random())
        begun = time.monotonic()
        child = fork(
            lambda n=name, t=turn, d=drawn: _turn(n, path, side, t, d, is_killed=is_killed)
        )
        goal = chance.randrange(2, 9)
        _wait(side, child, goal if is_killed else 1)
        tally.counts[f"{'killed' if is_killed else 'closed'}: ms until the next wrote"] += int(
            1000 * (time.monotonic() - begun)
        )
        _look_from(share.MOUNTS[other] / path.name)
        if is_killed:
            time.sleep(chance.uniform(0.0, 0.02))
            kill(child)
        else:
            code = ended(child)
            tally.expect(code == 0, f"{what}, turn {turn}: ended with {code}")
        for words in lines_of(side):
            if words[0] == "found":
                missed = acknowledged - set(words[1:])
                tally.expect(not missed, f"{what}, turn {turn}: {name} lacks {sorted(missed)}")
            elif words[0] == "did":
                acknowledged.add(words[1])
            else:
                tally.failures.append(f"{what}, turn {turn}: {' '.join(words)}")
    tally.counts["changes acknowledged"] += len(acknowledged)
    share.look(path, acknowledged, tally, what)


def _wait(side: Path, child: int, lines: int) -> None:
    """Wait until a computer has found the dossier and made that many changes, or is at its end."""
    deadline = time.monotonic() + 150
    while len(lines_of(side)) < lines + 1 and time.monotonic() < deadline:
        if lines_of(side)[-1:] == [["refused"]]:
            return
        time.sleep(0.005)


def _look_from(path: Path) -> None:
    """Look at the share as its file manager does, which is what fills a computer's caches."""
    for file in (path, log_of(path), mark_of(path)):
        with contextlib.suppress(OSError):
            file.stat()
            file.read_bytes()
    list(path.parent.iterdir())


def _turn(
    name: str, path: Path, side: Path, turn: int, chance: random.Random, *, is_killed: bool
) -> None:
    path = share.become(name, path)
    notes = SideLog(side)
    try:
        dossier = Dossier.open(path, key=KEY, take_over=is_killed)
        notes.note("found", *sorted(names(dossier)))
        for change in range(1000 if is_killed else chance.randrange(1, 40)):
            word = f"{name}{turn}-{change}"
            add(dossier, word)
            notes.note("did", word)
            if chance.random() < 0.1:
                dossier.upkeep()
        dossier.close()
    except UserError as error:
        notes.note("refused:", type(error).__name__)
        notes.note("refused")


DEEDS: tuple[Deed, ...] = (
    share.meet,
    share.sleep_and_wake,
    closed_then_opened,
    killed_then_taken,
)


def missing() -> str | None:
    """Return why there can be no such share here, or None."""
    programs = [
        program for program in PROGRAMS if shutil.which(program, path=_everywhere()) is None
    ]
    if programs:
        return f"there is no {programs[0]}"
    if not Path("/dev/fuse").exists() or os.geteuid() != 0:
        return "only root can serve and mount one"
    return None


def _everywhere() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin"


@contextlib.contextmanager
def mounted(home: Path, served: Path, options: str) -> Generator[dict[str, Path]]:
    """Serve a folder on this machine alone, mount it for A and for B, and take all down again."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for name in ("host", "user"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)]
        subprocess.run(command, check=True)
    settings = home / "sshd_config"
    settings.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {home / 'host'}\n"
        f"AuthorizedKeysFile {home / 'user.pub'}\nPidFile none\nStrictModes no\n"
        "PermitRootLogin yes\nSubsystem sftp internal-sftp\n",
        encoding="utf-8",
    )
    Path("/run/sshd").mkdir(exist_ok=True)
    server = subprocess.Popen([shutil.which("sshd", path=_everywhere()), "-D", "-f", settings])
    mounts = {name: home / f"vu-par-{name}" for name in "AB"}
    try:
        for place in mounts.values():
            place.mkdir()
            _mount(place, served, home, port, options)
        yield mounts
    finally:
        for place in mounts.values():
            subprocess.run(["fusermount", "-u", "-z", place], check=False, capture_output=True)
        server.terminate()
        server.wait()


def _mount(place: Path, served: Path, home: Path, port: int, caches: str) -> None:
    options = (
        f"port={port},IdentityFile={home / 'user'},StrictHostKeyChecking=no,"
        f"UserKnownHostsFile=/dev/null,{caches}"
    ).rstrip(",")
    command = ["sshfs", "-o", options, f"root@127.0.0.1:{served}", str(place)]
    deadline = time.monotonic() + 20
    while subprocess.run(command, check=False, capture_output=True).returncode:
        if time.monotonic() > deadline:
            raise RuntimeError("the share could not be mounted")
        time.sleep(0.1)


if __name__ == "__main__":
    main("sshfs", torture, 20)
