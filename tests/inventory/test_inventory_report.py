# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.exports import available
from egn_desktop.inventory.lending.report.registers import loan_register
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.offers import open_loans
from egn_desktop.inventory.papers.report.agreement import loan_agreement
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.who import EquipmentOwner
from egn_desktop.school.words import Owner
from egn_desktop.services import Services


@pytest.fixture
def school(dossier: Dossier) -> Services:
    """A primary school with one late loan, one returned and one stolen device."""
    SchoolService(dossier).save(
        Identity(
            name="École Jules-Verne",
            town="Yssingeaux",
            phone="04 65 71 00 43",
            head="Claire Morvan",
            levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
        )
    )
    services = Services.of(dossier)
    guardian = GuardianFields("Mme", "Benali", "Nadia", phone="06 39 98 12 34")
    ids = [
        services.pupils.add_pupil(PupilInput(last, first, school_class=name, guardians=(guardian,)))
        for last, first, name in (
            ("Benali <b>", "Inès & co", "CM2 M. Colin"),
            ("Traoré", "Noé", "CP Mme Joly"),
            ("Haddad", "Rose", "CE2"),
        )
    ]
    for number, pupil_id in enumerate(ids, start=1):
        laptop = services.devices.add_device(
            DeviceInput(
                f"YSS-{number:04}",
                DeviceKind.LAPTOP,
                "HP",
                "ProBook 11",
                f"SN{number}",
                owner="Mairie d’Yssingeaux",
                accessories=("chargeur", "housse", "souris", "clé 4G"),
            )
        )
        services.loans.lend(
            device_id=laptop,
            borrower_id=pupil_id,
            lent_on=date(2026, 9, 2),
            due_on=date(2026, 11, 13),
        )
    services.loans.return_device(2, returned_on=date(2026, 11, 20))
    services.loans.declare_missing(3, stolen=True)
    return services


AGREED = EquipmentOwner(
    Owner.REGION, "Région Auvergne-Rhône-Alpes", "Mme Roux, présidente", date(2026, 9, 1)
)


def printed(pdf: bytes, folder: Path) -> tuple[str, int]:
    """Return a PDF's text as a reader sees it, lines joined, and how many pages it has."""
    file = folder / "lu.pdf"
    file.write_bytes(pdf)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    return " ".join(text.stdout.replace("\u202f", " ").split()), text.stdout.count("\f")


def test_the_agreement_holds_parties_device_clauses_and_signatures(
    dossier: Dossier, school: Services, tmp_path: Path
) -> None:
    text, pages = printed(render(loan_agreement(dossier, "1")), tmp_path)
    assert pages <= 2
    for words in (
        "Benali <b> Inès & co",
        "CM2 M. Colin",
        "Mme Nadia Benali",
        "représentée par Claire Morvan",
        "Ordinateur portable HP ProBook 11",
        "YSS-0001",
        "Mairie d’Yssingeaux",
        "inventaire YSS-0001 · série SN1",
        "du 2 septembre 2026 au 13 novembre 2026",
        "Clé 4G",
        "En quelques mots",
        "Le représentant légal",
        "article 1880",
    ):
        assert words in text, words
    for clause in clauses.said_in(AGREEMENT, BorrowerKind.PUPIL, clauses.clauses()):
        assert f"{clause.title}." in text
    assert "Données des élèves" not in text
    assert "{" not in text


def test_a_pupil_signs_from_collège_on(dossier: Dossier, school: Services, tmp_path: Path) -> None:
    def signatures(level: Level) -> str:
        school = Identity(
            levels=(LevelCount(level),), owners=(AGREED,), council_accord_on=date(2026, 9, 1)
        )
        SchoolService(dossier).save(school)
        text, pages = printed(render(loan_agreement(dossier, "1")), tmp_path)
        # The owner of this laptop has not agreed yet, and signs as well: a fourth box.
        assert pages <= 2
        return text.rpartition("Fait à")[2]

    assert "L’élève" in signatures(Level.COLLEGE)
    assert "L’élève" not in signatures(Level.ELEMENTAIRE)


def test_a_full_kit_and_two_long_addresses_leave_no_signature_alone(
    dossier: Dossier, school: Services, tmp_path: Path
) -> None:
    SchoolService(dossier).save(
        Identity(
            name="Lycée général et technologique Jules-Verne",
            street="12 rue des Écoles",
            town="Yssingeaux",
            email="lycee.jules-verne@exemple.fr",
            head="Claire Morvan",
            levels=(LevelCount(Level.LYCEE, 30, 900),),
            owners=(AGREED,),
            council_accord_on=date(2026, 9, 1),
        )
    )
    guardian = GuardianFields(
        *("Mme", "Fernandes da Silva", "Maria Antonia", "famille.fernandes@exemple.fr"),
        *("06 39 98 00 00", "Résidence des Sucs, bâtiment C, 14 chemin des Sucs, Yssingeaux"),
    )
    pupil_id = school.pupils.add_pupil(
        PupilInput("Fernandes", "Léa", guardians=(guardian, guardian))
    )
    kit = tuple(f"accessoire {number}" for number in range(8))
    device_id = school.devices.add_device(DeviceInput("KIT-1", DeviceKind.LAPTOP, accessories=kit))
    lent = school.loans.lend(device_id=device_id, borrower_id=pupil_id, note="Rayure sur le capot")
    text, pages = printed(render(loan_agreement(dossier, str(lent))), tmp_path)
    assert pages <= 3
    clause = clauses.said_in(AGREEMENT, BorrowerKind.PUPIL, clauses.clauses())[-1]
    assert clause.title in text.rpartition("Convention de prêt")[2]
    assert "Accessoire 7" in text
    assert "Ce matériel est prêté" in text
    assert "l’école" not in text


def test_an_agreement_is_offered_for_each_open_loan(dossier: Dossier, school: Services) -> None:
    (subject,) = open_loans(dossier)
    assert subject.key == "1"
    assert "YSS-0001" in subject.label
    offers = {offer.id: offer for offer in available()}
    assert offers["convention-de-pret"].missing
    assert offers["registre-des-prets"].purpose


def test_the_register_says_where_everything_is(
    dossier: Dossier, school: Services, tmp_path: Path
) -> None:
    text, _ = printed(render(loan_register(dossier, "")), tmp_path)
    for words in (
        "En retard de 11 j",
        "1 perdu ou volé",
        "Retard le plus long : 11 jours",
        "Traoré Noé",
        "Rendu",
        "Volé",
        "Année scolaire 2026-2027",
    ):
        assert words in text, words


def test_the_register_is_printed_even_when_empty(dossier: Dossier, tmp_path: Path) -> None:
    text, pages = printed(render(loan_register(dossier, "")), tmp_path)
    assert "Aucun prêt dans cette période" in text
    assert pages == 1
