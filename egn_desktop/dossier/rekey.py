# SPDX-License-Identifier: GPL-3.0-or-later
"""Change what opens the dossier, so that an interruption at any instant loses nothing.

Order: a verified backup; the new secret in the keyring, beside the old one; the file, which SQLite
re-encrypts in one transaction (its salt, and so its id, stay); the new secret alone in the keyring;
the backups, one by one. Stopped anywhere, the file opens with one of the two secrets, and both are
at hand.
"""

import secrets
import shutil
from contextlib import closing, suppress
from pathlib import Path

from egn_desktop.dossier import backup, keys, passphrase
from egn_desktop.dossier.connection import DatabaseError, connect
from egn_desktop.dossier.errors import (
    SecretNeededError,
    SecretNotChangedError,
    WeakPassphraseError,
    WrongSecretError,
)
from egn_desktop.dossier.store import KEY_BYTES, Dossier, Protection


def change_secret(dossier: Dossier, *, new_passphrase: str | None = None) -> None:
    """Replace the secret by a new recovery code kept in the keyring, or by a passphrase.

    The backups follow, so that a lost sheet opens none of them any more. A new recovery code is to
    be printed at once.

    Raises:
        WeakPassphraseError: the passphrase would be guessed.
        NoKeyringError, KeyringLockedError: no passphrase was given and the keyring cannot serve.
        BackupFailedError: nothing is attempted without a verified backup.
        SecretNotChangedError, or why the dossier is read only: the old secret holds.
    """
    if dossier.read_only:
        raise dossier.refusal()
    weakness = passphrase.problem(new_passphrase) if new_passphrase is not None else None
    if weakness:
        raise WeakPassphraseError(weakness)
    backup.back_up(dossier, backup.Reason.SECRET)
    old = dossier.key
    if new_passphrase is None:
        new = secrets.token_bytes(KEY_BYTES)
        keys.keep_next(dossier.dossier_id, new)
        _re_encrypt(dossier, new)
        dossier.protection = Protection.RECOVERY_CODE
        keys.keep(dossier.dossier_id, new)
    else:
        new = passphrase.key_of(new_passphrase, bytes.fromhex(dossier.dossier_id))
        _re_encrypt(dossier, new)
        dossier.protection = Protection.PASSPHRASE
        with suppress(SecretNeededError):
            keys.forget(dossier.dossier_id)
    with dossier.write():
        dossier.record(
            "dossier.secret_changed", "dossier", after={"protection": dossier.protection.value}
        )
    for one in backup.list_backups(dossier.dossier_id):
        _follow(one.path, old, new)


def _re_encrypt(dossier: Dossier, new: bytes) -> None:
    """Re-encrypt the file, and prove it by opening it anew: ``PRAGMA rekey`` never says it failed.

    Closing also folds the write-ahead log in: from then on no page needs the old secret.
    """
    old = dossier.key
    failure: Exception | None = None
    with dossier.locked:
        try:
            dossier.raw.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
            dossier.raw.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except DatabaseError as error:
            failure = error
        try:
            dossier.reopen(new)
        except WrongSecretError as error:
            dossier.reopen(old)
            is_full = failure is not None and backup.is_full(failure)
            raise SecretNotChangedError(is_full=is_full) from failure or error


def _follow(copy: Path, old: bytes, new: bytes) -> None:
    """Re-encrypt one backup aside, verify it, put it in place; one that resists stays as it is."""
    unfinished = copy.with_suffix(".part")
    try:
        shutil.copyfile(copy, unfinished)
        with closing(connect(unfinished, old)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        if backup.is_whole(unfinished, new):
            unfinished.replace(copy)
    except (OSError, *DatabaseError):
        pass
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
