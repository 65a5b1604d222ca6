#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the tests by a Python for Windows, in the folder of ``wine.py``; `dev.py windows-test` does.

suite.py [PYTEST'S ARGUMENTS…]   all tests, or those that are named; what is skipped says why
suite.py --quick                 start, dossiers and files, for CI: where the folder is not
                                 there it says so and is content
"""

import os
import shlex
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from packing import ROOT
from windows import wine

LOCK = ROOT / "requirements" / "dev.lock"
WHEELS = "/wheels/dev"
# What was installed: the lock as it was.
INSTALLED = wine.ROOT / "wheels" / "dev.lock"
QUICK = (
    "tests/cli/test_output.py",
    "tests/dossier/test_store.py",
    "tests/dossier/test_passphrase.py",
    "tests/exchange/test_spreadsheets.py",
)
OPTIONS = ("-q", "-rsfE", "--tb=short", "-p", "no:cacheprovider", "--timeout", "600")
ENVIRONMENT = {"PYTHONPATH": r"Z:\wheels\dev;Z:\app", "PYTHONDONTWRITEBYTECODE": "1"}


def main(arguments: list[str]) -> int:
    """Run the tests; return pytest's code."""
    is_quick = arguments == ["--quick"]
    if os.name == "nt" or os.geteuid() != 0 or not wine.is_there():
        print("No folder with Wine. As root: python3 packaging/windows/wine.py make")
        return 0 if is_quick else 2
    lock = LOCK.read_text(encoding="utf-8")
    if not INSTALLED.exists() or INSTALLED.read_text(encoding="utf-8") != lock:
        wine.install(LOCK, WHEELS)
        INSTALLED.write_text(lock, encoding="utf-8")
    chosen = QUICK if is_quick else arguments or ("tests",)
    command = shlex.join(["wine", wine.PYTHON, "-m", "pytest", *OPTIONS, *chosen])
    screen = shlex.join(wine.SCREEN)
    return wine.inside(["sh", "-c", f"cd /app && {screen} {command}"], ENVIRONMENT).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
