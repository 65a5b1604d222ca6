# SPDX-License-Identifier: GPL-3.0-or-later
"""A folder that holds backups of one dossier, here or on a stick: names, index, rotation.

The name of a backup says when it was made, how many writes the dossier had seen, and why:
``2026-11-30_08-12-00_n875_avant-mise-a-jour.egn``. Which file it is of stands in the index beside:
two copies of one dossier share their id, and so their folder.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import msgspec

from egn_desktop import files
from egn_desktop.dossier import rotation

SUFFIX = ".egn"
INDEX = "index.json"
# Those made before something risky, kept apart from the rotation; their term is that of all.
SPECIAL_KEPT = 3
_TIME = "%Y-%m-%d_%H-%M-%S"
_NAME = re.compile(
    r"(?P<time>\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)(?:_n(?P<number>\d+))?(?:_(?P<reason>[a-z-]+))?\.egn"
)


class Reason(StrEnum):
    """Why a backup was made; the value is part of its file's name."""

    ROUTINE = ""
    MIGRATION = "avant-mise-a-jour"
    SECRET = "avant-changement-de-secret"  # noqa: S105 - a file name
    JOINING = "avant-reunion"
    OTHER_COPY = "autre-copie"
    COPY = "copie"

    @property
    def label(self) -> str:
        """The French words for it."""
        return {
            Reason.ROUTINE: "Sauvegarde ordinaire",
            Reason.MIGRATION: "Avant une mise à jour du logiciel",
            Reason.SECRET: "Avant un changement de secret",
            Reason.JOINING: "Avant la réunion de deux copies",
            Reason.OTHER_COPY: "L’autre copie, avant sa réunion",
            Reason.COPY: "Copie du dossier",
        }[self]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file.

    Attributes:
        made_at: in local time, as the computer's clock had it.
        size: in bytes.
        number: how many writes the dossier had seen; None before they were counted.
        source: the file that it is of, as its path or its name; empty when nobody noted it.
    """

    path: Path
    made_at: datetime
    size: int
    reason: Reason
    number: int | None = None
    source: str = ""

    @property
    def order(self) -> tuple[int, datetime, str]:
        """The place among the others: the longest is the newest, whatever the clock said."""
        return -1 if self.number is None else self.number, self.made_at, self.path.name

    @property
    def file_name(self) -> str:
        """The name of the file that it is of, without its folder, whichever system wrote it."""
        return re.split(r"[/\\]", self.source)[-1]


class Index(msgspec.Struct, kw_only=True):
    """What a folder of backups says of itself.

    Attributes:
        dossier: the id.
        place: a name drawn at random, by which a stick is known again whatever its letter.
        sources: of each backup, by its file's name, the file that it is of.
    """

    dossier: str = ""
    place: str = ""
    sources: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder."""

    folder: Path

    @property
    def index(self) -> Index:
        """The index; empty where there is none, or none that makes sense."""
        try:
            return msgspec.json.decode((self.folder / INDEX).read_bytes(), type=Index)
        except (OSError, ValueError):
            return Index()

    def backups(self) -> Sequence[Backup]:
        """Return the backups, the newest first."""
        sources = self.index.sources
        found = [
            backup_at(file, sources.get(file.name, ""))
            for file in self.folder.iterdir()
            if is_named_so(file)
        ]
        return sorted(found, key=lambda backup: backup.order, reverse=True)

    def free_place(self, made_at: datetime, number: int | None, reason: Reason) -> Path:
        """Return where a new backup goes."""
        counted = "" if number is None else f"n{number}"
        while True:
            parts = (made_at.strftime(_TIME), counted, reason.value)
            place = self.folder / ("_".join(filter(None, parts)) + SUFFIX)
            if not place.exists():
                return place
            made_at += timedelta(seconds=1)

    def note(self, backup: Path, source: str, *, dossier_id: str) -> None:
        """Note which file a backup is of.

        Raises:
            OSError: the folder refuses.
        """
        index = self.index
        index.dossier = dossier_id
        index.sources[backup.name] = source
        self.write(index)

    def write(self, index: Index) -> None:
        """Write the index, without what is no longer there.

        Raises:
            OSError: the folder refuses.
        """
        index.sources = {
            name: source for name, source in index.sources.items() if (self.folder / name).exists()
        }
        files.write_whole(self.folder / INDEX, msgspec.json.encode(index))

    def rotate(self, today: date, *, spared: Collection[Path] = ()) -> None:
        """Drop what is past its time, but never what was just made: the clock may be wrong."""
        backups = self.backups()
        staying = {
            group[place]
            for group in _routine_by_source(backups)
            for place in rotation.kept([backup.made_at for backup in group])
        }
        staying |= set(
            [backup for backup in backups if backup.reason is not Reason.ROUTINE][:SPECIAL_KEPT]
        )
        over = rotation.past_term([backup.made_at for backup in backups], today)
        for place, kept in enumerate(backups):
            if (kept not in staying or place in over) and kept.path not in spared:
                kept.path.unlink(missing_ok=True)

    def last_day(self, today: date) -> date | None:
        """Return the last day on which a backup made until now is there, or None without any."""
        return max(
            rotation.last_days([backup.made_at for backup in self.backups()], today), default=None
        )


def is_named_so(file: Path) -> bool:
    """Tell a backup by its name."""
    match = _NAME.fullmatch(file.name)
    return match is not None and (match["reason"] or "") in set(Reason)


def backup_at(file: Path, source: str) -> Backup:
    """Return what a backup's own name says of it.

    Raises:
        OSError: the file is gone.
    """
    match = _NAME.fullmatch(file.name)
    if match is None:
        raise ValueError(file.name)
    return Backup(
        file,
        datetime.strptime(match["time"], _TIME).astimezone(),
        file.stat().st_size,
        Reason(match["reason"] or ""),
        int(match["number"]) if match["number"] else None,
        source,
    )


def copy_at(file: Path) -> Backup:
    """Return a dossier's file of any name as the backup that it can serve as.

    Raises:
        OSError: the file is gone.
    """
    found = file.stat()
    made_at = datetime.fromtimestamp(found.st_mtime).astimezone().replace(microsecond=0)
    return Backup(file, made_at, found.st_size, Reason.COPY, None, file.name)


def _routine_by_source(backups: Sequence[Backup]) -> Sequence[Sequence[Backup]]:
    """Part the backups by the file that they are of: a copy's must not push the other's out."""
    groups: dict[str, list[Backup]] = {}
    for backup in backups:
        if backup.reason is Reason.ROUTINE:
            groups.setdefault(backup.source, []).append(backup)
    return list(groups.values())
