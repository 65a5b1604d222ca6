# SPDX-License-Identifier: GPL-3.0-or-later
import pytest

from egn_desktop.audit.queries import AuditView, view
from egn_desktop.audit.service import AuditService
from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService

PRIMARY = Identity(
    uai="0430999C",
    name="École Jules-Verne",
    town="Yssingeaux",
    head="Mme Nguyen",
    teachers=10,
    levels=(LevelCount(Level.MATERNELLE, 2, 50), LevelCount(Level.ELEMENTAIRE, 6, 140)),
)


@pytest.fixture
def service(dossier: Dossier) -> AuditService:
    return AuditService(dossier)


@pytest.fixture
def school(dossier: Dossier) -> Dossier:
    """The dossier of a primary school: two nursery classes, six elementary ones."""
    SchoolService(dossier).save(PRIMARY)
    return dossier


@pytest.fixture
def campaign(school: Dossier, service: AuditService) -> int:
    """An audit just started in that school."""
    return service.start()


def read(dossier: Dossier, campaign_id: int | None = None) -> AuditView:
    """Return the audit, which must be there."""
    found = view(dossier, campaign_id)
    assert found is not None
    return found
