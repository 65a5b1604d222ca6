# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that are whole or absent: written aside, put on the disk, then given their name.

Another program may hold a file for a moment: an antivirus reads what was just written, a sync
client uploads it. Windows then refuses to rename over it, so the renaming is tried for some
seconds.
"""

import errno
import os
import re
import secrets
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

PATIENCE_S = 10.0
_EACH_S = 0.1
# What is aside says which process writes it; what SQLite lays beside it is part of it.
_PART = re.compile(r".*\.(?P<process>\d+)-[0-9a-f]{8}\.part(?P<side>-journal|-wal)?", re.DOTALL)
# With what is added, below the 255 bytes that disks allow, whatever the letters.
_NAME_KEPT = 48
_STALE_S = 24 * 3600


@contextmanager
def whole(target: Path) -> Generator[Path]:
    """Hand over a file aside, which takes the target's place when the work on it ends well.

    Killed at any instant, the target is what it was or what it was to be.

    Raises:
        OSError: the disk refuses; the target is what it was.
    """
    part = part_of(target)
    try:
        yield part
        sync(part)
        replace_patiently(part, target)
        sync_folder(target.parent)
    finally:
        for leftover in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Write a whole file, or leave what was there.

    Raises:
        OSError: the disk refuses; the target is what it was.
    """
    with whole(target) as part:
        part.write_bytes(content)


def part_of(target: Path) -> Path:
    """Return a free name beside the target for what is not finished."""
    name = f"{target.name[:_NAME_KEPT]}.{os.getpid()}-{secrets.token_hex(4)}.part"
    return target.with_name(name)


def replace_patiently(source: Path, target: Path) -> None:
    """Give a file another's name and place, waiting for a program that holds one of them.

    Raises:
        OSError: it is still refused after ``PATIENCE_S``.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            source.replace(target)
        except PermissionError:
            # Elsewhere than on Windows it is the place that refuses, and will refuse again.
            if sys.platform != "win32" or time.monotonic() > until:
                raise
            time.sleep(_EACH_S)
        else:
            return


def sync(file: Path) -> None:
    """Have what was written reach the disk.

    Raises:
        OSError: the disk refuses.
    """
    # Before the file is given its name: after a power cut the name could stand for nothing.
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names of a folder reach the disk, where the system knows such a wish."""
    if sys.platform == "win32":
        return
    # On POSIX a name is written with its folder, not with its file. Some network drives do not
    # know it.
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def clear_parts(folder: Path, *, of: str | None = None) -> None:
    """Remove what a process that is gone left unfinished.

    Args:
        of: the one file whose parts are meant; else all those of the folder.
    """
    with suppress(OSError):
        for file in list(folder.iterdir()):
            if _is_left_over(file, of):
                with suppress(OSError):
                    file.unlink()


def _is_left_over(file: Path, of: str | None) -> bool:
    match = _PART.fullmatch(file.name)
    if match is None or (of is not None and not file.name.startswith(f"{of[:_NAME_KEPT]}.")):
        return False
    if not _is_running(int(match["process"])):
        return True
    try:
        # The number of a process is given to another one day, or is another computer's.
        return time.time() - file.stat().st_mtime > _STALE_S
    except OSError:
        return False


def _is_running(process: int) -> bool:
    if process == os.getpid():
        return True
    if sys.platform == "win32":
        # There a file that a process still writes cannot be removed.
        return False
    try:
        os.kill(process, 0)
    except OSError as error:
        return error.errno != errno.ESRCH
    return True
