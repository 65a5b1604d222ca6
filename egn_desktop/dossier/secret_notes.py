# SPDX-License-Identifier: GPL-3.0-or-later
"""What the dossier notes of its own secret: its kind, its sheet, the keys that backups still need.

Each note names the secret that it speaks of by a digest, so that a change of secret, which replaces
the file in one stroke, makes the notes on the earlier one untrue by itself.

Every dossier has a recovery sheet: the code of a passphrase's dossier is the key that the
passphrase gives, and opens the file directly.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from egn_desktop.dossier.facts import fact, set_fact
from egn_desktop.dossier.store import Protection

if TYPE_CHECKING:
    from egn_desktop.dossier.store import Dossier

_KINDS = "secret.kinds"
_SHEET_WANTED = "sheet.wanted"
_SHEET_PRINTED = "sheet.printed"
_FORMER = "secret.former"
_JOURNALLED = "secret.journalled"


def note_new(dossier: "Dossier") -> None:
    """Note what protects a dossier that was just made, and that its sheet is to be printed."""
    with dossier.write() as session:
        _note_kind(session, "", dossier.protection, dossier.key)
        set_fact(session, _SHEET_WANTED, "1")


def note_change(dossier: "Dossier", kind: Protection, new: bytes) -> None:
    """Note all that the file will have to know under a new key; each word is true before, too."""
    present = fact(dossier, _KINDS)
    if protection(dossier) is None:
        present = f"{dossier.protection.value} {_digest(dossier.key)}"
    former = dict.fromkeys([*fact(dossier, _FORMER).split(), dossier.key.hex()])
    with dossier.write() as session:
        _note_kind(session, present, kind, new)
        set_fact(session, _SHEET_WANTED, "1")
        set_fact(session, _FORMER, " ".join(former))


def protection(dossier: "Dossier") -> Protection | None:
    """Return what protects the dossier, or None when it was made before that was noted."""
    digest = _digest(dossier.key)
    for line in fact(dossier, _KINDS).splitlines():
        kind, _, of = line.partition(" ")
        if of == digest:
            return Protection(kind)
    return None


def note_sheet_printed(dossier: "Dossier") -> None:
    """Note that the sheet of the secret in force was printed, or its code copied by hand."""
    if dossier.read_only or is_sheet_printed(dossier):
        return
    with dossier.write() as session:
        set_fact(session, _SHEET_PRINTED, _digest(dossier.key))


def is_sheet_printed(dossier: "Dossier") -> bool:
    """Tell whether the sheet of the secret in force is known to have been printed."""
    return fact(dossier, _SHEET_PRINTED) == _digest(dossier.key)


def is_sheet_missing(dossier: "Dossier") -> bool:
    """Tell whether the sheet is still to be printed."""
    return bool(fact(dossier, _SHEET_WANTED)) and not is_sheet_printed(dossier)


def former_keys(dossier: "Dossier") -> Sequence[bytes]:
    """Return the earlier keys that some backup may still need."""
    noted = [bytes.fromhex(part) for part in fact(dossier, _FORMER).split()]
    return [key for key in noted if key != dossier.key]


def forget_former_keys(dossier: "Dossier") -> None:
    """Keep no earlier key any more: every backup has followed."""
    with dossier.write() as session:
        set_fact(session, _FORMER, "")


def journal_change(dossier: "Dossier") -> None:
    """Journal that the secret in force is a new one, once."""
    digest = _digest(dossier.key)
    if fact(dossier, _JOURNALLED) == digest:
        return
    with dossier.write() as session:
        dossier.record(
            "dossier.secret_changed", "dossier", after={"protection": dossier.protection.value}
        )
        set_fact(session, _JOURNALLED, digest)


def _note_kind(session: Session, present: str, kind: Protection, key: bytes) -> None:
    lines = [*present.splitlines()[-1:], f"{kind.value} {_digest(key)}"]
    set_fact(session, _KINDS, "\n".join(dict.fromkeys(lines)))


def _digest(key: bytes) -> str:
    return hashlib.sha256(b"egn-desktop secret" + key).hexdigest()
