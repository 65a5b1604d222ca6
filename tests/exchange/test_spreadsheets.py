# SPDX-License-Identifier: GPL-3.0-or-later
import errno
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odf.opendocument import load
from odf.table import TableCell, TableRow
from python_calamine import CalamineWorkbook

from egn_desktop.errors import ExitCode, UserError
from egn_desktop.exchange.spreadsheets import (
    LONGEST_XLSX_TEXT,
    harmless,
    write_csv,
    write_ods,
    write_xlsx,
)

ROWS = [
    ("Critère", "Valeur", "Quand"),
    ("Débit « réel » ; mesuré <à> 10 h & noté", 1.5, date(2026, 11, 24)),
    ('=HYPERLINK("http://exemple.invalid")', 12, None),
    ("deux\nlignes", 0.1, None),
]


def test_a_csv_opens_in_a_french_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "réponses.csv"
    write_csv(ROWS, path)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert '"Débit « réel » ; mesuré <à> 10 h & noté";1,5;24/11/2026\r\n' in text
    assert ";12;\r\n" in text
    assert "\"'=HYPERLINK" in text
    assert not list(tmp_path.glob("*.part"))


def test_a_telephone_number_keeps_its_plus_in_an_ods_and_its_guard_in_a_csv(tmp_path: Path) -> None:
    rows = [("Nom", "Téléphone"), ("می‌خواهم", "+33 6 12 34 56 78")]
    write_ods(rows, tmp_path / "a.ods")
    book = CalamineWorkbook.from_path(tmp_path / "a.ods")
    assert book.get_sheet_by_index(0).to_python() == [list(row) for row in rows]
    write_csv(rows, tmp_path / "a.csv")
    assert ";'+33" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_an_ods_reads_back_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "réponses.ods"
    write_ods(ROWS, path, "État des lieux")
    book = CalamineWorkbook.from_path(path)
    assert book.sheet_names == ["État des lieux"]
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["Critère", "Valeur", "Quand"]
    assert rows[1] == ["Débit « réel » ; mesuré <à> 10 h & noté", 1.5, date(2026, 11, 24)]
    assert str(rows[2][0]).startswith("=HYPERLINK"), "a text is one by its type: nothing is added"
    assert rows[2][1] == 12
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_another_library_reads_the_ods_too(tmp_path: Path) -> None:
    path = tmp_path / "réponses.ods"
    write_ods(ROWS, path)
    rows = load(path).spreadsheet.getElementsByType(TableRow)
    assert len(rows) == len(ROWS)
    cells = rows[1].getElementsByType(TableCell)
    assert [cell.getAttribute("valuetype") for cell in cells] == ["string", "float", "date"]


@pytest.mark.parametrize("write", [write_ods, write_xlsx])
def test_the_same_table_gives_the_same_bytes(tmp_path: Path, write) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    write(ROWS, first)
    write(ROWS, second)
    assert first.read_bytes() == second.read_bytes()


def test_an_xlsx_reads_back_with_its_types(tmp_path: Path) -> None:
    path = tmp_path / "réponses.xlsx"
    write_xlsx(ROWS, path, "État des lieux")
    sheet = openpyxl.load_workbook(path)["État des lieux"]
    cells = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]
    assert cells[1][0] == ("Débit « réel » ; mesuré <à> 10 h & noté", "s")
    assert cells[1][1] == (1.5, "n")
    assert cells[1][2] == (datetime.fromisoformat("2026-11-24"), "d")
    assert sheet["C2"].number_format == "dd/mm/yyyy"
    assert cells[2][:2] == [('=HYPERLINK("http://exemple.invalid")', "s"), (12, "n")]
    assert cells[3][0] == ("deux\nlignes", "s")
    assert (sheet["A1"].font.bold, sheet["A2"].font.bold) == (True, False)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "{=", "http://", "mailto:", "00"])
def test_no_text_of_an_xlsx_is_a_formula_a_link_or_a_number(tmp_path: Path, start: str) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx([["Titre"], [f"{start}1}}"]], path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert (sheet["A2"].value, sheet["A2"].data_type) == (f"{start}1}}", "s")
    assert sheet["A2"].hyperlink is None


@pytest.mark.parametrize("name", ["", "'", "Prêts : 2026/2027 [tous]", "É" * 40, "a*b?c\\d"])
def test_any_title_names_a_sheet_of_an_xlsx(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.xlsx"
    write_xlsx(ROWS, path, name)
    (sheet,) = openpyxl.load_workbook(path).sheetnames
    assert 1 <= len(sheet) <= 31


def test_what_excel_could_not_hold_is_text_and_nothing_is_lost_without_a_word(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.xlsx"
    rows = [
        ["Titre"],
        [date(1848, 4, 27)],
        [354_000_000_000_000_123],
        [float("inf")],
        ["🙂" * 20_000],
    ]
    write_xlsx(rows, path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    values = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert values[:3] == ["27/04/1848", "354000000000000123", "inf"]
    text = str(values[3])
    assert text.endswith("🙂…")
    assert len(text.encode("utf-16-le")) // 2 <= LONGEST_XLSX_TEXT


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_text_keeps_the_xlsx_readable(tmp_path_factory: pytest.TempPathFactory, texts) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "any.xlsx"
    write_xlsx([["Titre"], *[[text] for text in texts], ["fin"]], path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert sheet.max_row == len(texts) + 2
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


@given(st.text(max_size=12))
def test_no_text_runs_as_a_formula(text: str) -> None:
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_any_text_keeps_the_ods_readable(tmp_path_factory: pytest.TempPathFactory, texts) -> None:
    path = tmp_path_factory.mktemp("ods") / "any.ods"
    write_ods([["Titre"], *[[text] for text in texts]], path)
    assert len(load(path).spreadsheet.getElementsByType(TableRow)) == len(texts) + 1


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [
        (errno.ENOSPC, ExitCode.DISK_FULL, "le disque est plein"),
        (errno.EACCES, ExitCode.READ_ONLY, "est protégé en écriture"),
        (errno.EROFS, ExitCode.READ_ONLY, "est protégé en écriture"),
        (errno.ENOENT, ExitCode.READ_ONLY, "n’existe pas sur cet ordinateur"),
        (errno.EIO, ExitCode.READ_ONLY, "ne répond plus"),
        (errno.EINVAL, ExitCode.READ_ONLY, "refuse l’écriture"),
        (errno.ENAMETOOLONG, ExitCode.READ_ONLY, "trop long"),
    ],
)
def test_a_refused_place_keeps_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: ExitCode, words: str
) -> None:
    path = tmp_path / "réponses.csv"
    path.write_text("avant", encoding="utf-8")

    def refuse(self: Path, content: bytes) -> int:
        raise OSError(number, "refused")

    monkeypatch.setattr(Path, "write_bytes", refuse)
    with pytest.raises(UserError, match=words) as refused:
        write_csv(ROWS, path)
    assert refused.value.exit_code is code
    assert path.read_text(encoding="utf-8") == "avant"
