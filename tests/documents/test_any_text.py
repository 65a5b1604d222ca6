# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever is typed: it prints, stays within the margins and reads back letter for letter."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from egn_desktop.documents.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Callout,
    Chip,
    Column,
    Document,
    Facts,
    Figures,
    Heading,
    Paragraph,
    SignatureBox,
    Signatures,
    Strong,
    Table,
    Together,
)
from egn_desktop.documents.render import render
from egn_desktop.documents.text import arabic, bidi, fonts
from egn_desktop.documents.text.styles import BODY_BOTTOM, MARGIN, PAGE_HEIGHT, PAGE_WIDTH, REGULAR
from egn_desktop.typography import typeset
from tests.examples import examples

SLOW = settings(max_examples=examples(25))
FRENCH = "œŒæÆÿ«»’‘“”–—…€°№½−×\u202f\u00a0éèêëàâîïôùûüç"
TYPED = st.text(st.one_of(st.characters(), st.sampled_from(FRENCH + "<>&\\()%")), max_size=200)
LONG_WORD = st.text("abcdéœ", min_size=150, max_size=400)
WORDS = st.one_of(TYPED, LONG_WORD)


@dataclass
class Written:
    """Words as a page shows them: where, how wide, and whether they are the body's."""

    page: int
    left: float
    right: float
    foot: float
    text: str
    in_body: bool


def written(pdf_bytes: bytes) -> Iterator[Written]:
    """Yield what is written, decoded by the fonts' own maps, as a copy and paste would."""
    with pikepdf.open(BytesIO(pdf_bytes)) as pdf:
        for number, page in enumerate(pdf.pages):
            letters = {name: _letters(font) for name, font in page.obj.Resources.Font.items()}
            names = {
                name: str(font.BaseFont).split("+")[1]
                for name, font in page.obj.Resources.Font.items()
            }
            in_body, font, size, tracking, left, foot = False, "", 0.0, 0.0, 0.0, 0.0
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "BDC" | "BMC":
                        in_body = str(operands[0]) != "/Artifact"
                    case "Tm":
                        left, foot = float(operands[4]), float(operands[5])
                    case "Tc":
                        tracking = float(operands[0])
                    case "Tf":
                        font, size = str(operands[0]), float(operands[1])
                    case "Tj":
                        text = "".join(letters[font][code] for code in bytes(operands[0]))
                        right = left + fonts.width(text, names[font], size, tracking)
                        yield Written(number, left, right, foot, text, in_body)
                        left = right


def _letters(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(r"<(..)> <(....)>", font.ToUnicode.read_bytes().decode())
    return {int(code, 16): chr(int(letter, 16)) for code, letter in pairs}


def body(pdf_bytes: bytes) -> str:
    """Return the body's letters, without spaces."""
    return "".join("".join(counts.text.split()) for counts in written(pdf_bytes) if counts.in_body)


def as_printed(*texts: str) -> str:
    pieces = (words for text in texts for words, _ in fonts.runs(typeset(text), REGULAR))
    shown = "".join("".join(words.split()) for words in pieces)
    return "".join(map(arabic.spelt, re.sub(f"[{bidi.ISOLATE}{bidi.END_OF_ISOLATE}]", "", shown)))


def letters_of(text: str) -> list[str]:
    """Return the letters and figures, sorted: the order of printing need not be that of reading."""
    return sorted(filter(str.isalnum, text))


def document(blocks: Sequence[Block], words: str = "") -> Document:
    return Document("Titre", "École", "24 novembre 2026", blocks, subtitle=words, reference=words)


@SLOW
@given(TYPED)
def test_any_paragraph_reads_back_letter_for_letter(text: str) -> None:
    shown = body(render(document([Paragraph(text)])))
    expected = as_printed("Titre", "École", "24 novembre 2026", text)
    if bidi.has_right_to_left(text):
        assert letters_of(shown) == letters_of(expected)
    else:
        assert shown == expected


@SLOW
@given(st.lists(WORDS, min_size=1, max_size=6))
def test_any_words_in_any_block_read_back(texts: list[str]) -> None:
    first = texts[0]
    blocks: list[Block] = [
        Heading(first),
        Bullets(texts),
        Table([Column("A"), Column("B", 3)], [[text, [text, Strong(text)]] for text in texts]),
        Facts([(text, text) for text in texts]),
        Callout(first, first),
        Together([Paragraph(first), Signatures([SignatureBox(first, first)])]),
    ]
    shown = body(render(document(blocks)))
    for text in texts:
        wanted = as_printed(text)
        if wanted and not bidi.has_right_to_left(wanted):
            assert wanted in shown
            assert shown.count(wanted) >= 6


@SLOW
@given(st.lists(WORDS, min_size=1, max_size=8), st.integers(1, 9))
def test_nothing_is_written_outside_the_margins(texts: list[str], columns: int) -> None:
    first = texts[0]
    blocks: list[Block] = [
        Paragraph(first, "lead"),
        Table(
            [Column(first[:60], 1 + at, "right") for at in range(columns)],
            [[*texts, Chip(first), Chip("Fait", "good")]] * 3,
            small=columns > 5,
        ),
        Bullets([first], ordered=True),
        Figures([(first[:40], first)] * 3),
        Bars([Bar(first, 0.3, 0.6, first[:30])], alt=first),
        Signatures([SignatureBox(first, first, first)] * 3),
    ]
    for counts in written(render(document(blocks, first))):
        assert counts.left >= MARGIN - 0.1
        # A space at a line's end may hang over the margin; no ink does.
        hanging = len(counts.text) - len(counts.text.rstrip())
        assert counts.right <= PAGE_WIDTH - MARGIN + 0.1 + 4 * hanging
        assert (BODY_BOTTOM if counts.in_body else 30) <= counts.foot <= PAGE_HEIGHT - 30


@pytest.mark.parametrize("cell", ["mot " * 3000, "x" * 9000, "ligne\n" * 400])
def test_a_row_higher_than_pages_ends_and_is_whole(cell: str) -> None:
    table = Table([Column("Titre"), Column("Texte", 3)], [["a", cell], ["b", "fin du tableau"]])
    pdf = render(document([Paragraph("avant"), table, Paragraph("après")]))
    shown = body(pdf)
    assert as_printed(cell) in shown
    assert shown.endswith(as_printed("fin du tableau", "après"))
    feet = [counts.foot for counts in written(pdf) if counts.in_body]
    assert min(feet) >= BODY_BOTTOM


def test_a_sentence_in_a_chip_is_cut_at_the_page_rather_than_lost() -> None:
    sentence = " ".join(f"mot{number}" for number in range(900))
    pdf = render(document([Table([Column("A"), Column("B")], [[Chip(sentence, "bad"), ""]])]))
    assert as_printed(sentence) in body(pdf)
    assert min(counts.foot for counts in written(pdf)) > 30


def test_french_signs_keep_their_own_letters() -> None:
    sentence = "L’« œuvre » de l’Œuvre – 1\u202f240\u202f€ – ça… n° 3, ½ − 2 × 4, Ÿ æ"
    shown = "".join(counts.text for counts in written(render(document([Paragraph(sentence)]))))
    assert typeset(sentence) in shown
