# SPDX-License-Identifier: GPL-3.0-or-later
"""The agreement beside French, for the staff, and for several devices at once."""

import re
import unicodedata
from collections import Counter
from datetime import date
from io import BytesIO
from string import Formatter
from typing import get_args

import msgspec
import pikepdf
import pytest

from egn_desktop import content
from egn_desktop.documents.blocks import Callout, Document
from egn_desktop.documents.render import render
from egn_desktop.documents.text import fonts, styles
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exports import file_name, offer_of, pdf_bytes, subject_of
from egn_desktop.features import resolve
from egn_desktop.inventory.papers import clauses
from egn_desktop.inventory.papers.acts import AGREEMENT, act, acts
from egn_desktop.inventory.papers.case import Case
from egn_desktop.inventory.papers.forms import case_of, compose
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.terms import Condition, DeviceKind
from egn_desktop.school.languages import languages
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.school.who import EquipmentOwner
from egn_desktop.school.words import Owner
from egn_desktop.services import Services

LANGUAGES = [language.id for language in languages()]


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """A pupil with one laptop, loan 1; a teacher with a laptop and a tablet, loans 2 and 3."""
    SchoolService(dossier).save(
        Identity(
            name="École Jules-Verne",
            phone="04 65 71 00 43",
            head="Claire Morvan",
            levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
            owners=(EquipmentOwner(Owner.COMMUNE, "Mairie", accord_on=date(2026, 9, 1)),),
        )
    )
    made = Services.of(dossier)
    kinds = (DeviceKind.LAPTOP, DeviceKind.LAPTOP, DeviceKind.TABLET)
    for number, kind in enumerate(kinds, 1):
        made.devices.add_device(
            DeviceInput(f"YSS-{number:04}", kind, owner="Mairie", accessories=("chargeur",))
        )
    guardian = GuardianFields("Mme", "Benali", "Nadia")
    pupil = made.pupils.add_pupil(PupilInput("Benali", "Inès", guardians=(guardian,)))
    teacher = made.staff.add_staff(
        StaffFields("Lambert", "Hélène", "Enseignante, CE1", "h.lambert@exemple.fr")
    )
    made.loans.lend(device_id=1, borrower_id=pupil, due_on=date(2027, 7, 2))
    made.loans.lend(device_id=2, borrower_id=teacher, due_on=date(2027, 7, 2))
    made.loans.lend(device_id=3, borrower_id=teacher, due_on=date(2026, 12, 18))
    return made


def case(dossier: Dossier, *loan_ids: int, language: str = "") -> Case:
    return case_of(dossier, act(AGREEMENT), loan_ids, language=language)


def said(document: Document) -> dict[str, str]:
    """Return the text of a PDF by language, in the order of reading."""
    words = {"fr": ""} | dict.fromkeys(LANGUAGES, "")
    with pikepdf.open(BytesIO(render(document))) as pdf:
        letters = [
            {str(name): _map(font) for name, font in page.obj.Resources.Font.items()}
            for page in pdf.pages
        ]
        marked = [_marked(page, fonts) for page, fonts in zip(pdf.pages, letters, strict=True)]
        numbers = {page.objgen: number for number, page in enumerate(pdf.pages)}

        def read(element: pikepdf.Object, language: str) -> None:
            language = str(element.get("/Lang", language))
            if "/ActualText" in element:
                words[language] += f" {element.ActualText}"
                return
            for kid in element.get("/K", []):
                if kid.Type == "/StructElem":
                    read(kid, language)
                elif kid.Type == "/MCR":
                    on_page = marked[numbers[kid.Pg.objgen]]
                    words[language] += f" {on_page.get(int(kid.MCID), '')}"

        for root in pdf.Root.StructTreeRoot.K:
            read(root, "fr")
    return {code: " ".join(text.split()) for code, text in words.items()}


def _map(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(r"<(..)> <(....)>", font.ToUnicode.read_bytes().decode())
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}


def _marked(page: pikepdf.Page, fonts: dict[str, dict[int, str]]) -> dict[int, str]:
    found: dict[int, str] = {}
    mark, font = -1, ""
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" if "/MCID" in operands[1]:
                mark = int(operands[1].MCID)
            case "EMC":
                mark = -1
            case "Tf":
                font = str(operands[0])
            case "Tj" if mark >= 0:
                text = "".join(fonts[font][code] for code in bytes(operands[0]))
                found[mark] = found.get(mark, "") + text
    return found


def names_in(text: str) -> Counter[str]:
    """Return the placeholders; their case is French, and another language turns the words."""
    return Counter(
        re.sub(f"_({'|'.join(get_args(clauses.Form))})$", "", name.lower())
        for _, name, _, _ in Formatter().parse(text)
        if name
    )


def figures_in(text: str) -> list[str]:
    """Return the numbers that a text writes in figures."""
    return re.findall(r"\d+", text)


def french_words() -> dict[str, clauses.Clause | clauses.PlainSentence | clauses.Translated]:
    return {
        entry.id: entry
        for catalogue in (clauses.clauses(), clauses.summary(), clauses.wording("fr"))
        for entry in catalogue
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_has_every_id_and_every_placeholder(code: str) -> None:
    french = french_words()
    may_lack = {clause.id for clause in (*clauses.clauses(), *clauses.summary())}
    signers = {signer.id: signer for act in acts() if act.translated for signer in act.signers}
    found = {translated.id: translated for translated in clauses.wording(code)}
    assert not found.keys() - french.keys() - signers.keys()
    assert not french.keys() - may_lack - found.keys()
    assert not signers.keys() - found.keys()
    for signer_id, signer in signers.items():
        assert bool(found[signer_id].why) == bool(signer.why), signer_id
    for entry_id, original in french.items():
        translated_entry = found.get(entry_id, original)
        assert names_in(translated_entry.text).keys() == names_in(original.text).keys(), entry_id
        assert figures_in(translated_entry.text) == figures_in(original.text), entry_id
        assert bool(translated_entry.title) == isinstance(original, clauses.Clause), entry_id
        assert translated_entry.text.strip() == translated_entry.text


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_fonts_write_every_sign_of_a_language(code: str) -> None:
    for translated in (*clauses.wording(code), languages()[code]):
        said = " ".join(map(str, msgspec.structs.astuple(translated)))
        for font in (styles.REGULAR, styles.STRONG, styles.BOLD):
            written = "".join(words for words, _ in fonts.runs(said, font))
            assert fonts.UNKNOWN not in written, (translated.id, said)


def test_a_sign_that_no_font_writes_would_be_seen() -> None:
    assert fonts.UNKNOWN in "".join(words for words, _ in fonts.runs("王", styles.REGULAR))


def test_a_clause_that_is_not_translated_stands_in_french_and_says_so(
    dossier: Dossier, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    wording = clauses.wording
    whole = wording("tr")
    lacking = content.Catalogue(
        whole.version, tuple(translated for translated in whole if translated.id != "vol")
    )
    monkeypatch.setattr(clauses, "wording", lambda code: lacking if code == "tr" else wording(code))
    both = said(compose(case(dossier, 1, language="tr")))
    assert both["tr"].count(whole["untranslated"].text) == 1
    assert f"{whole['vol'].title}." not in both["tr"]
    assert "Vol." in both["fr"]


def test_every_condition_has_a_label() -> None:
    for condition in Condition:
        assert clauses.wording("fr")[f"condition-{condition.value}"].text == condition.label


def test_arabic_is_written_in_arabic_letters_without_vowel_signs() -> None:
    for translated in clauses.wording("ar"):
        words = re.sub(r"\{\w+\}|1880", "", f"{translated.title} {translated.text}")
        assert not re.search("[a-zA-Z]", words), translated.id
        assert not any(unicodedata.combining(char) for char in words), translated.id


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_agreement_says_everything_in_both_languages(
    dossier: Dossier, services: Services, code: str
) -> None:
    alone = said(compose(case(dossier, 1)))
    both = said(compose(case(dossier, 1, language=code)))
    assert not alone[code]
    for entry in clauses.said_in(AGREEMENT, clauses.BorrowerKind.PUPIL, clauses.clauses()):
        title = clauses.wording(code)[entry.id].title
        assert f"{title}." in both[code], title
        assert f"{entry.title}." in both["fr"]
    for words in ("Benali Inès", "04 65 71 00 43", "02/07/2027"):
        assert words in both[code]
    assert languages()[code].name in both[code]
    assert clauses.wording(code)["binding"].text in both[code]
    assert "à faire relire par une personne qui lit cette langue" in both["fr"]
    assert "Le texte français fait foi." in both["fr"]
    assert "Le texte français fait foi." not in alone["fr"]
    assert "{" not in both[code] + both["fr"]
    assert "2 juillet 2027" in both["fr"]


def test_each_language_is_offered_by_a_key(dossier: Dossier, services: Services) -> None:
    offer = offer_of("convention-de-pret")
    assert [subject.key for subject in offer.subjects(dossier)] == ["3", "1", "2"]
    arabic = subject_of(offer, dossier, "1/ar")
    assert arabic.label.endswith("(arabe)")
    assert file_name(offer, arabic).startswith("convention-de-pret-1-ar-benali-ines")
    assert subject_of(offer, dossier, "2+3").label == "Lambert Hélène, 2 appareils"
    assert pdf_bytes(dossier, offer.id, "2+3/en").startswith(b"%PDF")
    for key in ("1/xx", "1+2", "9", "x", "1/ar/en"):
        with pytest.raises(UserError):
            pdf_bytes(dossier, offer.id, key)
    services.loans.return_device(1)
    with pytest.raises(UserError):
        subject_of(offer, dossier, "1")


def test_a_day_is_printed_in_a_language_too(dossier: Dossier, services: Services) -> None:
    offer = offer_of("conventions-d-une-remise")
    subject = subject_of(offer, dossier, "2026-11-24/ar")
    assert subject.label == "24/11/2026, 3 prêts (arabe)"
    composed = resolve(offer.maker)(dossier, subject.key)
    assert isinstance(composed, Document)
    text = said(composed)
    assert text["ar"].count(clauses.wording("ar")["binding"].text) == 2
    assert text["fr"].count("Convention de prêt : Lambert Hélène") == 1
    assert "Prêts n° 2, 3 du 24/11/2026" in text["fr"]


def test_a_language_without_a_translation_is_refused(dossier: Dossier, services: Services) -> None:
    with pytest.raises(UserError) as refused:
        compose(case(dossier, 1, language="zz"))
    assert refused.value.todo.startswith("Au choix : en (anglais), ar (arabe), ")


def test_staff_sign_for_themselves_and_for_all_their_devices_at_once(
    dossier: Dossier, services: Services
) -> None:
    document = compose(case(dossier, 2, 3))
    text = said(document)["fr"]
    for words in (
        "L’emprunteur Lambert Hélène, Enseignante, CE1 · h.lambert@exemple.fr",
        "pour son travail",
        "YSS-0002",
        "YSS-0003",
        "du 24 novembre 2026 au 2 juillet 2027 ; du 24 novembre 2026 au 18 décembre 2026",
        "Date de retour : 18 décembre 2026 ; 2 juillet 2027.",
        "Données des élèves.",
        "Prêt de matériel",
    ):
        assert words in text or words in document.subject, words
    assert document.subtitle == "Lambert Hélène · 2 appareils"
    for words in ("famille", "représentant légal", "L’élève", "Filtrage"):
        assert words.lower() not in text.lower(), words
    assert text.count("Lu et approuvé") == 1
    assert [signer.name for signer in case(dossier, 2, 3).signers] == [
        "Lambert Hélène",
        "Claire Morvan",
    ]


def test_one_agreement_is_one_person_s(dossier: Dossier, services: Services) -> None:
    with pytest.raises(UserError, match="une seule personne"):
        case(dossier, 1, 2)


def test_the_summary_is_large(dossier: Dossier, services: Services) -> None:
    summary = compose(case(dossier, 1)).blocks[0]
    assert isinstance(summary, Callout)
    assert summary.large
    with pikepdf.open(BytesIO(render(compose(case(dossier, 1))))) as pdf:
        sizes = [
            float(operands[1])
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "Tf"
        ]
    assert sizes.count(13.4) >= 5
