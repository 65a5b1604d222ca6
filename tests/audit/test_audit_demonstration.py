# SPDX-License-Identifier: GPL-3.0-or-later
"""What the demonstration school prints and exports of its two audits, as its mayor reads it."""

import json
from datetime import date
from pathlib import Path

import pikepdf

from egn_desktop.actions.rules import Provider
from egn_desktop.audit.exports import answer_rows, indicators_json
from egn_desktop.audit.offers import gaps_of_provider, providers_with_gaps
from egn_desktop.audit.queries import gaps, view
from egn_desktop.audit.report.baseline import audit_report
from egn_desktop.audit.report.letter import letter
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from tests.audit.test_audit_report import poppler, text_of

TODAY = date(2026, 11, 24)


def printed(content: bytes, path: Path) -> Path:
    path.write_bytes(content)
    return path


def test_the_report_reads_as_a_whole(demo: Dossier, tmp_path: Path) -> None:
    path = printed(render(audit_report(demo, "")), tmp_path / "rapport.pdf")
    mayor = text_of(path, "-l", "1")
    for expected in (
        "École Jules-Verne · maternelle, élémentaire · 8 classes · 190 élèves",
        "Depuis 2025-2026 : 27 écarts comblés, 0 nouvel écart ; les repères étaient atteints à",
        "Socle officiel de l’élémentaire : 3 points atteints sur 8.",
        "Par où commencer",
    ):
        assert expected in mayor, expected
    whole = text_of(path)
    parts = (
        "Ce qui manque, par qui doit le fournir",
        "Ce qui a changé depuis 2025-2026",
        "Ensemble, 2025-2026",
        "Question par question",
        "Qui assure la maintenance Non Oui Mieux Comblé",
        "Délai habituel de réparation 21 jours 8 jours Mieux Demeure",
        "Domaine par domaine, année après année",
        "Besoins particuliers, 2026-2027",
        "À trouver",
        "Détail par domaine",
        "Sources, et ce que valent les repères",
    )
    places = [whole.index(part) for part in parts]
    assert places == sorted(places)


def test_the_chart_says_in_words_what_it_shows(demo: Dossier, tmp_path: Path) -> None:
    path = printed(render(audit_report(demo, "")), tmp_path / "rapport.pdf")
    with pikepdf.open(path) as pdf:
        said = [
            str(part.Alt)
            for part in pdf.objects
            if isinstance(part, pikepdf.Dictionary) and "/Alt" in part
        ]  # fmt: skip
    words = "Réseau : 68 % en 2025-2026, puis 69 % en 2026-2027"
    assert any(words in part for part in said)


def test_each_who_must_act_gets_a_page_and_an_annex(demo: Dossier, tmp_path: Path) -> None:
    assert [gap.key for gap in providers_with_gaps(demo)] == ["co", "st"]
    town = printed(render(letter(demo, "co")), tmp_path / "co.pdf")
    state = printed(render(letter(demo, "st")), tmp_path / "st.pdf")
    page, annex = text_of(town, "-l", "1"), text_of(town, "-f", "2")
    for expected in (
        "À Mme Hélène Vial, maire, Mairie d’Yssingeaux",
        "Yssingeaux, le 24 novembre 2026",
        "elle en assure l’équipement et le fonctionnement (article L212-4 du code de l’éducation)",
        "Haut-parleurs (élémentaire) 83,3 % (5 sur 6) 100 % – socle officiel",
        "Les 14 écarts sont en annexe",
        "Claire Morvan",
    ):
        assert expected in page, expected
    rows = gaps_of_provider(gaps(demo), Provider.COMMUNE)
    assert len(rows) == 14
    for row in rows:
        assert row.title.replace("\u202f", " ") in annex, row.title
    assert "Salle de visioconférence Non oui – États généraux" in annex
    assert "Pages: 1 " in " ".join(poppler("pdfinfo", state).split())
    assert "Ordinateur individuel des enseignants 90 % (9 sur 10)" in text_of(state)
    assert render(letter(demo, "co")) == render(letter(demo, "co"))


def test_what_is_exported_agrees_with_what_is_shown(demo: Dossier) -> None:
    audit = view(demo)
    assert audit is not None
    said = json.loads(indicators_json(audit))
    assert said["reponses"] == audit.answered
    states = [entry["bilan"] for entry in said["criteres"]]
    # Gaps are counted by criterion and minimum; the table, by question.
    missed = {gap.line.question.key for gap in audit.result.gaps}
    assert states.count("ecart") == len(missed)
    assert sum(row[13] == "Écart" for row in answer_rows(audit)) == len(missed)
    for secret in ("Jules-Verne", "Yssingeaux", "0430999C", "Morvan", "poste de direction"):
        assert secret not in indicators_json(audit).decode()
