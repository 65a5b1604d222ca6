# SPDX-License-Identifier: GPL-3.0-or-later
"""The fields of a school's identity, each described once. Pure.

A field that is added here is in the settings, the command ``school`` and what two copies differ
in; its table gets its column (``model``), for which a step is to be written.
"""

from dataclasses import dataclass
from datetime import date

from egn_desktop.fields import Shape, described
from egn_desktop.personal import NOBODY, OF_OTHERS
from egn_desktop.school.who import Contract, HeadGender
from egn_desktop.spelling import EMAIL, PHONE, POSTCODE


@dataclass(frozen=True, slots=True)
class SchoolFields:
    """What the head says of the school; empty strings and None where nothing was said.

    Attributes:
        authority, controller, dpo, employer: empty where what follows from the kind of school
            holds; ``Identity.who`` says what then does.
        council_accord_on: the day on which the conseil d'administration let the head sign loans.
        district: circonscription of the first degree (the IEN's).
        holiday_zone: "A", "B", "C", or the name of a zone of its own (Corse, overseas).
        risk_register_owner: who answers for the DUERP (IA-DASEN in the first degree, chef
            d'établissement in the second).
    """

    uai: str = described("", "UAI", NOBODY, help="7 chiffres et une lettre")
    name: str = described("", "Nom", NOBODY)
    contract: Contract = described(Contract.PUBLIC, "Statut", NOBODY, choices=Contract)
    street: str = described("", "Adresse", NOBODY)
    postcode: str = described("", "Code postal", NOBODY, spelling=POSTCODE)
    town: str = described("", "Commune", NOBODY)
    academie: str = described("", "Académie", NOBODY)
    district: str = described("", "Circonscription", NOBODY)
    holiday_zone: str = described("", "Calendrier des vacances", NOBODY)
    phone: str = described("", "Téléphone", NOBODY, spelling=PHONE)
    email: str = described("", "Courriel", NOBODY, spelling=EMAIL)
    head: str = described("", "Direction : prénom et nom", OF_OTHERS)
    head_gender: HeadGender = described(HeadGender.UNSAID, "Titre", OF_OTHERS, choices=HeadGender)
    risk_register_owner: str = described("", "Responsable du DUERP", OF_OTHERS)
    authority: str = described("", "Autorité hiérarchique", OF_OTHERS)
    controller: str = described("", "Responsable du traitement (RGPD)", OF_OTHERS)
    dpo: str = described("", "Délégué à la protection des données", OF_OTHERS)
    dpo_email: str = described("", "Courriel du délégué", OF_OTHERS, spelling=EMAIL)
    employer: str = described("", "Employeur", OF_OTHERS)
    teachers: int | None = described(None, "Enseignants", NOBODY, Shape.COUNT)
    council_accord_on: date | None = described(
        None,
        "Conventions de prêt : autorisées par le conseil d’administration le",
        NOBODY,
        Shape.DAY,
    )
    council_accord_reference: str = described("", "Référence de la délibération", NOBODY)
