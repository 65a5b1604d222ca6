# SPDX-License-Identifier: GPL-3.0-or-later
"""The receipt of a return, offered for each person and day on which something came back."""

from datetime import date

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Document,
)
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.returns import returns
from egn_desktop.inventory.papers.acts import RECEIPT, act
from egn_desktop.inventory.papers.forms import compose
from egn_desktop.inventory.papers.receipt_case import receipt_case


def receipt(dossier: Dossier, key: str) -> Document:
    """Return the receipt of what somebody gave back on a day."""
    who, _, day = key.partition(":")
    try:
        borrower_id, on = int(who), date.fromisoformat(day)
    except ValueError:
        raise UserError(f"« {key} » ne désigne pas un retour.") from None
    for returned in returns(dossier, since=on, borrower_id=borrower_id):
        if returned.day == on:
            case = receipt_case(
                dossier, act(RECEIPT), returned.loan_ids, apart=returned.apart, day=on
            )
            return compose(case)
    raise UserError(f"Rien n’a été rendu par cette personne le {french.short_date(on)}.")
