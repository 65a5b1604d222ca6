# SPDX-License-Identifier: GPL-3.0-or-later
"""What was erased from the dossier lives on in earlier backups: until when, how to end it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from egn_desktop.changes import Changed
from egn_desktop.dossier import backup, elsewhere, rotation
from egn_desktop.dossier.errors import BackupFailedError
from egn_desktop.dossier.facts import fact, set_fact
from egn_desktop.dossier.shelf import Backup

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

_ERASED = "erased.number"


@dataclass(frozen=True, slots=True)
class Holding:
    """The backups made before the last erasure.

    Attributes:
        backups: those on this computer, the newest first.
        last_day: when the last of them goes by itself, at the first opening from then on.
        place: the second place, as the user chose it, if it holds some too.
    """

    backups: Sequence[Backup] = ()
    last_day: date | None = None
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.backups or self.place)

    @property
    def in_words(self) -> str:
        """Until when the backups hold what was erased, in French; nothing when none does."""
        said: list[str] = []
        if self.last_day is not None:
            many = len(self.backups)
            said.append(
                f"Ce qui a été effacé est encore dans {many} sauvegarde{'s' if many > 1 else ''} "
                f"de cet ordinateur. Dernier jour : le {self.last_day:%d/%m/%Y} ; la première "
                "ouverture qui suit les supprime."
            )
        if self.place:
            said.append(f"Les sauvegardes de {self.place} le gardent aussi.")
        return " ".join(said)


def note_erasure(dossier: "Dossier") -> None:
    """Note that something was just erased, so that earlier backups are known to hold it."""
    number = dossier.written()
    with dossier.write() as session:
        set_fact(session, _ERASED, str(number))


def holding(dossier: "Dossier") -> Holding:
    """Return the backups that still hold what was erased; asks no disk but this computer's."""
    erased = _number(dossier)
    if erased is None:
        return Holding()
    all_ = backup.list_backups(dossier.dossier_id)
    days = rotation.last_days([backup.made_at for backup in all_], dossier.today())
    found = [
        (backup, day) for backup, day in zip(all_, days, strict=True) if backup.order[0] < erased
    ]
    place = elsewhere.second_place(dossier.dossier_id)
    is_there_too = place is not None and place.held and place.oldest < erased
    return Holding(
        [backup for backup, _ in found],
        max((day for _, day in found), default=None),
        place.chosen if place is not None and is_there_too and not place.redo_before else "",
    )


def redo(dossier: "Dossier") -> int:
    """Make a fresh verified backup, then drop those made before the last erasure.

    The second place follows at once if it is there, else when it is next there.

    Returns:
        How many were dropped on this computer.

    Raises:
        BackupFailedError, DamagedError: nothing was dropped.
        SecondPlaceError: it is there, but refuses.
    """
    erased = _number(dossier)
    if erased is None:
        return 0
    backup.back_up(dossier)
    dropped = list(holding(dossier).backups)
    try:
        for kept in dropped:
            kept.path.unlink(missing_ok=True)
    except OSError as error:
        raise BackupFailedError from error
    elsewhere.redo_when_there(dossier.dossier_id, erased)
    elsewhere.bring(dossier)
    dossier.announce(Changed.BACKUPS)
    return len(dropped)


def _number(dossier: "Dossier") -> int | None:
    noted = fact(dossier, _ERASED)
    return int(noted) if noted else None
