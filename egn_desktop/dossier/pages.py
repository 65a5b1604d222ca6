# SPDX-License-Identifier: GPL-3.0-or-later
"""Tell a wrong key from a damaged file by checking pages without the database.

SQLCipher answers "file is not a database" to both. But each page carries a message
authentication code under the key: if any page is authentic, the key is right and the file is
damaged. The layout is that of SQLCipher 4: pages of 4096 bytes, 80 of them reserved (an
initialisation vector of 16, an HMAC-SHA512 of 64), the salt in the first 16 bytes of the file.
"""

import hashlib
import hmac
from enum import Enum
from pathlib import Path

PAGE = 4096
SALT = 16
MAC = 64
MAC_SALT_MASK = 0x3A
PAGES_TRIED = 64
# 4096 random bytes hold about 256 different values; text, archives' tables and pictures far fewer.
DISTINCT_BYTES_OF_CIPHERTEXT = 245
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


def look(path: Path, key: bytes) -> Look:
    """Tell why a file would not open with ``key`` (32 bytes)."""
    with path.open("rb") as file:
        start = file.read(PAGE * PAGES_TRIED)
    salt = start[:SALT]
    mac_key = hashlib.pbkdf2_hmac(
        "sha512", key, bytes(byte ^ MAC_SALT_MASK for byte in salt), 2, len(key)
    )
    numbers = range(1, len(start) // PAGE + 1)
    if any(_is_authentic(start, number, mac_key) for number in numbers):
        return Look.DAMAGED
    if start.startswith(OTHER_FORMATS) or not _looks_random(start):
        return Look.NOT_A_DOSSIER
    return Look.OTHER_KEY


def is_something_else(path: Path) -> bool:
    """Tell a file that no key can open, before anyone is asked for one."""
    with path.open("rb") as file:
        start = file.read(PAGE)
    return start.startswith(OTHER_FORMATS) or not _looks_random(start)


def _is_authentic(start: bytes, number: int, mac_key: bytes) -> bool:
    page = start[(number - 1) * PAGE : number * PAGE]
    if number == 1:
        page = page[SALT:]
    expected = hmac.digest(mac_key, page[:-MAC] + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(expected, page[-MAC:])


def _looks_random(start: bytes) -> bool:
    return len(start) >= PAGE and len(set(start[:PAGE])) >= DISTINCT_BYTES_OF_CIPHERTEXT
