# SPDX-License-Identifier: GPL-3.0-or-later
"""How backups are worded and listed, on the home page, in the settings and when restoring."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from egn_desktop import french
from egn_desktop.ui.tables import ColumnSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from egn_desktop.dossier.shelf import Backup


def last_backup_line(backups: "Sequence[Backup]", today: date) -> str:
    """Return when the last backup was made and verified, to follow a comma or a dot."""
    if not backups:
        return "aucune sauvegarde pour l’instant"
    made_at = backups[0].made_at
    day = {today: "aujourd’hui", today - timedelta(days=1): "hier"}.get(
        made_at.date(), f"le {french.long_date(made_at.date())}"
    )
    return f"dernière sauvegarde vérifiée {day} à {french.clock_time(made_at)}"


def backup_columns(widget: QWidget, *, brief: bool = False) -> list[ColumnSpec]:
    """Return the columns of a list of backups; ``brief`` where there is little room."""
    size = ColumnSpec(
        "Taille",
        lambda row: size_text(row.size),
        sort=lambda row: row.size,
        align_right=True,
    )
    return [
        ColumnSpec(
            "Date",
            lambda row: f"{_day(row.made_at.date(), brief)} à {french.clock_time(row.made_at)}",
            sort=lambda row: row.made_at.timestamp(),
        ),
        ColumnSpec("Fichier", lambda row: row.file_name, stretch=True),
        ColumnSpec("Sauvegarde", lambda row: row.reason.label),
        ColumnSpec(
            "Écritures",
            lambda row: "" if row.number is None else french.number(row.number, 0),
            sort=lambda row: row.order,
            align_right=True,
        ),
        *(() if brief else (size,)),
    ]


def _day(day: date, brief: bool) -> str:
    return french.short_date(day) if brief else french.day_and_date(day)


def size_text(size: int) -> str:
    """Return "820 ko", or "1,4 Mo"."""
    if size < 1_000_000:
        return f"{french.number(max(size / 1000, 1), 0)}{french.NARROW_SPACE}ko"
    return f"{french.number(size / 1_000_000)}{french.NARROW_SPACE}Mo"
