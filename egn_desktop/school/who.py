# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is who around a school, as follows from what it is: proposals until the head says otherwise.

Sources, by their content ids: ``rgpd-responsables`` (controller, data protection officer),
``men-outre-mer`` (overseas), ``ogec-employeur`` (a private school's employer). What no text says is
left empty, and the papers ask for it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from egn_desktop.school import rules
from egn_desktop.school.rules import Level
from egn_desktop.school.words import Owner, SchoolKind, Services

_STATE = "État (ministère chargé de l’éducation nationale)"


class Contract(StrEnum):
    """What a school is to the State; the value is kept in the dossier."""

    PUBLIC = "public"
    PRIVATE = "private"

    @property
    def label(self) -> str:
        """The French name."""
        return {Contract.PUBLIC: "Public", Contract.PRIVATE: "Privé sous contrat"}[self]


class HeadGender(StrEnum):
    """How the head wishes to be called; the value is kept in the dossier."""

    UNSAID = ""
    FEMININE = "feminine"
    MASCULINE = "masculine"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            HeadGender.UNSAID: "Non précisé",
            HeadGender.FEMININE: "Au féminin",
            HeadGender.MASCULINE: "Au masculin",
        }[self]


@dataclass(frozen=True, slots=True)
class Site:
    """Another place of the school, or a part of it with a UAI of its own.

    Attributes:
        owner: the name of who owns it; empty where the school's first owner does.
    """

    name: str = ""
    uai: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    levels: tuple[Level, ...] = ()
    owner: str = ""


@dataclass(frozen=True, slots=True)
class EquipmentOwner:
    """Who owns premises or devices of the school.

    Attributes:
        representative: who speaks for it, with the function: "Mme Anne Roux, maire".
        accord_on: the day on which it agreed that the school lends its devices.
        accord_reference: of that accord: a resolution, a letter.
    """

    kind: Owner
    name: str = ""
    representative: str = ""
    accord_on: date | None = None
    accord_reference: str = ""

    @property
    def called(self) -> str:
        """Its name, else what it is."""
        return self.name or self.kind.label


@dataclass(frozen=True, slots=True)
class Who:
    """Who is who, each in French; empty where nothing is known.

    Attributes:
        authority: whom the head reports to.
        controller: whom the RGPD means by the controller of the dossier's data.
        dpo: the data protection officer.
        employer: of those who work there.
        risk_register_owner: who answers for the DUERP.
    """

    authority: str = ""
    controller: str = ""
    dpo: str = ""
    employer: str = ""
    risk_register_owner: str = ""


def usual(
    kind: SchoolKind,
    levels: Iterable[Level],
    *,
    name: str = "",
    academie: str = "",
    district: str = "",
    risk_register_owner: str = "",
    managed_by: str = "",
) -> Who:
    """Return who is who in such a school.

    Args:
        kind: what the school is.
        levels: of its pupils.
        name: the school's.
        academie: its académie, by name.
        district: its circonscription.
        risk_register_owner: who answers for the DUERP, as the head said.
        managed_by: the name of a private school's organisme de gestion.
    """
    chosen = list(levels)
    duerp = risk_register_owner or rules.risk_register_owner(
        chosen, is_private=kind.is_private, has_academie=kind.services is Services.ACADEMIE
    )
    if not chosen:
        return Who(dpo=_dpo(kind, academie), risk_register_owner=duerp)
    return Who(
        authority=_authority(kind, district),
        controller=_controller(kind, name, duerp, managed_by),
        dpo=_dpo(kind, academie),
        employer=_employer(kind, managed_by),
        risk_register_owner=duerp,
    )


def _authority(kind: SchoolKind, district: str) -> str:
    if kind.services is Services.VICE_RECTORAT:
        return "Vice-rectorat"
    if kind.services is Services.EDUCATION_SERVICE:
        return "Service de l’éducation"
    if not kind.is_first_degree:
        return "IA-DASEN"
    return f"IEN ({district})" if district else "IEN de la circonscription"


def _controller(kind: SchoolKind, name: str, duerp: str, managed_by: str) -> str:
    if kind.is_private:
        return f"{managed_by or 'Organisme de gestion'}, représenté par {kind.words['the_head']}"
    if not kind.is_first_degree:
        return f"{name or 'L’établissement'}, représenté par {kind.words['the_head']}"
    if kind.services is not Services.ACADEMIE:
        return ""
    # The same person answers for the DUERP, and may have been named there with the département.
    return duerp if duerp.startswith(rules.FIRST_DEGREE_OWNER) else rules.FIRST_DEGREE_OWNER


def _dpo(kind: SchoolKind, academie: str) -> str:
    if kind.is_private or kind.services is not Services.ACADEMIE or not academie:
        return ""
    return f"Déléguée ou délégué à la protection des données de l’académie de {academie}"


def _employer(kind: SchoolKind, managed_by: str) -> str:
    if kind.is_private:
        others = managed_by or "organisme de gestion"
        return f"{_STATE} pour le corps enseignant ; {others} pour les autres personnels"
    return f"{_STATE} ; {kind.words['the_owner']} pour ses agents"
