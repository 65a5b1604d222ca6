# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery sheet, read back from its PDF."""

import io
import subprocess
from pathlib import Path

import pikepdf

from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier, Protection, recovery
from egn_desktop.exports import available, export_all
from egn_desktop.school.queries import Identity
from egn_desktop.school.report import recovery_sheet
from egn_desktop.school.service import SchoolService

LONG = "École primaire publique d’application Simone-Veil et Jacques-Prévert réunies du Bourg-Neuf"


def text_of(pdf: bytes, tmp_path: Path) -> str:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_the_sheet_is_one_page_with_every_group(dossier: Dossier, tmp_path: Path) -> None:
    SchoolService(dossier).save(
        Identity(uai="0430999C", name=LONG, town="Saint-Germain-Laprade", head="Claire Vidal")
    )
    pdf = render(recovery_sheet(dossier, ""))
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 1
    text = text_of(pdf, tmp_path)
    for group in recovery.groups_of(dossier.key):
        assert group in text
    for said in ("Fiche de secours", "ecole.egn", "0430999C", "Restaurer une sauvegarde"):
        assert said in text


def test_a_sheet_can_be_printed_before_the_school_has_a_name(dossier: Dossier) -> None:
    assert len(pikepdf.open(io.BytesIO(render(recovery_sheet(dossier, "")))).pages) == 1


def test_with_a_passphrase_the_sheet_says_what_it_stands_in_for(
    dossier: Dossier, tmp_path: Path
) -> None:
    dossier.protection = Protection.PASSPHRASE
    text = text_of(render(recovery_sheet(dossier, "")), tmp_path)
    plain = " ".join(text.split())
    assert "sans elle ni la phrase de passe, personne ne le peut" in plain
    assert "demande la phrase de passe, recopiez à sa place les groupes" in plain
    assert recovery.groups_of(dossier.key)[12] in text


def test_the_sheet_is_never_printed_with_the_other_documents(
    dossier: Dossier, tmp_path: Path
) -> None:
    assert "fiche-de-secours" in {offer.id for offer in available()}
    written = [exported.path for exported in export_all(dossier, tmp_path / "all")]
    assert not any("secours" in path.name for path in written)
