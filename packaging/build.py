#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build what a user installs, in `build/package`; `python3 dev.py package` calls it.

build.py             for the system that this runs on: Linux or Windows
build.py windows     for Windows, on Linux, as root: in the folder of ``windows/wine.py``

What comes out is tried by its own `self-test` and weighed before it is called built. With `--try`
it is then installed, used and removed: on bare Debian systems, or under Wine.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from linux import packages as linux  # noqa: E402 - found once the path says so
from weighing import MEBIBYTE, weighs_as_noted  # noqa: E402
from windows import packages as windows  # noqa: E402

SYSTEMS = {"linux": linux, "windows": windows}
HERE_IS = {"linux": "linux", "win32": "windows"}


def main(arguments: list[str]) -> int:
    """Build, and return 0 when all of it is right."""
    is_tried = "--try" in arguments
    named = [argument for argument in arguments if argument != "--try"]
    name = named[0] if named else HERE_IS.get(sys.platform, "")
    if name not in SYSTEMS or len(named) > 1:
        print(__doc__)
        return 2
    system = SYSTEMS[name]
    if to_type := system.missing():
        print(f"Missing. Type: {to_type}")
        return 2
    shutil.rmtree(system.OUT, ignore_errors=True)
    system.OUT.mkdir(parents=True)
    folder, packages = system.build()
    for path in packages:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        print(f"{path.name}  {path.stat().st_size / MEBIBYTE:.1f} MiB  sha256 {digest}")
    if not weighs_as_noted(folder, packages, system.WEIGHTS):
        return 1
    trial = [sys.executable, str(HERE / name / "trial.py")]
    return subprocess.run(trial, check=False).returncode if is_tried else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
