# SPDX-License-Identifier: GPL-3.0-or-later
"""A list as it is shown, written for a spreadsheet: its titles, then a line for each row."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from egn_desktop import french
from egn_desktop.collation import fold
from egn_desktop.errors import UserError
from egn_desktop.exchange.spreadsheets import KINDS, Cell, Rows, kind_of


def cell(shown: str, value: object) -> Cell:
    """Return what a cell holds: the day or the number that is shown, else the words.

    Args:
        shown: the words of the cell.
        value: what it sorts by.
    """
    if isinstance(value, date) and shown == french.short_date(value):
        return value
    if isinstance(value, int) and shown in (str(value), french.number(value, 0)):
        return int(value)
    return shown


def file_name(title: str, day: date, suffix: str) -> str:
    """Return a name that says what the file is and of which day: "prets-2026-11-24.ods"."""
    return f"{fold(title).replace(' ', '-') or 'liste'}-{day:%Y-%m-%d}{suffix}"


def write(titles: Sequence[str], rows: Rows, path: Path, *, sheet: str) -> None:
    """Write a list as the kind of file that the ending of the name says.

    Raises:
        UserError: no kind has this ending, or the file cannot be written.
    """
    kind = kind_of(path)
    if kind is None:
        known = ", ".join(kind.suffix for kind in KINDS)
        raise UserError(
            f"Un tableau ne s’écrit pas dans « {path.name} ».",
            todo=f"Donnez un nom de fichier qui finit par l’un de ceux-ci : {known}.",
        )
    kind.write([list(titles), *rows], path, sheet)
