# SPDX-License-Identifier: GPL-3.0-or-later
"""The second place: where a dossier's backups also go, off this computer, when it is there.

What this computer knows of it lies beside the backups in the user's folder. The place itself is
known by the name drawn at random in its index, so that a stick whose letter changed is found again.
"""

import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from egn_desktop import files, paths
from egn_desktop.changes import Changed
from egn_desktop.dossier.backup import is_whole, list_backups, of_file
from egn_desktop.dossier.connection import DatabaseError
from egn_desktop.dossier.errors import SecondPlaceError
from egn_desktop.dossier.places import is_full
from egn_desktop.dossier.shelf import Backup, Shelf

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

FOLDER = "Sauvegardes EGN Desktop"
REMINDED_AFTER = timedelta(days=31)
_FILE = "ailleurs.json"
_REMOVABLE, _FIXED = 2, 3


class SecondPlace(msgspec.Struct, kw_only=True):
    """What this computer knows of a dossier's second place.

    Attributes:
        chosen: the folder that the user chose; how the place is named to the user.
        folder: the folder within that holds the backups.
        mark: the name drawn for the place.
        since: when it was chosen.
        seen_at: when it was last there, and held the newest backup.
        held: how many backups it held when last seen.
        oldest: how many writes the oldest of these had seen.
        redo_before: backups of fewer writes than that hold what was erased, and go at next sight.
    """

    chosen: str
    folder: str
    mark: str
    since: date
    seen_at: datetime | None = None
    held: int = 0
    oldest: int = 0
    redo_before: int = 0

    @property
    def last_seen(self) -> date:
        """The day when it last held the newest backup, or was chosen."""
        return self.seen_at.astimezone().date() if self.seen_at else self.since


def second_place(dossier_id: str) -> SecondPlace | None:
    """Return the place that was chosen, there or not; asks no disk but this computer's."""
    with suppress(OSError, ValueError):
        return msgspec.json.decode(_file(dossier_id).read_bytes(), type=SecondPlace)
    return None


def choose(dossier: "Dossier", folder: Path) -> SecondPlace:
    """Have the backups go to a folder of that place too, from now on.

    Raises:
        SecondPlaceError: it refuses to be written; the earlier choice stays.
    """
    inside = folder / FOLDER / f"{dossier.path.stem} {dossier.dossier_id[:8]}"
    shelf = Shelf(inside)
    try:
        inside.mkdir(parents=True, exist_ok=True)
        index = shelf.index
        index.dossier = dossier.dossier_id
        index.place = index.place or secrets.token_hex(8)
        shelf.write(index)
        place = SecondPlace(
            chosen=str(folder), folder=str(inside), mark=index.place, since=dossier.today()
        )
        _keep(dossier.dossier_id, place)
    except OSError as error:
        raise SecondPlaceError(str(folder), is_full=is_full(error)) from error
    dossier.announce(Changed.BACKUPS)
    return place


def give_up(dossier: "Dossier") -> None:
    """Have the backups go nowhere else any more; those that are there stay."""
    _file(dossier.dossier_id).unlink(missing_ok=True)
    dossier.announce(Changed.BACKUPS)


def shelf_there(place: SecondPlace) -> Shelf | None:
    """Return the folder of the place if it is there now, under its own or another letter.

    May take as long as a share takes to answer.
    """
    for folder in _candidates(Path(place.folder)):
        with suppress(OSError):
            shelf = Shelf(folder)
            if shelf.index.place == place.mark:
                return shelf
    return None


def bring(dossier: "Dossier") -> Backup | None:
    """Copy the newest backup of this file to the second place, if it is there and lacks it.

    Returns:
        The backup there; None when there is no place, or nothing new for it.

    Raises:
        SecondPlaceError: it is there, but refuses.
    """
    place = second_place(dossier.dossier_id)
    shelf = shelf_there(place) if place is not None else None
    if place is None or shelf is None:
        return None
    try:
        files.clear_parts(shelf.folder)
        _redo(shelf, place)
        made = _copy_newest(dossier, shelf)
        shelf.rotate(dossier.today())
        place.folder, place.redo_before = str(shelf.folder), 0
        there = shelf.backups()
        place.held = len(there)
        place.oldest = min((backup.order[0] for backup in there), default=0)
        place.seen_at = dossier.now()
        _keep(dossier.dossier_id, place)
    except (OSError, *DatabaseError) as error:
        raise SecondPlaceError(place.chosen, is_full=is_full(error)) from error
    dossier.announce(Changed.BACKUPS)
    return made


def redo_when_there(dossier_id: str, number: int) -> None:
    """Have the place drop, when it is next there, the backups of fewer writes than that."""
    place = second_place(dossier_id)
    if place is not None and place.held:
        place.redo_before = max(number, place.redo_before)
        _keep(dossier_id, place)


def is_behind(place: SecondPlace, today: date) -> bool:
    """Tell whether no backup went there for a month."""
    return today - place.last_seen > REMINDED_AFTER


def _redo(shelf: Shelf, place: SecondPlace) -> None:
    for backup in shelf.backups():
        if backup.order[0] < place.redo_before:
            backup.path.unlink(missing_ok=True)


def _copy_newest(dossier: "Dossier", shelf: Shelf) -> Backup | None:
    here: Sequence[Backup] = of_file(list_backups(dossier.dossier_id), dossier.path)
    there = {backup.path.name for backup in shelf.backups()}
    if not here or here[0].path.name in there:
        return None
    newest = here[0]
    target = shelf.folder / newest.path.name
    with files.whole(target) as part:
        shutil.copyfile(newest.path, part)
        if not is_whole(part, dossier.key):
            raise OSError
    # The name alone: a stick need not tell how this computer's folders are called.
    shelf.note(target, dossier.path.name, dossier_id=dossier.dossier_id)
    return newest


def _candidates(folder: Path) -> Iterator[Path]:
    """Return where the folder may be: in its place, then in the same one on another drive."""
    yield folder
    tails = [Path(*folder.parts[-depth:]) for depth in range(2, len(folder.parts))]
    for root in _drives():
        for tail in tails:
            yield root / tail


def _drives() -> Iterator[Path]:
    """Return the drives that a stick may be, without waking those of a network."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        letters = kernel.GetLogicalDrives()
        for number in range(26):
            root = f"{chr(ord('A') + number)}:\\"
            if letters >> number & 1 and kernel.GetDriveTypeW(root) in (_REMOVABLE, _FIXED):
                yield Path(root)
        return
    for parent in (Path("/Volumes"), Path("/media"), Path("/run/media"), Path("/mnt")):
        with suppress(OSError):
            for path in sorted(parent.iterdir()):
                yield path
                # /media and /run/media have a folder for each user first.
                yield from sorted(path.iterdir()) if parent.name == "media" else ()


def _file(dossier_id: str) -> Path:
    return paths.backups(dossier_id) / _FILE


def _keep(dossier_id: str, place: SecondPlace) -> None:
    files.write_whole(_file(dossier_id), msgspec.json.encode(place))
