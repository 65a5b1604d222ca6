# SPDX-License-Identifier: GPL-3.0-or-later
"""Read every page of the open file again, and tell whether it is what was written.

SQLite reads a page when it needs it: a damage in what nobody looks at would show months later, when
the backups that hold that page whole are gone.
"""

from typing import TYPE_CHECKING

from egn_desktop.dossier.errors import DamagedError
from egn_desktop.dossier.log import held_pages
from egn_desktop.dossier.pages import wrong_pages
from egn_desktop.dossier.places import in_words

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier


def damage(dossier: "Dossier") -> DamagedError | None:
    """Return what is to be told of an open file in which a page is damaged, or None.

    Raises:
        UserError: the place does not answer.
    """
    handle = dossier.handle
    if handle is None:
        return None
    try:
        if not wrong_pages(handle, dossier.key):
            return None
        # What is being folded in may be read half-written: it is asked again while nothing moves.
        with dossier.locked:
            dossier.fold()
            # Where a disk stops the folding in, the log has whole what is half in the file.
            held = held_pages(dossier.path)
            is_damaged = not held.issuperset(wrong_pages(handle, dossier.key))
    except OSError as error:
        raise in_words(error, dossier.path) from error
    return DamagedError(dossier.path, dossier.dossier_id) if is_damaged else None
