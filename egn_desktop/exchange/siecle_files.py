# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the XML files of SIECLE lie: alone, in a zip, or side by side in one folder."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from egn_desktop.errors import UserError
from egn_desktop.exchange import markup, siecle, unpacking
from egn_desktop.exchange.siecle import Export
from egn_desktop.exchange.table import Recognise, Table
from egn_desktop.sandbox import given

LARGEST_UNPACKED = 80 * 1024 * 1024
"""How many bytes the files of a zip may have together once unpacked: our own limit."""

MOST_MEMBERS = 50
MOST_NEIGHBOURS = 10
_KINDS = (siecle.PUPILS, siecle.GUARDIANS)
_MARKS = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_OFFICE = ("[Content_Types].xml", "mimetype")


def read_siecle(path: Path, content: bytes, recognise: Recognise) -> Table | None:
    """Return the table of a file or a zip of SIECLE's; None if it is something else.

    Raises:
        UserError: it is SIECLE's, but damaged, incomplete, protected or too large.
    """
    exports = _exports(path.name, content)
    if not exports:
        return None
    if siecle.PUPILS not in {export.kind for export in exports}:
        exports = [*exports, *_beside(path, exports[0].school)]
    return siecle.as_table(path.name, exports, recognise)


def _exports(name: str, content: bytes) -> list[Export]:
    if content.startswith(b"PK"):
        files = _unpacked(name, content)
    else:
        files = [content] if content.lstrip(_MARKS).startswith(b"<") else []
    return [siecle.parse(name, file) for file in files if markup.root_of(file) in _KINDS]


def _unpacked(name: str, content: bytes) -> Sequence[bytes]:
    """Return the XML files of a zip, none for a workbook or where it cannot be read at all."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except Exception:  # a damaged archive fails in many ways; the workbook reader says so
        return ()
    with packed:
        members = packed.infolist()
        if any(member.filename in _OFFICE for member in members):
            return ()
        listed = [member for member in members if member.filename.lower().endswith(".xml")]
        found: list[bytes] = []
        left = LARGEST_UNPACKED
        for info in listed[:MOST_MEMBERS]:
            if info.flag_bits & 1:
                raise UserError(
                    f"L’archive « {name} » est protégée par un mot de passe.",
                    todo="Décompressez-la, puis choisissez le fichier XML qu’elle contient.",
                )
            found.append(_member(name, packed, info, left))
            left -= len(found[-1])
        return found


def _member(name: str, packed: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    try:
        return unpacking.member(packed, info, most)
    except unpacking.TooMuch as error:
        raise UserError(
            f"L’archive « {name} » contient plus de {LARGEST_UNPACKED // 1024**2} Mo de fichiers "
            "XML, la limite d’EGN Desktop.",
            todo="N’y laissez que les élèves et les responsables d’un établissement.",
        ) from error
    except MemoryError:
        raise
    except Exception as error:  # a damaged archive fails in many ways
        raise UserError(
            f"L’archive « {name} » est abîmée.", todo="Exportez-la de nouveau de SIECLE."
        ) from error


def _beside(path: Path, school: str) -> list[Export]:
    """Return the pupils of the same school from the newest file beside, if there is one."""
    try:
        others = sorted(
            (file for file in path.parent.iterdir() if _may_list_pupils(file) and file != path),
            key=lambda path: path.stat().st_mtime,
            reverse=True,
        )
    except OSError:
        return []
    for other in others[:MOST_NEIGHBOURS]:
        try:
            found = _exports(other.name, given.read(other, LARGEST_UNPACKED // 4))
        except (OSError, UserError, given.TooLarge):
            continue
        pupils = [each for each in found if each.kind == siecle.PUPILS and each.school == school]
        if pupils:
            return pupils[:1]
    return []


def _may_list_pupils(path: Path) -> bool:
    name = path.name.lower()
    small = path.is_file() and path.stat().st_size <= LARGEST_UNPACKED // 4
    return "eleves" in name and name.endswith((".xml", ".zip")) and small
