# SPDX-License-Identifier: GPL-3.0-or-later
"""What the process does first, so that what it holds stays with its user.

The files it makes are the user's alone; no copy of its memory is left on the disk by a crash, nor
taken by another program of the same user; the secrets it was given by its environment reach none
of the programs that it starts.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from egn_desktop import paths

SECRET_VARIABLE = "EGN_DESKTOP_SECRET"  # noqa: S105 - the name of a variable
NEW_SECRET_VARIABLE = "EGN_DESKTOP_NEW_SECRET"  # noqa: S105 - likewise

_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_OTHERS = 0o077
# <sys/prctl.h>
_PR_SET_DUMPABLE = 4
# <errhandlingapi.h>: no box about a crash, and no report of it with what the memory held.
_SEM_NO_BOXES = 0x0001 | 0x0002
_WER_NO_HEAP = 0x0001

_given: dict[str, str] = {}


def start() -> None:
    """Do all of it; called once, before anything is read or written."""
    _take_secrets()
    _leave_no_memory()
    if os.name == "posix":
        os.umask(_OTHERS)
        _make_private(paths.user_data())


def given(variable: str) -> str:
    """Return the secret that one of the two variables gave this process, or an empty text."""
    return _given.get(variable) or os.environ.get(variable, "")


def _take_secrets() -> None:
    for name in (SECRET_VARIABLE, NEW_SECRET_VARIABLE):
        _given[name] = os.environ.pop(name, "")


def _leave_no_memory() -> None:
    """Ask the system for no core file and no crash report; one that refuses keeps its ways."""
    import ctypes

    if sys.platform == "win32":
        with suppress(AttributeError, OSError):
            ctypes.windll.kernel32.SetErrorMode(_SEM_NO_BOXES)
            ctypes.windll.kernel32.WerSetFlags(_WER_NO_HEAP)
        return
    import resource

    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Neither may a debugger of the same user attach.
        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _make_private(folder: Path) -> None:
    """Close to others what an earlier version, or a copy, left open to them."""
    for place, _, names in os.walk(folder):
        _close(Path(place), _PRIVATE_FOLDER)
        for name in names:
            _close(Path(place, name), _PRIVATE_FILE)


def _close(path: Path, mode: int) -> None:
    with suppress(OSError):
        if not path.is_symlink() and path.stat().st_mode & _OTHERS:
            path.chmod(mode)
