# SPDX-License-Identifier: GPL-3.0-or-later
"""Putting this computer's mark beside a file, where another's may stand or be on its way."""

import time
from contextlib import suppress
from pathlib import Path

from egn_desktop.dossier import places
from egn_desktop.dossier.errors import OpenElsewhereError
from egn_desktop.dossier.log import log_of
from egn_desktop.dossier.mark import BETWEEN_TRIES_S, TRIES, Mark, Marks

# The marks that were taken away, by their places; see ``Marks.taken``.
Taken = dict[Path, Mark | None]

# How long the other computer is given to end what it had under way.
_SETTLED_AFTER_S = 0.5


def put(path: Path, marks: Marks, mine: Mark, *, take_over: bool) -> Taken | None:
    """Put the mark beside the file, in place of one that may be taken away.

    That is one of a closed dossier, one that this computer left, or the one that the user takes
    over. This computer's own lock has been taken by now: an open mark of its own is that of a
    process which ended without a word.

    Returns:
        The marks that were taken away, by this computer and others; None where the place refuses
        marks.

    Raises:
        OpenElsewhereError: another computer has the dossier open.
    """
    agreed = ""
    renamed: set[Path] = set()
    is_refused = False
    for _ in range(TRIES):
        try:
            marks.make(mine)
            taken = marks.taken()
        except FileExistsError:
            found = marks.read_once_written()
            if take_over and found is not None:
                agreed = agreed or found.token
            if found is not None and found.keeps_out(mine) and found.token != agreed:
                raise told(path, marks, found) from None
            with suppress(OSError):
                renamed.add(marks.take_away())
            continue
        except OSError:
            # A share may say so of a mark that was put there at this very instant. A place that
            # cannot be written is told by SQLite's own attempt; one that is full too.
            if places.trouble(path) is not None:
                return None
            is_refused = True
            time.sleep(BETWEEN_TRIES_S)
            continue
        for place, mark in taken.items():
            # The user agreed to one; another computer may have taken over that one meanwhile.
            is_agreed = take_over and (place not in renamed or mark is None or mark.token == agreed)
            if mark is not None and mark.keeps_out(mine) and not is_agreed:
                own = marks.withdraw(mine)
                if own is not None:
                    marks.put_back(place, mark)
                    own.unlink()
                raise told(path, marks, mark)
        return taken
    found = marks.read_or_none()
    if is_refused and (found is None or not found.keeps_out(mine)):
        return None
    raise told(path, marks, found or mine)


def put_back(marks: Marks, taken: Taken) -> None:
    """Put a mark back that was found; where there were more, they stay beside it."""
    for place, mark in taken.items():
        if mark is not None:
            marks.put_back(place, mark)
            return


def let_settle(path: Path) -> None:
    """Wait until what the other computer had under way is done: it sees the mark at its next look.

    A folding in would otherwise be copied half-way, and its log not at all.
    """
    before = None
    for _ in range(TRIES):
        present = [_stamp(path), _stamp(log_of(path))]
        if present == before:
            return
        before = present
        time.sleep(_SETTLED_AFTER_S)


def _stamp(path: Path) -> tuple[int, int] | None:
    with suppress(OSError):
        found = path.stat()
        return found.st_size, found.st_mtime_ns
    return None


def told(path: Path, marks: Marks, found: Mark) -> OpenElsewhereError:
    """Return the words for a file whose mark is another computer's."""
    return OpenElsewhereError(
        path, who=found.who, computer=found.computer, since=found.since, silent=marks.silence()
    )
