# SPDX-License-Identifier: GPL-3.0-or-later
"""Small parts of the loans page: facts, a line of history, how a state is coloured."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from egn_desktop import french
from egn_desktop.inventory.people.queries.pupils import PupilRow
from egn_desktop.inventory.people.queries.staff import StaffRow
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.ui.pages.loans.leading import LeadLine
from egn_desktop.ui.pages.loans.targets import Loan
from egn_desktop.ui.tables import ChipText
from egn_desktop.ui.widgets.labels import body, muted

LONGEST_HISTORY = 12


def loan_tone(row: LoanRow) -> str:
    """Return the colour of a loan's state; a device that left with a pupil is missed."""
    return "bad" if row.has_left and row.ended_on is None else row.standing.tone


def loan_chip(row: LoanRow) -> ChipText:
    """Return a loan's state as a table shows it."""
    return ChipText(row.state_label, loan_tone(row))


def held_chip(row: PupilRow | StaffRow) -> ChipText:
    """Return what somebody holds as a table shows it."""
    if isinstance(row, PupilRow) and row.left_on:
        if row.open_loans:
            held = french.count(row.open_loans, "appareil")
            return ChipText(f"Parti avec {held}", "bad")
        return ChipText("Parti", "neutral")
    if row.late:
        return ChipText(f"{row.late} en retard", "bad")
    if row.open_loans:
        return ChipText(f"{row.open_loans} en cours", "brand")
    return ChipText("")


class Facts(QWidget):
    """Labels and values, one under the other."""

    def __init__(self, items: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for line, (label, value) in enumerate(item for item in items if item[1]):
            grid.addWidget(muted(label), line, 0, Qt.AlignmentFlag.AlignTop)
            shown = body(value)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, line, 1)


class LoanLine(LeadLine):
    """One loan of a history: what or who, the days, the state."""

    def __init__(self, row: LoanRow, words: str) -> None:
        super().__init__(words, Loan(row.id), days_of(row), loan_chip(row))


def days_of(row: LoanRow) -> str:
    """Return the days of a loan: "du 02/09/2026 au 13/11/2026"."""
    until = row.ended_on or row.due_on
    return f"du {french.short_date(row.lent_on)} au {french.short_date(until)}"
