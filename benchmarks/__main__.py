# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the lycée's dossier, measure, and print the table of the README."""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

STOPS = "stops"
WAITS = "waits"

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
    unknown = set(chosen) - kinds.keys() - {STOPS, WAITS}
    if unknown:
        known = ", ".join((*kinds, WAITS, STOPS))
        say(f"No such measure: {', '.join(unknown)}. There are: {known}.")
        return 2
    say(f"{timing.machine()}. The dossier was built in {built:.1f} s.\n")
    say("| what | ms | bare operation | ms | ratio |\n|---|---:|---|---:|---:|")
    for name, measures in kinds.items():
        for measure in measures() if name in chosen or not chosen else ():
            bare = f"{measure.bare_name} | {measure.bare:,.1f}"
            numbers = f"{measure.ours:,.1f} | {bare} | {measure.ratio:.1f}"
            say(f"| {measure.name} | {numbers} |")
    if WAITS in chosen or not chosen:
        _waits(folder)
    return _stops(path, folder) if STOPS in chosen or not chosen else 0


def _waits(folder: Path) -> None:
    from benchmarks import waits

    say("\nHow long a read waits for the lock meanwhile:\n")
    say("| what | waited, ms | held, ms of processor time |\n|---|---:|---:|")
    for name, waited, held in waits.measures(folder):
        say(f"| {name} | {waited:,.1f} | {held:,.1f} |")


def _stops(lycee_path: Path, folder: Path) -> int:
    """Walk through the window on the lycée and on the demonstration; fail at an unknown stop."""
    from benchmarks import lycee, stops
    from egn_desktop.demo import create_demonstration
    from egn_desktop.dossier import Dossier

    say("\nWhat holds the window for more than 100 ms:\n")
    say("| what | ms | control | ms at rest |\n|---|---:|---:|---:|")
    demo = create_demonstration(folder / "demo.egn")
    large = Dossier.open(lycee_path, key=lycee.KEY, clock=lambda: lycee.NOW)
    walked: dict[str, stops.Stop] = {}
    for school, dossier in (("lycée", large), ("demonstration", demo)):
        for node in stops.walk(school, dossier):
            walked[node.act] = node
            if node.at_rest > stops.LIMIT_MS:
                numbers = f"{node.held:,.0f} | {node.control:.1f} | {node.at_rest:,.0f}"
                say(f"| {node.act} | {numbers} |")
    held = {act for act, stop in walked.items() if stop.at_rest > stops.LIMIT_MS}
    known = stops.known()
    for act in sorted(known - held):
        say(f"No stop any more, to be taken out of {stops.KNOWN.name}: {act}")
    for act in sorted(held - known):
        say(f"A stop that is not known: {act}")
    return 1 if held - known else 0


def say(text: str) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
