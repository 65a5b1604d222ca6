# SPDX-License-Identifier: GPL-3.0-or-later
import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.audit.offers import audits
from egn_desktop.audit.report.baseline import audit_report
from egn_desktop.audit.service import AuditService
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exports import available
from tests.audit.conftest import read
from tests.audit.test_audit_comparison import LAST, THIS

NARROW = "\u202f"


@pytest.fixture
def answered(school: Dossier, service: AuditService, campaign: int) -> Dossier:
    """An audit with a met minimum, gaps of three providers, an unknown and a not applicable."""
    service.answer_many(
        campaign,
        {
            "elv-01:M": "4/50",
            "elv-01:E": "22/140",
            "res-01": "18",
            "res-06": "n",
            "res-09": "sans objet: pas de <Wi-Fi> & rien",
            "res-05": "jamais",
            "ens-01": "8/10",
            "ens-03": "OON",
            "fam-02": "n",
            "sal-07": "?",
        },
        notes={"res-01": "Mesuré en salle 4 à 10 h"},
    )
    service.create_action(campaign, "res-05", due_on=date(2027, 1, 23))
    return school


@pytest.fixture
def pdf(answered: Dossier, tmp_path: Path) -> Path:
    """The report, printed."""
    path = tmp_path / "etat-des-lieux.pdf"
    path.write_bytes(render(audit_report(answered, "")))
    return path


def poppler(tool: str, pdf: Path, *more: str) -> str:
    done = subprocess.run([tool, pdf, *more], capture_output=True, text=True, check=True)
    return done.stdout


def text_of(pdf: Path, *more: str) -> str:
    """Return the words of a PDF, one ordinary space apart."""
    return " ".join(poppler("pdftotext", pdf, *more, "-").split())


def test_it_is_offered_for_each_audit(school: Dossier, service: AuditService) -> None:
    (offer,) = [offer for offer in available() if offer.id == "etat-des-lieux"]
    assert offer.missing
    assert not offer.subjects(school)
    first, second = service.start(2025), service.start(2026)
    assert [audit.key for audit in audits(school)] == [str(second), str(first)]
    assert audit_report(school, str(first)).subtitle.startswith("Année scolaire 2025-2026")


def test_nothing_to_print_is_said(school: Dossier) -> None:
    with pytest.raises(UserError, match="Aucun état des lieux"):
        audit_report(school, "")


def test_the_first_page_is_for_the_mayor(pdf: Path) -> None:
    page = text_of(pdf, "-l", "1")
    for expected in (
        "École Jules-Verne · maternelle, élémentaire · 8 classes · 190 élèves",
        "9 / 75",
        "Socle officiel de l’élémentaire : 0 points atteints sur 8.",
        "Aucun socle officiel n’existe ailleurs (maternelle)",
        "Où en est l’école, par domaine",
        "1 obligation légale à satisfaire",
        "Besoins particuliers 0–100 %",
        "Par où commencer",
        "Faire couper les bornes Wi-Fi",
    ):
        assert expected in page, expected
    assert "Ce qui manque" not in page


def test_gaps_are_grouped_by_who_must_provide(pdf: Path) -> None:
    # As a screen reader hears it: headings and cells in order.
    text = " ".join(poppler("pdfinfo", pdf, "-struct-text").split())
    gaps = text[text.index("Ce qui manque") : text.index("Détail par domaine")]
    places = [
        gaps.index(f'"{words}"')
        for words in (
            *("Commune ou intercommunalité", "Wi-Fi coupé hors des usages pédagogiques"),
            *("État", "Ordinateur individuel des enseignants"),
            *("Direction et équipe", "Familles aidées à se servir des outils"),
            *("À trouver", "Occultation"),
        )
    ]
    assert places == sorted(places)
    assert "pour le 23/01/2027" in gaps
    assert "obligation légale (article 7, II, de la loi n° 2015-136 du 9 février 2015)" in gaps
    assert "article L212-4 du code de l’éducation" in gaps
    assert "pas encore de réponse" in gaps


def test_the_detail_says_answers_minimums_and_what_these_are_worth(pdf: Path) -> None:
    text = text_of(pdf)
    detail = text[text.index("Détail par domaine") :]
    for expected in (
        "15,7 pour 100 élèves (22 sur 140)",
        "moyenne nationale : 14,4 pour 100 élèves en 2018-2019",
        "au moins 14 pour 100 élèves – proposition EGN Desktop",
        "les trois – socle officiel",
        "pas de <Wi-Fi> & rien",
        "Mesuré en salle 4 à 10 h",
        "Je ne sais pas",
        "À répondre",
        "ni texte officiel, ni norme",
        "oui – obligation légale (article 7, II, de la loi n° 2015-136 du 9 février 2015)",
        "exposition aux ondes électromagnétiques : article 7, II et III. https://www.legifrance",
        "Version des critères : 2026.2",
    ):
        assert expected in detail, expected


def test_it_is_tagged_and_embeds_its_fonts(pdf: Path) -> None:
    assert re.search(r"Tagged:\s+yes", poppler("pdfinfo", pdf))
    assert "Helvetica" not in poppler("pdffonts", pdf)


def test_a_complete_audit_still_fits_its_summary_on_one_page(
    school: Dossier, service: AuditService, campaign: int, tmp_path: Path
) -> None:
    for question in read(school).questions:
        for worst in ("non", "jamais", "0/1", "0", "700"):
            try:
                service.answer(campaign, question.key, worst)
            except UserError:
                continue
            break
    service.close(campaign)
    path = tmp_path / "complet.pdf"
    path.write_bytes(render(audit_report(school, str(campaign))))
    second = text_of(path, "-f", "2", "-l", "2")
    assert "Ce qui manque, par qui doit le fournir" in second[:120]
    assert "État des lieux 2026-2027, clos le 24 novembre 2026".replace(NARROW, " ") in second


def test_the_same_audit_prints_the_same_bytes(answered: Dossier) -> None:
    assert render(audit_report(answered, "")) == render(audit_report(answered, ""))


def test_the_first_audit_compares_with_nothing(pdf: Path) -> None:
    assert "Ce qui a changé" not in text_of(pdf)


def test_the_year_before_is_compared_with(
    school: Dossier, service: AuditService, tmp_path: Path
) -> None:
    first = service.start(2025)
    service.answer_many(first, LAST)
    service.close(first)
    service.answer_many(service.start(2026), THIS)
    path = tmp_path / "deux-ans.pdf"
    path.write_bytes(render(audit_report(school, "")))
    mayor = text_of(path, "-l", "1")
    assert "Depuis 2025-2026 : 4 écarts comblés, 1 nouvel écart" in mayor
    text = text_of(path)
    changed = text[text.index("Ce qui a changé depuis 2025-2026") : text.index("Détail par")]
    for expected in (
        "Ensemble, 2025-2026",
        "Ensemble, 2026-2027",
        "Débit descendant à l’heure de pointe 18 Mbit/s 30 Mbit/s Mieux Comblé",
        "Familles aidées à se servir des outils Oui Non Moins bien Nouvel écart",
        "3 réponses sont pareilles",
        "Réseau, 2025-2026",
    ):
        assert expected in changed, expected
