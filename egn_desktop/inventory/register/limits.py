# SPDX-License-Identifier: GPL-3.0-or-later
"""How long personal data is kept: the limits in force."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.model import RetentionLimit
from egn_desktop.inventory.register.retention import Limit


@dataclass(frozen=True, slots=True)
class LimitRow:
    """One limit as it is in force: the school's own, else the default."""

    limit: Limit
    years: int

    @property
    def is_default(self) -> bool:
        """Whether the school kept what is proposed."""
        return self.years == self.limit.years


def retention_limits(dossier: Dossier) -> Sequence[LimitRow]:
    """Return every limit as it is in force."""
    found = dossier.rows(select(RetentionLimit.id, RetentionLimit.years))
    own = {row.id: row.years for row in found}
    return [LimitRow(limit, own.get(limit.id, limit.years)) for limit in retention.limits()]
