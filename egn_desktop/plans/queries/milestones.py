# SPDX-License-Identifier: GPL-3.0-or-later
"""What was noted of the adopted versions."""

from collections.abc import Sequence

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.plans.milestones import MilestoneKind, MilestoneRow
from egn_desktop.plans.model import PlanMilestone


def milestones(dossier: Dossier, version: int | None = None) -> Sequence[MilestoneRow]:
    """Return the facts noted of a version, or of all, the earliest day first."""
    wanted = select(
        PlanMilestone.id,
        PlanMilestone.version,
        PlanMilestone.kind,
        PlanMilestone.done_on,
        PlanMilestone.body,
    ).where(PlanMilestone.deleted_at.is_(None))
    if version is not None:
        wanted = wanted.where(PlanMilestone.version == version)
    return [
        MilestoneRow(row.id, row.version, MilestoneKind(row.kind), row.done_on, row.body)
        for row in dossier.rows(wanted.order_by(PlanMilestone.done_on, PlanMilestone.id))
    ]
