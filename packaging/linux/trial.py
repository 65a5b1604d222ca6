#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install and use what ``build.py`` made on bare Debian systems without Python, as root.

`python3 dev.py package --try` calls it. In a new folder that debootstrap makes, root
installs the `.deb`; an ordinary user has the program try itself, prints the demonstration school's
papers and opens the window, of which a picture is kept in ``build/package``; root removes it again.
The portable folder is tried there as well.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OUT = Path(__file__).resolve().parents[2] / "build" / "package" / "linux"
# How this machine reaches the network: what a user of the bare system has set up as well.
OWN_WAYS = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt")
# Set where this program already has mounts of its own, which end with it.
APART = "EGN_TRIAL_APART"
USER = "directrice"
SUITES = ("bookworm", "trixie")
PROGRAMS = "apt-get install -qy --no-install-recommends xvfb xauth imagemagick xdotool"
WINDOW = (
    "xvfb-run -a -s '-screen 0 1366x768x24' sh -c '"
    "egn-desktop /tmp/ecole.egn & window=$!; "
    "until xdotool search --name EGN >/dev/null 2>&1; do sleep 0.2; done; "
    "sleep 4; import -window root /tmp/window.png; kill $window; wait'"
)


def main(suites: list[str]) -> int:
    """Try each suite; return 0 when all went well."""
    if os.geteuid() != 0 or shutil.which("debootstrap") is None:
        print("Asks for root, and for debootstrap: apt-get install debootstrap")
        return 2
    if APART not in os.environ:
        again = ["unshare", "--mount", sys.executable, __file__, *suites]
        return subprocess.run(again, env={**os.environ, APART: "1"}, check=False).returncode
    verdicts = [is_right(suite) for suite in suites]
    return 0 if all(verdicts) else 1


def is_right(suite: str) -> bool:
    """Make the root, install, use and remove."""
    root = OUT / f"root-{suite}"
    shutil.rmtree(root, ignore_errors=True)
    made = ("debootstrap", "--variant=minbase", "--include=ca-certificates", suite, str(root))
    if done(suite, "debootstrap", *made):
        return False
    for path in OWN_WAYS:
        shutil.copy(path, root / path[1:])
    for place in ("proc", "dev"):
        subprocess.run(["mount", "--bind", f"/{place}", str(root / place)], check=True)
    for built in (*OUT.glob("*.deb"), *OUT.glob("*.tar.xz")):
        shutil.copy(built, root / "tmp" / built.name)
    inside = ("chroot", str(root), "sh", "-c")
    user = ("chroot", f"--userspec={USER}", str(root), "sh", "-c")
    prepared = f"useradd -m {USER} && ! command -v python3 && apt-get update -q"
    steps = {
        "prepare": (*inside, f"{prepared} && apt-get install -qy xz-utils"),
        "install": (*inside, "apt-get install -qy --no-install-recommends /tmp/egn-desktop_*.deb"),
        "version": (*user, "egn-desktop --version"),
        "self-test": (*user, "QT_QPA_PLATFORM=offscreen egn-desktop self-test"),
        "first papers": (*user, "egn-desktop demo /tmp/ecole.egn --documents /tmp/papers"),
        "manual": (*inside, "zcat /usr/share/man/fr/man1/egn-desktop.1.gz | grep -q COMMANDES"),
        "portable": (
            *user,
            "cd /tmp && tar xf egn-desktop-*.tar.xz && cd egn-desktop-*/ && "
            "QT_QPA_PLATFORM=offscreen ./egn-desktop self-test && ls profil",
        ),
        "screen": (*inside, PROGRAMS),
        "window": (*user, WINDOW),
        "remove": (
            *inside,
            "apt-get purge -qy egn-desktop && ! find / -xdev -name '*egn-desktop*' "
            "-not -path '/tmp/*' -not -path '/home/*' | grep .",
        ),
    }
    verdicts = [done(suite, step, *command) == 0 for step, command in steps.items()]
    picture = root / "tmp" / "window.png"
    if picture.exists():
        shutil.copy(picture, OUT / f"window-{suite}.png")
    papers = len(list((root / "tmp" / "papers").rglob("*.pdf")))
    print(f"{suite}: {papers} documents, {sum(verdicts)} of {len(verdicts)} steps right")
    return all(verdicts) and papers > 0


def done(suite: str, step: str, *command: str) -> int:
    """Run a command with nothing of this machine's environment but its way to the network."""
    kept = {name: value for name, value in os.environ.items() if "proxy" in name.lower()}
    kept |= {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": f"/home/{USER}"}
    kept["DEBIAN_FRONTEND"] = "noninteractive"
    begun = time.monotonic()
    with (OUT / f"{suite}-{step.replace(' ', '-')}.log").open("wb") as log:
        command = ("timeout", "600", *command)
        code = subprocess.run(
            command, env=kept, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False
        ).returncode
    print(f"{suite}: {step:<14} code {code} {time.monotonic() - begun:>5.0f} s", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(SUITES)))
