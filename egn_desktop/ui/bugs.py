# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens when the program itself is at fault: a log without names, and the truth told.

The log holds the places in the code, never messages or values: these may name a pupil.
"""

import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from egn_desktop import VERSION, paths
from egn_desktop.errors import UserError

LARGEST_LOG = 500_000

Tell = Callable[[UserError], object]


class BugError(UserError):
    """The program failed; nothing of the user's is to blame."""

    def __init__(self, log: Path) -> None:
        super().__init__(
            "Cette action n’a pas abouti, à cause d’un défaut du logiciel.",
            kept="Tout ce qui était enregistré l’est toujours ; seule la dernière action est à "
            "refaire.",
            todo="Si cela se répète, transmettez le journal technique à la personne qui vous "
            f"assiste. Il ne contient aucun nom : {log}",
        )
        self.log = log


class BugHandler:
    """Logs each fault once a run, and has it told; a ``UserError`` is told as it is."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._seen: set[tuple[str, int]] = set()
        self._telling = False

    def install(self) -> None:
        """Answer for every exception that nothing else caught, on any thread."""
        sys.excepthook = self.handle
        threading.excepthook = self._handle_thread

    def handle(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Log an exception and tell the user."""
        if not isinstance(error, Exception):
            sys.__excepthook__(kind, error, trace)
            return
        # A fault in what tells of faults would come back here for ever.
        if self._telling:
            return
        self._telling = True
        try:
            self._tell(self._in_words(error, trace))
        finally:
            self._telling = False

    def _in_words(self, error: Exception, trace: TracebackType | None) -> UserError:
        if isinstance(error, UserError):
            return error
        log = paths.technical_log()
        frames = traceback.extract_tb(trace)
        where = (frames[-1].filename, frames[-1].lineno or 0) if frames else ("", 0)
        # A fault met at each repaint is told each time, but written once.
        if where not in self._seen:
            self._seen.add(where)
            write_log(log, error, frames)
        return BugError(log)

    def _handle_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self.handle(args.exc_type, args.exc_value, args.exc_traceback)


def write_log(log: Path, error: BaseException, frames: traceback.StackSummary) -> None:
    """Append one fault: when, which versions, which kind, where; no message and no value."""
    lines = [
        f"{time.strftime('%Y-%m-%d %H:%M:%S')} EGN Desktop {VERSION}, "
        f"Python {platform.python_version()}, {platform.platform()}",
        *(f"  {_inside(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames),
        f"  {type(error).__module__}.{type(error).__qualname__}",
        "",
    ]
    try:
        if log.is_file() and log.stat().st_size > LARGEST_LOG:
            log.replace(log.with_suffix(".1.log"))
        with log.open("a", encoding="utf-8") as file:
            file.write("\n".join(lines))
    except OSError:
        # A full disk must not turn one fault into two.
        return


def _inside(filename: str) -> str:
    """Return a path without what is above the package: a home folder bears a name."""
    parts = Path(filename).parts
    for root in ("egn_desktop", "site-packages", "lib"):
        if root in parts:
            return "/".join(parts[len(parts) - 1 - parts[::-1].index(root) :])
    return parts[-1] if parts else ""
