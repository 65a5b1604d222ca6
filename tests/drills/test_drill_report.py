# SPDX-License-Identifier: GPL-3.0-or-later
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from egn_desktop.documents.blocks import Chip, Document, Table
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.drills.offers import held_drills
from egn_desktop.drills.report.drill import drill_programme, drill_report
from egn_desktop.drills.service import DrillService
from egn_desktop.exports import available
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService


@pytest.fixture
def with_drills(dossier: Dossier) -> Dossier:
    """A primary school with one alert drill held in October and one planned for December."""
    SchoolService(dossier).save(
        Identity(
            uai="0430999C",
            name="École Jules-Verne",
            town="Yssingeaux",
            head="Mme Nguyen",
            levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
        )
    )
    service = DrillService(dossier)
    held = service.plan(kind="alert", script="alerte-chaine", aim="Joindre <tous> & vite")
    service.record(
        held,
        held_on=date(2026, 10, 6),
        participants={"Direction": "Mme Nguyen", "Chronométrage": "M. Colin"},
        course="7 h 00 : premier appel.\n7 h 12 : cellule au complet.",
        measures={"families_2h": 94, "cell_minutes": 12, "wrong_contacts": 7},
        debrief={"worked": "La chaîne d’appel"},
    )
    service.add_lesson(
        held,
        text="Sept numéros sont faux",
        decision="Vérifier les numéros à la rentrée",
        responsible="Mme Joly",
        due_on=date(2026, 11, 10),
    )
    service.plan(kind="tabletop", scenario="cyberattaque", planned_on=date(2026, 12, 18))
    return dossier


def words(value: Any) -> str:
    """Return every word of a document, in order."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return ""
    if isinstance(value, (list, tuple)):
        return "\n".join(words(part) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        return "\n".join(words(getattr(value, name)) for name in value.__dataclass_fields__)
    return ""


def chips(document: Document) -> list[str]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [
        cell.text
        for table in tables
        for row in table.rows
        for cell in row
        if isinstance(cell, Chip)
    ]


def test_both_documents_are_offered() -> None:
    assert {"compte-rendu-exercice", "programme-des-exercices"} <= {
        offer.id for offer in available()
    }


def test_only_held_drills_have_a_report(with_drills: Dossier) -> None:
    (subject,) = held_drills(with_drills)
    assert subject.label == "Exercice d’alerte, 06/10/2026"


def test_the_report_says_all_that_was_noted(with_drills: Dossier) -> None:
    (subject,) = held_drills(with_drills)
    document = drill_report(with_drills, subject.key)
    text = words(document)
    for expected in (
        "École Jules-Verne · Yssingeaux · 0430999C",
        "6 octobre 2026",
        "Joindre <tous> & vite",
        "M. Colin",
        "7 h 12 : cellule au complet.",
        "94\u202f%",
        "au moins 90\u202f%",
        "La chaîne d’appel",
        "Sept numéros sont faux",
        "Vérifier les numéros à la rentrée",
        "Mme Joly",
        "10/11/2026",
        "En retard",
        "Proposition EGN Desktop",
    ):
        assert expected in text, expected
    assert chips(document).count("Objectif tenu") == 2
    assert chips(document).count("À améliorer") == 1


def test_an_empty_record_leaves_room_to_write_by_hand(dossier: Dossier) -> None:
    service = DrillService(dossier)
    plan = service.plan(kind="full_scale")
    service.record(plan, held_on=date(2026, 10, 1))
    text = words(drill_report(dossier, str(plan)))
    assert "Non renseigné." in text
    assert "Aucun enseignement noté" in text
    assert "Qu’est-ce qui a bien marché" in text


def test_the_programme_holds_the_year_and_recalls_the_ppms(with_drills: Dossier) -> None:
    document = drill_programme(with_drills, "")
    text = words(document)
    assert document.subtitle == "Année scolaire 2026-2027"
    for expected in (
        "06/10/2026",
        "18/12/2026",
        "26/02/2027",
        "en septembre ou en octobre",
        "avant les vacances d’hiver",
        "MENE2307453C",
    ):
        assert expected in text, expected
    assert chips(document) == ["Tenu", "Prévu"]


def test_the_programme_of_a_new_dossier_can_be_printed(dossier: Dossier) -> None:
    text = words(drill_programme(dossier, ""))
    assert "Aucun exercice tenu ni prévu cette année." in text
    assert "jamais" in text


def test_the_report_reads_back_from_its_pdf(with_drills: Dossier, tmp_path: Path) -> None:
    (subject,) = held_drills(with_drills)
    pdf = tmp_path / "compte-rendu.pdf"
    pdf.write_bytes(render(drill_report(with_drills, subject.key)))
    text = text_of(pdf)
    for expected in ("Joindre <tous> & vite", "94 %", "Objectif tenu", "Mme Joly", "Annexe"):
        assert expected in text, expected
    assert "Helvetica" not in poppler("pdffonts", pdf)


def test_the_programme_fits_one_page(with_drills: Dossier, tmp_path: Path) -> None:
    pdf = tmp_path / "programme.pdf"
    pdf.write_bytes(render(drill_programme(with_drills, "")))
    assert re.search(r"^Pages:\s+1$", poppler("pdfinfo", pdf), re.MULTILINE)
    assert "Année scolaire 2026-2027" in text_of(pdf)


def poppler(tool: str, pdf: Path, *more: str) -> str:
    done = subprocess.run([tool, pdf, *more], capture_output=True, text=True, check=True)
    return done.stdout


def text_of(pdf: Path) -> str:
    """Return the words of a PDF, one ordinary space apart."""
    return " ".join(poppler("pdftotext", pdf, "-").split())
