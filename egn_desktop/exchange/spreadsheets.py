# SPDX-License-Identifier: GPL-3.0-or-later
"""Write a table for a spreadsheet: csv as French spreadsheets read it, ods, or xlsx.

A text that a spreadsheet would run as a formula is written as text: in csv behind an apostrophe, in
a workbook as it is, for there a cell says by itself that it is text.
"""

import csv
import io
import math
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from egn_desktop import files, french
from egn_desktop.dossier.places import not_written
from egn_desktop.paths import share_as_folder

if TYPE_CHECKING:
    from xlsxwriter import Format, Worksheet

Cell = str | int | float | date | None
Rows = Sequence[Sequence[Cell]]

FORMULA_STARTS = (*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20")
MIME = "application/vnd.oasis.opendocument.spreadsheet"
LONGEST_SHEET_NAME = 31
_KEPT = "\n\t\r \u00a0\u202f\u2009\u200c\u200d"
"""Spaces, and the joiners that some scripts are written with."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
LONGEST_XLSX_TEXT = 32_767
"""How many UTF-16 units a cell of Excel's holds."""
_FIRST_XLSX_YEAR = 1900
_LARGEST_XLSX_NUMBER = 10**15
"""From here on Excel would change the last digits."""
_NOT_IN_A_SHEET_NAME = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_csv(rows: Rows, path: Path) -> None:
    """Write a table as UTF-8 csv with semicolons, a decimal comma, and a mark for spreadsheets.

    Raises:
        UserError: the file cannot be written; one that was there stays as it was.
    """
    write_delimited([[_csv_text(cell) for cell in row] for row in rows], path)


def write_delimited(
    rows: Sequence[Sequence[str]], path: Path, *, delimiter: str = ";", quote_all: bool = False
) -> None:
    """Write texts as UTF-8 csv with a mark for spreadsheets; they are to be ``harmless``.

    Raises:
        UserError: the file cannot be written; one that was there stays as it was.
    """
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    write_file(path, text.getvalue().encode("utf-8-sig"))


def write_ods(rows: Rows, path: Path, sheet: str = "Feuille 1") -> None:
    """Write a table as an ods workbook of one sheet; its first row is a header.

    Numbers and dates are written as such. The same table gives the same bytes.

    Raises:
        UserError: the file cannot be written; one that was there stays as it was.
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        # The type comes first and uncompressed, so that the file is known by its first bytes.
        _add(archive, "mimetype", MIME, zipfile.ZIP_STORED)
        _add(archive, "META-INF/manifest.xml", _MANIFEST)
        _add(archive, "styles.xml", _STYLES)
        _add(archive, "content.xml", _content(rows, sheet))
    write_file(path, file.getvalue())


def write_xlsx(rows: Rows, path: Path, sheet: str = "Feuille 1") -> None:
    """Write a table as an xlsx workbook of one sheet; its first row is a header.

    Numbers and dates are written as such. The same table gives the same bytes.

    Raises:
        UserError: the file cannot be written; one that was there stays as it was.
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    # In memory: what a list says of people is not to lie about in temporary files.
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(*_ZIP_TIME)})  # noqa: DTZ001
        page = book.add_worksheet(_xlsx_sheet_name(sheet))
        page.set_column(0, max((len(row) for row in rows), default=1) - 1, 22)
        page.freeze_panes(1, 0)
        head = book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        lines = book.add_format({"text_wrap": True})
        for y, row in enumerate(rows):
            for x, cell in enumerate(row):
                _xlsx_cell(page, (y, x), cell, day=day, text=None if y else head, lines=lines)
    write_file(path, file.getvalue())


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that a table is written as.

    Attributes:
        id: the ending of its name without the dot, and the option of the commands.
        title: what it is, in French, for a file dialog.
        write: writes rows, the first of them a header, to a path, on a sheet of this name.
    """

    id: str
    title: str
    write: Callable[[Rows, Path, str], None]

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return f".{self.id}"

    @property
    def filter(self) -> str:
        """What a file dialog shows of it."""
        return f"{self.title} (*{self.suffix})"


KINDS: Final = (
    Kind("ods", "Classeur LibreOffice", write_ods),
    Kind("xlsx", "Classeur Excel", write_xlsx),
    Kind(
        "csv", "Texte séparé par des points-virgules", lambda rows, path, _: write_csv(rows, path)
    ),
)
FILTER: Final = ";;".join(kind.filter for kind in KINDS)


def kind_of(path: Path) -> Kind | None:
    """Return the kind that the ending of a file's name says, or None."""
    return next((kind for kind in KINDS if path.suffix.lower() == kind.suffix), None)


def write_file(path: Path, content: bytes) -> None:
    """Write a whole file, or leave what was there.

    Raises:
        UserError: the disk is full, or the place refuses.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(path, content)
        share_as_folder(path)
    except OSError as error:
        raise not_written(error, path) from error


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula where a cell is text alone."""
    plain = visible(text)
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def visible(text: str) -> str:
    """Return a text without control characters."""
    return "".join(character for character in text if character.isprintable() or character in _KEPT)


def _csv_text(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, date):
        return french.short_date(cell)
    if isinstance(cell, float) and math.isfinite(cell):
        return f"{cell:.6f}".rstrip("0").rstrip(".").replace(".", ",")
    return "" if cell is None else str(cell)


def _add(archive: zipfile.ZipFile, name: str, text: str, how: int = zipfile.ZIP_DEFLATED) -> None:
    info = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
    info.compress_type = how
    archive.writestr(info, text.encode("utf-8"))


def _content(rows: Rows, sheet: str) -> str:
    width = max((len(row) for row in rows), default=1)
    lines = [_row(row, header=place == 0) for place, row in enumerate(rows)]
    head = lines[:1] and [f"<table:table-header-rows>{lines[0]}</table:table-header-rows>"]
    name = quoteattr(visible(sheet)[:LONGEST_SHEET_NAME])
    return (
        f"{_CONTENT_START}<table:table table:name={name}>"
        f'<table:table-column table:style-name="col" table:number-columns-repeated="{width}"/>'
        f"{''.join([*head, *lines[1:]])}</table:table>{_CONTENT_END}"
    )


def _row(row: Sequence[Cell], *, header: bool) -> str:
    cells = "".join(_ods_cell(cell, "head" if header else "") for cell in row)
    return f"<table:table-row>{cells or '<table:table-cell/>'}</table:table-row>"


def _ods_cell(cell: Cell, style: str) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = f'office:value-type="date" office:date-value="{cell:%Y-%m-%d}"'
        shown, style = french.short_date(cell), "day"
    elif isinstance(cell, (int, float)) and math.isfinite(cell):
        number = repr(cell)
        kind, shown = f'office:value-type="float" office:value="{number}"', _csv_text(cell)
    else:
        kind, shown = 'office:value-type="string"', visible(str(cell))
    named = f' table:style-name="{style}"' if style else ""
    words = "".join(f"<text:p>{escape(line)}</text:p>" for line in shown.splitlines() or [""])
    return f"<table:table-cell{named} {kind}>{words}</table:table-cell>"


def _xlsx_cell(
    page: "Worksheet",
    place: tuple[int, int],
    cell: Cell,
    *,
    day: "Format",
    text: "Format | None",
    lines: "Format",
) -> None:
    """Write a cell by its type; a text is never looked at for what it could be."""
    if cell is None or cell == "":
        return
    if isinstance(cell, date) and cell.year >= _FIRST_XLSX_YEAR:
        page.write_datetime(*place, cell, day)
    elif isinstance(cell, (int, float)) and abs(cell) < _LARGEST_XLSX_NUMBER:
        page.write_number(*place, cell)
    else:
        said = french.short_date(cell) if isinstance(cell, date) else visible(str(cell))
        units = said.encode("utf-16-le")
        if len(units) > 2 * LONGEST_XLSX_TEXT:
            said = units[: 2 * (LONGEST_XLSX_TEXT - 1)].decode("utf-16-le", "ignore") + "…"
        page.write_string(*place, said, lines if "\n" in said and text is None else text)


def _xlsx_sheet_name(sheet: str) -> str:
    name = visible(sheet).translate(_NOT_IN_A_SHEET_NAME)
    return name[:LONGEST_SHEET_NAME].strip(" '") or "Feuille 1"


_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("fo", "xsl-fo-compatible"),
    )
)
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CONTENT_START = (
    f'{_XML}<office:document-content {_SPACES} office:version="1.3"><office:automatic-styles>'
    '<number:date-style style:name="date"><number:day number:style="long"/>'
    "<number:text>/</number:text>"
    '<number:month number:style="long"/><number:text>/</number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<style:style style:name="col" style:family="table-column">'
    '<style:table-column-properties style:column-width="4cm"/></style:style>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="date"/>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles><office:body><office:spreadsheet>"
)
_CONTENT_END = "</office:spreadsheet></office:body></office:document-content>"
_STYLES = f'{_XML}<office:document-styles {_SPACES} office:version="1.3"/>'
_MANIFEST = (
    f'{_XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIME}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
