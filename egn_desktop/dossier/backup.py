# SPDX-License-Identifier: GPL-3.0-or-later
"""Verified, rotating backups in the user's folder, and copies that leave it.

A backup is a dossier like any other: encrypted with the same secret, with the same id, opened by
the same code.
"""

import shutil
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop import files, paths
from egn_desktop.changes import Changed
from egn_desktop.dossier import memory, state
from egn_desktop.dossier.connection import DatabaseError, connect, new_copy, pour
from egn_desktop.dossier.errors import (
    AlreadyExistsError,
    BackupFailedError,
    CopyFailedError,
    DamagedError,
    MissingDossierError,
    RestoreFailedError,
)
from egn_desktop.dossier.mark import forget_marks
from egn_desktop.dossier.places import is_full
from egn_desktop.dossier.shelf import SUFFIX, Backup, Reason, Shelf, backup_at

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

_WRONG_PAGE = ("SQLITE_NOTADB", "SQLITE_CORRUPT")


def shelf_of(dossier_id: str) -> Shelf:
    """Return the folder of a dossier's backups on this machine, made if missing."""
    return Shelf(paths.backups(dossier_id))


def back_up(dossier: "Dossier", reason: Reason = Reason.ROUTINE) -> Backup:
    """Copy the open dossier, verify the copy by opening it, then drop the backups past their time.

    Raises:
        BackupFailedError: no backup was made; the dossier itself is untouched.
        DamagedError: the dossier itself cannot be read to its end.
    """
    made_at = dossier.now().astimezone().replace(microsecond=0)
    try:
        shelf = shelf_of(dossier.dossier_id)
        try:
            place, writes = _shelved(dossier, shelf, made_at, reason)
        except _Outrun:
            # Somebody writes all the time, and is made to wait once.
            with dossier.alone():
                place, writes = _shelved(dossier, shelf, made_at, reason)
        dossier.writes -= writes
        source = str(dossier.path.absolute())
        shelf.note(place, source, dossier_id=dossier.dossier_id)
        shelf.rotate(dossier.today(), spared=(place,))
        made = backup_at(place, source)
    except (OSError, *DatabaseError) as error:
        raise BackupFailedError(is_full=is_full(error)) from error
    dossier.announce(Changed.BACKUPS)
    return made


class _Outrun(Exception):
    """A write came while the copy was made: its name would tell another state than it holds."""


def _shelved(
    dossier: "Dossier", shelf: Shelf, made_at: datetime, reason: Reason
) -> tuple[Path, int]:
    """Put a copy on the shelf, and return its place and how many writes it saves."""
    with dossier.locked:
        number, writes = dossier.written(), dossier.writes
    place = shelf.free_place(made_at, number, reason)
    with files.whole(place) as part:
        if copy_verified(dossier, part) != number:
            raise _Outrun
    return place, writes


def keep_other(
    dossier: "Dossier", other: Path, *, source: Path, number: int | None, spared: Path
) -> Backup:
    """Keep another copy of the dossier among its backups, as it was.

    Args:
        other: a whole copy of it, which is copied.
        source: the file that it is of.
        number: how many writes it had seen.
        spared: a backup that stays, whatever is past its time.

    Raises:
        BackupFailedError: it could not be kept.
    """
    made_at = dossier.now().astimezone().replace(microsecond=0)
    try:
        shelf = shelf_of(dossier.dossier_id)
        place = shelf.free_place(made_at, number, Reason.OTHER_COPY)
        with files.whole(place) as part:
            shutil.copyfile(other, part)
        shelf.note(place, str(source.absolute()), dossier_id=dossier.dossier_id)
        shelf.rotate(dossier.today(), spared=(place, spared))
        made = backup_at(place, str(source.absolute()))
    except OSError as error:
        raise BackupFailedError(is_full=is_full(error)) from error
    dossier.announce(Changed.BACKUPS)
    return made


def back_up_if_due(dossier: "Dossier") -> Backup | None:
    """Make the day's backup if the dossier changed and has none of today; call it now and then.

    Raises:
        BackupFailedError, DamagedError: it was due and could not be made.
    """
    if dossier.read_only:
        return None
    backups = of_file(list_backups(dossier.dossier_id), dossier.path)
    is_done = any(backup.made_at.date() == dossier.today() for backup in backups)
    if is_done or any(backup.number == dossier.written() for backup in backups):
        return None
    return back_up(dossier)


def copy_to(dossier: "Dossier", target: Path) -> Path:
    """Write a verified copy of the open dossier where the user wants one: a stick, a share.

    Raises:
        AlreadyExistsError: a copy never replaces another file.
        CopyFailedError: the place refused; nothing is left there.
        DamagedError: the dossier itself cannot be read to its end.
    """
    if target.exists():
        raise AlreadyExistsError(target)
    try:
        with files.whole(target) as part:
            copy_verified(dossier, part)
    except (OSError, BackupFailedError, *DatabaseError) as error:
        raise CopyFailedError(target, is_full=is_full(error)) from error
    return target


def copy_verified(dossier: "Dossier", target: Path, *, key: bytes | None = None) -> int | None:
    """Copy the open dossier into a new file, and prove it page by page.

    Others read and write between its steps; SQLite brings what they write to the copy.

    Args:
        key: what is to open the copy, if not what opens the dossier.

    Returns:
        How many writes the copy has seen, or None before they were counted.

    Raises:
        DamagedError: the dossier itself cannot be read to its end.
        BackupFailedError: the copy is not what it should be.
        OSError, DatabaseError: the place refuses.
    """
    wanted = key or dossier.key
    try:
        salt = bytes.fromhex(dossier.dossier_id)
        # The copy is opened and closed, and so flushed to the disk, while the dossier is free.
        with new_copy(target, wanted, salt=salt) as copy:
            with dossier.copying() as let_others_in:
                pour(dossier.raw, copy, between=let_others_in)
            standing = state.standing(copy)
        if not is_whole(target, wanted):
            raise BackupFailedError
    except (BackupFailedError, *DatabaseError) as error:
        if not is_full(error) and _is_damaged(dossier):
            raise DamagedError(dossier.path, dossier.dossier_id) from error
        raise
    return standing and standing.number


def tidy(dossier: "Dossier") -> None:
    """Clear what a killed process left, here and beside the file; drop what is past its term."""
    if dossier.read_only:
        return
    files.clear_parts(dossier.path.parent, of=dossier.path.name)
    files.clear_parts(paths.user_data())
    memory.clear_parts()
    try:
        shelf = shelf_of(dossier.dossier_id)
        files.clear_parts(shelf.folder)
        shelf.rotate(dossier.today())
    except OSError:
        # The next backup says why the folder refuses.
        return


def list_backups(dossier_id: str) -> Sequence[Backup]:
    """Return a dossier's backups on this machine, the newest first; none where it refuses them."""
    try:
        return shelf_of(dossier_id).backups()
    except OSError:
        return ()


def of_file(backups: Sequence[Backup], path: Path) -> Sequence[Backup]:
    """Return the backups of this very file, not those of another copy of the same dossier."""
    return [backup for backup in backups if backup.source in ("", str(path.absolute()))]


def restore(backup: Path, target: Path) -> Path:
    """Copy a backup to a new file, which is then opened like any dossier.

    Raises:
        AlreadyExistsError: a restored file never replaces another.
        MissingDossierError: the backup is gone.
        RestoreFailedError: the copy could not be written.
    """
    if not backup.is_file():
        raise MissingDossierError(backup)
    if target.exists():
        raise AlreadyExistsError(target)
    try:
        with files.whole(target) as part:
            shutil.copyfile(backup, part)
        # A mark that lies there is of a file that is no more.
        forget_marks(target)
    except OSError as error:
        raise RestoreFailedError(target, is_full=is_full(error)) from error
    paths.share_as_folder(target)
    return target


def proposed_name(original: Path, backup: Backup) -> Path:
    """Return a free name beside the original for what a backup restores."""
    return free_name(original.with_name(f"{original.stem} (restauré du {_day(backup)}){SUFFIX}"))


def copy_name(dossier: "Dossier") -> str:
    """Return the name proposed for a copy made now."""
    return f"{dossier.path.stem} (copie du {dossier.now():%d-%m-%Y à %H h %M}){SUFFIX}"


def free_name(wanted: Path) -> Path:
    """Return the name, with a number if it is taken."""
    number, proposed = 2, wanted
    while proposed.exists():
        proposed = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
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


def _is_damaged(dossier: "Dossier") -> bool:
    """Read every page of the open dossier, and tell whether one is not what was written."""
    try:
        with dossier.locked:
            wrong = dossier.raw.execute("PRAGMA cipher_integrity_check").fetchall()
            found = dossier.raw.execute("PRAGMA integrity_check").fetchall()
    except DatabaseError as error:
        return str(getattr(error, "sqlite_errorname", "")).startswith(_WRONG_PAGE)
    return bool(wrong) or found != [("ok",)]


def _day(backup: Backup) -> str:
    return f"{backup.made_at:%d-%m-%Y}"
