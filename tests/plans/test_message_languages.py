# SPDX-License-Identifier: GPL-3.0-or-later
"""The messages to families in other languages: faithful, printable, never of another meaning."""

import re
from datetime import date
from io import BytesIO

import pikepdf
import pytest

from egn_desktop.documents.blocks import Document, Foreign, Heading, Paragraph, Together
from egn_desktop.documents.render import render
from egn_desktop.documents.text import fonts, styles
from egn_desktop.dossier import Dossier
from egn_desktop.exports import offer_of, pdf_bytes, subject_of
from egn_desktop.plans import rules
from egn_desktop.plans.messages import ONE_SMS, Channel, sms_count, sms_length, sms_text
from egn_desktop.plans.offers import MESSAGES, find_message
from egn_desktop.plans.report.messages import FRENCH_ALONE, TO_FILL_IN, message_sheet
from egn_desktop.plans.service import PlanService
from egn_desktop.plans.translations import (
    SECOND_DEGREE,
    Translated,
    offered,
    phrases,
    said_in,
    translated,
)
from egn_desktop.school.languages import Language, languages
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.words import Owner, SchoolKind

SCHOOL = Identity(
    name="École élémentaire Jules-Verne",
    head="Claire Morvan",
    phone="04 65 71 00 43",
    levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
)
DAY = date(2026, 11, 24)
LANGUAGES = list(languages())
OTHER_ALPHABETS = {"ar", "uk"}


def by_id(language: Language) -> str:
    return language.id


every_language = pytest.mark.parametrize("language", LANGUAGES, ids=by_id)


def french_messages() -> dict[str, tuple[str, str]]:
    """Return the long and the short message of each scenario by the ids of the translations."""
    first, second = (
        {
            scenario.id: (scenario.message, scenario.sms)
            for scenario in rules.scenarios(SchoolKind(degree, False, owner))
        }
        for degree, owner in ((True, Owner.COMMUNE), (False, Owner.DEPARTEMENT))
    )
    otherwise = {
        f"{entry}{SECOND_DEGREE}": said
        for entry, said in second.items()
        if said[0].count("…") != first[entry][0].count("…")
    }
    return first | otherwise


def skeleton(text: str) -> tuple[list[str], list[str], int]:
    """Return what no translation may change: what is filled in, figures, and the blanks."""
    names = sorted(set(re.findall(r"{(\w+)}", text)) - {"lieu"})
    return names, re.findall(r"\d+", text), text.count("…")


@every_language
def test_every_message_has_the_figures_the_names_and_the_blanks_of_the_french(
    language: Language,
) -> None:
    found = translated(language.id)
    for entry_id, (message, sms) in french_messages().items():
        entry = found[entry_id]
        assert skeleton(entry.message) == skeleton(message), entry_id
        assert skeleton(entry.sms) == skeleton(sms), entry_id
        assert entry.sms.partition(":")[0].endswith("{école}"), "who speaks is said first"


def test_a_number_that_must_stay_free_is_given_in_no_language() -> None:
    for language in LANGUAGES:
        pollution = translated(language.id)["pollution"]
        assert "{téléphone}" not in pollution.message + pollution.sms


@every_language
def test_the_fonts_write_every_sign_of_a_message(language: Language) -> None:
    around = phrases()[language.id]
    said = [
        text
        for entry in translated(language.id)
        for text in (entry.subject, entry.message, entry.sms)
    ]
    for text in (*said, around.heading, around.seen, around.hello, around.to_check):
        written = "".join(words for words, _ in fonts.runs(text, styles.REGULAR))
        assert fonts.UNKNOWN not in written, text


@every_language
def test_a_message_is_ready_for_every_channel(language: Language) -> None:
    for scenario in rules.scenarios():
        found = {
            message.channel: message.text
            for message in said_in(language, scenario.id, (), SCHOOL, DAY)
        }
        assert list(found) == list(Channel)
        assert not any("{" in text for text in found.values()), scenario.id
        assert "École élémentaire Jules-Verne" in found[Channel.SMS]
        assert "Claire Morvan" in found[Channel.MAIL]
        assert "24/11/2026" in found[Channel.NOTE]
        assert phrases()[language.id].needs in found[Channel.CALL]
        text = found[Channel.SMS]
        if language.id in OTHER_ALPHABETS:
            assert sms_text(text) == text
            assert sms_count(text) <= 3, scenario.id
        else:
            assert sms_length(text) <= ONE_SMS, scenario.id
            written = re.sub(r"[?¿]", "", translated(language.id)[scenario.id].sms)
            assert "?" not in sms_text(written), "a letter would be lost"


@pytest.mark.parametrize(
    ("text", "count"),
    [("а" * 70, 1), ("а" * 71, 2), ("ب" * 134, 2), ("ب" * 135, 3), ("a" * 160, 1)],
)
def test_another_alphabet_takes_more_text_messages(text: str, count: int) -> None:
    assert sms_count(text) == count
    assert sms_text(text) == text


def test_what_the_school_has_put_in_its_own_words_is_translated_by_nobody() -> None:
    turkish = languages()["tr"]
    assert said_in(turkish, "coupure", {"families"}, SCHOOL, DAY)
    for field in ("message", "sms"):
        assert not said_in(turkish, "coupure", {field}, SCHOOL, DAY)
        assert not offered("coupure", {field}, first_degree=True)
    assert not offered("ecole-1", (), first_degree=True)
    assert len(offered("coupure", (), first_degree=True)) == len(LANGUAGES)


def test_an_establishment_says_its_own_words_where_it_has_some() -> None:
    establishment = Identity(name="Collège Curie", levels=(LevelCount(Level.COLLEGE, 5, 122),))
    spanish = languages()["es"]
    found = said_in(spanish, "absence-massive", (), establishment, DAY)
    assert "profesores" in found[1].text
    assert "docentes" in said_in(spanish, "absence-massive", (), SCHOOL, DAY)[1].text
    assert said_in(spanish, "canicule", (), establishment, DAY)


def foreign_in(document: Document) -> list[Foreign]:
    """Return what a sheet says in other languages, after each heading."""
    return [
        block.text
        for group in document.blocks
        if isinstance(group, Together)
        for block in group.blocks
        if isinstance(block, Paragraph) and isinstance(block.text, Foreign)
    ]


def test_one_sheet_says_the_message_in_every_language(dossier: Dossier) -> None:
    SchoolService(dossier).save(SCHOOL)
    sheet = message_sheet(dossier, "inondation")
    said = foreign_in(sheet)
    assert [message.language for message in said[::2]] == [message.id for message in LANGUAGES]
    assert all(TO_FILL_IN in str(message.text) for message in said[::2])
    assert [message.text for message in said[1::2]] == [
        phrases()[message.id].to_check for message in LANGUAGES
    ]
    with pikepdf.open(BytesIO(render(sheet))) as pdf:
        assert len(pdf.pages) == 2
    few = message_sheet(dossier, "inondation/ar+uk")
    assert [message.language for message in foreign_in(few)[::2]] == ["ar", "uk"]
    with pikepdf.open(BytesIO(render(few))) as pdf:
        assert len(pdf.pages) == 1


def test_a_message_in_the_school_s_words_is_printed_in_french_alone(
    dossier: Dossier, service: PlanService
) -> None:
    service.edit_scenario("inondation", "message", "Le pont est coupé.")
    sheet = message_sheet(dossier, "inondation/ar")
    assert not foreign_in(sheet)
    assert Paragraph(FRENCH_ALONE, style="muted") in sheet.blocks
    assert not any(isinstance(block, Heading) for block in sheet.blocks)


def test_the_sheet_is_offered_with_languages_in_its_key(
    dossier: Dossier, service: PlanService
) -> None:
    offer = offer_of(MESSAGES)
    assert subject_of(offer, dossier, "canicule").key == "canicule"
    assert subject_of(offer, dossier, "canicule/tr+ro").label.endswith("(turc, roumain)")
    for key in ("canicule/", "canicule/xx", "canicule/tr+", "nulle-part/tr"):
        assert find_message(dossier, key) is None
    assert pdf_bytes(dossier, offer.id, "canicule/tr+ro").startswith(b"%PDF")


def test_each_translation_has_words_of_its_own() -> None:
    for entry_id in french_messages():
        said = [translated(language.id)[entry_id].message for language in LANGUAGES]
        assert len(set(said)) == len(LANGUAGES)
    assert isinstance(translated("it")["pandemie"], Translated)
