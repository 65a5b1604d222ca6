# SPDX-License-Identifier: GPL-3.0-or-later
import string
import subprocess
from pathlib import Path

from egn_desktop import exports
from egn_desktop.dossier import Dossier
from egn_desktop.inventory import privacy
from egn_desktop.inventory.service import InventoryService
from egn_desktop.school.queries import Identity
from egn_desktop.school.service import SchoolService


def text_of(pdf: bytes, folder: Path) -> tuple[str, int]:
    file = folder / "lu.pdf"
    file.write_bytes(pdf)
    read = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True)
    return " ".join(read.stdout.split()), read.stdout.count("\f")


def test_the_words_name_only_what_is_filled() -> None:
    named = {
        field
        for one in (*privacy.processing(), *privacy.notice(), *privacy.staff_notice())
        for _, field, _, _ in string.Formatter().parse(one.text)
        if field
    }
    assert named == privacy.PLACEHOLDERS


def test_register_and_notice_say_who_why_and_how_long(dossier: Dossier, tmp_path: Path) -> None:
    SchoolService(dossier).save(
        Identity(name="École des Sources", phone="04 65 71 00 43", academie="Clermont-Ferrand")
    )
    InventoryService(dossier).set_retention("prets", 3)
    register, pages = text_of(exports.pdf_bytes(dossier, "registre-rgpd"), tmp_path)
    assert pages <= 2
    for words in ("École des Sources", "mission d’intérêt public", "3 années scolaires", "Aucun."):
        assert words in register, words
    notice, pages = text_of(exports.pdf_bytes(dossier, "notice-familles"), tmp_path)
    assert pages == 1
    for words in ("3 années scolaires", "CNIL", "04 65 71 00 43", "Clermont-Ferrand", "Vos droits"):
        assert words in notice, words
    staff, pages = text_of(exports.pdf_bytes(dossier, "notice-personnel"), tmp_path)
    assert pages == 1
    for words in ("3 années scolaires", "Personnel retiré de la liste", "votre fonction", "CNIL"):
        assert words in staff, words
    for foreign in ("enfant", "besoins", "Élèves", "famille"):
        assert foreign not in staff, foreign
    assert "Personnel retiré" not in notice
    assert "{" not in register + notice + staff


def test_both_print_for_a_school_that_has_said_nothing(dossier: Dossier, tmp_path: Path) -> None:
    for document in ("registre-rgpd", "notice-familles", "notice-personnel"):
        text, _ = text_of(exports.pdf_bytes(dossier, document), tmp_path)
        assert "………" in text
