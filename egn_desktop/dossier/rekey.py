# SPDX-License-Identifier: GPL-3.0-or-later
"""Change what opens the dossier, so that an interruption at any instant loses nothing.

Order: a verified backup; the present key noted within the dossier; the new secret in the keyring,
beside the old one; a copy of the dossier under the new key, read back whole, put on the disk; the
copy in the file's place, which is one renaming; the new secret alone in the keyring; the backups,
one by one. Stopped anywhere, the file is wholly the old one or wholly the new one, and both secrets
are at hand. The key noted stays in the dossier until no backup needs it.
"""

import secrets
import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from egn_desktop import files
from egn_desktop.changes import Changed
from egn_desktop.dossier import backup, elsewhere, keys, passphrase, secret_notes
from egn_desktop.dossier.connection import DatabaseError, connect, new_copy, pour
from egn_desktop.dossier.errors import (
    BackupFailedError,
    SecretNeededError,
    SecretNotChangedError,
    WeakPassphraseError,
)
from egn_desktop.dossier.pages import Look, look
from egn_desktop.dossier.places import is_full
from egn_desktop.dossier.shelf import Backup, Reason
from egn_desktop.dossier.store import KEY_BYTES, Dossier, Protection


@dataclass(frozen=True, slots=True)
class Behind:
    """The backups that a former secret still opens.

    Attributes:
        here: how many on this computer and in the second place as far as it is there.
        away: how many the second place held when it was last seen; nought if it is there.
        place: the second place, as the user chose it.
    """

    here: int = 0
    away: int = 0
    place: str = ""

    def __bool__(self) -> bool:
        return bool(self.here or self.away)

    @property
    def in_words(self) -> str:
        """What the user must know of them, in French; nothing when all have followed."""
        said: list[str] = []
        if self.here:
            said.append(
                f"{_counted(self.here)} encore avec l’ancien secret ; la suite se fera toute "
                "seule à la prochaine ouverture."
            )
        if self.away:
            said.append(
                f"Dans « {self.place} », {_counted(self.away).lower()} encore avec l’ancien "
                "secret, jusqu’à ce que cet emplacement soit rebranché."
            )
        if said:
            said.append("Gardez l’ancienne fiche jusque-là.")
        return " ".join(said)


def change_secret(
    dossier: Dossier, *, new_passphrase: str | None = None, known: Iterable[str] = ()
) -> Behind:
    """Replace the secret by a new recovery code kept in the keyring, or by a passphrase.

    The backups follow, so that a lost sheet opens none of them any more. A new recovery code is to
    be printed at once.

    Args:
        known: what anyone knows of the school, which makes no passphrase.

    Returns:
        Which backups could not follow yet; ``go_on`` has them follow later.

    Raises:
        WeakPassphraseError: the passphrase would be guessed.
        NoKeyringError, KeyringLockedError: no passphrase was given and the keyring cannot serve.
        BackupFailedError: nothing is attempted without a verified backup.
        DamagedError: the dossier cannot be read to its end.
        SecretNotChangedError, NewerVersionError, ReadOnlyPlaceError: the old secret holds.
    """
    if dossier.read_only:
        raise dossier.refusal()
    weakness = passphrase.problem(new_passphrase, known) if new_passphrase is not None else None
    if weakness:
        raise WeakPassphraseError(weakness)
    backup.back_up(dossier, Reason.SECRET)
    kind = Protection.RECOVERY_CODE if new_passphrase is None else Protection.PASSPHRASE
    if new_passphrase is None:
        new = secrets.token_bytes(KEY_BYTES)
        keys.keep_next(dossier.dossier_id, new)
    else:
        new = passphrase.key_of(new_passphrase, bytes.fromhex(dossier.dossier_id))
    secret_notes.note_change(dossier, kind, new)
    _replace(dossier, new)
    return _settle(dossier)


def go_on(dossier: Dossier) -> Behind:
    """Have the backups follow a change of secret that is not over; call it after opening.

    Returns:
        Which backups could not follow yet.
    """
    if dossier.read_only or not secret_notes.former_keys(dossier):
        return Behind()
    return _settle(dossier)


def behind(dossier: Dossier) -> Behind:
    """Tell which backups a former secret still opens; looks at them only after a change."""
    former = secret_notes.former_keys(dossier)
    if not former:
        return Behind()
    place = elsewhere.second_place(dossier.dossier_id)
    shelf = elsewhere.shelf_there(place) if place is not None else None
    there = shelf.backups() if shelf is not None else ()
    here = [
        kept
        for kept in (*backup.list_backups(dossier.dossier_id), *there)
        if not _opens(kept.path, dossier.key) and _is_under(kept.path, former, dossier.dossier_id)
    ]
    away = place.held if place is not None and shelf is None else 0
    return Behind(len(here), away, place.chosen if place is not None else "")


def _replace(dossier: Dossier, new: bytes) -> None:
    """Put a verified copy under the new key in the file's place, and open it."""
    # A name that leads to the file is not what is replaced.
    path = dossier.path.resolve()
    is_closed = False
    with dossier.alone():
        try:
            with files.whole(path) as part:
                backup.copy_verified(dossier, part, key=new)
                shutil.copymode(path, part)
                # A log that stayed would lie beside a file that is not its own.
                if not dossier.fold():
                    raise BackupFailedError
                # What takes the place of the file must not take that of another's work.
                dossier.upkeep()
                is_closed = True
                dossier.close()
        except (OSError, BackupFailedError, *DatabaseError) as error:
            if is_closed:
                dossier.reopen(dossier.key)
            raise SecretNotChangedError(is_full=is_full(error)) from error
        dossier.reopen(new)


def _counted(backups: int) -> str:
    return "Une sauvegarde s’ouvre" if backups == 1 else f"{backups} sauvegardes s’ouvrent"


def _settle(dossier: Dossier) -> Behind:
    """Do what is left to do once the new key is in force; each step may be done again."""
    dossier.protection = secret_notes.protection(dossier) or dossier.protection
    secret_notes.journal_change(dossier)
    with suppress(SecretNeededError):
        if dossier.protection is Protection.PASSPHRASE:
            keys.forget(dossier.dossier_id)
        elif keys.find(dossier.dossier_id):
            keys.keep(dossier.dossier_id, dossier.key)
    former = secret_notes.former_keys(dossier)
    place = elsewhere.second_place(dossier.dossier_id)
    there = elsewhere.shelf_there(place) if place is not None else None
    for kept in (
        *backup.list_backups(dossier.dossier_id),
        *(there.backups() if there is not None else ()),
    ):
        _follow(kept, former, dossier.key)
    left = behind(dossier)
    if not left:
        secret_notes.forget_former_keys(dossier)
    dossier.announce(Changed.BACKUPS)
    return left


def _follow(saved: Backup, former: Sequence[bytes], new: bytes) -> None:
    """Put one backup under the new key, verified; one that resists stays as it is."""
    if _opens(saved.path, new):
        return
    for old in former:
        with (
            suppress(OSError, *DatabaseError),
            files.whole(saved.path) as part,
            closing(connect(saved.path, old, immutable=True)) as source,
        ):
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
            with new_copy(part, new, salt=_salt(saved.path)) as copy:
                pour(source, copy)
            if not backup.is_whole(part, new):
                raise OSError


def _opens(copy: Path, key: bytes) -> bool:
    try:
        with closing(connect(copy, key, immutable=True)) as connection:
            return connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    except (OSError, *DatabaseError):
        return False


def _is_under(copy: Path, former: Sequence[bytes], dossier_id: str) -> bool:
    """Tell whether a former key opens a backup, or would if it were not damaged."""
    with suppress(OSError):
        return any(look(copy, key, [dossier_id])[0] is Look.DAMAGED for key in former)
    return False


def _salt(copy: Path) -> bytes:
    with copy.open("rb") as file:
        return file.read(16)
