# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier's secret in the keyring of the operating system, under the dossier's id.

Only keyrings that encrypt are used, by name: whatever else ``keyring`` may be set up to fall back
to (a plain file, nothing at all) is no keyring here.
"""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeVar

from egn_desktop.dossier import recovery
from egn_desktop.dossier.errors import KeyringLockedError, NoKeyringError

SERVICE = "EGN Desktop"
_OF_SYSTEM = {
    "win32": {"keyring.backends.Windows": "WinVaultKeyring"},
    "darwin": {"keyring.backends.macOS": "Keyring"},
}
_OF_OTHERS = {
    "keyring.backends.SecretService": "Keyring",
    "keyring.backends.kwallet": "DBusKeyring",
}
# While the secret is being changed both are kept, so that an interruption leaves the right one.
_NEXT = "/next"
# What ``computer_code`` keeps beside the secret.
_NOTE = "/code"

Answer = TypeVar("Answer")


def accepted_on(system: str) -> Mapping[str, str]:
    """Return the module and the class of each keyring that may be used on a system.

    Only that system's own: to import another's is of no use, and macOS', anywhere else, searches
    for a compiler and starts it.
    """
    return _OF_SYSTEM.get(system, _OF_OTHERS)


ACCEPTED = accepted_on(sys.platform)


def is_available() -> bool:
    """Tell whether this machine has a keyring; it may still turn out to be locked."""
    return _backend() is not None


def find(dossier_id: str) -> tuple[bytes, ...]:
    """Return the secrets kept for a dossier: one, none, or two after an interrupted change.

    Raises:
        NoKeyringError, KeyringLockedError: the keyring cannot answer.
    """
    backend = _wanted()
    texts = [
        _ask(lambda name=name: backend.get_password(SERVICE, name))
        for name in (dossier_id, dossier_id + _NEXT)
    ]
    return tuple(
        recovery.secret_of(text) for text in texts if text and recovery.problem(text) is None
    )


def keep(dossier_id: str, secret: bytes) -> None:
    """Keep the secret of a dossier, and forget one that an interrupted change left beside it.

    Raises:
        NoKeyringError, KeyringLockedError: the keyring cannot keep it.
    """
    backend = _wanted()
    _ask(lambda: backend.set_password(SERVICE, dossier_id, recovery.code_of(secret)))
    _remove(backend, dossier_id + _NEXT)


def keep_next(dossier_id: str, secret: bytes) -> None:
    """Keep the secret that a change under way will put in force, beside the present one."""
    backend = _wanted()
    _ask(lambda: backend.set_password(SERVICE, dossier_id + _NEXT, recovery.code_of(secret)))


def forget(dossier_id: str) -> None:
    """Remove whatever is kept for a dossier; having nothing to remove is no error."""
    backend = _wanted()
    for name in (dossier_id, dossier_id + _NEXT, dossier_id + _NOTE):
        _remove(backend, name)


def note(dossier_id: str) -> str | None:
    """Return what is kept beside a dossier's secret, if anything is.

    Raises:
        NoKeyringError, KeyringLockedError: the keyring cannot answer.
    """
    backend = _wanted()
    return _ask(lambda: backend.get_password(SERVICE, dossier_id + _NOTE))


def keep_note(dossier_id: str, text: str) -> None:
    """Keep a text beside a dossier's secret.

    Raises:
        NoKeyringError, KeyringLockedError: the keyring cannot keep it.
    """
    backend = _wanted()
    _ask(lambda: backend.set_password(SERVICE, dossier_id + _NOTE, text))


def forget_note(dossier_id: str) -> None:
    """Remove what is kept beside a dossier's secret."""
    _remove(_wanted(), dossier_id + _NOTE)


def _backend() -> Any | None:
    """Return the best accepted keyring that works here, whatever ``keyring`` is set up to use."""
    found: list[tuple[float, Any]] = []
    for module, name in ACCEPTED.items():
        kind = getattr(import_module(module), name)
        if kind.viable:
            found.append((kind.priority, kind))
    return max(found, key=lambda dated: dated[0])[1]() if found else None


def _wanted() -> Any:
    backend = _backend()
    if backend is None:
        raise NoKeyringError
    return backend


def _remove(backend: Any, name: str) -> None:
    if _ask(lambda: backend.get_password(SERVICE, name)) is not None:
        _ask(lambda: backend.delete_password(SERVICE, name))


def _ask(question: Callable[[], Answer]) -> Answer:
    """Have the keyring answer, its many kinds of refusal told as one of two."""
    try:
        return question()
    except Exception as error:
        # Each system's keyring raises its own library's errors too, not only keyring's.
        name = type(error).__name__
        if any(word in name for word in ("Locked", "Dismissed", "Denied")):
            raise KeyringLockedError from error
        raise NoKeyringError from error
