# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell a wrong key from a damaged file by checking pages without the database.

SQLCipher answers "file is not a database" to both. But each page carries a message
authentication code under the key: if any page is authentic, the key is right and the file is
damaged. The layout is that of SQLCipher 4: pages of 4096 bytes, 80 of them reserved (an
initialisation vector of 16, an HMAC-SHA512 of 64), the salt in the first 16 bytes of the file.

Each function opens the file by itself: never ask one about a file that this process holds open,
since closing it here would drop SQLite's locks (see ``guard``, and ``open_file.is_open_here``).
"""

import hashlib
import hmac
from collections.abc import Collection, Iterator
from enum import Enum
from io import SEEK_END, RawIOBase
from pathlib import Path
from typing import BinaryIO

PAGE = 4096
SALT = 16
MAC = 64
MAC_SALT_MASK = 0x3A
# 4096 random bytes hold about 256 different values; text, archives' tables and pictures far fewer.
DISTINCT_BYTES_OF_CIPHERTEXT = 245
# Pages looked at where reading all of them would only tell the same.
LOOKED_AT = 64
OTHER_FORMATS = (
    b"SQLite format 3",
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
)


class Look(Enum):
    """What a file that would not open turns out to be."""

    DAMAGED = "damaged"
    OTHER_KEY = "other_key"
    NOT_A_DOSSIER = "not_a_dossier"


class FirstLook(Enum):
    """What the bytes of a file show before anyone gives a secret."""

    MAY_OPEN = "may_open"
    # A whole number of pages, most of them like a dossier's, after a beginning that is none.
    WIPED = "wiped"
    # Empty, or the traces of nothing in particular: it may have been anything.
    NOTHING = "nothing"
    OTHER_FORMAT = "other_format"


def look(path: Path, key: bytes, ids: Collection[str] = ()) -> tuple[Look, str | None]:
    """Tell why a file would not open with ``key`` (32 bytes), and which dossier it is if damaged.

    Args:
        ids: the ids, which are salts, of the dossiers that it may be: where the first bytes are
            not what was written, one of these makes the other pages authentic.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        own = file.read(SALT).hex()
        for candidate in dict.fromkeys((own, *ids)):
            if len(candidate) == 2 * SALT and _holds_authentic_page(file, candidate, key):
                return Look.DAMAGED, candidate
        file.seek(0)
        start = file.read(PAGE)
    return (Look.OTHER_KEY if _may_be_dossier(start) else Look.NOT_A_DOSSIER), None


def first_look(path: Path) -> FirstLook:
    """Tell a file that no key can open, before anyone is asked for one."""
    with path.open("rb") as file:
        start = file.read(PAGE)
        if start.startswith(OTHER_FORMATS):
            return FirstLook.OTHER_FORMAT
        if _looks_random(start):
            return FirstLook.MAY_OPEN
        pages = list(_spread(file))
    # Text, tables and archives have no such pages; nothing of a dossier looks any other way.
    if len(pages) > 1 and 2 * sum(map(_looks_random, pages)) >= len(pages):
        return FirstLook.WIPED
    is_blank = not start.strip(b"\0")
    return FirstLook.NOTHING if is_blank or b"\0" in start else FirstLook.OTHER_FORMAT


def is_something_else(path: Path) -> bool:
    """Tell a file that no key can open."""
    return first_look(path) is not FirstLook.MAY_OPEN


def is_page_of(path: Path, dossier_id: str, key: bytes) -> bool:
    """Tell whether some page of a file is authentic under the id and the key of a dossier."""
    mac_key = _mac_key(dossier_id, key)
    with path.open("rb") as file:
        return any(_is_authentic(page, file.tell() // PAGE, mac_key) for page in _spread(file))


def _spread(file: BinaryIO) -> Iterator[bytes]:
    """Yield some pages of a file, from its beginning to its end."""
    count = file.seek(0, SEEK_END) // PAGE
    for number in sorted({place * count // LOOKED_AT for place in range(LOOKED_AT)}):
        file.seek(number * PAGE)
        if len(page := file.read(PAGE)) == PAGE:
            yield page


def wrong_pages(file: RawIOBase, key: bytes) -> list[int]:
    """Return the numbers, from 1, of the pages of a file that are not what was written.

    Args:
        file: a handle that stays open; it is read from its beginning.
    """
    file.seek(0)
    salt = _read(file, SALT)
    mac_key = _mac_key(salt.hex(), key)
    file.seek(0)
    wrong: list[int] = []
    number = 0
    while page := _read(file, PAGE):
        number += 1
        if not _is_authentic(page, number, mac_key):
            wrong.append(number)
    return wrong


def _read(file: RawIOBase, size: int) -> bytes:
    pieces: list[bytes] = []
    while size and (piece := file.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _holds_authentic_page(file: BinaryIO, dossier_id: str, key: bytes) -> bool:
    mac_key = _mac_key(dossier_id, key)
    file.seek(0)
    number = 0
    while len(page := file.read(PAGE)) == PAGE:
        number += 1
        if _is_authentic(page, number, mac_key):
            return True
    return False


def _mac_key(dossier_id: str, key: bytes) -> bytes:
    salt = bytes(byte ^ MAC_SALT_MASK for byte in bytes.fromhex(dossier_id))
    return hashlib.pbkdf2_hmac("sha512", key, salt, 2, len(key))


def _is_authentic(page: bytes, number: int, mac_key: bytes) -> bool:
    if number == 1:
        page = page[SALT:]
    expected = hmac.digest(mac_key, page[:-MAC] + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(expected, page[-MAC:])


def _may_be_dossier(start: bytes) -> bool:
    return not start.startswith(OTHER_FORMATS) and _looks_random(start)


def _looks_random(start: bytes) -> bool:
    return len(start) >= PAGE and len(set(start[:PAGE])) >= DISTINCT_BYTES_OF_CIPHERTEXT
