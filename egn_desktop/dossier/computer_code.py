# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of this computer: a short code asked before the keyring's secret is used here.

It stops whoever sits down at an open session. It does not stop who owns the session: the secret is
in the keyring, and the keyring's own viewer shows it. Kept beside the secret, as a slow hash, with
the tries that are left: counted down before each try, so that ending the program gains none.
"""

import hashlib
import hmac
import secrets
from itertools import pairwise

import msgspec

from egn_desktop.dossier import keys
from egn_desktop.dossier.errors import SecretNeededError
from egn_desktop.dossier.passphrase import normal
from egn_desktop.errors import ExitCode, UserError

SHORTEST = 6
TRIES = 5
_FEWEST_DIFFERENT = 3
# 32 MB and about a tenth of a second a try.
_N, _R, _P = 1 << 15, 8, 1
_MEMORY = 64 << 20
_OBVIOUS = frozenset({"azerty", "qwerty", "azertyui", "motdepasse", "password", "147258", "159357"})


class ComputerCodeNeededError(SecretNeededError):
    """The keyring knows the dossier, and a code was chosen that stands before it."""

    def __init__(self) -> None:
        super().__init__(
            "Ce dossier demande le code de cet ordinateur.",
            todo="Saisissez le code choisi sur cet ordinateur, ou le code de secours.",
        )


class WrongComputerCodeError(UserError):
    """The code of this computer was wrong; it says how many tries are left."""

    exit_code = ExitCode.WRONG_SECRET

    def __init__(self, left: int) -> None:
        tries = "il reste un essai" if left == 1 else f"il reste {left} essais"
        super().__init__(
            f"Ce n’est pas le code de cet ordinateur : {tries}.",
            kept="Le dossier n’a pas été modifié.",
            todo="Recommencez, ou saisissez le code de la fiche de secours, qui ouvre toujours.",
        )


class ComputerCodeSpentError(UserError):
    """Too many wrong codes: the keyring is not asked any more until the recovery code is given."""

    exit_code = ExitCode.WRONG_SECRET

    def __init__(self) -> None:
        super().__init__(
            "Le code de cet ordinateur a été faux trop souvent : il n’est plus accepté.",
            kept="Le dossier est intact, et rien n’a été effacé.",
            todo="Saisissez le code de la fiche de secours : il ouvre le dossier et rend au code "
            "de cet ordinateur ses essais.",
        )


class BadComputerCodeError(UserError):
    """A code of this computer that would be found at once."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, todo="Choisissez un autre code.")


class _Kept(msgspec.Struct, frozen=True, kw_only=True):
    salt: str
    hash: str
    left: int = TRIES


def problem(code: str) -> str | None:
    """Return why a new code will not do, in French, or None."""
    text = normal(code)
    if len(text) < SHORTEST:
        return f"Ce code est trop court : {len(text)} signes sur {SHORTEST} au moins."
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    is_run = len(steps) == 1 and steps <= {-1, 0, 1}
    if is_run or len(set(text)) < _FEWEST_DIFFERENT or text.casefold() in _OBVIOUS:
        return "Ce code est le premier que l’on essaierait."
    return None


def is_set(dossier_id: str) -> bool:
    """Tell whether a code was chosen here for a dossier.

    Raises:
        NoKeyringError, KeyringLockedError: the keyring cannot answer.
    """
    return _kept(dossier_id) is not None


def choose(dossier_id: str, code: str) -> None:
    """Keep a new code, in place of another if there is one.

    Raises:
        BadComputerCodeError: it will not do; says why.
        NoKeyringError, KeyringLockedError: the keyring cannot keep it.
    """
    trouble = problem(code)
    if trouble:
        raise BadComputerCodeError(trouble)
    salt = secrets.token_bytes(16)
    _keep(dossier_id, _Kept(salt=salt.hex(), hash=_hash(code, salt).hex()))


def forget(dossier_id: str) -> None:
    """Ask for no code any more.

    Raises:
        NoKeyringError, KeyringLockedError: the keyring cannot answer.
    """
    keys.forget_note(dossier_id)


def check(dossier_id: str, code: str) -> None:
    """Return if the code is right.

    Raises:
        WrongComputerCodeError: it is not; says how many tries are left.
        ComputerCodeSpentError: none are left.
        NoKeyringError, KeyringLockedError: the keyring cannot answer.
    """
    kept = _kept(dossier_id)
    if kept is None:
        return
    if kept.left <= 0:
        raise ComputerCodeSpentError
    tried = msgspec.structs.replace(kept, left=kept.left - 1)
    _keep(dossier_id, tried)
    if not hmac.compare_digest(_hash(code, bytes.fromhex(kept.salt)), bytes.fromhex(kept.hash)):
        raise WrongComputerCodeError(tried.left) if tried.left else ComputerCodeSpentError
    _keep(dossier_id, msgspec.structs.replace(kept, left=TRIES))


def restore_tries(dossier_id: str) -> None:
    """Give the code its tries again: who holds the recovery code needs no limit."""
    try:
        kept = _kept(dossier_id)
        if kept is not None and kept.left < TRIES:
            _keep(dossier_id, msgspec.structs.replace(kept, left=TRIES))
    except SecretNeededError:
        # The dossier is open by its recovery code; the keyring is asked again next time.
        return


def _kept(dossier_id: str) -> _Kept | None:
    text = keys.note(dossier_id)
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=_Kept)
    except ValueError:
        # What cannot be read cannot be right: the recovery code opens, and a new code is chosen.
        return _Kept(salt="", hash="", left=0)


def _keep(dossier_id: str, kept: _Kept) -> None:
    keys.keep_note(dossier_id, msgspec.json.encode(kept).decode())


def _hash(code: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        normal(code).encode(), salt=salt, n=_N, r=_R, p=_P, maxmem=_MEMORY, dklen=32
    )
