# SPDX-License-Identifier: GPL-3.0-or-later
"""Rewrite the file after an erasure, so that no page keeps what was erased.

``secure_delete`` blanks what a page frees, but not the copies that SQLite leaves behind when it
moves rows between pages; rewriting every page leaves none.
"""

from egn_desktop.dossier import erased
from egn_desktop.dossier.connection import DatabaseError, in_words_while_open
from egn_desktop.dossier.store import Dossier


def compact(dossier: Dossier) -> None:
    """Rewrite every page, and empty the write-ahead log into the file.

    Raises:
        DiskFullError: there is no room for the copy; what was erased stays erased.
    """
    # What an undo would bring back must not outlive its erasure, not even in memory.
    dossier.undo_stack.clear()
    try:
        with dossier.alone():
            # A write: the log that VACUUM fills must begin with the name of a state.
            erased.note_erasure(dossier)
            dossier.raw.execute("VACUUM")
            dossier.fold()
    except DatabaseError as error:
        raise in_words_while_open(error, dossier.path) from error
