# SPDX-License-Identifier: GPL-3.0-or-later
"""The lines of a handover to many: who, how urgent, and what each gets."""

from dataclasses import dataclass

from egn_desktop.inventory.lending.allotment import Key
from egn_desktop.inventory.lending.needs import Priority, Want
from egn_desktop.inventory.stock.queries.devices import DeviceRow
from egn_desktop.ui.pages.loans.needs_section import PRIORITY_TONES
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable


@dataclass(frozen=True, slots=True)
class Line:
    """One pupil and one thing that he or she waits for.

    Attributes:
        device: what he or she gets, if anything.
        is_chosen: whether a human chose it.
        is_left_out: whether a human said that he or she gets nothing.
    """

    id: int
    name: str
    school_class: str
    priority: Priority
    want: Want
    device: DeviceRow | None = None
    is_chosen: bool = False
    is_left_out: bool = False

    @property
    def key(self) -> Key:
        return self.id, self.want


def lines_table() -> RowsTable:
    """Return the table of the lines, each with a box to tick."""
    used_up = {
        Want.COMPUTER: "Plus d’ordinateur",
        Want.CONNECTION: "Plus de clé 4G",
    }

    def gets(row: Line) -> str | ChipText:
        if row.device is not None:
            words = f"{row.device.code} · {row.device.name}"
            return f"{words} (choisi)" if row.is_chosen else words
        if row.is_left_out:
            return ChipText(f"Attend : {row.want.label.lower()}")
        return ChipText(used_up[row.want], "attention")

    columns = [
        ColumnSpec("Élève", lambda row: row.name),
        ColumnSpec("Priorité", _priority, sort=lambda row: row.priority),
        ColumnSpec("Reçoit", gets, stretch=True),
    ]
    return RowsTable(
        columns,
        checkable=True,
        key=lambda row: row.key,
        accessible_name="Qui reçoit quoi",
        has_people=True,
    )


def _priority(row: Line) -> ChipText:
    return ChipText(row.priority.label, PRIORITY_TONES[row.priority])
