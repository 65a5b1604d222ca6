# SPDX-License-Identifier: GPL-3.0-or-later
"""How the state of a loan is coloured in documents, beside its words."""

from egn_desktop.documents import french
from egn_desktop.documents.blocks import Chip, Tone
from egn_desktop.inventory.queries import LoanRow
from egn_desktop.inventory.terms import LoanState, Standing

TONES: dict[Standing, Tone] = {
    Standing.LATE: "bad",
    Standing.THIS_WEEK: "attention",
    Standing.CURRENT: "good",
    Standing.ENDED: "neutral",
}
_ENDED: dict[LoanState, Tone] = {LoanState.LOST: "bad", LoanState.STOLEN: "bad"}


def dated_chip(row: LoanRow) -> Chip:
    """Return a loan's state with the day on which it ended, if it did."""
    chip = state_chip(row)
    if row.ended_on is None:
        return chip
    return Chip(f"{chip.text} le {french.short_date(row.ended_on)}", chip.tone)


def state_chip(row: LoanRow) -> Chip:
    """Return a loan's state for a table's cell: what was lost stays in view once it ended."""
    return Chip(row.state_label, _ENDED.get(row.state, TONES[row.standing]))
