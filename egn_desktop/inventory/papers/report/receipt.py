# SPDX-License-Identifier: GPL-3.0-or-later
"""The receipt of a return, offered for each person and day on which something came back."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from egn_desktop import french
from egn_desktop.documents.blocks import (
    Document,
)
from egn_desktop.documents.registry import Subject, offers
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.returns import ReturnDay, last_return, returns
from egn_desktop.inventory.papers.acts import RECEIPT, act
from egn_desktop.inventory.papers.forms import compose
from egn_desktop.inventory.papers.keys import receipt_key
from egn_desktop.inventory.papers.receipt_case import receipt_case

RECENT_DAYS: Final = 60
"""For how long a receipt is offered; a return is seen on its loan for as long as it is kept."""


def recent_returns(dossier: Dossier) -> Sequence[Subject]:
    """Return who gave something back lately, and when."""
    return _on_days(dossier, dossier.today() - timedelta(days=RECENT_DAYS))


def _latest_returns(dossier: Dossier) -> Sequence[Subject]:
    latest = last_return(dossier)
    since = dossier.today() - timedelta(days=RECENT_DAYS)
    if latest is None or latest < since:
        return ()
    found = _on_days(dossier, latest)
    return found if len(found) > 1 else _on_days(dossier, since)


def _on_days(dossier: Dossier, since: date) -> Sequence[Subject]:
    return [
        Subject(receipt_key(one.borrower_id, one.day), f"{one.borrower_name}, {_label(one)}")
        for one in returns(dossier, since=since)
    ]


@offers(
    RECEIPT,
    title="Reçu de retour",
    purpose="Prouve à la famille ce qu’elle a rendu et dans quel état : un seul reçu pour tout ce "
    "qu’une personne rend le même jour.",
    missing="Notez un retour : son reçu s’imprime aussitôt.",
    subjects=recent_returns,
    first=_latest_returns,
)
def receipt(dossier: Dossier, key: str) -> Document:
    """Return the receipt of what somebody gave back on a day."""
    who, _, day = key.partition(":")
    try:
        borrower_id, on = int(who), date.fromisoformat(day)
    except ValueError:
        raise UserError(f"« {key} » ne désigne pas un retour.") from None
    for one in returns(dossier, since=on, borrower_id=borrower_id):
        if one.day == on:
            case = receipt_case(dossier, act(RECEIPT), one.loan_ids, apart=one.apart, day=on)
            return compose(case)
    raise UserError(f"Rien n’a été rendu par cette personne le {french.short_date(on)}.")


def _label(one: ReturnDay) -> str:
    parts = sum(map(len, one.apart.values()))
    said = (
        french.count(len(one.loan_ids), "appareil") if one.loan_ids else "",
        french.count(parts, "accessoire") if parts else "",
    )
    return f"{french.short_date(one.day)} ({', '.join(filter(None, said))})"
