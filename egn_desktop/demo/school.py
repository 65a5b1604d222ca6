# SPDX-License-Identifier: GPL-3.0-or-later
"""Who the demonstration school is."""

from datetime import date

from egn_desktop.demo.calendar import Calendar
from egn_desktop.demo.diary import Story
from egn_desktop.demo.equipment import ASSOCIATION, SCHOOL, STATE, TOWN
from egn_desktop.demo.people import CLASSES, TEACHERS
from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.who import EquipmentOwner, HeadGender
from egn_desktop.school.words import Owner

HEAD = "Claire Morvan"
NURSERY_CLASSES = 2


def introduce_school(dossier: Dossier, calendar: Calendar) -> Story:
    """Fill in the identity of a primary school of 8 classes, its pupils counted each year."""
    yield calendar.first_day
    SchoolService(dossier).save(_identity(calendar.first_day, counted=False))
    yield calendar.start_of(calendar.year)
    SchoolService(dossier).save(_identity(calendar.first_day, counted=True))


def _identity(since: date, *, counted: bool) -> Identity:
    """Return who the school is; of earlier years it does not say how many pupils it had."""
    nursery, others = CLASSES[:NURSERY_CLASSES], CLASSES[NURSERY_CLASSES:]
    return Identity(
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
        head_gender=HeadGender.FEMININE,
        dpo="Déléguée à la protection des données de l’académie",
        dpo_email="dpd@exemple.fr",
        owners=(
            EquipmentOwner(
                Owner.COMMUNE,
                TOWN,
                "Mme Hélène Vial, maire",
                since,
                "délibération n° 31",
            ),
            EquipmentOwner(
                Owner.ETAT,
                STATE,
                "l’IA-DASEN de la Haute-Loire",
                since,
                "courrier",
            ),
            EquipmentOwner(
                Owner.ASSOCIATION,
                ASSOCIATION,
                "M. Karim Belaïd, président",
                since,
                "convention de don et de prêt",
            ),
            EquipmentOwner(
                Owner.ASSOCIATION,
                SCHOOL,
                "Mme Julie Faure, mandataire",
                since,
                "conseil de coopérative",
            ),
        ),
        levels=(
            LevelCount(
                Level.MATERNELLE,
                len(nursery),
                sum(school_class.size for school_class in nursery) if counted else None,
            ),
            LevelCount(
                Level.ELEMENTAIRE,
                len(others),
                sum(other.size for other in others) if counted else None,
            ),
        ),
    )
