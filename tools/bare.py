#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Type both commands of the README on a bare Debian; ``python3 dev.py bare`` calls it, as root.

For each suite named (``bookworm`` and ``trixie`` without any), debootstrap makes a new folder with
nothing but Python, git and the certificates. In it the commit that is checked out here is tried by
an ordinary user, who is told what to install, then run and tested by root. Each suite takes half
an hour and 4 GB, and needs the network; what was printed is kept in ``build/bare``. ``--run-only``
leaves out the tests.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "build" / "bare"
SUITES = ("bookworm", "trixie")
# How this machine reaches the network: what a user of the bare system has set up as well.
OWN_WAYS = ("/etc/resolv.conf", "/etc/pip.conf", "/etc/ssl/certs/ca-certificates.crt")
# Set where this program already has mounts of its own, which end with it.
APART = "EGN_BARE_APART"
USER = "directrice"


def main(arguments: list[str]) -> int:
    """Try each suite and tell by the code whether all went well."""
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        print("The root of another system is made by root alone, on Linux.")
        return 2
    missing = [name for name in ("debootstrap", "unshare") if shutil.which(name) is None]
    if missing:
        print(f"Missing: {', '.join(missing)}. Type: apt-get install debootstrap util-linux")
        return 2
    if APART not in os.environ:
        # No mount of a killed run is there when the next one removes its folder.
        again = ["unshare", "--mount", sys.executable, str(Path(__file__)), *arguments]
        return subprocess.run(again, env={**os.environ, APART: "1"}, check=False).returncode
    suites = [argument for argument in arguments if argument != "--run-only"] or SUITES
    verdicts = [Suite(suite).is_right(run_only="--run-only" in arguments) for suite in suites]
    return 0 if all(verdicts) else 1


class Suite:
    """One bare Debian."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._root = PLACE / name

    def is_right(self, *, run_only: bool) -> bool:
        """Make the root, type the commands in it, and tell whether each did what it should."""
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir(parents=True)
        made = ("debootstrap", "--variant=minbase", "--include=python3,git,ca-certificates")
        if self._done("debootstrap", *made, self._name, str(self._root)):
            return False
        for path in OWN_WAYS:
            if Path(path).exists():
                shutil.copy(path, self._root / path[1:])
        for place in ("proc", "dev", "dev/pts", "dev/shm"):
            subprocess.run(["mount", "--bind", f"/{place}", str(self._root / place)], check=True)
        is_right = self._a_user_is_told()
        # Root's home is closed to others.
        checkout = self._check_out("/root/egn-desktop")
        is_right &= self._typed("run", checkout) == 0
        papers = list((self._root / checkout[1:] / "out").rglob("*.pdf"))
        print(f"{self._name}: {len(papers)} documents in ./out", flush=True)
        is_right &= bool(papers) and self._typed("run-help", checkout, "run", "--help") == 0
        if not run_only:
            is_right &= self._typed("test", checkout) == 0
        return is_right

    def _a_user_is_told(self) -> bool:
        """Type it as somebody who may install nothing: one line must name all that is missing."""
        subprocess.run(["chroot", str(self._root), "useradd", "-m", USER], check=True)
        checkout = self._check_out(f"/home/{USER}/egn-desktop", owner=USER)
        code = self._typed("test-as-a-user", checkout, "test", user=USER)
        printed = self._log("test-as-a-user").read_text(encoding="utf-8")
        lines = [line for line in printed.splitlines() if "apt-get install" in line]
        print(*lines, sep="\n", flush=True)
        names = ("-venv ", "libegl1 ", "gnome-keyring ", "poppler-utils ")
        return code == 1 and len(lines) == 1 and all(name in lines[0] for name in names)

    def _check_out(self, place: str, owner: str = "root") -> str:
        """Put this commit there, as a clone would, and return the place."""
        folder = self._root / place[1:]
        folder.mkdir(parents=True)
        archive = ["git", "archive", "HEAD"]
        files = subprocess.run(archive, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
        subprocess.run(["tar", "-x", "-C", str(folder)], input=files, check=True)
        owned = ["chroot", str(self._root), "chown", "-R", f"{owner}:", place]
        subprocess.run(owned, check=True)
        return place

    def _typed(self, step: str, checkout: str, *arguments: str, user: str = "root") -> int:
        typed = (
            "sh",
            "-c",
            'cd "$0" && exec python3 dev.py "$@"',
            checkout,
            *(arguments or [step]),
        )
        return self._done(step, "chroot", f"--userspec={user}", str(self._root), *typed, user=user)

    def _done(self, step: str, *command: str, user: str = "root") -> int:
        """Run a command with nothing of this machine's environment but its way to the network."""
        kept = {name: value for name, value in os.environ.items() if "proxy" in name.lower()}
        kept |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
        kept["HOME"] = "/root" if user == "root" else f"/home/{user}"
        begun = time.monotonic()
        with self._log(step).open("wb") as log:
            code = subprocess.run(
                command, env=kept, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
            ).returncode
        seconds = time.monotonic() - begun
        print(f"{self._name}: {step:<16} code {code} {seconds:>6.0f} s", flush=True)
        return code

    def _log(self, step: str) -> Path:
        return PLACE / f"{self._name}-{step}.log"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
