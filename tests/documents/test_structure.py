# SPDX-License-Identifier: GPL-3.0-or-later
"""The structure tree read back: what a screen reader and an archive rely on."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from egn_desktop.documents.blocks import (
    Bullets,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
)
from egn_desktop.documents.render import render

SRGB = "81d313ce695fe3d921806c24018e87561b90127a69057797cfe20f9b508359b8"
PAINTS = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "BI"}
WITHIN = {
    "TR": {"Table"}, "TH": {"TR"}, "TD": {"TR"}, "LI": {"L"}, "Lbl": {"LI"}, "LBody": {"LI"},
    "Caption": {"Table"}, "TOCI": {"TOC"}, "Link": {"TOCI"},
}  # fmt: skip


@pytest.fixture
def pdf(every_block: Document) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(render(every_block))) as opened:
        yield opened


def opened(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(render(document)))


def elements(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    found = []
    waiting = list(pdf.Root.StructTreeRoot.K)
    while waiting:
        kid = waiting.pop(0)
        if isinstance(kid, pikepdf.Dictionary) and kid.Type == "/StructElem":
            found.append(kid)
            waiting = [*kid.get("/K", []), *waiting]
    return found


def role(element: pikepdf.Object) -> str:
    return str(element.S)[1:]


def children(element: pikepdf.Object, wanted: str) -> list[pikepdf.Object]:
    kids = [kid for kid in element.get("/K", []) if kid.Type == "/StructElem"]
    return [kid for kid in kids if role(kid) == wanted]


def marks_in_pages(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Return page and number of each mark; refuse what is painted outside mark and artifact."""
    marks = set()
    for number, page in enumerate(pdf.pages):
        inside: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                assert not inside, "marked content inside marked content"
                inside.append(str(operands[0]))
                if len(operands) > 1 and "/MCID" in operands[1]:
                    marks.add((number, int(operands[1].MCID)))
                else:
                    assert operands[0] == "/Artifact"
            elif name == "EMC":
                inside.pop()
            elif name in PAINTS:
                assert inside, f"{name} outside a tag or an artifact on page {number + 1}"
        assert not inside
    return marks


def marks_in_tree(pdf: pikepdf.Pdf) -> dict[tuple[int, int], pikepdf.Object]:
    pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    found = {}
    for element in elements(pdf):
        for kid in element.get("/K", []):
            if kid.Type == "/MCR":
                mark = (pages[kid.Pg.objgen], int(kid.MCID))
                assert mark not in found, "one mark, two elements"
                found[mark] = element
    return found


def parents(pdf: pikepdf.Pdf) -> dict[int, pikepdf.Object]:
    numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    keys = [int(key) for key in numbers[::2]]
    assert keys == sorted(set(keys))
    return dict(zip(keys, numbers[1::2], strict=True))


def test_all_that_is_drawn_is_in_the_tree_and_nothing_else(pdf: pikepdf.Pdf) -> None:
    in_tree = marks_in_tree(pdf)
    assert marks_in_pages(pdf) == set(in_tree)
    back = parents(pdf)
    for (page, number), element in in_tree.items():
        assert back[int(pdf.pages[page].obj.StructParents)][number].objgen == element.objgen


def test_each_element_knows_its_parent_and_stands_where_it_may(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf):
        parent = element.P
        if role(element) in WITHIN:
            assert role(parent) in WITHIN[role(element)]
        assert any(kid.objgen == element.objgen for kid in parent.K)


def test_headings_follow_each_other_without_gaps(pdf: pikepdf.Pdf) -> None:
    levels = [int(role(e)[1:]) for e in elements(pdf) if re.fullmatch(r"H\d", role(e))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


def test_a_level_that_a_report_skipped_leaves_no_gap(short: Document) -> None:
    skipping = replace(short, blocks=[Heading("Un", 1), Heading("Trois", 3), Paragraph("Fin.")])
    with opened(skipping) as pdf:
        assert [role(e) for e in elements(pdf)][-3:] == ["H2", "H3", "P"]


def test_a_table_of_several_pages_is_one_table_with_one_header(pdf: pikepdf.Pdf) -> None:
    table = next(e for e in elements(pdf) if role(e) == "Table")
    rows = children(table, "TR")
    assert len(rows) == 61
    assert [len(children(row, "TH")) + len(children(row, "TD")) for row in rows] == [4] * 61
    assert {str(cell.A.Scope) for cell in children(rows[0], "TH")} == {"/Column"}
    assert all(str(children(row, "TH")[0].A.Scope) == "/Row" for row in rows[1:])
    pages = {page for page, owner in marks_of(pdf, table)}
    assert len(pages) >= 3


def marks_of(pdf: pikepdf.Pdf, above: pikepdf.Object) -> list[tuple[int, pikepdf.Object]]:
    def is_below(element: pikepdf.Object) -> bool:
        while element.Type == "/StructElem":
            if element.objgen == above.objgen:
                return True
            element = element.P
        return False

    in_tree = marks_in_tree(pdf)
    return [(page, element) for (page, _), element in in_tree.items() if is_below(element)]


def test_a_paragraph_of_two_pages_stays_one_paragraph(short: Document) -> None:
    long = replace(short, blocks=[Paragraph("Une phrase plutôt courte. " * 400)])
    with opened(long) as pdf:
        paragraph = elements(pdf)[-1]
        assert role(paragraph) == "P"
        assert len({kid.Pg.objgen for kid in paragraph.K}) == len(pdf.pages) >= 2


def test_a_short_row_is_filled_and_an_empty_cell_keeps_its_place(short: Document) -> None:
    table = Table([Column("A"), Column("B"), Column("C")], [["1"], ["", "2", "3", "4"]])
    with opened(replace(short, blocks=[table])) as pdf:
        rows = [e for e in elements(pdf) if role(e) == "TR"]
        assert [len(children(row, "TD")) for row in rows[1:]] == [3, 3]


def test_figures_say_what_they_show_and_where(pdf: pikepdf.Pdf) -> None:
    figures = [e for e in elements(pdf) if role(e) == "Figure"]
    assert [str(figure.Alt)[:11] for figure in figures] == ["Équipement ", "Code QR de "]
    for figure in figures:
        left, foot, right, top = (float(at) for at in figure.A.BBox)
        assert 0 < left < right < 596
        assert 0 < foot < top < 842


def test_each_line_of_the_contents_leads_to_its_heading(pdf: pikepdf.Pdf) -> None:
    links = [e for e in elements(pdf) if role(e) == "Link"]
    annotations = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]
    assert len(links) == len(annotations) == 8
    back = parents(pdf)
    for link, note in zip(links, annotations, strict=True):
        assert [kid.Obj.objgen for kid in link.K if kid.Type == "/OBJR"] == [note.objgen]
        assert back[int(note.StructParent)].objgen == link.objgen
        number = [page.obj.objgen for page in pdf.pages].index(note.Dest[0].objgen) + 1
        assert str(note.Contents).endswith(f", page {number}")
        assert int(note.F) == 4
    assert all(page.obj.Tabs == "/S" for page in pdf.pages)


def test_lists_have_labels_and_bodies(short: Document) -> None:
    blocks = [Bullets(["a", "b"], ordered=True), Bullets(["c"], checks=True)]
    with opened(replace(short, blocks=blocks)) as pdf:
        lists = [e for e in elements(pdf) if role(e) == "L"]
        assert [str(e.A.ListNumbering) for e in lists] == ["/Decimal", "/None"]
        labels = [e for e in elements(pdf) if role(e) == "Lbl"]
        assert "/ActualText" not in labels[0]
        assert str(labels[2].ActualText) == "☐"


def fonts_of(pdf: pikepdf.Pdf) -> dict[str, pikepdf.Object]:
    return {
        f"{number}{name}": font
        for number, page in enumerate(pdf.pages)
        for name, font in page.obj.Resources.Font.items()
    }


def test_every_font_is_embedded_and_every_code_has_its_letter(pdf: pikepdf.Pdf) -> None:
    fonts = fonts_of(pdf)
    maps: dict[str, set[int]] = {}
    for name, font in fonts.items():
        assert "/FontFile2" in font.FontDescriptor
        assert "/Encoding" not in font
        text_map = font.ToUnicode.read_bytes().decode()
        pairs = re.findall(r"<(..)> <(....)>", text_map)
        assert all(letter not in {"0000", "FEFF", "FFFE"} for _, letter in pairs)
        assert all(int(size) <= 100 for size in re.findall(r"(\d+) beginbfchar", text_map))
        maps[name] = {int(code, 16) for code, _ in pairs}
    for number, page in enumerate(pdf.pages):
        font = ""
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "Tf":
                font = f"{number}{operands[0]}"
            elif str(operator) == "Tj":
                assert set(bytes(operands[0])) <= maps[font]


def test_the_document_says_what_it_is(pdf: pikepdf.Pdf) -> None:
    root = pdf.Root
    assert bool(root.MarkInfo.Marked)
    assert str(root.Lang) == "fr-FR"
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    profile = root.OutputIntents[0].DestOutputProfile
    assert int(profile.N) == 3
    # The same on every system and in every year: old papers are printed again byte for byte.
    assert hashlib.sha256(profile.read_bytes()).hexdigest() == SRGB
    assert len(pdf.trailer.ID) == 2
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        assert (
            said["dc:title"] == str(pdf.docinfo["/Title"]) == "Audit du socle numérique de l’école"
        )
        assert said["dc:creator"] == [str(pdf.docinfo["/Author"])]
        assert said["pdf:Producer"] == str(pdf.docinfo["/Producer"])
        assert said["pdf:Keywords"] == str(pdf.docinfo["/Keywords"])
        assert said["dc:language"] == {"fr-FR"}
        assert said["xmp:CreateDate"] == "2026-11-24T00:00:00Z"
        assert str(pdf.docinfo["/CreationDate"]) == "D:20261124000000Z"
        assert said["pdfuaid:part"] == "1"
        assert said.pdfa_status == "2A"


def test_nothing_an_archive_refuses(pdf: pikepdf.Pdf) -> None:
    assert not pdf.is_encrypted
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream):
            assert "/F" not in thing
            assert "/LZWDecode" not in str(thing.get("/Filter", ""))
        if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
            assert not {"/JS", "/JavaScript", "/AA", "/SMask", "/OCGs", "/Launch"} & set(
                thing.keys()
            )
    assert not {"/AcroForm", "/Names", "/OpenAction"} & set(pdf.Root.keys())


def test_poppler_reads_the_same_tree(every_block: Document, poppler: Callable[..., str]) -> None:
    pdf = render(every_block)
    assert re.search(r"Tagged: +yes", poppler("pdfinfo", pdf))
    tree = poppler("pdfinfo", pdf, "-struct-text")
    assert tree.index('"Synthèse"') < tree.index("Réponses par critère") < tree.index('"Annexe"')
    assert tree.count('"Constat"') == 1
