# SPDX-License-Identifier: GPL-3.0-or-later
"""Any file that a school may choose: read as a table, or refused in words that help."""

import sys
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from egn_desktop.errors import UserError
from egn_desktop.exchange import reading
from egn_desktop.exchange.columns import recogniser
from egn_desktop.exchange.encodings import decode
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.reading import read_table, table_here
from egn_desktop.exchange.table import Table, clean

sys.path.insert(0, str(Path(__file__).parent))
from files import csv_bytes, ods, packed, xlsx

from tests.examples import examples

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DEVICES = recogniser(ImportKind.DEVICES)
HEADER = ["N° inventaire", "Type", "Marque", "Accessoires"]
LINES = [
    ["E-1", "Tablette", "Çağ", "chargeur, housse"],
    ["E-2", "Clé 4G", "", "câble\nde 2 m"],
]


def read(tmp_path: Path, content: bytes, name: str = "liste.csv") -> Table:
    return table_here(tmp_path / name, content, DEVICES)


def read_file(path: Path) -> Table:
    return table_here(path, path.read_bytes(), DEVICES)


def no_words(_cells: Sequence[str]) -> int:
    return 0


# Text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "iso8859-15"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_every_encoding_and_delimiter_reads_the_same(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = [["E-1", "Tablette", "Élan d'Œuvre", "a, b; c"]]
    table = read(tmp_path, csv_bytes([HEADER, *lines], encoding=encoding, delimiter=delimiter))
    assert table.header == tuple(HEADER)
    assert [list(row.cells) for row in table.rows] == lines


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("NOËL;Zoé;L’Haÿ-les-Roses", "cp1252"),
        ("GARCÍA-LÓPEZ;Œdipe;cœur de ville", "iso8859-15"),
        ("MÜLLER;Anaïs;Besançon, à côté de l’église", "mac_roman"),
        ("LEFÈVRE;Éléonore;120 rue des Écoles, bâtiment n° 3", "cp850"),
    ],
)
def test_the_old_encodings_are_told_apart(text: str, encoding: str) -> None:
    given_text = text.replace("’", "'") if encoding in {"cp850", "iso8859-15"} else text
    assert decode(given_text.encode(encoding)) == given_text


def test_utf_8_with_a_damaged_byte_stays_readable() -> None:
    assert decode("Prénom élève;Noël, Zoé".encode() + b"\xff") == "Prénom élève;Noël, Zoé\ufffd"


def test_lines_know_their_number_in_the_file(tmp_path: Path) -> None:
    content = (
        "Parc de l’école, 2026\r\n\r\n" + csv_bytes([HEADER, *LINES]).decode() + "\r\nE-3;PC\r\n"
    )
    table = read(tmp_path, content.encode())
    assert [(row.line, row.cells[0]) for row in table.rows] == [(4, "E-1"), (5, "E-2"), (8, "E-3")]
    assert table.rows[1].cells[3] == "câble\nde 2 m"
    assert table.rows[2].cells == ("E-3", "PC", "", "")


def test_trailing_empty_columns_are_left_out(tmp_path: Path) -> None:
    table = read(tmp_path, b"N inventaire;Type;;;\nE-1;Tablette;;;\n;;;;\n")
    assert table.header == ("N inventaire", "Type")
    assert len(table.rows) == 1


def test_titles_that_come_twice_stay_apart(tmp_path: Path) -> None:
    table = read(tmp_path, b"Type;Note;Note\nPC;a;b\n")
    assert table.header == ("Type", "Note", "Note")
    assert table.rows[0].cells == ("PC", "a", "b")


def test_commas_in_cells_do_not_outvote_the_header(tmp_path: Path) -> None:
    table = read(tmp_path, b"N inventaire;Accessoires\nE-1;souris, housse, chargeur, sac\n")
    assert table.rows[0].cells == ("E-1", "souris, housse, chargeur, sac")


def test_a_quote_that_never_closes_costs_its_own_line_only(tmp_path: Path) -> None:
    content = 'Type;Modèle\nÉcran;"24 pouces\nTablette;"Tab A7"\nPC;300e\n'
    table = read(tmp_path, content.encode())
    assert [row.cells for row in table.rows] == [
        ("Écran", "24 pouces"),
        ("Tablette", "Tab A7"),
        ("PC", "300e"),
    ]


def test_inches_inside_a_cell_are_kept(tmp_path: Path) -> None:
    table = read(tmp_path, 'Type;Modèle\nÉcran 24";V4K\n'.encode())
    assert table.rows[0].cells == ('Écran 24"', "V4K")


CELL = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\u200b"),
    max_size=12,
).filter(lambda text: text == clean(text))
CP1252_CELL = st.text(
    st.sampled_from("aàâbcçdeéèêëfghiîïjlmnoôœpqrstuùûüvyÿzÉÈÀÇŒ 09-'’,;\t\"«»€"), max_size=12
).filter(lambda text: text == clean(text))


@st.composite
def tables(draw: st.DrawFn, cell: st.SearchStrategy[str]) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    filled = cell.filter(bool)
    header = [f"Titre {number}" for number in range(width)]
    line = st.tuples(filled, *[cell] * (width - 2), filled)
    return [header, *map(list, draw(st.lists(line, max_size=6)))]


FILES = settings(
    max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FILES
@given(tables(CELL), st.sampled_from([";", ",", "\t"]), st.sampled_from(["utf-8-sig", "utf-16"]))
def test_any_table_in_unicode_reads_back_the_same(
    rows: list[list[str]], delimiter: str, encoding: str
) -> None:
    assert round_trip(csv_bytes(rows, encoding=encoding, delimiter=delimiter)) == rows


@FILES
@given(tables(CP1252_CELL), st.sampled_from([";", ",", "\t"]), st.sampled_from([0, 1]))
def test_any_french_table_of_windows_reads_back_the_same(
    rows: list[list[str]], delimiter: str, quoting: int
) -> None:
    # "Élève" stands for what every real list has: a few letters that only French has.
    rows[0] = [f"Élève {title}" for title in rows[0]]
    content = csv_bytes(rows, encoding="cp1252", delimiter=delimiter, quoting=quoting)
    assert round_trip(content) == rows


def round_trip(content: bytes) -> list[list[str]]:
    table = table_here(Path("liste.csv"), content, no_words)
    return [list(table.header), *(list(row.cells) for row in table.rows)]


def read_or_refused(name: str, content: bytes) -> None:
    """Nothing but ``UserError`` may come out, and what is read is rectangular."""
    try:
        table = table_here(Path(name), content, DEVICES)
    except UserError:
        return
    assert table.header
    assert all(len(row.cells) == len(table.header) for row in table.rows)


@FILES
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
@example(b"\xff\xfe")
@example(b"\xff\xfe\x00\x00a")
@example(b"\xfe\xff\xd8")
@example(b"PK\x05\x06" + b"\0" * 18)
@example(b"PK\x03\x04")
@example(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
@example(b'"' * 3)
@example(b"a;b\n" + b"x" * 140_000 + b";c\n")
@example(b'a;b\n"' + b"x" * 140_000 + b'";c\n')
def test_no_bytes_break_the_reader(content: bytes) -> None:
    read_or_refused("liste.csv", content)


@FILES
@given(data=st.data())
def test_no_damage_to_a_workbook_breaks_the_reader(data: st.DataObject, workbook: bytes) -> None:
    start = data.draw(st.integers(0, len(workbook) - 1))
    patch = data.draw(st.binary(min_size=1, max_size=40))
    cut = data.draw(st.one_of(st.none(), st.integers(10, len(workbook))))
    damaged = (workbook[:start] + patch + workbook[start + len(patch) :])[:cut]
    read_or_refused("liste.xlsx", damaged)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return xlsx(tmp_path_factory.mktemp("classeur") / "a.xlsx", [HEADER, *LINES]).read_bytes()


# Workbooks


def test_a_workbook_is_read_as_typed_with_its_own_line_numbers(tmp_path: Path) -> None:
    rows = [
        ["Inventaire du parc"],
        ["N° inventaire", "Date d’achat", "Reconditionné", "N° de série"],
        [12, date(2025, 7, 20), True, 1234567890123],
        ["", "", "", ""],
        [13.5, datetime.combine(date(2024, 1, 2), time(8, 30)), False, "0042"],
    ]
    path = xlsx(tmp_path / "parc.xlsx", rows, first_row=3, first_column=2)
    table = read_file(path)
    assert table.header == ("N° inventaire", "Date d’achat", "Reconditionné", "N° de série")
    assert [(row.line, row.cells) for row in table.rows] == [
        (5, ("12", "2025-07-20", "Oui", "1234567890123")),
        (7, ("13.5", "2024-01-02T08:30:00", "Non", "0042")),
    ]


def test_the_sheet_with_the_known_titles_is_taken(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "parc.xlsx", [["À lire", "avant"], ["tout", "le reste"]], [HEADER, *LINES]
    )
    table = read_file(path)
    assert table.sheet == "Feuille 2"
    assert len(table.rows) == 2


def test_an_open_document_reads_as_the_csv_does(tmp_path: Path) -> None:
    lines = [["E-1", "Tablette", "Samsung", "chargeur, housse"]]
    assert read_file(ods(tmp_path / "parc.ods", [HEADER, *lines])).rows == (
        read(tmp_path, csv_bytes([HEADER, *lines])).rows
    )


def test_the_content_decides_whatever_the_name_says(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "a.xlsx", [HEADER, *LINES]).rename(tmp_path / "a.csv")
    assert read_file(path).header == tuple(HEADER)


# Without the child's limit of memory, the reader aborts the whole process.
@pytest.mark.child
def test_a_stray_cell_at_the_far_end_is_refused_not_fatal(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["XFD1048576"] = "Type", "Marque", "x"
    book.save(tmp_path / "parc.xlsx")
    with pytest.raises(UserError, match="mémoire") as refused:
        read_table(tmp_path / "parc.xlsx", DEVICES)
    assert "Copiez la liste seule" in refused.value.todo


# Refusals


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "est vide"),
        (b"\r\n \r\n", "est vide"),
        (b"\xef\xbb\xbf", "tableau"),
        (b"Bonjour,\n", "tableau"),
        ("Chers parents\nà demain\n".encode(), "tableau"),
        (b"%PDF-1.7 ...", "un document PDF"),
        (b"\x89PNG\r\n\x1a\n...", "une image"),
        (b"{\\rtf1 bonjour}", "traitement de texte"),
        (b"Type;Marque\nPC\x00;HP\n", "seul le logiciel"),
        (b"Type;Marque\nPC\x01;HP\n", "seul le logiciel"),
        (b"<html><table><tr><td>Type</td></tr></table></html>", "page web"),
        (b"<?xml version='1.0'?><BEE_ELEVES/>", "XML"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            "un document Word",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "mot de passe",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 rien", "abîmé"),
        (b"PK\x03\x04 rien", "abîmé"),
    ],
)
def test_a_refusal_says_what_the_file_is_and_what_to_do(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(UserError) as refused:
        read(tmp_path, content)
    assert said in refused.value.what
    assert "« liste.csv »" in refused.value.what
    assert refused.value.kept == "Rien n’a été modifié."
    assert refused.value.todo


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"word__document.xml": "<w/>"}, "un document"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "un document"),
        ({"photo.txt": "bonjour"}, "une archive"),
    ],
)
def test_other_packed_files_are_named(tmp_path: Path, members: dict[str, str], said: str) -> None:
    with pytest.raises(UserError, match=said):
        read_file(packed(tmp_path / "a.zip", **members))


def test_a_protected_open_document_asks_for_no_password(tmp_path: Path) -> None:
    path = ods(tmp_path / "parc.ods", [HEADER, *LINES])
    import zipfile

    with zipfile.ZipFile(path) as packed_file:
        members = {name: packed_file.read(name) for name in packed_file.namelist()}
    manifest = members["META-INF/manifest.xml"].decode()
    members["META-INF/manifest.xml"] = manifest.replace(
        'manifest:full-path="content.xml"', 'manifest:full-path="content.xml" manifest:size="9"', 1
    ).encode()
    entry = '<manifest:encryption-data manifest:checksum="x"/></manifest:file-entry>'
    text = members["META-INF/manifest.xml"].decode()
    place = text.index("/>", text.index('full-path="content.xml"'))
    text = f"{text[:place]}>{entry}{text[place + 2 :]}"
    members["META-INF/manifest.xml"] = text.encode()
    members["content.xml"] = bytes(range(256))
    with zipfile.ZipFile(path, "w") as packed_file:
        for name, content in members.items():
            packed_file.writestr(name, content)
    with pytest.raises(UserError, match="mot de passe"):
        read_file(path)


def test_a_file_that_is_gone_a_folder_and_one_too_big(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match="n’est plus là"):
        read_table(tmp_path / "liste.csv", DEVICES)
    with pytest.raises(UserError, match="répertoire"):
        read_table(tmp_path, DEVICES)
    monkeypatch.setattr(reading, "LARGEST_FILE", 5 * 1024**2)
    (tmp_path / "liste.csv").write_bytes(b"a;b\n" * (2 * 1024**2))
    with pytest.raises(UserError, match="dépasse 5 Mo, la limite d’EGN Desktop"):
        read_table(tmp_path / "liste.csv", DEVICES)
    monkeypatch.setattr(reading, "MOST_LINES", 2000)
    with pytest.raises(UserError, match="plus de 2\u202f000 lignes"):
        read(tmp_path, b"Type;Marque\n" * 2002)


def test_the_samples_are_what_the_ministry_exports() -> None:
    table = read_table(SAMPLES / "onde_eleves.csv", recogniser(ImportKind.PUPILS))
    assert table.rows[0].cells[0] == "LEFÈVRE"
    assert {row.cells[0] for row in table.rows} >= {"ÇELIK", "MÜLLER", "GARCÍA-LÓPEZ", "NOËL"}
