# SPDX-License-Identifier: GPL-3.0-or-later
import string
from dataclasses import replace
from pathlib import Path

import pytest

from egn_desktop.actions.rules import Provider
from egn_desktop.audit.letters import PLACEHOLDERS, letters
from egn_desktop.audit.offers import gaps_of_provider, providers_with_gaps
from egn_desktop.audit.queries import gaps
from egn_desktop.audit.report.letter import letter
from egn_desktop.audit.service import AuditService
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exports import available
from egn_desktop.school.queries import LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.who import EquipmentOwner
from egn_desktop.school.words import Owner
from tests.audit.conftest import PRIMARY, read
from tests.audit.test_audit_report import text_of


def printed(dossier: Dossier, key: str, folder: Path) -> Path:
    path = folder / f"courrier-{key}.pdf"
    path.write_bytes(render(letter(dossier, key)))
    return path


def answer_worst(dossier: Dossier, service: AuditService, campaign: int) -> None:
    for question in read(dossier).questions:
        for worst in ("non", "jamais", "0/1", "0", "700"):
            try:
                service.answer(campaign, question.key, worst)
            except UserError:
                continue
            break


def test_the_words_name_what_is_filled_and_nobody_is_left_out() -> None:
    assert {letter.provider for letter in letters()} == {*Provider} - {Provider.SCHOOL}
    for printed in letters():
        for text in (printed.to, printed.opening, printed.worth, printed.request, printed.closing):
            named = {name for _, name, _, _ in string.Formatter().parse(text) if name}
            assert named <= PLACEHOLDERS, printed.id


def test_it_is_offered_to_those_who_have_a_gap_to_close(
    school: Dossier, service: AuditService
) -> None:
    (offer,) = [offer for offer in available() if offer.id == "courrier-collectivite"]
    assert not offer.subjects(school)
    campaign = service.start()
    service.answer(campaign, "res-01", "30")
    assert not offer.subjects(school)
    # What the school itself must do is written to nobody.
    service.answer(campaign, "fam-02", "non")
    assert not offer.subjects(school)
    service.answer_many(campaign, {"res-01": "12", "ens-01": "8/10"})
    assert [subject.key for subject in offer.subjects(school)] == ["co", "st"]
    with pytest.raises(UserError, match="Aucun écart"):
        letter(school, "dep")


def test_it_lists_the_gaps_that_are_theirs(
    school: Dossier, service: AuditService, campaign: int, tmp_path: Path
) -> None:
    service.answer_many(
        campaign, {"res-01": "12", "res-06": "non", "ens-01": "8/10", "fam-02": "non"}
    )
    town = text_of(printed(school, "co", tmp_path))
    for expected in (
        "De École Jules-Verne",
        "Yssingeaux, le 24 novembre 2026",
        "pour l’année scolaire 2026-2027 (en cours)",
        "les repères retenus sont atteints entre",
        "2 relèvent de la mairie",
        "À La mairie, Yssingeaux",
        "article L212-4 du code de l’éducation",
        "Wi-Fi coupé hors des usages pédagogiques",
        "obligation légale (article 7, II, de la loi n° 2015-136 du 9 février 2015)",
        "Je vous prie de croire, Madame, Monsieur, à l’assurance",
        "Mme Nguyen",
    ):
        assert expected in town, expected
    assert "Ordinateur individuel" not in town
    state = text_of(printed(school, "st", tmp_path))
    assert "un relève de l’État" in state
    assert "À L’IA-DASEN, sous couvert de l’IEN de la circonscription" in state
    assert "Wi-Fi" not in state


def test_each_collectivite_of_two_levels_is_written_to(
    dossier: Dossier, service: AuditService
) -> None:
    levels = (LevelCount(Level.COLLEGE, 12, 300), LevelCount(Level.LYCEE, 9, 270))
    SchoolService(dossier).save(replace(PRIMARY, name="Cité scolaire Simone-Veil", levels=levels))
    service.answer(service.start(), "res-01", "12")
    assert [gap.key for gap in providers_with_gaps(dossier)] == ["dep", "reg"]


def test_each_letter_of_a_cite_says_its_own_collectivite_and_its_article(
    dossier: Dossier, service: AuditService, tmp_path: Path
) -> None:
    levels = (LevelCount(Level.COLLEGE, 12, 300), LevelCount(Level.LYCEE, 9, 270))
    SchoolService(dossier).save(replace(PRIMARY, name="Cité scolaire Simone-Veil", levels=levels))
    service.answer(service.start(), "res-01", "12")
    for key, owner, article in (
        ("dep", "du département", "L213-2"),
        ("reg", "de la région", "L214-6"),
    ):
        text = text_of(printed(dossier, key, tmp_path))
        assert f"un relève {owner}" in text
        assert f"article {article} du code de l’éducation" in text
        assert "mairie" not in text


def test_who_speaks_for_the_owner_is_written_to_by_name(
    dossier: Dossier, service: AuditService, tmp_path: Path
) -> None:
    mayor = EquipmentOwner(Owner.SYNDICAT, "Syndicat des Sucs", "Mme Anne Roux, présidente")
    SchoolService(dossier).save(replace(PRIMARY, owners=(mayor,)))
    service.answer(service.start(), "res-01", "12")
    text = text_of(printed(dossier, "co", tmp_path))
    assert "À Mme Anne Roux, présidente, Syndicat des Sucs" in text
    assert "Pièce jointe état des lieux numérique 2026-2027 Madame, L’école" in text
    assert "un relève du syndicat de communes" in text
    assert "Je vous prie de croire, Madame, à l’assurance" in text


def test_the_letter_is_one_page_and_its_annex_has_every_gap(
    dossier: Dossier, service: AuditService, tmp_path: Path
) -> None:
    name = "École maternelle et élémentaire publique intercommunale Marguerite-Yourcenar des Sucs"
    SchoolService(dossier).save(
        replace(
            PRIMARY, name=name, street="1452 bis, avenue du Maréchal-de-Lattre-de-Tassigny",
            postcode="43200", phone="04 71 00 00 00", email="ecole.marguerite-yourcenar@exemple.fr",
        )
    )  # fmt: skip
    answer_worst(dossier, service, service.start())
    every = gaps(dossier)
    for words in letters():
        rows = gaps_of_provider(every, words.provider)
        if not rows:
            continue
        path = printed(dossier, words.id, tmp_path)
        page, annex = text_of(path, "-l", "1"), text_of(path, "-f", "2")
        assert "considération distinguée" in page, words.id
        assert f"Les {len(rows)} écarts sont en annexe" in page
        assert f"Annexe : les {len(rows)} écarts" in annex
        assert all(row.title.replace("\u202f", " ") in annex for row in rows)
