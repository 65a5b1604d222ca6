# SPDX-License-Identifier: GPL-3.0-or-later
"""A lock of our own beside SQLite's, which no other reader in this process can lose for us.

On Linux a file dialog reads the first bytes of each file that it shows, to find its icon, and POSIX
then drops every lock of the process on that file: a second computer could write the open dossier.
A lock of the open file description stays until its own handle is closed; Windows' belong to the
handle too.
"""

import errno
import struct
import sys
from io import FileIO
from pathlib import Path

from egn_desktop.dossier.errors import AlreadyOpenError

# In the page where SQLite keeps its own locks, which never holds data, and clear of those.
_PLACE = 0x40000000 + 1024


def hold(path: Path) -> FileIO | None:
    """Take the lock, before SQLite opens the file; close what is returned after SQLite closes it.

    Returns:
        None where there is no such lock: the file cannot be written, macOS, some drives.

    Raises:
        AlreadyOpenError: someone has the lock.
    """
    try:
        file = FileIO(path, "r+")
    except OSError:
        return None
    try:
        _LOCKS[sys.platform](file)
    except OSError as error:
        file.close()
        if error.errno in (errno.EAGAIN, errno.EACCES, errno.EDEADLK):
            raise AlreadyOpenError(path) from error
        return None
    except KeyError:
        # The handle is kept all the same: it shows which file was opened.
        return file
    return file


def _lock_open_file(file: FileIO) -> None:
    import fcntl

    # ``struct flock`` of Linux on 64 bits: kind, from the beginning, place, length, and 0, which
    # asks for a lock of the handle. ``fcntl.lockf`` would take one of the process.
    wanted = struct.pack("hhqqi0q", fcntl.F_WRLCK, 0, _PLACE, 1, 0)
    fcntl.fcntl(file, fcntl.F_OFD_SETLK, wanted)


def _lock_on_windows(file: FileIO) -> None:  # pragma: no cover - Windows alone
    # The type checker knows ``msvcrt`` on Windows alone.
    if sys.platform == "win32":
        import msvcrt

        file.seek(_PLACE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)


_LOCKS = {"linux": _lock_open_file, "win32": _lock_on_windows}
