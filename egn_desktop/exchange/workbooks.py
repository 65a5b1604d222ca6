# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets: xlsx, xlsm, xls and ods, through calamine.

Calamine takes the memory of the whole rectangle that holds the filled cells, and ends the process
where there is not enough: one stray cell in XFD1048576 does it. Only a child reads a workbook.
"""

import io
import zipfile
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from egn_desktop.errors import UserError
from egn_desktop.exchange import unpacking
from egn_desktop.exchange.table import (
    MOST_COLUMNS,
    MOST_LINES,
    Recognise,
    Row,
    Table,
    as_table,
    filled_rows,
    header_place,
)

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

LARGEST_UNPACKED = 300 * 1024 * 1024
"""How many bytes a workbook may take once unpacked: our own limit."""

COPY_ALONE = (
    "Copiez la liste seule (titres et lignes remplies) dans un nouveau classeur, enregistrez-le et "
    "importez-le."
)
"""What can be done about a workbook that takes too much."""

_LARGEST_MANIFEST = 1024 * 1024


class NotAWorkbook(Exception):
    """The library cannot read it as a spreadsheet."""


def read_workbook(name: str, content: bytes, recognise: Recognise) -> Table | None:
    """Return the first sheet's table whose header is known best, or None if there is no table.

    Raises:
        UserError: the workbook is protected by a password, or too large.
        NotAWorkbook: it is damaged, or no spreadsheet.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    check_size(name, content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            return _best_sheet(name, workbook, recognise)
    except PasswordError as error:
        raise password_needed(name) from error
    except CalamineError as error:
        raise NotAWorkbook(str(error)) from error
    except (UserError, MemoryError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        # A panic of the library's Rust code derives from BaseException alone.
        raise NotAWorkbook(str(error)) from error


def password_needed(name: str) -> UserError:
    """Return what to say of a workbook that asks for a password."""
    return UserError(
        f"Le classeur « {name} » est protégé par un mot de passe.",
        todo="Ouvrez-le dans votre tableur, retirez le mot de passe, enregistrez-en une copie "
        "et importez la copie.",
    )


def check_size(name: str, content: bytes) -> None:
    """Refuse a packed workbook that would not fit in memory.

    Raises:
        UserError: it is too large.
        NotAWorkbook: it cannot be unpacked.
    """
    if not content.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if _encrypted(packed):
                raise password_needed(name)
            unpacking.check(packed, LARGEST_UNPACKED)
    except (UserError, MemoryError):
        raise
    except unpacking.TooMuch as error:
        raise _too_large(name) from error
    except Exception as error:  # a damaged archive fails in many ways
        raise NotAWorkbook(str(error)) from error


def _encrypted(packed: zipfile.ZipFile) -> bool:
    """Tell whether an OpenDocument file has parts that only a password opens."""
    manifest = "META-INF/manifest.xml"
    if manifest not in packed.namelist():
        return False
    said = unpacking.member(packed, packed.getinfo(manifest), _LARGEST_MANIFEST)
    return b"encryption-data" in said


def _too_large(name: str) -> UserError:
    return UserError(
        f"Le classeur « {name} » est trop étendu pour être lu.",
        todo=COPY_ALONE,
    )


def _best_sheet(name: str, workbook: "CalamineWorkbook", recognise: Recognise) -> Table | None:
    best: tuple[int, Table] | None = None
    for place in range(len(workbook.sheets_metadata)):
        sheet = workbook.get_sheet_by_index(place)
        rows = list[Row]()
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            rows.extend(filled_rows([(number, [as_text(cell) for cell in cells[:MOST_COLUMNS]])]))
            if len(rows) > MOST_LINES:
                raise _too_large(name)
        found = header_place(rows, recognise)
        if found is not None and (best is None or found[1] > best[0]):
            best = found[1], as_table(name, rows, found[0], sheet.name)
    return best[1] if best else None


def as_text(cell: Any) -> str:
    """Return a cell as a person would type it: ISO dates, whole numbers without decimals."""
    match cell:
        case bool():
            return "Oui" if cell else "Non"
        case float() if cell.is_integer() and abs(cell) < 1e16:
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat()
        case _:
            return str(cell)
