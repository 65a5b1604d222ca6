# SPDX-License-Identifier: GPL-3.0-or-later
"""Two computers on a real share: one server, mounted twice, whose locks do not reach the other."""

import contextlib
import os
import random
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from pathlib import Path

from egn_desktop.dossier import Dossier, open_file
from tests.torture import share
from tests.torture.rack import KEY, Tally, main, workshop

PROGRAMS = ("sshfs", "sshd", "ssh-keygen", "fusermount")


def torture(rounds: int, chance: random.Random) -> Tally:
    """Let two computers meet, and one take over from the other asleep, so many times each."""
    tally = Tally()
    reason = missing()
    if reason is not None:
        tally.counts[f"left out: {reason}"] += 1
        return tally
    open_file.IDLE_SECONDS = 0.0  # each upkeep folds
    with workshop() as folder, mounted(folder.parent, folder) as mounts:
        share.MOUNTS.update(mounts)
        path, new = folder / "a.egn", folder.parent / "neuf.egn"
        Dossier.create(new, key=KEY).close()
        for number in range(rounds):
            for deed in (share.meet, share.sleep_and_wake):
                for file in folder.iterdir():
                    file.unlink()
                for name in "ABC":
                    shutil.rmtree(folder.parent / name, ignore_errors=True)
                shutil.copy(new, path)
                deed(path, number, chance, tally)
        share.MOUNTS.clear()
    return tally


def missing() -> str | None:
    """Return why there can be no such share here, or None."""
    programs = [one for one in PROGRAMS if shutil.which(one, path=_everywhere()) is None]
    if programs:
        return f"there is no {programs[0]}"
    if not Path("/dev/fuse").exists() or os.geteuid() != 0:
        return "only root can serve and mount one"
    return None


def _everywhere() -> str:
    return f"{os.environ.get('PATH', '')}:/usr/sbin"


@contextlib.contextmanager
def mounted(home: Path, served: Path) -> Generator[dict[str, Path]]:
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
            _mount(place, served, home, port)
        yield mounts
    finally:
        for place in mounts.values():
            subprocess.run(["fusermount", "-u", "-z", place], check=False, capture_output=True)
        server.terminate()
        server.wait()


def _mount(place: Path, served: Path, home: Path, port: int) -> None:
    options = (
        f"port={port},IdentityFile={home / 'user'},StrictHostKeyChecking=no,"
        "UserKnownHostsFile=/dev/null,dir_cache=no,attr_timeout=0,entry_timeout=0"
    )
    command = ["sshfs", "-o", options, f"root@127.0.0.1:{served}", str(place)]
    deadline = time.monotonic() + 20
    while subprocess.run(command, check=False, capture_output=True).returncode:
        if time.monotonic() > deadline:
            raise RuntimeError("the share could not be mounted")
        time.sleep(0.1)


if __name__ == "__main__":
    main("sshfs", torture, 20)
