# SPDX-License-Identifier: GPL-3.0-or-later
"""Any file that a user may choose → a table, or a refusal that says what to do instead.

``read_table`` has a child process read the file; ``table_here`` is what the child does.
"""

import csv
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from egn_desktop import french
from egn_desktop.errors import UserError
from egn_desktop.exchange import delimited, encodings, siecle_files, unpacking, workbooks
from egn_desktop.exchange.table import (
    MOST_LINES,
    Recognise,
    Table,
    as_table,
    header_place,
)
from egn_desktop.exchange.titles import Recogniser
from egn_desktop.sandbox import given

LARGEST_FILE = 20 * 1024 * 1024
"""How many bytes a file may have: our own limit."""

SUFFIXES = ("csv", "txt", "tsv", "xlsx", "xlsm", "xls", "ods", "xml", "zip")
"""What a file chooser offers; the content alone decides how a file is read."""

_OTHER_KINDS = (
    (b"%PDF", "un document PDF"),
    (b"{\\rtf", "un document de traitement de texte"),
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"SQLite format 3", "une base de données"),
    (b"Rar!", "une archive"),
    (b"7z\xbc\xaf", "une archive"),
    (b"\x1f\x8b", "une archive"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LARGEST_TYPE = 200
_EXPORT_AGAIN = (
    "Choisissez un fichier csv, xlsx ou ods : dans ONDE ou Pronote, l’export au format csv ; "
    "dans un tableur, « Enregistrer sous »."
)


def read_table(path: Path, recognise: Recogniser) -> Table:
    """Read a file as a table.

    Args:
        recognise: tells how many cells of a line are header words; it finds the header below
            titles, the right sheet of a workbook and the delimiter of a text.

    Raises:
        UserError: the file is gone, empty, too large, protected, or no table.
    """
    return read_part(path, _content(path), recognise)


def read_part(path: Path, content: bytes, recognise: Recogniser) -> Table:
    """Read as a table what was taken of a file, as ``read_table`` does a whole one.

    Raises:
        UserError: it is empty, or no table.
    """
    from egn_desktop.sandbox.parent import ask

    about = {"path": str(path.absolute()), "words": sorted(recognise.words)}
    table, _ = ask("table", content, Table, about, name=path.name, todo=workbooks.COPY_ALONE)
    return table


def for_parent(content: bytes, about: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Read a file in the child; see ``sandbox.readers``."""
    table = table_here(Path(about["path"]), content, Recogniser(frozenset(about["words"])))
    plain = {
        "name": about["name"],
        "header": table.header,
        "rows": [{"line": row.line, "cells": row.cells} for row in table.rows],
        "sheet": table.sheet,
        "origin": table.origin,
        "remark": table.remark,
    }
    return plain, b""


def table_here(path: Path, content: bytes, recognise: Recognise) -> Table:
    """Read a file as a table in this process: for the child, and for files of our own.

    Args:
        path: where it lies; SIECLE's files are two.

    Raises:
        UserError: the file is empty, protected, or no table.
    """
    name = path.name
    if not content.strip(b"\0 \t\r\n"):
        raise UserError(f"Le fichier « {name} » est vide.", todo="Exportez de nouveau la liste.")
    table = siecle_files.read_siecle(path, content, recognise)
    if table is not None:
        return table
    if content.startswith(b"PK") or content.startswith(_OLE):
        return _from_workbook(name, content, recognise)
    return _from_text(name, content, recognise)


def _content(path: Path) -> bytes:
    try:
        return given.read(path, LARGEST_FILE)
    except given.TooLarge as error:
        raise UserError(
            f"Le fichier « {path.name} » dépasse {LARGEST_FILE // 1024**2} Mo, la limite "
            "d’EGN Desktop.",
            todo="Gardez la liste seule, sans images ni anciennes années, puis réessayez.",
        ) from error
    except FileNotFoundError as error:
        raise UserError(
            f"Le fichier « {path.name} » n’est plus là.",
            todo="Vérifiez son nom, ou rebranchez la clé USB qui le contient.",
        ) from error
    except (OSError, ValueError) as error:
        what = "est un répertoire" if path.is_dir() else "ne peut pas être lu"
        raise UserError(
            f"« {path.name} » {what}.",
            todo="Fermez-le s’il est ouvert dans un tableur, ou copiez-le sur le Bureau.",
        ) from error


def _from_workbook(name: str, content: bytes, recognise: Recognise) -> Table:
    kind = _packed_kind(content) if content.startswith(b"PK") else _ole_kind(name, content)
    if kind:
        raise _wrong_kind(name, kind)
    try:
        table = workbooks.read_workbook(name, content, recognise)
    except workbooks.NotAWorkbook as error:
        raise UserError(
            f"Le classeur « {name} » est abîmé ou d’un format inconnu.",
            todo="Ouvrez-le dans votre tableur, enregistrez-le au format xlsx ou ods, puis "
            "réessayez.",
        ) from error
    if table is None:
        raise _not_a_table(name)
    return table


def _packed_kind(content: bytes) -> str:
    """Return what a zip holds if it is known not to be a workbook."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if any(name.startswith("xl/") for name in names):
                return ""
            if any(name.startswith(("word/", "ppt/")) for name in names):
                return "un document, pas un classeur"
            if "mimetype" in names:
                mimetype = unpacking.member(packed, packed.getinfo("mimetype"), _LARGEST_TYPE)
                if b"spreadsheet" in mimetype:
                    return ""
                if b"opendocument" in mimetype:
                    return "un document, pas un classeur"
            return "une archive"
    except Exception:  # a damaged archive fails in many ways; the workbook reader says so
        return ""


def _ole_kind(name: str, content: bytes) -> str:
    if _utf16("EncryptedPackage") in content:
        raise workbooks.password_needed(name)
    if _utf16("WordDocument") in content:
        return "un document Word"
    if _utf16("PowerPoint Document") in content:
        return "une présentation"
    return ""


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _from_text(name: str, content: bytes, recognise: Recognise) -> Table:
    for mark, kind in _OTHER_KINDS:
        if content.startswith(mark):
            raise _wrong_kind(name, kind)
    if b"\0" in content and not content.startswith(_UTF_16):
        raise _wrong_kind(name, "un fichier que seul le logiciel qui l’a créé sait lire")
    text = encodings.decode(content)
    if _MARKUP.match(text):
        raise _wrong_kind(name, "une page web, ou un fichier XML qui n’est pas de SIECLE")
    if _CONTROLS.search(text):
        raise _wrong_kind(name, "un fichier que seul le logiciel qui l’a créé sait lire")
    try:
        rows = delimited.rows_of(text, recognise)
    except csv.Error as error:
        raise _not_a_table(name) from error
    if len(rows) > MOST_LINES:
        raise UserError(
            f"Le fichier « {name} » a plus de {french.number(MOST_LINES, 0)} lignes, la limite "
            "d’EGN Desktop.",
            todo="Gardez la liste de l’année seule, puis réessayez.",
        )
    found = header_place(rows, recognise)
    if found is None:
        raise _not_a_table(name)
    return as_table(name, rows, found[0])


def _wrong_kind(name: str, kind: str) -> UserError:
    return UserError(f"« {name} » est {kind} : on ne peut pas y lire de liste.", todo=_EXPORT_AGAIN)


def _not_a_table(name: str) -> UserError:
    return UserError(
        f"On ne trouve pas de tableau dans « {name} » : il faut une ligne de titres, puis une "
        "ligne par élève, responsable ou appareil, en plusieurs colonnes.",
        todo=_EXPORT_AGAIN,
    )
