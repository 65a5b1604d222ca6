# SPDX-License-Identifier: GPL-3.0-or-later
"""Read, work, write: what takes long is done while the dossier's lock is free.

The lock is held for each short read and for the one short write that keeps the result, never for
the composing and rendering between them: the window's thread would wait for all of it. What is kept
then is true of the dossier all the same, since the write is refused when another came between.
"""

from collections.abc import Callable
from typing import Final, TypeVar

from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier.errors import WrittenMeanwhileError
from egn_desktop.dossier.store import Dossier

TRIES: Final = 2

Made = TypeVar("Made")
Kept = TypeVar("Kept")


def read_work_write(
    dossier: Dossier,
    *changed: Changed,
    undo: str = "",
    work: Callable[[], Made],
    keep: Callable[[Session, Made], Kept],
) -> Kept:
    """Make something of what the dossier says, keep it in one write, and return what ``keep`` does.

    Args:
        undo: what a user would call it; see ``Dossier.write``.
        work: reads in as many reads as it likes, and makes; it changes nothing, and is done once
            more when the dossier was written meanwhile.
        keep: writes what was made.

    Raises:
        WrittenMeanwhileError: the dossier was written meanwhile, each time.
        UserError: what ``work``, ``keep`` or ``Dossier.write`` refuse.
    """
    if dossier.read_only:
        raise dossier.refusal()
    for _ in range(TRIES):
        since = dossier.written()
        try:
            made = work()
        except Exception:
            # Two of its reads may have seen two states: that is no reason to refuse.
            if since == dossier.written():
                raise
            continue
        try:
            with dossier.write(*changed, undo=undo, since=since) as session:
                return keep(session, made)
        except WrittenMeanwhileError:
            continue
    raise WrittenMeanwhileError
