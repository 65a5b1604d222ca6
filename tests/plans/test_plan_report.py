# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.actions.service import ActionService
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.exports import available, file_name
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.plans import rules
from egn_desktop.plans.annex.calls import call_links
from egn_desktop.plans.offers import DRAFT, cards, editions, phone_lists
from egn_desktop.plans.queries import classes, contacts, version_pdf
from egn_desktop.plans.report.plan import crisis_pack, phone_list, plan_annex, reflex_card
from egn_desktop.plans.service import PlanService
from egn_desktop.services import Services


def poppler(tool: str, pdf: Path, *more: str) -> str:
    done = subprocess.run([tool, pdf, *more], capture_output=True, text=True, check=True)
    return done.stdout


def printed(document: object, folder: Path) -> tuple[str, int]:
    """Return the words of a document, one ordinary space apart, and its number of pages."""
    pdf = folder / "document.pdf"
    pdf.write_bytes(document if isinstance(document, bytes) else render(document))  # type: ignore[arg-type]
    pages = next(line for line in poppler("pdfinfo", pdf).splitlines() if line.startswith("Pages:"))
    return " ".join(poppler("pdftotext", pdf, "-").split()), int(pages.split()[1])


def test_the_documents_are_offered() -> None:
    offered = {offer.id: offer for offer in available()}
    assert {"plan-de-continuite", "fiche-reflexe", "dossier-de-crise", "annuaire-de-crise"} <= set(
        offered
    )


def test_an_empty_dossier_has_no_plan_to_print_but_every_reflex_card(dossier: Dossier) -> None:
    assert not editions(dossier)
    assert not phone_lists(dossier)
    assert {card.key for card in cards(dossier)} == {scenario.id for scenario in rules.scenarios()}


def test_the_draft_says_that_it_is_one(complete: Dossier, tmp_path: Path) -> None:
    (subject,) = editions(complete)
    assert (subject.key, subject.label) == ("projet", "Projet du 24/11/2026")
    text, _ = printed(plan_annex(complete, subject.key), tmp_path)
    assert "Ce document est un projet." in text
    assert "Projet, non arrêté" in text
    assert "Cette partie reste à écrire." in text


def test_the_adopted_annex_holds_the_whole_plan(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    service.edit_scenario("inondation", "first_hour", "Monter <vite> & compter")
    service.plan_measure(1, title="Fixer des horaires de réponse")
    service.adopt(body="conseil d’école", participants="Mme Joly, la mairie")
    (subject,) = editions(complete)
    assert subject.key == "1"
    frozen = plan_annex(complete, "1")
    assert frozen == version_pdf(complete, 1)
    text, _ = printed(frozen, tmp_path)
    for expected in (
        "Version 1 arrêtée le 24/11/2026",
        "Sommaire",
        "Mme Joly, la mairie",
        "École Jules-Verne · Yssingeaux · 0430999C",
        "Objet et champ du plan",
        "Garder le lien avec chaque élève 2 jours Enseignants",
        "Monter <vite> & compter",
        "Surcharge de travail en crise",
        "27",
        "Priorité 1",
        "Fixer des horaires de réponse",
        "connaissance des représentants du personnel",
        "au moins quarante ans",
        "IA-DASEN de la Haute-Loire",
        "Élèves inscrits 122",
        "Élémentaire",
    ):
        assert expected in text, expected
    for absent in ("projet", "reste à écrire", "06 39 98 01 02", "Pandémie", "Au collège"):
        assert absent not in text, absent
    assert "Helvetica" not in poppler("pdffonts", tmp_path / "document.pdf")


def test_the_annex_says_which_actions_are_late(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    actions = ActionService(complete)
    actions.add(title="Acheter deux clés", due_on=date(2026, 11, 1), cost="environ 300 €")
    actions.add(title="Louer un local", due_on=date(2027, 1, 15))
    service.adopt(body="conseil d’école")
    text, _ = printed(plan_annex(complete, "1"), tmp_path)
    for expected in ("2 actions ouvertes, dont 1 en retard.", "environ 300 €", "01/11/2026"):
        assert expected in text, expected
    assert text.index("Acheter deux clés") < text.index("Louer un local")
    assert text.count("En retard") == 1


@pytest.mark.parametrize("words", [1, 40, 400, 1200])
def test_signatures_stay_on_the_page_of_their_heading(
    complete: Dossier, service: PlanService, tmp_path: Path, words: int
) -> None:
    """Whatever is written before moves them down the page."""
    service.write_section("objet", "mot " * words)
    pdf = tmp_path / "projet.pdf"
    document = plan_annex(complete, "projet")
    assert not isinstance(document, bytes)
    pdf.write_bytes(render(document))
    pages = poppler("pdftotext", pdf, "-").split("\f")
    (signed,) = [page for page in pages if "Fait à" in page]
    for expected in ("Signatures et suites", "Pour l’instance", "Pour le responsable du DUERP"):
        assert expected in " ".join(signed.split())


def test_the_next_version_says_what_changed(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    service.adopt(body="conseil d’école")
    assert [edition.key for edition in editions(complete)] == ["1"]
    service.write_section("objet", "Un autre objet")
    assert [edition.key for edition in editions(complete)] == ["projet", "1"]
    service.adopt(body="conseil d’école")
    assert [edition.key for edition in editions(complete)] == ["2", "1"]
    text, _ = printed(plan_annex(complete, "2"), tmp_path)
    assert "Partie « Objet et champ du plan » modifiée." in text


def test_the_same_draft_prints_the_same_bytes(complete: Dossier) -> None:
    first = plan_annex(complete, "projet")
    assert not isinstance(first, bytes)
    again = plan_annex(complete, "projet")
    assert not isinstance(again, bytes)
    assert render(first) == render(again)


@pytest.mark.parametrize("scenario", [scenario.id for scenario in rules.scenarios()])
def test_a_reflex_card_holds_on_one_page_with_whom_to_call(
    dossier: Dossier, service: PlanService, tmp_path: Path, scenario: str
) -> None:
    for role in ("direction", "suppleant", "journal", "pedagogie", "numerique", "mairie", "ien"):
        service.add_contact(
            role=role, name="Mme Chevalier-Lemoine, service scolaire", phone="06 39 98 01 02"
        )
    services = Services.of(dossier)
    for number in range(12):
        services.pupils.add_pupil(PupilInput("Arnaud", f"Léa {number}", school_class="CP"))
    service.write_class(classes(dossier)[0].key, without_device=7, without_connection=5, packs=2)
    text, pages = printed(reflex_card(dossier, scenario), tmp_path)
    assert pages == 1
    entry = rules.scenarios()[scenario]
    numbers = ("06 39 98 01 02", "15 (SAMU)", "112", "114", "Il manque")
    for expected in (entry.title, *numbers, *entry.first_hour, *entry.first_day):
        assert " ".join(expected.split()) in text, expected


@pytest.mark.parametrize("scenario", ["inondation", "coupure"])
def test_a_crisis_pack_opens_on_a_page_that_is_enough_to_act(
    complete: Dossier, service: PlanService, tmp_path: Path, scenario: str
) -> None:
    services = Services.of(complete)
    for last in ("Arnaud", "Bonnet"):
        services.pupils.add_pupil(PupilInput(last_name=last, first_name="Léa", school_class="CP"))
    service.write_class(classes(complete)[0].key, teacher="Mme Aubry", rota="Mme Aubry, mardi")
    service.add_class(name="ULIS", pupils=4)
    pdf = tmp_path / "pack.pdf"
    pdf.write_bytes(render(crisis_pack(complete, scenario)))
    pages = [" ".join(part.split()) for part in poppler("pdftotext", pdf, "-").split("\f")]
    entry = rules.scenarios()[scenario]
    numbers = ("06 39 98 01 02", "Qui appelle qui")
    for expected in (entry.title, *numbers, *entry.first_hour, *entry.first_day):
        assert " ".join(expected.split()) in pages[0], expected
    rest = " ".join(pages[1:])
    for expected in (
        "Cellule de crise",
        "Message aux familles",
        *entry.first_week,
        "Mme Aubry, mardi",
        "Capacité",
        "Feuille de remise, CP",
        "Feuille de remise, ULIS",
        pupils(complete)[0].name,
    ):
        assert " ".join(expected.split()) in rest, expected
    assert "projet" not in rest


def test_the_phone_list_holds_on_one_page_and_marks_what_to_check(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    from egn_desktop.plans.catalogue import roles
    from egn_desktop.school.words import ANY_SCHOOL

    for role in (role for role in roles() if role.holds_for(ANY_SCHOOL)):
        service.add_contact(role=role.id, name="M. Charpentier", phone="06 39 98 05 06")
    text, pages = printed(phone_list(complete, ""), tmp_path)
    assert pages == 1
    for expected in ("Claire Morvan", "Mme Aubry", "12/09/2026", "À vérifier", "112"):
        assert expected in text, expected


def test_the_phone_tree_says_who_calls_whom(
    complete: Dossier, service: PlanService, tmp_path: Path
) -> None:
    service.add_contact(role="suppleant", name="Mme Aubry", phone="06 39 98 05 06")
    service.add_contact(role="mairie", name="M. Roux", phone="04 65", called_by="Mme Aubry")
    leader, deputy = call_links(contacts(complete))
    assert leader == ("Claire Morvan", ["Mme Aubry"])
    assert deputy == ("Mme Aubry", ["M. Roux"])
    text, _ = printed(phone_list(complete, ""), tmp_path)
    assert "Chaîne d’appel" in text
    assert "Les familles de sa classe" in text
    annexed, _ = printed(plan_annex(complete, DRAFT), tmp_path)
    assert "Chaîne d’appel" in annexed


def test_files_are_named_after_the_version(complete: Dossier, service: PlanService) -> None:
    service.adopt(body="conseil d’école")
    offer = next(offer for offer in available() if offer.id == "plan-de-continuite")
    (subject,) = editions(complete)
    assert file_name(offer, subject) == "plan-de-continuite-1-version-1-24-11-2026.pdf"
