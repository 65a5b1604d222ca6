# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault-injecting library that stands between a process and its disk; see ``shim.c``."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
WRITE, SYNC, TRUNCATE, UNLINK = 1, 2, 4, 8
NO_LOCKS = "TORTURE_NO_LOCKS"
_LOADED = "TORTURE_SHIM"


def missing() -> str | None:
    """Return why there is no shim here, or None."""
    if not sys.platform.startswith("linux"):
        return "the shim is Linux's"
    if shutil.which("cc") is None:
        return "there is no C compiler"
    return None


def rerun_with_it(**environment: str) -> None:
    """Start this very command again with the shim before every other library, if it is not."""
    reason = missing()
    if reason is not None:
        print(f"{sys.argv[0]}: left out, {reason}")
        sys.exit(0)
    if os.environ.get(_LOADED):
        return
    with tempfile.TemporaryDirectory(prefix="shim-") as folder:
        command = [sys.executable, "-m", sys.modules["__main__"].__spec__.name, *sys.argv[1:]]
        sys.exit(subprocess.call(command, env=environment_with_it(Path(folder), **environment)))


def environment_with_it(folder: Path, **environment: str) -> dict[str, str]:
    """Compile the shim into a folder, and return the environment that puts it first."""
    library = folder / "shim.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-w", "-o", library, SOURCE, "-ldl"], check=True
    )
    return {**os.environ, "LD_PRELOAD": str(library), _LOADED: "1", **environment}


def fail(word: str, kinds: int, number: int, error: int, *, stays: bool, half: bool) -> None:
    """Fail the n-th call of these kinds on files whose path holds the word; see ``shim.c``."""
    ctypes.CDLL(None).torture_fail(word.encode(), kinds, number, error, int(stays), int(half))


def heal() -> None:
    """Let everything succeed again."""
    ctypes.CDLL(None).torture_heal()


def failed() -> int:
    """Return how many calls have been failed since the last ``fail``."""
    return int(ctypes.CDLL(None).torture_failed())
