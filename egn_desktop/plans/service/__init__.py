# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done with the plan: write it, rate risks, list whom to call, adopt it, act on it."""

from egn_desktop.dossier import Dossier
from egn_desktop.plans.service.adoption import Adoption
from egn_desktop.plans.service.attachments import Attachments
from egn_desktop.plans.service.classes import ClassArrangements
from egn_desktop.plans.service.contacts import ContactList
from egn_desktop.plans.service.crisis import CrisisRecord
from egn_desktop.plans.service.milestones import Milestones
from egn_desktop.plans.service.review import Review
from egn_desktop.plans.service.risks import RiskLines
from egn_desktop.plans.service.scenarios import Scenarios
from egn_desktop.plans.service.writing import Writing

__all__ = ["PlanService"]


class PlanService(
    Writing,
    Scenarios,
    ClassArrangements,
    RiskLines,
    ContactList,
    Adoption,
    Milestones,
    Attachments,
    Review,
    CrisisRecord,
):
    """Use cases of the continuity plan, gathered from the parts that it is made of."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(dossier)
