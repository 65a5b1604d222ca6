# SPDX-License-Identifier: GPL-3.0-or-later
"""Arabic beside French: letters joined, in the right order, named in the structure, read back."""

import re
import unicodedata
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.documents.blocks import (
    Both,
    Column,
    Document,
    Facts,
    Foreign,
    Heading,
    Paragraph,
    SideBySide,
    SignatureBox,
    Signatures,
    Table,
)
from egn_desktop.documents.render import render
from egn_desktop.documents.text import arabic, fonts
from egn_desktop.documents.text.bidi import END_OF_ISOLATE, ISOLATE, isolated, visual_order
from egn_desktop.documents.text.lines import break_lines, plain
from egn_desktop.documents.text.styles import BODY
from tests.documents.conftest import Poppler

RIGHT = BODY.foreign(right_to_left=True)
MIXED = st.text(
    "ab Z159 +-/.,:()[]%é«»" + "ابتةلسلمأشكرء،؟٣" + "\u00a0\u202f",
    max_size=30,
)


def foreign(text: str) -> Foreign:
    return Foreign(text, "ar", right_to_left=True)


def shown(text: str, *, right_to_left: bool = True) -> str:
    """Return a line as it looks, from left to right."""
    return "".join(char for _, char in visual_order(text, right_to_left=right_to_left))


@pytest.mark.parametrize(
    ("word", "places"),
    [
        ("بيت", "initial medial final"),
        ("دار", "isolated isolated isolated"),
        ("مدرسة", "initial final isolated initial final"),
        ("بـ", "initial -"),
        ("ء", "isolated"),
        ("پیچ", "initial medial final"),
    ],
)
def test_letters_take_the_shape_of_their_place(word: str, places: str) -> None:
    names = [unicodedata.decomposition(char).partition(" ")[0] for char in arabic.joined(word)]
    assert [name.strip("<>") or "-" for name in names] == places.split()


@pytest.mark.parametrize(
    ("word", "shapes"), [("لا", "\ufefb"), ("بلاد", "\ufe91\ufefc\ufea9"), ("الأرقام", None)]
)
def test_lam_and_alef_are_one_shape(word: str, shapes: str | None) -> None:
    joined = arabic.joined(word)
    assert len(joined) == len(word) - 1
    assert unicodedata.normalize("NFKC", joined) == word
    if shapes:
        assert joined == shapes


@given(MIXED)
def test_shapes_stand_for_the_letters_that_were_typed(text: str) -> None:
    assert unicodedata.normalize("NFKC", arabic.joined(text)) == unicodedata.normalize("NFKC", text)


def test_vowel_signs_are_left_out_rather_than_misplaced() -> None:
    assert arabic.joined("مَدْرَسَة") == arabic.joined("مدرسة")


# As the reference implementations of the Unicode algorithm order them.
@pytest.mark.parametrize(
    ("typed", "looks"),
    [
        ("ابت abc", "abc تبا"),
        ("ا 12 ب", "ب 12 ا"),
        ("في 13/11/2026.", ".13/11/2026 يف"),
        ("ا (ب)؟", "؟(ب) ا"),
        ("ا (abc) ب", "ب (abc) ا"),
        ("a@b.fr.", ".a@b.fr"),
        ("ا: 04\u00a065\u00a071.", ".04\u00a065\u00a071 :ا"),
        ("«اب»", "«با»"),
    ],
)
def test_a_line_from_the_right_is_ordered_as_unicode_says(typed: str, looks: str) -> None:
    assert shown(typed) == looks


def test_arabic_within_french_turns_by_itself() -> None:
    assert shown("Élève : محمد (CM2)", right_to_left=False) == "Élève : دمحم (CM2)"


def test_a_number_or_name_kept_apart_stays_in_one_piece() -> None:
    assert shown("ا +33 6 ب") == "ب 6 33+ ا"
    assert shown(f"ا {isolated('+33 6')} ب") == "ب +33 6 ا"
    assert shown(f"ا {isolated('HP (11)')}، ب") == "ب ،HP (11) ا"
    assert shown(f"ا {ISOLATE}abc") == "abc ا"
    assert shown(f"abc{END_OF_ISOLATE} ا") == "ا abc"


@given(MIXED, st.booleans())
def test_every_character_is_shown_once(text: str, right_to_left: bool) -> None:
    order = [at for at, _ in visual_order(text, right_to_left=right_to_left)]
    assert sorted(order) == list(range(len(text)))


@given(st.text("abcdé 19.", max_size=30))
def test_french_is_left_as_it_is(text: str) -> None:
    assert shown(text, right_to_left=False) == text


def test_lines_break_in_the_order_of_reading() -> None:
    words = "تعير المدرسة هذه المعدات إلى Benali Inès للدراسة"
    lines = break_lines(words, RIGHT, 90)
    assert len(lines) > 2
    first = "".join(text for text, _ in lines[0].runs)
    assert "".join(map(arabic.spelt, first[::-1])).startswith("تعير")
    for line in lines:
        width = sum(fonts.width(text, font, RIGHT.size) for text, font in line.runs)
        assert width == pytest.approx(line.width, abs=0.01)
        assert width <= 90.01


def bilingual() -> Document:
    return Document(
        "Convention",
        "École",
        "24 novembre 2026",
        (
            Heading("Entre", beside=foreign("بين")),
            SideBySide(
                ("Français", foreign("العربية")),
                [("Date de retour : 2 juillet 2027.", foreign("تاريخ الإرجاع: 02/07/2027."))],
                large=True,
            ),
            Paragraph(foreign("النص الفرنسي هو المعتمد.")),
            Facts([("L’élève", "محمد Benali")], (foreign("التلميذ"),)),
            Table(
                (Column("Élément", below=foreign("العنصر")),),
                [(Both("Bon état", foreign("حالة جيدة")),)],
            ),
            Signatures([SignatureBox("Le directeur", "Claire", below=(foreign("مدير المدرسة"),))]),
        ),
    )


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found, waiting = [], list(pdf.Root.StructTreeRoot.K)
    while waiting:
        kid = waiting.pop(0)
        if isinstance(kid, pikepdf.Dictionary) and kid.Type == "/StructElem":
            found.append(kid)
            waiting = [*kid.get("/K", []), *waiting]
    return found


def test_each_translation_is_named_and_can_be_read_aloud_in_order() -> None:
    with pikepdf.open(BytesIO(render(bilingual()))) as pdf:
        found = elements(pdf)
        said = [
            str(element.ActualText) for element in found if str(element.get("/Lang", "")) == "ar"
        ]
        assert said == [
            "بين",
            "العربية",
            "تاريخ الإرجاع: 02/07/2027.",
            "النص الفرنسي هو المعتمد.",
            "التلميذ",
            "العنصر",
            "حالة جيدة",
            "مدير المدرسة",
        ]
        assert "محمد Benali" in [str(element.get("/ActualText", "")) for element in found]
        assert str(pdf.Root.Lang) == "fr-FR"
        used = {str(font.BaseFont)[8:] for page in pdf.pages for font in _fonts(page)}
        assert {"NotoSansArabic-Regular", "NotoSansArabic-SemiBold"} <= used


def _fonts(page: pikepdf.Page) -> list[pikepdf.Object]:
    fonts_of_page = list(page.obj.Resources.Font.as_dict().values())
    assert all("/FontFile2" in font.FontDescriptor for font in fonts_of_page)
    return fonts_of_page


def test_a_reader_finds_the_words_in_both_languages(poppler: Poppler) -> None:
    text = poppler("pdftotext", render(bilingual()))
    text = unicodedata.normalize("NFKC", re.sub("[\u202a-\u202e]", "", text))
    for words in (
        "تاريخ الإرجاع",
        "02/07/2027",
        "النص الفرنسي هو المعتمد",
        "Bon état",
        "حالة جيدة",
    ):
        assert words in text
    assert "□" not in text


def test_french_alone_needs_no_other_font() -> None:
    document = Document("Titre", "École", "24 novembre 2026", (Paragraph("Œuvre"),))
    with pikepdf.open(BytesIO(render(document))) as pdf:
        assert not any("Arabic" in str(font.BaseFont) for font in _fonts(pdf.pages[0]))


def test_plain_words_of_a_translation_keep_no_marks_of_isolates() -> None:
    document = Document(
        "T", "É", "24 novembre 2026", (Paragraph(foreign(f"ا {isolated('HP')} ب")),)
    )
    with pikepdf.open(BytesIO(render(document))) as pdf:
        (said,) = [str(element.ActualText) for element in elements(pdf) if "/ActualText" in element]
    assert said == plain("ا HP ب")


def test_the_head_and_foot_of_a_page_are_written_in_any_script(poppler: Poppler) -> None:
    document = Document(
        title="جهاز فاطمة",
        school="مدرسة النور · Yssingeaux",
        reference="إعارة رقم 7",
        printed_on="24 novembre 2026",
        blocks=[Paragraph("Une ligne.")] * 60,
    )
    text = poppler("pdftotext", render(document))
    assert fonts.UNKNOWN not in text
    assert unicodedata.normalize("NFKC", text).count("النور") >= 2
