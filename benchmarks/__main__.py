# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the lycée's dossier, measure, and print the table of the README."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> int:
    """Run every measure, or those whose names are given."""
    with tempfile.TemporaryDirectory(prefix="egn-benchmarks-") as folder:
        # The user's own settings and backups are left alone.
        os.environ["EGN_DESKTOP_HOME"] = str(Path(folder) / "profile")
        return run(Path(folder), sys.argv[1:])


def run(folder: Path, chosen: list[str]) -> int:
    """Build in ``folder`` and measure there."""
    from benchmarks import agreements, imports, lycee, opening, search, table, timing
    from egn_desktop.dossier import Dossier

    path = folder / "lycee.egn"
    start = time.perf_counter()
    dossier = lycee.build(path)
    dossier.close()
    built = time.perf_counter() - start

    def reopened(measures: Callable[[Dossier], list[timing.Measure]]) -> list[timing.Measure]:
        with Dossier.open(path, key=lycee.KEY, clock=lambda: lycee.NOW) as opened:
            return measures(opened)

    kinds: dict[str, Callable[[], list[timing.Measure]]] = {
        "opening": lambda: opening.measures(path, lycee.KEY),
        "search": lambda: reopened(search.measures),
        "table": lambda: reopened(table.measures),
        "imports": lambda: imports.measures(folder),
        "agreements": lambda: reopened(agreements.measures),
    }
    unknown = set(chosen) - kinds.keys()
    if unknown:
        say(f"No such measure: {', '.join(unknown)}. There are: {', '.join(kinds)}.")
        return 2
    say(f"{timing.machine()}. The dossier was built in {built:.1f} s.\n")
    say("| what | ms | bare operation | ms | ratio |\n|---|---:|---|---:|---:|")
    for name, measures in kinds.items():
        for one in measures() if name in chosen or not chosen else ():
            numbers = f"{one.ours:,.1f} | {one.bare_name} | {one.bare:,.1f} | {one.ratio:.1f}"
            say(f"| {one.name} | {numbers} |")
    return 0


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
