# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.plans import rules
from egn_desktop.plans.service import PlanService
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService


@pytest.fixture
def service(dossier: Dossier) -> PlanService:
    return PlanService(dossier)


@pytest.fixture
def complete(dossier: Dossier, service: PlanService) -> Dossier:
    """A dossier whose plan lacks nothing: it can be adopted."""
    SchoolService(dossier).save(
        Identity(
            uai="0430999C",
            name="École Jules-Verne",
            town="Yssingeaux",
            phone="04 65 71 00 43",
            head="Claire Morvan",
            teachers=10,
            risk_register_owner="IA-DASEN de la Haute-Loire",
            levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
        )
    )
    for section in rules.sections():
        if section.obligatory:
            service.write_section(section.id, section.example, done=True)
    for scenario in ("inondation", "cyberattaque", "coupure"):
        service.choose_scenario(scenario)
    line = service.add_risk(risk="surcharge")
    service.rate_risk(line, severity=3, likelihood=3, control=3)
    service.add_contact(
        role="direction",
        name="Claire Morvan",
        phone="06 39 98 01 02",
        deputy="Mme Aubry",
        checked_on=date(2026, 9, 12),
    )
    return dossier
