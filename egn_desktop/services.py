# SPDX-License-Identifier: GPL-3.0-or-later
"""The use cases of one open dossier, made once and handed to pages and commands."""

from dataclasses import dataclass

from egn_desktop.actions.service import ActionService
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from egn_desktop.drills.service import DrillService
from egn_desktop.inventory.queries.figures import facts
from egn_desktop.inventory.service import InventoryService
from egn_desktop.plans.service import PlanService
from egn_desktop.school.service import SchoolService


@dataclass(frozen=True, slots=True)
class Services:
    """Every feature's use cases on one dossier."""

    dossier: Dossier
    school: SchoolService
    actions: ActionService
    audit: AuditService
    inventory: InventoryService
    plans: PlanService
    drills: DrillService

    @classmethod
    def of(cls, dossier: Dossier) -> "Services":
        """Wire every service to one open dossier."""
        return cls(
            dossier=dossier,
            school=SchoolService(dossier),
            actions=ActionService(dossier),
            audit=AuditService(dossier, known=facts),
            inventory=InventoryService(dossier),
            plans=PlanService(dossier),
            drills=DrillService(dossier),
        )
