# SPDX-License-Identifier: GPL-3.0-or-later
"""Create, open and close a dossier with its secret: what the window and the commands share."""

import hmac
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import partial
from pathlib import Path

from egn_desktop import process
from egn_desktop.dossier import (
    backup,
    computer_code,
    elsewhere,
    finding,
    keys,
    memory,
    passphrase,
    recovery,
    rekey,
    secret_notes,
)
from egn_desktop.dossier.computer_code import (
    ComputerCodeNeededError,
    ComputerCodeSpentError,
    WrongComputerCodeError,
)
from egn_desktop.dossier.connection import Waiting
from egn_desktop.dossier.errors import (
    AlreadyExistsError,
    AlreadyOpenError,
    BadCodeError,
    DamagedError,
    NotADossierError,
    SecretNeededError,
    WeakPassphraseError,
    WrongSecretError,
)
from egn_desktop.dossier.open_file import is_open_here
from egn_desktop.dossier.opening import refuse_missing
from egn_desktop.dossier.pages import FirstLook, first_look, is_page_of
from egn_desktop.dossier.places import in_words, refuse_bad_name
from egn_desktop.dossier.store import (
    KEY_BYTES,
    SALT_BYTES,
    Clock,
    Dossier,
    Protection,
    dossier_id,
    local_now,
)
from egn_desktop.errors import UserError
from egn_desktop.paths import share_as_folder

ATTEMPTS = 3
# What was given opens nothing: the user may be asked once more.
REFUSED = (BadCodeError, ComputerCodeSpentError, WrongComputerCodeError, WrongSecretError)

# Given why a secret is needed (or why the last one was refused), returns it, or None to give up.
Ask = Callable[[UserError], str | None]
# Opens the file with a key.
How = Callable[..., Dossier]


class Proof(StrEnum):
    """What shows again what a locked window hid."""

    PASSPHRASE = "passphrase"  # noqa: S105 - no password, a kind of one
    COMPUTER_CODE = "computer_code"
    NONE = "none"


def create_dossier(
    path: Path,
    *,
    new_passphrase: str | None = None,
    known: Iterable[str] = (),
    clock: Clock = local_now,
) -> Dossier:
    """Make a new dossier and open it, its secret in the keyring unless a passphrase is given.

    With the keyring, ``recovery_code`` of the dossier is to be printed or noted at once: it alone
    opens the file when the keyring is lost.

    Args:
        known: what anyone knows of the school, which makes no passphrase.

    Raises:
        NameRefusedError: not every system could bear that name.
        AlreadyExistsError: the file is there already.
        NoKeyringError, KeyringLockedError: no passphrase was given and the keyring cannot serve.
        WeakPassphraseError: the passphrase would be guessed; says why.
        CannotCreateThereError, DiskFullError: the file cannot be made there.
    """
    refuse_bad_name(path)
    if path.exists():
        raise AlreadyExistsError(path)
    salt = secrets.token_bytes(SALT_BYTES)
    if new_passphrase is not None:
        weakness = passphrase.problem(new_passphrase, known)
        if weakness:
            raise WeakPassphraseError(weakness)
        key = passphrase.key_of(new_passphrase, salt)
        dossier = Dossier.create(path, key=key, salt=salt, clock=clock)
        dossier.protection = Protection.PASSPHRASE
        _note_new(dossier)
        share_as_folder(path)
        return dossier
    key = secrets.token_bytes(KEY_BYTES)
    # The secret before the file: an interruption leaves a key without a file, never the reverse.
    keys.keep(salt.hex(), key)
    try:
        dossier = Dossier.create(path, key=key, salt=salt, clock=clock)
    except BaseException:
        keys.forget(salt.hex())
        raise
    _note_new(dossier)
    share_as_folder(path)
    return dossier


def open_dossier(
    path: Path,
    *,
    secret: str | None = None,
    ask: Ask | None = None,
    remember: bool = False,
    take_over: bool = False,
    waiting: Waiting = lambda _: None,
    clock: Clock = local_now,
) -> Dossier:
    """Open a dossier with what is at hand.

    Args:
        secret: the recovery code, the passphrase, or the code of this computer; when given,
            nothing else is tried. When not, the keyring is tried, unless a code of this computer
            stands before it, then the variable ``EGN_DESKTOP_SECRET``, then ``ask``.
        ask: asks the user, a few times if need be.
        remember: keep a recovery code that opened it in this machine's keyring, if there is one.
        take_over, waiting: see ``Dossier.open``.

    Raises:
        SecretNeededError: nothing at hand opens it (NoKeyringError, KeyringLockedError,
            ComputerCodeNeededError: and why the keyring did not); ask the user, then come back
            with ``secret``.
        BadCodeError: the code was badly copied; names the groups.
        UserError: whatever else ``Dossier.open`` refuses.
    """
    how = partial(Dossier.open, path, clock=clock, take_over=take_over, waiting=waiting)
    dossier = _open(path, secret, ask, remember, how)
    with suppress(DamagedError):
        # A file that is damaged there may still be read elsewhere.
        dossier.protection = secret_notes.protection(dossier) or dossier.protection
    with suppress(OSError):
        for newest in backup.list_backups(dossier.dossier_id)[:1]:
            # The clock is held against it too: the file itself may be an older copy.
            dossier.heed(newest.made_at)
    return dossier


def _open(path: Path, secret: str | None, ask: Ask | None, remember: bool, how: How) -> Dossier:
    _refuse_what_no_secret_opens(path)
    if secret is not None:
        return _open_with(path, secret, remember, how)
    try:
        return _open_from_keyring(path, how)
    except SecretNeededError as error:
        reason: UserError = error
    from_environment = process.given(process.SECRET_VARIABLE)
    if from_environment:
        return _open_with(path, from_environment, remember, how)
    for _ in range(ATTEMPTS if ask else 0):
        answer = ask(reason) if ask else None
        if not answer:
            break
        try:
            return _open_with(path, answer, remember, how)
        except REFUSED as error:
            reason = error
    raise reason


def tend_backups(dossier: Dossier) -> rekey.Behind:
    """Do what is due of the backups: call it after opening, and now and then.

    Clears what a killed process left, makes the day's backup, has the backups follow a change of
    secret that is not over, and brings the newest to the second place if it is there.

    Returns:
        Which backups a former secret still opens.

    Raises:
        BackupFailedError, DamagedError: the day's backup was due and could not be made.
        SecondPlaceError: the second place is there, but takes none.
    """
    backup.tidy(dossier)
    backup.back_up_if_due(dossier)
    left = rekey.go_on(dossier)
    elsewhere.bring(dossier)
    return left


def close_dossier(dossier: Dossier) -> UserError | None:
    """Back the dossier up if it changed, and close it, whatever the backup says.

    The second place gets the backup too, if it is there.

    Returns:
        What did not go well, to be told to the user: the backup, a log that could not be folded in,
        a file that is no longer there. None when one file and its backup are left.
    """
    trouble: UserError | None = None
    try:
        if dossier.writes and not dossier.read_only:
            backup.back_up(dossier)
        elsewhere.bring(dossier)
    except UserError as error:
        trouble = error
    finally:
        dossier.close()
    return dossier.closing_trouble or trouble


def keys_of_secret(path: Path, secret: str) -> Sequence[bytes]:
    """Return the keys that a recovery code or a passphrase may mean for a closed file.

    Raises:
        BadCodeError: it is a code that was badly copied.
    """
    problem = recovery.problem(secret)
    if problem is None:
        return [recovery.secret_of(secret)]
    if recovery.looks_like_code(secret):
        raise BadCodeError(problem)
    return list(passphrase.keys_of(secret, bytes.fromhex(dossier_id(path))))


def recovery_code(dossier: Dossier) -> str:
    """Return the recovery code of an open dossier, whatever protects it: its key, to be typed."""
    return recovery.code_of(dossier.key)


def _note_new(dossier: Dossier) -> None:
    """Note what protects the new dossier; there is nothing yet that a backup would save."""
    secret_notes.note_new(dossier)
    dossier.writes = 0


def proof_wanted(dossier: Dossier) -> Proof:
    """Return what unlocks a window locked on an open dossier."""
    if dossier.protection is Protection.PASSPHRASE:
        return Proof.PASSPHRASE
    if not keys.is_available():
        return Proof.NONE
    try:
        return Proof.COMPUTER_CODE if computer_code.is_set(dossier.dossier_id) else Proof.NONE
    except SecretNeededError:
        # A keyring that does not answer does not open: the recovery code does.
        return Proof.COMPUTER_CODE


def prove(dossier: Dossier, secret: str) -> None:
    """Return if what was given shows that the user may see the open dossier again.

    Raises:
        WrongSecretError, BadCodeError, WrongComputerCodeError, ComputerCodeSpentError,
        SecretNeededError: it does not; each says why.
    """
    problem = recovery.problem(secret)
    if problem is None:
        if not hmac.compare_digest(recovery.secret_of(secret), dossier.key):
            raise WrongSecretError(dossier.path)
        computer_code.restore_tries(dossier.dossier_id)
        return
    if dossier.protection is Protection.PASSPHRASE:
        given = passphrase.keys_of(secret, bytes.fromhex(dossier.dossier_id))
        if not any(hmac.compare_digest(key, dossier.key) for key in given):
            raise WrongSecretError(dossier.path)
        return
    if passphrase.is_long_enough(secret) and recovery.looks_like_code(secret):
        raise BadCodeError(problem)
    computer_code.check(dossier.dossier_id, secret)


def _refuse_what_no_secret_opens(path: Path) -> None:
    """Say what is wrong with the file before anyone is asked for a secret."""
    refuse_missing(path)
    if is_open_here(path):
        raise AlreadyOpenError(path)
    try:
        start = first_look(path)
    except OSError as error:
        raise in_words(error, path) from error
    if start is FirstLook.MAY_OPEN:
        return
    known = next(finding.ids_of(path), None)
    if start is FirstLook.WIPED or (start is FirstLook.NOTHING and known is not None):
        raise DamagedError(path, known)
    raise NotADossierError(path)


def _refuse_known_by_its_pages(path: Path) -> None:
    """Recognise a file whose first bytes no longer say which dossier it is.

    The keyring holds its secret under the id that was there; it makes a page authentic.
    """
    for known in memory.known_ids():
        for key in keys.find(known):
            if is_page_of(path, known, key):
                raise DamagedError(path, known)


def _open_from_keyring(path: Path, how: How) -> Dossier:
    name = dossier_id(path)
    found = keys.find(name)
    if not found:
        _refuse_known_by_its_pages(path)
    if found and computer_code.is_set(name):
        raise ComputerCodeNeededError
    dossier = _open_with_found(path, found, how)
    if dossier is None:
        raise SecretNeededError
    return dossier


def _open_with_found(path: Path, found: Iterable[bytes], how: How) -> Dossier | None:
    """Open with one of the keyring's secrets: two after a change that was interrupted."""
    kept = tuple(found)
    for key in kept:
        try:
            dossier = how(key=key)
        except WrongSecretError:
            continue
        if len(kept) > 1:
            # This is the one in force.
            keys.keep(dossier.dossier_id, key)
        return dossier
    return None


def _open_with(path: Path, secret: str, remember: bool, how: How) -> Dossier:
    """Open with what was given: a recovery code, the code of this computer, a passphrase."""
    problem = recovery.problem(secret)
    if problem is None:
        dossier = how(key=recovery.secret_of(secret))
        computer_code.restore_tries(dossier.dossier_id)
        if remember and keys.is_available():
            # The file is open; a keyring that stays locked is asked again next time.
            with suppress(SecretNeededError):
                keys.keep(dossier.dossier_id, dossier.key)
        return dossier
    # What is long enough for a passphrase is tried as one first, and costs no try of the code.
    if not passphrase.is_long_enough(secret):
        opened = _open_with_computer_code(path, secret, how)
        if opened is not None:
            return opened
    try:
        return _open_with_passphrase(path, secret, how)
    except WrongSecretError as error:
        if recovery.looks_like_code(secret):
            raise BadCodeError(problem) from error
        opened = _open_with_computer_code(path, secret, how)
        if opened is None:
            raise
        return opened


def _open_with_computer_code(path: Path, code: str, how: How) -> Dossier | None:
    """Open with the keyring's secret once its code is given; None where there is no such code."""
    name = dossier_id(path)
    try:
        found = keys.find(name)
        if not found or not computer_code.is_set(name):
            return None
    except SecretNeededError:
        return None
    computer_code.check(name, code)
    return _open_with_found(path, found, how)


def _open_with_passphrase(path: Path, phrase: str, how: How) -> Dossier:
    for key in passphrase.keys_of(phrase, bytes.fromhex(dossier_id(path))):
        with suppress(WrongSecretError):
            dossier = how(key=key)
            dossier.protection = Protection.PASSPHRASE
            return dossier
    raise WrongSecretError(path)
