# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is who follows from what a school is, until its head says otherwise."""

from dataclasses import replace

import pytest

from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.who import Contract, EquipmentOwner, HeadGender
from egn_desktop.school.words import Owner, Services

ECOLE = Identity(
    uai="0430999C",
    name="École des Sources",
    academie="Clermont-Ferrand",
    district="Puy-Nord",
    levels=(LevelCount(Level.MATERNELLE), LevelCount(Level.ELEMENTAIRE)),
)
COLLEGE = replace(ECOLE, name="Collège Barnier", levels=(LevelCount(Level.COLLEGE),))
LYCEE = replace(ECOLE, name="Lycée Veil", levels=(LevelCount(Level.LYCEE),))
PRIVATE = replace(
    ECOLE,
    name="École Saint-Joseph",
    contract=Contract.PRIVATE,
    owners=(EquipmentOwner(Owner.ORGANISME, "OGEC Saint-Joseph"),),
)


def test_a_public_ecole_answers_to_its_ien_and_its_dasen() -> None:
    who = ECOLE.who
    assert who.authority == "IEN (Puy-Nord)"
    assert who.controller == "IA-DASEN"
    assert "académie de Clermont-Ferrand" in who.dpo
    assert who.employer.endswith("; la mairie pour ses agents")
    named = replace(ECOLE, risk_register_owner="IA-DASEN de la Haute-Loire")
    assert named.who.controller == "IA-DASEN de la Haute-Loire", "never asked twice"


def test_an_establishment_is_its_own_controller_through_its_head() -> None:
    assert COLLEGE.who.controller == (
        "Collège Barnier, représenté par la cheffe ou le chef d’établissement"
    )
    assert COLLEGE.who.authority == "IA-DASEN"
    assert COLLEGE.who.employer.endswith("; le département pour ses agents")
    assert LYCEE.who.employer.endswith("; la région pour ses agents")


def test_a_private_school_is_managed_and_employed_by_its_organisme() -> None:
    who = PRIVATE.who
    assert who.controller.startswith("OGEC Saint-Joseph, représenté par")
    assert "OGEC Saint-Joseph pour les autres personnels" in who.employer
    assert who.risk_register_owner == "Organisme de gestion, employeur"
    assert who.dpo == "", "nothing says who it is: the papers ask"


@pytest.mark.parametrize("uai", ["9830002K", "9840002E", "9870026P"])
def test_a_vice_rectorat_stands_for_the_academie(uai: str) -> None:
    overseas = replace(ECOLE, uai=uai, academie="")
    assert overseas.kind.services is Services.VICE_RECTORAT
    assert overseas.who.authority == "Vice-rectorat"
    assert (overseas.who.controller, overseas.who.dpo) == ("", "")
    assert overseas.who.risk_register_owner == ""
    assert overseas.words["the_authority"] == "le vice-rectorat"


def test_saint_pierre_et_miquelon_has_its_own_service() -> None:
    assert replace(ECOLE, uai="9750001C").words["the_authority"] == "le service de l’éducation"


def test_what_the_head_says_holds() -> None:
    said = replace(ECOLE, authority="IEN de Brioude", dpo="Mme Diallo", controller="DASEN 43")
    assert (said.who.authority, said.who.dpo) == ("IEN de Brioude", "Mme Diallo")
    assert said.who.controller == "DASEN 43"
    assert said.usual_who.dpo != "Mme Diallo"


def test_nobody_is_anybody_before_the_levels_are_known() -> None:
    assert Identity().who == Identity().usual_who
    assert Identity().who.controller == ""


@pytest.mark.parametrize(
    ("school", "feminine", "masculine", "unsaid"),
    [
        (ECOLE, "La directrice", "Le directeur", "La directrice ou le directeur"),
        (COLLEGE, "La principale", "Le principal", "La cheffe ou le chef d’établissement"),
        (LYCEE, "La proviseure", "Le proviseur", "La cheffe ou le chef d’établissement"),
        (
            PRIVATE,
            "La cheffe d’établissement",
            "Le chef d’établissement",
            "La cheffe ou le chef d’établissement",
        ),
    ],
)
def test_the_head_is_called_as_she_or_he_wishes(
    school: Identity, feminine: str, masculine: str, unsaid: str
) -> None:
    assert replace(school, head_gender=HeadGender.FEMININE).head_role == feminine
    assert replace(school, head_gender=HeadGender.MASCULINE).head_role == masculine
    assert school.head_role == unsaid
    man = replace(school, head_gender=HeadGender.MASCULINE)
    assert man.words["of_the_head"].startswith("du ")


def test_the_first_owner_is_the_one_that_texts_mean() -> None:
    owners = (EquipmentOwner(Owner.SYNDICAT, "SIVOS du Mézenc"), EquipmentOwner(Owner.COMMUNE))
    assert ECOLE.words["to_the_owner"] == "à la mairie"
    assert replace(ECOLE, owners=owners).words["to_the_owner"] == "au syndicat de communes"
