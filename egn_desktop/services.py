# SPDX-License-Identifier: GPL-3.0-or-later
"""The use cases of one open dossier, made once and handed to pages and commands."""

from collections.abc import Mapping
from dataclasses import dataclass

from egn_desktop.actions.service import ActionService
from egn_desktop.audit.proposals import Fact
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from egn_desktop.drills import known
from egn_desktop.drills.service import DrillService
from egn_desktop.inventory.lending.queries import figures
from egn_desktop.inventory.lending.service.incidents import IncidentService
from egn_desktop.inventory.lending.service.loans import LoanService
from egn_desktop.inventory.lending.service.needs import NeedService
from egn_desktop.inventory.lending.service.reminders import ReminderService
from egn_desktop.inventory.papers.service import PaperService
from egn_desktop.inventory.people.service.pupils import PupilService
from egn_desktop.inventory.people.service.staff import StaffService
from egn_desktop.inventory.privacy.service import PrivacyService
from egn_desktop.inventory.stock.service.devices import DeviceService
from egn_desktop.inventory.stock.service.photos import PhotoService
from egn_desktop.plans.service import PlanService
from egn_desktop.school.service import SchoolService


def facts(dossier: Dossier) -> Mapping[str, Fact]:
    """Return what the dossier knows of the audit's answers, by the id that a criterion names."""
    return {**figures.facts(dossier), **known.facts(dossier)}


@dataclass(frozen=True, slots=True)
class Services:
    """Every feature's use cases on one dossier."""

    dossier: Dossier
    school: SchoolService
    actions: ActionService
    audit: AuditService
    pupils: PupilService
    staff: StaffService
    devices: DeviceService
    photos: PhotoService
    loans: LoanService
    incidents: IncidentService
    needs: NeedService
    reminders: ReminderService
    papers: PaperService
    privacy: PrivacyService
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
            pupils=PupilService(dossier),
            staff=StaffService(dossier),
            devices=DeviceService(dossier),
            photos=PhotoService(dossier),
            loans=LoanService(dossier),
            incidents=IncidentService(dossier),
            needs=NeedService(dossier),
            reminders=ReminderService(dossier),
            papers=PaperService(dossier),
            privacy=PrivacyService(dossier),
            plans=PlanService(dossier),
            drills=DrillService(dossier),
        )
