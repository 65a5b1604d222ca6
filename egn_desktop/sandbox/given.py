# SPDX-License-Identifier: GPL-3.0-or-later
"""The bytes of a file that the user chose, and no more of them than may be."""

import os
import stat
from pathlib import Path

from egn_desktop.sandbox.watch import still_wanted

_CHUNK = 1 << 20


class TooLarge(Exception):
    """The file has more bytes than may be.

    Attributes:
        size: what the disk says of it, in bytes.
    """

    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def read(path: Path, most: int) -> bytes:
    """Return what a file holds; a slow share can be given up between two pieces.

    Raises:
        TooLarge: it has more than ``most`` bytes.
        OSError: it cannot be read, or is no file: a folder, a pipe, a device.
    """
    # Looked at before it is opened, which a pipe answers only when somebody writes into it.
    size = _size(os.stat(path))  # noqa: PTH116
    if size > most:
        raise TooLarge(size)
    content = bytearray()
    with path.open("rb", buffering=0) as file:
        size = _size(os.fstat(file.fileno()))
        while part := file.read(_CHUNK):
            still_wanted()
            content += part
            if len(content) > most:
                raise TooLarge(max(size, len(content)))
    return bytes(content)


def _size(found: os.stat_result) -> int:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError("a folder")
    if not stat.S_ISREG(found.st_mode):
        raise OSError("no file")
    return found.st_size
