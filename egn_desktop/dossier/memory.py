# SPDX-License-Identifier: GPL-3.0-or-later
"""What this computer remembers of each dossier that it opened: where, and how far it had got.

One small file a dossier in the user's folder, so that two windows never write the same one. A file
that is older than what was seen here, a journal cut short, a damaged beginning that no longer says
which dossier it was: all are known by it. Nothing of a school or a person is kept.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from egn_desktop import files, paths

PLACES_KEPT = 8
_SUFFIX = ".json"


class Memory(msgspec.Struct, frozen=True, kw_only=True):
    """How a dossier stood when this computer last saw it.

    Attributes:
        places: the files that held it, the latest first.
        number: how many writes it had seen; see ``state``.
        token: the name of that state.
        entries: how many entries its journal had.
        head: the hash of the last of them.
        at: when the last write was made.
        aside: other copies that the user does not want to hear of, and how each looked then.
    """

    places: list[str]
    number: int
    token: str
    entries: int
    head: str
    at: datetime
    aside: dict[str, str] = {}


def recall(dossier_id: str) -> Memory | None:
    """Return what is remembered of a dossier, or None."""
    try:
        return msgspec.json.decode(_file(dossier_id).read_bytes(), type=Memory)
    except (OSError, ValueError):
        return None


def keep(dossier_id: str, memory: Memory) -> None:
    """Remember how a dossier stands; where the user's folder cannot be written, nothing is kept."""
    # A name that is no text cannot be written either.
    with suppress(OSError, UnicodeEncodeError):
        file = _file(dossier_id)
        file.parent.mkdir(parents=True, exist_ok=True)
        files.write_whole(file, msgspec.json.encode(memory))


def clear_parts() -> None:
    """Remove what a process that was killed left unfinished here."""
    files.clear_parts(_folder())


def known_ids() -> list[str]:
    """Return the ids of the dossiers that this computer knows: opened here, or backed up here."""
    with suppress(OSError):
        seen = {file.stem for file in _folder().glob(f"*{_SUFFIX}")}
        backed_up = {folder.name for folder in paths.backups("").iterdir() if folder.is_dir()}
        return sorted(seen | backed_up)
    return []


def id_at(path: Path) -> str | None:
    """Return the id of the dossier that this computer last opened at a place, or None."""
    place = place_of(path)
    found = [
        (memory.at, dossier_id)
        for dossier_id in known_ids()
        if (memory := recall(dossier_id)) is not None and place in memory.places
    ]
    return max(found)[1] if found else None


def place_of(path: Path) -> str:
    """Return the words by which a place is remembered."""
    return str(path.absolute())


def with_place(places: list[str], path: Path) -> list[str]:
    """Return the places with this one first."""
    place = place_of(path)
    return [place, *(text for text in places if text != place)][:PLACES_KEPT]


def _folder() -> Path:
    return paths.user_data() / "dossiers"


def _file(dossier_id: str) -> Path:
    return _folder() / f"{dossier_id}{_SUFFIX}"
