# SPDX-License-Identifier: GPL-3.0-or-later
"""The members of a zip, never more of them than may be: what a zip says of sizes proves nothing."""

import zipfile

MOST_MEMBERS = 5_000
"""How many a zip may have: our own limit; a workbook of a hundred sheets has three hundred."""

_CHUNK = 1 << 20


class TooMuch(Exception):
    """A member, or all of them, unfold to more than may be."""


def member(packed: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return what a member holds.

    Raises:
        TooMuch: it has more than ``most`` bytes.
        Exception: it is damaged, which shows in many ways.
    """
    with packed.open(info) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise TooMuch
    return content


def check(packed: zipfile.ZipFile, most: int) -> None:
    """Unfold every member, keeping nothing.

    Raises:
        TooMuch: together they have more than ``most`` bytes, or there are too many.
        Exception: one is damaged, which shows in many ways.
    """
    if len(packed.infolist()) > MOST_MEMBERS:
        raise TooMuch
    left = most
    for info in packed.infolist():
        with packed.open(info) as file:
            while part := file.read(_CHUNK):
                left -= len(part)
                if left < 0:
                    raise TooMuch
