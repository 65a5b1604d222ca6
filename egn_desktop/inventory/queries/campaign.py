# SPDX-License-Identifier: GPL-3.0-or-later
"""The loan campaign of a crisis in figures: who waits, what is in stock, what has gone out."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.model import Loan
from egn_desktop.inventory.queries.devices import stock
from egn_desktop.inventory.queries.needs import needs_summary, servable
from egn_desktop.inventory.terms import LoanState


@dataclass(frozen=True, slots=True)
class Campaign:
    """Where lending stands.

    Attributes:
        surveyed: pupils whose family has answered the questionnaire; the next two are among them.
        without_device: pupils without an appropriate device at home.
        waiting: pupils who wait for a loan.
        available: devices that can be lent.
        servable: how many of those waited for can be lent at once.
        lent: loans made since the day asked for; one that takes over another is none.
    """

    surveyed: int
    without_device: int
    waiting: int
    available: int
    servable: int
    lent: int


def campaign(dossier: Dossier, since: date) -> Campaign:
    """Return the loan campaign in figures, counting the loans made since a day."""
    with dossier.read():
        needs = needs_summary(dossier)
        (made,) = dossier.rows(
            select(func.count().label("n")).where(
                Loan.lent_on >= since,
                Loan.state != LoanState.CANCELLED,
                Loan.replaces_id.is_(None),
            )
        )
        return Campaign(
            surveyed=needs.surveyed,
            without_device=needs.without_device,
            waiting=needs.waiting,
            available=stock(dossier).available,
            servable=servable(dossier),
            lent=made.n,
        )
