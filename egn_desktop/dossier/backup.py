# SPDX-License-Identifier: GPL-3.0-or-later
"""Verified, rotating backups in the user's folder, and a restored copy beside the original.

A backup is a dossier like any other: encrypted with the same secret, with the same id, opened by
the same code.
"""

import errno
import os
import re
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop import paths
from egn_desktop.changes import Changed
from egn_desktop.dossier import rotation
from egn_desktop.dossier.connection import DatabaseError, connect
from egn_desktop.dossier.errors import (
    AlreadyExistsError,
    BackupFailedError,
    MissingDossierError,
    RestoreFailedError,
)

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

SUFFIX = ".egn"
# Those made before something risky, kept apart from the rotation.
SPECIAL_KEPT = 3
_TIME = "%Y-%m-%d_%H-%M-%S"
_NAME = re.compile(r"(\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d)(?:_([a-z-]+))?\.egn")
_NAME_FILE = "nom.txt"
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class Reason(StrEnum):
    """Why a backup was made; the value is part of its file's name."""

    ROUTINE = ""
    MIGRATION = "avant-mise-a-jour"
    SECRET = "avant-changement-de-secret"  # noqa: S105 - a file name

    @property
    def label(self) -> str:
        """The French words for it."""
        return {
            Reason.ROUTINE: "Sauvegarde ordinaire",
            Reason.MIGRATION: "Avant une mise à jour du logiciel",
            Reason.SECRET: "Avant un changement de secret",
        }[self]


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup file; ``made_at`` is in local time, ``size`` in bytes."""

    path: Path
    made_at: datetime
    size: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class BackupSet:
    """The backups of one dossier on this machine, the newest first.

    Attributes:
        name: the name of the dossier's file when it was last backed up.
    """

    dossier_id: str
    name: str
    backups: Sequence[Backup]


def back_up(dossier: "Dossier", reason: Reason = Reason.ROUTINE) -> Backup:
    """Copy the open dossier, verify the copy by opening it, then drop the backups past their time.

    Raises:
        BackupFailedError: no backup was made; the dossier itself is untouched.
    """
    made_at = dossier.now().astimezone().replace(microsecond=0)
    try:
        folder = paths.backups(dossier.dossier_id)
        while (finished := folder / _name(made_at, reason)).exists():
            made_at += timedelta(seconds=1)
        unfinished = finished.with_suffix(".part")
        try:
            writes = _copy(dossier, unfinished)
            if not is_whole(unfinished, dossier.key):
                raise BackupFailedError
            unfinished.replace(finished)
        finally:
            unfinished.unlink(missing_ok=True)
        dossier.writes -= writes
        (folder / _NAME_FILE).write_text(dossier.path.name, encoding="utf-8")
        _rotate(dossier.dossier_id, spared=finished)
        size = finished.stat().st_size
    except (OSError, *DatabaseError) as error:
        raise BackupFailedError(is_full=is_full(error)) from error
    dossier.announce(Changed.BACKUPS)
    return Backup(finished, made_at, size, reason)


def back_up_if_due(dossier: "Dossier") -> Backup | None:
    """Make the day's backup if the dossier changed and has none of today; call it now and then.

    Raises:
        BackupFailedError: it was due and could not be made.
    """
    if dossier.read_only:
        return None
    backups = list_backups(dossier.dossier_id)
    if backups:
        newest = max(one.path.stat().st_mtime for one in backups)
        is_changed = dossier.writes > 0 or dossier.path.stat().st_mtime > newest
        is_done = any(one.made_at.date() == dossier.today() for one in backups)
        if is_done or not is_changed:
            return None
    return back_up(dossier)


def list_backups(dossier_id: str) -> Sequence[Backup]:
    """Return a dossier's backups on this machine, the newest first."""
    return _backups_in(paths.backups(dossier_id))


def all_backups() -> Sequence[BackupSet]:
    """Return every dossier that has backups on this machine, the last backed up first.

    For when the dossier itself is gone, or too damaged to say which one it is.
    """
    sets: list[BackupSet] = []
    for folder in paths.backups("").iterdir():
        backups = _backups_in(folder) if folder.is_dir() else ()
        if backups:
            name = folder.name
            with suppress(OSError, UnicodeDecodeError):
                name = (folder / _NAME_FILE).read_text(encoding="utf-8")
            sets.append(BackupSet(folder.name, name, backups))
    return sorted(sets, key=lambda one: one.backups[0].made_at, reverse=True)


def restore(backup: Path, target: Path) -> Path:
    """Copy a backup to a new file, which is then opened like any dossier.

    Raises:
        AlreadyExistsError: a restored file never replaces another.
        MissingDossierError: the backup is gone.
        RestoreFailedError: the copy could not be written.
    """
    if not backup.is_file():
        raise MissingDossierError(backup)
    try:
        with backup.open("rb") as source, target.open("xb") as copy:
            try:
                while piece := source.read(1 << 20):
                    copy.write(piece)
                copy.flush()
                os.fsync(copy.fileno())
            except OSError:
                copy.close()
                target.unlink(missing_ok=True)
                raise
    except FileExistsError:
        raise AlreadyExistsError(target) from None
    except OSError as error:
        raise RestoreFailedError(target, is_full=is_full(error)) from error
    return target


def proposed_name(original: Path, backup: Backup) -> Path:
    """Return a free name beside the original for what a backup restores."""
    stem = f"{original.stem} (restauré du {backup.made_at:%d-%m-%Y})"
    proposed = original.with_name(f"{stem}{SUFFIX}")
    number = 2
    while proposed.exists():
        proposed = original.with_name(f"{stem} {number}{SUFFIX}")
        number += 1
    return proposed


def is_whole(copy: Path, key: bytes) -> bool:
    """Open a copy, read every page of it, and tell whether all is there.

    Raises:
        DatabaseError: it does not open.
    """
    with closing(connect(copy, key, immutable=True)) as connection:
        return (
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
            and not connection.execute("PRAGMA cipher_integrity_check").fetchall()
            and connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        )


def is_full(error: BaseException) -> bool:
    """Tell whether an error means that no room was left."""
    cause = getattr(error, "orig", error)
    name = str(getattr(cause, "sqlite_errorname", ""))
    # The driver's backup gives its errors no name.
    is_said = isinstance(cause, DatabaseError) and "disk is full" in str(cause)
    return name.startswith("SQLITE_FULL") or is_said or getattr(cause, "errno", None) in _FULL


def _name(made_at: datetime, reason: Reason) -> str:
    return "_".join(part for part in (made_at.strftime(_TIME), reason.value) if part) + SUFFIX


def _copy(dossier: "Dossier", target: Path) -> int:
    """Write the copy and return how many of the dossier's writes it holds."""
    target.unlink(missing_ok=True)
    salt = bytes.fromhex(dossier.dossier_id)
    with closing(connect(target, dossier.key, salt=salt)) as copy, dossier.locked:
        dossier.raw.backup(copy)
        # The copied header says WAL; a backup is one file, read without a side file.
        copy.execute("PRAGMA journal_mode = DELETE")
        return dossier.writes


def _backups_in(folder: Path) -> Sequence[Backup]:
    found: list[Backup] = []
    for file in folder.iterdir():
        match = _NAME.fullmatch(file.name)
        if match and (match[2] or "") in set(Reason):
            made_at = datetime.strptime(match[1], _TIME).astimezone()
            found.append(Backup(file, made_at, file.stat().st_size, Reason(match[2] or "")))
    return sorted(found, key=lambda one: (one.made_at, one.path.name), reverse=True)


def _rotate(dossier_id: str, *, spared: Path) -> None:
    """Drop what is past its time, but never the one just made: the clock may have been wrong."""
    backups = list_backups(dossier_id)
    routine = [one for one in backups if one.reason is Reason.ROUTINE]
    special = [one for one in backups if one.reason is not Reason.ROUTINE]
    staying = rotation.kept(one.made_at for one in routine)
    past = [one for one in routine if one.made_at not in staying] + special[SPECIAL_KEPT:]
    for one in past:
        if one.path != spared:
            one.path.unlink(missing_ok=True)
