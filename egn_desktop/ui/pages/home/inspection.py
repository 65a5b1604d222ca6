# SPDX-License-Identifier: GPL-3.0-or-later
"""The inspection folder: every document at once, in a folder of its own."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from egn_desktop import exports
from egn_desktop.dossier import Dossier
from egn_desktop.ui.jobs import Progress


@dataclass(frozen=True, slots=True)
class Printed:
    """What was printed, where, and the texts in it that could not be written whole."""

    folder: Path
    documents: int
    unwritten: tuple[str, ...] = ()


def folder_name(day: date) -> str:
    """Return the name of a new inspection folder, sortable by date."""
    return f"Dossier d’inspection {day.isoformat()}"


def free_folder(parent: Path, day: date) -> Path:
    """Return a folder that is not there yet, so that nothing earlier is overwritten."""
    wanted = parent / folder_name(day)
    number = 2
    while wanted.exists():
        wanted = parent / f"{folder_name(day)} ({number})"
        number += 1
    return wanted


def print_all(dossier: Dossier, parent: Path) -> Callable[[Progress], Printed]:
    """Return the work that prints every document; stopped, it leaves no half of a folder."""

    def work(progress: Progress) -> Printed:
        folder = free_folder(parent, dossier.today())
        total = sum(len(exports.printed_together(offer, dossier)) for offer in exports.available())
        done, unwritten = 0, dict[str, None]()
        try:
            for exported in exports.export_all(dossier, folder):
                done += 1
                unwritten |= dict.fromkeys(exported.unwritten)
                progress.step(done, total)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return Printed(folder, done, tuple(unwritten))

    return work
