# SPDX-License-Identifier: GPL-3.0-or-later
"""The state of a loan as a chip of a document, coloured as in the window."""

from egn_desktop import french
from egn_desktop.documents.blocks import Chip, Tone
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.terms import LoanState

_ENDED: dict[LoanState, Tone] = {LoanState.LOST: "bad", LoanState.STOLEN: "bad"}


def dated_chip(row: LoanRow) -> Chip:
    """Return a loan's state with the day on which it ended, if it did."""
    chip = state_chip(row)
    if row.ended_on is None:
        return chip
    return Chip(f"{chip.text} le {french.short_date(row.ended_on)}", chip.tone)


def state_chip(row: LoanRow) -> Chip:
    """Return a loan's state for a table's cell: what was lost stays in view once it ended."""
    return Chip(row.state_label, _ENDED.get(row.state, row.standing.tone))
