# SPDX-License-Identifier: GPL-3.0-or-later
"""Other copies that the user does not want to hear of, for as long as nobody changes them.

Remembered on this computer, not in the dossier. What is done here in the meantime does not bring
the word back: what matters of another copy is that somebody works in it.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from egn_desktop.dossier import memory
from egn_desktop.dossier.log import log_of

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier


def set_aside(dossier: "Dossier", copies: Sequence[Path]) -> None:
    """Speak no more of these copies until one of them changes."""
    looks = {memory.place_of(copy): _look(copy) for copy in copies}
    # Under the lock by which the dossier's own standing is remembered.
    with dossier.locked:
        seen = memory.recall(dossier.dossier_id)
        if seen is not None:
            memory.keep(dossier.dossier_id, msgspec.structs.replace(seen, aside=looks))


def to_be_told(dossier_id: str, copies: Sequence[Path]) -> Sequence[Path]:
    """Return the copies that were not set aside, or have changed since."""
    seen = memory.recall(dossier_id)
    aside = seen.aside if seen is not None else {}
    return [copy for copy in copies if aside.get(memory.place_of(copy)) != _look(copy)]


def _look(copy: Path) -> str:
    """Return what changes with a file, or with the log beside it."""
    parts: list[str] = []
    for file in (copy, log_of(copy)):
        with suppress(OSError):
            told = file.stat()
            parts.append(f"{told.st_mtime_ns}:{told.st_size}")
    return " ".join(parts)
