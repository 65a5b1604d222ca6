# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the files that the tests import, in the formats that schools have."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

Rows = Sequence[Sequence[Any]]


def csv_bytes(
    rows: Rows, *, encoding: str = "utf-8", delimiter: str = ";", quoting: int = csv.QUOTE_MINIMAL
) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(rows)  # pyright: ignore[reportArgumentType]
    return text.getvalue().encode(encoding)


def xlsx(path: Path, *sheets: Rows, first_row: int = 1, first_column: int = 1) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"Feuille {number}")
        for y, row in enumerate(rows, start=first_row):
            for x, value in enumerate(row, start=first_column):
                if value != "":
                    sheet.cell(y, x, value)
    book.save(path)
    return path


def ods(path: Path, rows: Rows) -> Path:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.table import Table, TableCell, TableRow
    from odf.text import P

    document = OpenDocumentSpreadsheet()
    table = Table(name="Matériel")
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    document.save(str(path))
    return path


def packed(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/"), text)
    return path


def sample_rows(path: Path, encoding: str) -> list[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file, delimiter=";"))
