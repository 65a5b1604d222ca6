# SPDX-License-Identifier: GPL-3.0-or-later
"""Find backups when the dossier is gone: on this machine, on a stick, or for a damaged file."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from egn_desktop import paths
from egn_desktop.dossier import keys, memory
from egn_desktop.dossier.backup import is_whole, list_backups, of_file
from egn_desktop.dossier.connection import DatabaseError
from egn_desktop.dossier.errors import SecretNeededError
from egn_desktop.dossier.open_file import SALT_BYTES, is_open_here
from egn_desktop.dossier.pages import is_something_else
from egn_desktop.dossier.shelf import SUFFIX, Backup, Shelf, backup_at, copy_at, is_named_so

# A stick may hold anything; backups lie near its surface.
DEEPEST = 5
MOST_FILES = 5_000


@dataclass(frozen=True, slots=True)
class BackupSet:
    """The backups of one dossier, the newest first.

    Attributes:
        name: the name of the dossier's file when it was last backed up.
    """

    dossier_id: str
    name: str
    backups: Sequence[Backup]


@dataclass(frozen=True, slots=True)
class WayBack:
    """What a damaged file can be replaced by.

    Attributes:
        backup: the newest good one of this very dossier.
        lost: how many writes it lacks, as far as this computer remembers; None if it does not.
    """

    dossier_id: str
    backup: Backup
    lost: int | None


def all_backups() -> Sequence[BackupSet]:
    """Return every dossier that has backups on this machine, the last backed up first."""
    sets = [
        _set(folder.name, Shelf(folder).backups())
        for folder in paths.backups("").iterdir()
        if folder.is_dir()
    ]
    return _latest_first(sets)


def backups_in(place: Path) -> Sequence[BackupSet]:
    """Return every dossier that a folder, a stick or one file holds, as backups to restore.

    Files that nobody made as backups count too: a copy made by hand may be all that is left.
    """
    found: dict[str, list[Backup]] = {}
    for file in [place] if place.is_file() else _files_in(place):
        with suppress(OSError):
            if is_open_here(file) or is_something_else(file):
                continue
            with file.open("rb") as opened:
                dossier_id = opened.read(SALT_BYTES).hex()
            sources = Shelf(file.parent).index.sources
            source = sources.get(file.name, "")
            made = backup_at(file, source) if is_named_so(file) else copy_at(file)
            found.setdefault(dossier_id, []).append(made)
    return _latest_first(
        [
            _set(dossier_id, sorted(backups, key=lambda backup: backup.order, reverse=True))
            for dossier_id, backups in found.items()
        ]
    )


def way_back(damaged: Path, dossier_id: str | None = None) -> WayBack | None:
    """Return what to restore in a damaged file's stead: a backup of that dossier, none other's.

    Args:
        dossier_id: which dossier it was, if that is known.
    """
    for candidate in [dossier_id] if dossier_id else ids_of(damaged):
        backups = list_backups(candidate)
        of_it = of_file(backups, damaged)
        known = _known_keys(candidate)
        for kept in (*of_it, *(backup for backup in backups if backup not in of_it)):
            if _is_good(kept, known):
                return WayBack(candidate, kept, _lost(candidate, kept))
    return None


def ids_of(damaged: Path) -> Iterator[str]:
    """Guess which dossier a file was: its beginning may be what is damaged."""
    shelves = {
        folder.name: Shelf(folder).backups()
        for folder in paths.backups("").iterdir()
        if folder.is_dir()
    }
    with suppress(OSError), damaged.open("rb") as file:
        start = file.read(SALT_BYTES).hex()
        if start in shelves:
            yield start
    opened_here = memory.id_at(damaged)
    if opened_here is not None:
        yield opened_here
    place = str(damaged.absolute())
    yield from (
        name for name, all_ in shelves.items() if any(backup.source == place for backup in all_)
    )
    namesakes = [
        name
        for name, all_ in shelves.items()
        if any(backup.file_name == damaged.name for backup in all_)
    ]
    if len(namesakes) == 1:
        yield from namesakes


def _known_keys(dossier_id: str) -> tuple[bytes, ...]:
    with suppress(SecretNeededError):
        return keys.find(dossier_id)
    return ()


def _is_good(backup: Backup, known: Sequence[bytes]) -> bool:
    """Tell whether a backup is whole; without a key, it was when it was made."""
    for key in known:
        with suppress(*DatabaseError):
            if is_whole(backup.path, key):
                return True
    return not known


def _lost(dossier_id: str, backup: Backup) -> int | None:
    seen = memory.recall(dossier_id)
    if seen is None or backup.number is None:
        return None
    return max(seen.number - backup.number, 0)


def _files_in(folder: Path) -> Iterator[Path]:
    seen = 0
    for parent, folders, names in os.walk(folder):
        depth = len(Path(parent).relative_to(folder).parts)
        folders[:] = (
            []
            if depth >= DEEPEST
            else sorted(folder for folder in folders if folder[0] not in ".$")
        )
        for name in sorted(names):
            seen += 1
            if seen > MOST_FILES:
                return
            if name.lower().endswith(SUFFIX):
                yield Path(parent) / name


def _set(dossier_id: str, backups: Sequence[Backup]) -> BackupSet:
    names = [backup.file_name for backup in backups if backup.source]
    return BackupSet(dossier_id, names[0] if names else dossier_id, backups)


def _latest_first(sets: Sequence[BackupSet]) -> Sequence[BackupSet]:
    there = [set_ for set_ in sets if set_.backups]
    return sorted(there, key=lambda set_: set_.backups[0].made_at, reverse=True)
