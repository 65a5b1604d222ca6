# SPDX-License-Identifier: GPL-3.0-or-later
"""The options of the commands that write a table for a spreadsheet: one for each kind of file."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.exchange.spreadsheets import Rows

_OPTIONS = (
    ("csv", "en texte séparé par des points-virgules"),
    ("ods", "en classeur LibreOffice"),
    ("xlsx", "en classeur Excel"),
)
"""The kinds of ``exchange.spreadsheets``, which is too much to import for a line of help."""


def add_files(command: argparse.ArgumentParser, what: str) -> None:
    """Add ``--csv``, ``--ods`` and ``--xlsx``: where ``what`` is written."""
    for name, how in _OPTIONS:
        command.add_argument(f"--{name}", type=Path, metavar="FICHIER", help=f"écrit {what} {how}")


def wants_files(options: argparse.Namespace) -> bool:
    """Tell whether any of the files is asked for."""
    return any(getattr(options, name) for name, _ in _OPTIONS)


def need_files(options: argparse.Namespace) -> None:
    """Refuse a command that says no file to write.

    Raises:
        UserError: no file is asked for.
    """
    if not wants_files(options):
        raise UserError(
            "Indiquez au moins un fichier à écrire.",
            todo="Au choix : --csv, --ods, --xlsx.",
        )


def write_files(options: argparse.Namespace, rows: "Rows", sheet: str) -> Sequence[Path]:
    """Write a table as each kind that is asked for, and return the files."""
    from egn_desktop.exchange.spreadsheets import KINDS

    written = list[Path]()
    for kind in KINDS:
        path = getattr(options, kind.id)
        if path:
            kind.write(rows, path, sheet)
            written.append(path)
    return written
