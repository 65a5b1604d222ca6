# SPDX-License-Identifier: GPL-3.0-or-later
"""What the audit's use cases share: finding an audit, journalling what was done to it."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from egn_desktop.audit import rules
from egn_desktop.audit.model import Campaign
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError


class Part:
    """Some of the audit's use cases."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def _record(
        self,
        what: str,
        campaign: Campaign,
        *,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        self._dossier.record(what, f"audit:{campaign.id}", before=before, after=after)


def find(session: Session, campaign_id: int) -> Campaign:
    """Return an audit.

    Raises:
        UserError: there is none of that id.
    """
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise UserError(f"Il n’y a pas d’état des lieux n° {campaign_id} dans ce dossier.")
    return campaign


def find_open(session: Session, campaign_id: int) -> Campaign:
    """Return an audit that may be changed.

    Raises:
        UserError: there is none of that id, or it is closed.
    """
    campaign = find(session, campaign_id)
    if campaign.closed_on is not None:
        raise UserError(
            f"L’état des lieux {rules.year_text(campaign.school_year)} est clos.",
            todo="Rouvrez-le pour le modifier.",
        )
    return campaign
