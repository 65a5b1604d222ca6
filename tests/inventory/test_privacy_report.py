# SPDX-License-Identifier: GPL-3.0-or-later
import string
import subprocess
from datetime import date
from pathlib import Path

from egn_desktop import exports
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.privacy import notices as privacy
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.words import WORDS
from egn_desktop.services import Services


def text_of(pdf: bytes, folder: Path) -> tuple[str, int]:
    file = folder / "lu.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    return " ".join(read.stdout.split()), read.stdout.count("\f")


def test_the_words_name_only_what_is_filled() -> None:
    named = {
        field
        for line in (
            *privacy.processing(),
            *privacy.crisis_processing(),
            *privacy.breach_steps(),
            *privacy.notice(),
            *privacy.staff_notice(),
        )
        for _, field, _, _ in string.Formatter().parse(line.text)
        if field
    }
    assert named <= privacy.PLACEHOLDERS
    assert named >= privacy.PLACEHOLDERS - WORDS


def test_register_and_notice_say_who_why_and_how_long(dossier: Dossier, tmp_path: Path) -> None:
    SchoolService(dossier).save(
        Identity(
            name="École des Sources",
            phone="04 65 71 00 43",
            academie="Clermont-Ferrand",
            dpo_email="dpd@example.fr",
            levels=(LevelCount(Level.ELEMENTAIRE),),
        )
    )
    Services.of(dossier).privacy.set_retention("prets", 3)
    register, pages = text_of(exports.pdf_bytes(dossier, "registre-rgpd"), tmp_path)
    assert pages <= 3
    known = ("École des Sources", "mission d’intérêt public", "3 années scolaires", "Aucun.")
    who = ("Responsable IA-DASEN", "Académie de Poitiers", "Clermont-Ferrand · dpd@example.fr")
    for words in (*known, *who):
        assert words in register, words
    notice, pages = text_of(exports.pdf_bytes(dossier, "notice-familles"), tmp_path)
    assert pages == 1
    for words in (
        *("3 années scolaires", "CNIL", "04 65 71 00 43", "Clermont-Ferrand", "Vos droits"),
        *("Responsable de ces données : IA-DASEN.", "dpd@example.fr"),
    ):
        assert words in notice, words
    staff, pages = text_of(exports.pdf_bytes(dossier, "notice-personnel"), tmp_path)
    assert pages == 1
    for words in (
        "3 années scolaires",
        "Personnel retiré de la liste",
        "nom, prénom, fonction",
        "CNIL",
    ):
        assert words in staff, words
    for foreign in ("enfant", "besoins", "Élèves", "famille"):
        assert foreign not in staff, foreign
    assert "Personnel retiré" not in notice
    assert "{" not in register + notice + staff


def test_both_print_for_a_school_that_has_said_nothing(dossier: Dossier, tmp_path: Path) -> None:
    for document in ("registre-rgpd", "notice-familles", "notice-personnel"):
        text, _ = text_of(exports.pdf_bytes(dossier, document), tmp_path)
        assert "………" in text


def test_in_the_second_degree_no_document_on_loans_speaks_of_a_school(
    dossier: Dossier, tmp_path: Path
) -> None:
    college = LevelCount(Level.COLLEGE, 12, 300)
    SchoolService(dossier).save(Identity(name="Collège Joliot-Curie", levels=(college,)))
    services = Services.of(dossier)
    services.devices.add_device(DeviceInput("C-1", DeviceKind.TABLET, accessories=("étui",)))
    services.devices.add_device(DeviceInput("C-2", DeviceKind.TABLET))
    pupil = services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="6e B"))
    member = services.staff.add_staff(StaffFields("Roux", "Claire", "Professeure"))
    loan = services.loans.lend(device_id=1, borrower_id=pupil, lent_on=date(2026, 10, 1))
    for borrower, device in ((pupil, 2), (member, 1)):
        if device == 1:
            services.loans.return_device(loan, accessories=[])
        services.loans.lend(
            device_id=device,
            borrower_id=borrower,
            lent_on=date(2026, 11, 24) if device == 1 else date(2026, 10, 1),
            due_on=date(2026, 11, 24) if device == 1 else date(2026, 11, 2),
        )
    said: dict[str, str] = {}
    for document, key in (
        ("registre-rgpd", ""),
        ("notice-familles", ""),
        ("notice-personnel", ""),
        ("convention-de-pret", "2"),
        ("convention-de-pret", "3"),
        ("recu-de-retour", f"{pupil}:2026-11-24"),
        ("courriers-de-relance", "2"),
        ("courriers-de-relance", ""),
        ("registre-des-prets", ""),
        ("fiche-emprunteur", str(pupil)),
        ("fiche-de-materiel", "1"),
        ("inventaire-du-materiel", ""),
        ("donnees-personnelles", str(pupil)),
    ):
        text, _ = text_of(exports.pdf_bytes(dossier, document, key), tmp_path)
        said[f"{document} {key}"] = text
    assert not [name for name, text in said.items() if "école" in text.lower()]
    assert sum("établissement" in text for text in said.values()) > 5
