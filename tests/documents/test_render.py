# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole documents printed and read back with poppler."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from egn_desktop.documents.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Callout,
    Chip,
    CodeGroups,
    Column,
    Document,
    Facts,
    Figures,
    Heading,
    Paragraph,
    QrCode,
    SignatureBox,
    Signatures,
    Strong,
    Table,
    Together,
    WriteLines,
)
from egn_desktop.documents.pdf.metadata import date_in
from egn_desktop.documents.render import render

Poppler = Callable[..., str]
MAYOR = SignatureBox("Le maire", "Jeanne Œuvrard")
WORDS = "Le matériel est recensé, daté, puis vérifié par l’équipe. "


def pages_of(poppler: Poppler, pdf: bytes) -> list[str]:
    return poppler("pdftotext", pdf, "-layout").split("\f")[:-1]


def flat(text: str) -> str:
    return " ".join(text.split())


def test_words_come_out_in_order_with_their_accents(
    every_block: Document, poppler: Poppler
) -> None:
    text = flat(poppler("pdftotext", render(every_block)))
    wanted = [
        "Audit du socle numérique de l’école",
        "Sommaire",
        "Synthèse",
        "1 240 €",
        "Trois points demandent une décision avant les vacances :",
        "À compléter",
        "Mme Œuvrard",
        "QR8B3",
        "Précédée de « lu et approuvé »",
        "Annexe",
    ]
    at = 0
    for words in wanted:
        at = text.index(words, at) + len(words)


def test_each_page_has_its_number_school_and_reference(
    every_block: Document, poppler: Poppler
) -> None:
    pages = pages_of(poppler, render(every_block))
    assert len(pages) > 5
    for number, page in enumerate(pages, 1):
        foot = flat(page)
        # Poppler takes a line of single letters for spaced-out ones, and leaves their spaces out.
        assert re.search(rf"{number} ?/ ?{len(pages)}$", foot)
        assert "École Jean-Moulin, Saint-Étienne-du-Bois" in foot
        assert "Version 1 adoptée le 12/10/2026" in foot
        assert page.strip().startswith("Audit du socle") == (number > 1)


def test_contents_show_the_pages_where_headings_stand(
    every_block: Document, poppler: Poppler
) -> None:
    pages = pages_of(poppler, render(every_block))
    shown = dict(re.findall(r"^ *(Synthèse|Détail|Par domaine|Annexe) +\D*(\d+)$", pages[0], re.M))
    assert len(shown) == 4
    for title, number in shown.items():
        body = pages[int(number) - 1] if int(number) > 1 else pages[0].split("Annexe")[1]
        assert re.search(rf"^ *{title}$", body, re.M)


def test_the_header_of_a_long_table_is_on_each_of_its_pages(
    every_block: Document, poppler: Poppler
) -> None:
    for page in pages_of(poppler, render(every_block)):
        if re.search(r"Critère \d", page):
            assert re.search(r"Critère +Constat +Part +État", page)


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("<b>Ça</b> & &amp; <para>", "<b>Ça</b> & &amp; <para>"),
        ("avant\u0000\u0007\u200b\u00adaprès", "avantaprès"),
        ("joie 😀 fin", "joie □ fin"),
        ("ami 名前名前 fin", "ami □□□□ fin"),
        ("moitié \ud800 fin", "moitié □ fin"),
        ("E\u0301cole", "École"),
        ("☐ à cocher ☑", "□ à cocher ✓"),
        ("l’« œuvre » à 10 € − 5", "l’« œuvre » à 10 € − 5"),
    ],
)
def test_what_was_typed_prints_as_typed_or_leaves_a_mark(
    short: Document, poppler: Poppler, typed: str, printed: str
) -> None:
    everywhere: list[Block] = [
        Paragraph(typed),
        Heading(typed),
        Bullets([typed]),
        Table([Column(typed)], [[typed], [Chip(typed)]], caption=typed),
        Facts([(typed, [typed, Strong(typed)])]),
        Callout(typed, typed, "bad"),
        Figures([(typed, typed)]),
        Signatures([SignatureBox(typed, typed, typed)]),
        Bars([Bar(typed, 0.2, 0.4, typed)], alt=typed),
    ]
    hostile = replace(
        short, title=typed, subtitle=typed, school=typed, reference=typed, blocks=everywhere,
        subject=typed, author=typed, keywords=(typed,), contents=True,
    )  # fmt: skip
    text = poppler("pdftotext", render(hostile))
    assert flat(text).count(printed) >= 15


def test_a_line_typed_by_the_user_stays_a_line(short: Document, poppler: Poppler) -> None:
    text = poppler("pdftotext", render(replace(short, blocks=[Paragraph("un\ndeux\r\ntrois")])))
    assert "un\ndeux\ntrois\n" in text


def test_a_giant_cell_goes_on_over_the_pages_and_loses_nothing(
    short: Document, poppler: Poppler
) -> None:
    giant = " ".join(f"mot{n}" for n in range(1500))
    table = Table(
        [Column("Titre"), Column("Texte", 2), Column("État")],
        [["avant", "", ""], ["géant", giant, Chip("Fait", "good")], ["après", "", ""]],
    )
    text = poppler("pdftotext", render(replace(short, blocks=[table])))
    assert [int(n) for n in re.findall(r"mot(\d+)", text)] == list(range(1500))
    assert text.count("géant") == 1
    assert text.count("Fait") == 1
    assert "après" in text


def test_a_long_word_is_cut_rather_than_lost(short: Document, poppler: Poppler) -> None:
    word = "".join(f"{n:04}" for n in range(200))
    blocks = [Table([Column("A"), Column("B"), Column("C")], [["x", word, "y"]]), Paragraph(word)]
    text = poppler("pdftotext", render(replace(short, blocks=blocks)), "-raw")
    assert re.sub(r"[^\d]", "", text).count(word) == 2


@pytest.mark.parametrize("lines_before", range(36, 52))
def test_no_heading_stands_alone_at_the_foot_of_a_page(
    short: Document, poppler: Poppler, lines_before: int
) -> None:
    blocks: list[Block] = [Paragraph("ligne\n" * lines_before + "fin")]
    blocks += [Heading("Partie"), Heading("Sous-partie", 2)]
    blocks += [Table([Column("Colonne")], [["ligne du tableau"]] * 80, caption="Légende")]
    for page in pages_of(poppler, render(replace(short, blocks=blocks))):
        if "Partie" in page:
            body = page[page.index("Partie") :]
            assert all(words in body for words in ("Sous-partie", "Légende", "ligne du tableau"))


@pytest.mark.parametrize("lines_before", range(20, 50, 3))
def test_signatures_stay_on_one_page(short: Document, poppler: Poppler, lines_before: int) -> None:
    boxes = [SignatureBox("Le prêteur"), SignatureBox("L’emprunteur"), SignatureBox("Le témoin")]
    blocks = [Paragraph("ligne\n" * lines_before + "fin"), Signatures([*boxes, *boxes])]
    pages = pages_of(poppler, render(replace(short, blocks=blocks)))
    assert [page.count("Le témoin") for page in pages if "Fait à" in page] == [2]


@pytest.mark.parametrize("lines_before", range(22, 30))
def test_signatures_are_never_alone_on_a_page(
    short: Document, poppler: Poppler, lines_before: int
) -> None:
    blocks = (*(Paragraph(f"Ligne {n}.") for n in range(lines_before)), Signatures((MAYOR,)))
    pages = pages_of(poppler, render(replace(short, blocks=blocks)))
    (signed,) = [page for page in pages if "Le maire" in page]
    assert f"Ligne {lines_before - 1}." in signed


@pytest.mark.parametrize("lines_before", range(20, 28))
def test_the_line_that_announces_a_table_is_on_its_page(
    short: Document, poppler: Poppler, lines_before: int
) -> None:
    table = Table(columns=(Column("Nom"),), rows=[(f"Rang {n}",) for n in range(3)])
    filling = (Paragraph("Rien à dire.") for _ in range(lines_before))
    blocks = (*filling, Heading("Personnel"), Paragraph("3 prêts en cours."), table)
    pages = pages_of(poppler, render(replace(short, blocks=blocks)))
    (page,) = [page for page in pages if "Personnel" in page]
    assert "3 prêts en cours." in page
    assert "Rang 0" in page


@pytest.mark.parametrize("lines_before", range(24, 34))
def test_a_short_callout_is_never_cut(short: Document, poppler: Poppler, lines_before: int) -> None:
    callout = Callout("premier\ndeuxième\ntroisième\nquatrième", title="Message aux familles")
    blocks = (*(Paragraph("Rien à dire.") for _ in range(lines_before)), callout)
    pages = pages_of(poppler, render(replace(short, blocks=blocks)))
    (page,) = [page for page in pages if "Message aux familles" in page]
    assert "quatrième" in page


def test_a_long_figure_stays_on_its_line(short: Document, poppler: Poppler) -> None:
    figures = Figures((("1\u202f231\u202f240,50\u202f€", "coût"), *((("7", "autres"),) * 3)))
    text = poppler("pdftotext", render(replace(short, blocks=(figures,))), "-layout")
    assert "1 231 240,50 €" in text.replace("\u202f", " ")


def test_blocks_together_stay_together_unless_no_page_can_hold_them(
    short: Document, poppler: Poppler
) -> None:
    group = Together([Heading("Ensemble"), Paragraph("a\n" * 30 + "dernière du groupe")])
    blocks = [Paragraph("ligne\n" * 30 + "fin"), group]
    pages = pages_of(poppler, render(replace(short, blocks=blocks)))
    assert "Ensemble" not in pages[0]
    assert "dernière du groupe" in pages[1]
    huge = Together([Heading("Énorme"), *[Paragraph(f"bloc{n} {WORDS * 8}") for n in range(60)]])
    text = poppler("pdftotext", render(replace(short, blocks=[huge])))
    assert [int(n) for n in re.findall(r"bloc(\d+)", text)] == list(range(60))


def test_callouts_lists_and_lines_longer_than_a_page_lose_nothing(
    short: Document, poppler: Poppler
) -> None:
    words = " ".join(f"mot{n}" for n in range(1200))
    blocks: list[Block] = [
        Callout(words, "Titre", "attention"),
        Bullets([words], checks=True),
        Facts([("Libellé", words)]),
        WriteLines(60, "Notes"),
        CodeGroups([f"G{n:03}" for n in range(120)]),
        Bars([Bar(f"barre{n}", 0.1, 0.2, "v") for n in range(90)], alt="Barres"),
    ]
    text = poppler("pdftotext", render(replace(short, blocks=blocks)))
    assert [int(n) for n in re.findall(r"mot(\d+)", text)] == [*range(1200)] * 3
    assert len(set(re.findall(r"G\d{3}", text))) == 120
    assert len(set(re.findall(r"barre\d+", text))) == 90


def test_empty_blocks_print_without_a_crash(short: Document, poppler: Poppler) -> None:
    blocks: list[Block] = [
        Paragraph(""), Bullets([]), Bullets([""]), Table([Column("Seule")], []), Facts([]),
        Figures([]), Callout(""), Bars([], alt="Vide"), CodeGroups([]), Signatures([]),
        WriteLines(0), Together([]), QrCode("", "Vide"), Table([Column("")], [["x"]]),
    ]  # fmt: skip
    assert "Seule" in poppler("pdftotext", render(replace(short, blocks=blocks, contents=True)))
    assert re.search("1 ?/ ?1", poppler("pdftotext", render(replace(short, blocks=[]))))


def test_the_same_document_has_the_same_bytes(every_block: Document) -> None:
    assert render(every_block) == render(every_block)
    assert render(every_block) != render(replace(every_block, reference="Version 2"))


def test_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    program = (
        "import hashlib\n"
        "from egn_desktop.documents.blocks import *\n"
        "from egn_desktop.documents.render import render\n"
        "table = Table([Column('A'), Column('B')], [['œ', Chip('Bon', 'good')]] * 90)\n"
        "document = Document('Titre', 'École', '1er mars 2026', [Heading('Un'), table,\n"
        "    QrCode('x', 'Code')], contents=True)\n"
        "print(hashlib.sha256(render(document)).hexdigest())\n"
    )
    sums = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(sums) == 1


def test_describing_a_document_loads_no_pdf_library() -> None:
    program = (
        "import sys\n"
        "import egn_desktop.documents.blocks, egn_desktop.documents.offers\n"
        "import egn_desktop.french\n"
        "assert not {'reportlab', 'pikepdf', 'PIL'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("24 novembre 2026", "2026-11-24"),
        ("le 1er août 2027", "2027-08-01"),
        ("Imprimé le 05/03/2026", "2026-03-05"),
        ("31 février 2026", None),
        ("hier", None),
    ],
)
def test_the_date_of_a_document_is_the_one_it_bears(words: str, found: str | None) -> None:
    day = date_in(words)
    assert (day.isoformat() if day else None) == found
