#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keep in tests/golden what later versions must open; see tests/golden/README.md.

python tools/new_golden.py rows                     after a new step: two rows in every table
python tools/new_golden.py demonstration --name TAG before a release: the whole demonstration
                                                    school, closed and with the log of a kill

With --at COMMIT the dossier is made by the program of that commit. What is kept is never made
again: the digests of tests/golden are those of files that schools may have.
"""

import argparse
import io
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "golden"
MAKER = ROOT / "tools" / "golden_maker.py"


def main() -> int:
    """Make what the command line asks for, and say what was kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("kind", choices=("rows", "demonstration"))
    parser.add_argument("--name", help="what it is of; the number of the newest step by default")
    parser.add_argument("--at", metavar="COMMIT", help="make it with the program of that commit")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        tree = tree_of(options.at, Path(scratch) / "tree") if options.at else ROOT
        label = options.name or newest_step(tree)
        name = f"{label}-{options.kind}"
        if (FOLDER / f"{name}.held.txt").exists():
            parser.error(f"{name} is kept already; a golden dossier is never made again")
        made = Path(scratch) / "made"
        made.mkdir()
        home = Path(scratch) / "home"
        environment = os.environ | {"PYTHONPATH": str(tree), "EGN_DESKTOP_HOME": str(home)}
        command = (sys.executable, str(MAKER), str(made), name, options.kind)
        subprocess.run(command, cwd=tree, env=environment, check=True)  # noqa: S603
        for file in sorted(made.iterdir()):
            (FOLDER / file.name).write_bytes(file.read_bytes())
            print(f"Kept: tests/golden/{file.name}, {file.stat().st_size / 1000:.0f} kB")
    return 0


def tree_of(commit: str, target: Path) -> Path:
    """Unpack the program as it was at that commit."""
    command = ("git", "archive", commit, "egn_desktop", "resources")
    packed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(target, filter="data")
    return target


def newest_step(tree: Path) -> str:
    """Return the number of the last step that a tree has, as its file writes it."""
    steps = (tree / "egn_desktop" / "dossier" / "migrations").glob("[0-9]*.py")
    return max(step.name for step in steps).partition("_")[0]


if __name__ == "__main__":
    sys.exit(main())
