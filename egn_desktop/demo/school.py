# SPDX-License-Identifier: GPL-3.0-or-later
"""Who the demonstration school is."""

from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story
from egn_desktop.demo.people import CLASSES, TEACHERS
from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService

HEAD = "Claire Morvan"
NURSERY_CLASSES = 2


def introduce_school(dossier: Dossier, calendar: Calendar) -> Story:
    """Fill in the identity of a primary school of 8 classes."""
    yield calendar.first_day
    nursery = CLASSES[:NURSERY_CLASSES]
    SchoolService(dossier).save(
        Identity(
            uai="0430999C",
            name="École Jules-Verne",
            street="12 rue des Écoles",
            postcode="43200",
            town="Yssingeaux",
            academie="Clermont-Ferrand",
            district="Yssingeaux",
            holiday_zone="A",
            phone="04 65 71 00 43",
            email="ecole.jules-verne@exemple.fr",
            teachers=len(TEACHERS) + 2,
            head=HEAD,
            risk_register_owner="IA-DASEN de la Haute-Loire",
            levels=(
                LevelCount(Level.MATERNELLE, len(nursery), sum(one.size for one in nursery)),
                LevelCount(
                    Level.ELEMENTAIRE,
                    len(CLASSES) - len(nursery),
                    sum(one.size for one in CLASSES[NURSERY_CLASSES:]),
                ),
            ),
        )
    )
