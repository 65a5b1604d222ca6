# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.school.queries import Identity, LevelCount, identity
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.who import Contract, EquipmentOwner, HeadGender, Site
from egn_desktop.school.words import Owner

CITE_SCOLAIRE = Identity(
    uai="0750655E",
    name="Cité scolaire « Arc & Ciel »",
    street="1 rue de l’École",
    postcode="75005",
    town="Paris",
    academie="Paris",
    holiday_zone="C",
    phone="01 23 45 67 89",
    email="ce.0750655e@example.fr",
    teachers=84,
    head="Mme Nguyen",
    risk_register_owner="Chef d’établissement",
    levels=(
        LevelCount(Level.COLLEGE, 16, 430),
        LevelCount(Level.LYCEE, 20, None),
        LevelCount(Level.LYCEE_PRO, None, None),
    ),
)


WITH_SITES = replace(
    CITE_SCOLAIRE,
    contract=Contract.PRIVATE,
    head_gender=HeadGender.FEMININE,
    authority="Rectrice",
    controller="Association Arc & Ciel",
    dpo="Mme Diallo",
    dpo_email="dpo@example.fr",
    employer="Association Arc & Ciel",
    council_accord_on=date(2026, 10, 12),
    council_accord_reference="n° 2026-14 ; séance du 12",
    sites=(
        Site("Collège Arc", "0750655E", "2 rue de l’École", "75005", "Paris", (Level.COLLEGE,)),
        Site(name="Annexe", levels=(Level.LYCEE, Level.LYCEE_PRO), owner="Région"),
    ),
    owners=(
        EquipmentOwner(
            Owner.ORGANISME, "Association Arc & Ciel", "M. Ba, président", date(2026, 9, 1), "n° 3"
        ),
        EquipmentOwner(Owner.REGION),
    ),
)


def test_an_empty_dossier_has_an_empty_identity(dossier: Dossier) -> None:
    assert identity(dossier) == Identity()
    assert identity(dossier).footer == ""


def test_the_identity_is_read_back_as_it_was_kept(dossier: Dossier) -> None:
    SchoolService(dossier).save(CITE_SCOLAIRE)
    kept = identity(dossier)
    assert kept == CITE_SCOLAIRE
    assert (kept.classes, kept.pupils) == (36, 430)
    assert not kept.is_first_degree
    assert kept.footer == "Cité scolaire « Arc & Ciel » · Paris · 0750655E"
    assert kept.address == "1 rue de l’École, 75005 Paris"


def test_sites_and_owners_are_read_back_and_can_be_taken_away(dossier: Dossier) -> None:
    service = SchoolService(dossier)
    service.save(WITH_SITES)
    assert identity(dossier) == WITH_SITES
    service.save(replace(WITH_SITES, sites=WITH_SITES.sites[1:], owners=()))
    assert identity(dossier).sites == WITH_SITES.sites[1:]
    assert identity(dossier).owners == ()


def test_the_uai_of_a_site_is_checked_too(dossier: Dossier) -> None:
    with pytest.raises(UserError, match="la lettre attendue est E"):
        SchoolService(dossier).save(Identity(sites=(Site(uai="0750655D"),)))
    assert identity(dossier) == Identity()


def test_it_is_still_there_after_closing_and_opening_again(tmp_path: Path) -> None:
    path, key = tmp_path / "autre.egn", bytes(32)
    with Dossier.create(path, key=key) as dossier:
        SchoolService(dossier).save(CITE_SCOLAIRE)
    with Dossier.open(path, key=key) as dossier:
        assert identity(dossier) == CITE_SCOLAIRE


def test_levels_can_be_changed_and_left_out(dossier: Dossier) -> None:
    service = SchoolService(dossier)
    service.save(CITE_SCOLAIRE)
    primary = (LevelCount(Level.MATERNELLE, 3, 68), LevelCount(Level.ELEMENTAIRE, 5, 122))
    service.save(Identity(uai="0430999c", name="École Jules-Verne", levels=primary))
    kept = identity(dossier)
    assert kept.levels == primary
    assert kept.uai == "0430999C"
    assert kept.is_first_degree


def test_a_wrong_uai_is_refused_and_nothing_is_lost(dossier: Dossier) -> None:
    service = SchoolService(dossier)
    service.save(CITE_SCOLAIRE)
    with pytest.raises(UserError, match="la lettre attendue est E") as refusal:
        service.save(Identity(uai="0750655D", name="Autre"))
    assert "L’identité de l’école n’a pas changé." in refusal.value.kept
    assert identity(dossier) == CITE_SCOLAIRE


def test_saving_tells_the_screens(dossier: Dossier) -> None:
    told: list[frozenset[Changed]] = []
    dossier.listen(told.append)
    SchoolService(dossier).save(Identity(name="École"))
    assert told == [frozenset({Changed.SCHOOL})]
