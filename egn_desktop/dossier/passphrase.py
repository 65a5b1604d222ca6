# SPDX-License-Identifier: GPL-3.0-or-later
"""A passphrase instead of the keyring: what makes one strong enough, and the key it gives."""

import hashlib
import secrets
import unicodedata
from collections.abc import Iterable

from egn_desktop import content
from egn_desktop.dossier import guessing

KEY_BYTES = 32
# SQLCipher 4's own derivation, so that any SQLCipher tool opens the file with the passphrase.
ITERATIONS = 256_000
SHORTEST = 16
FEWEST_DIFFERENT = 8
FEWEST_WORDS = 4
DRAWN_WORDS = 5


class _Words(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    words: tuple[str, ...]


def normal(passphrase: str) -> str:
    """Return the passphrase as it counts: accents composed, plain spaces, none of them around.

    A Mac types a no-break space where Alt is held a little long; nobody sees the difference.
    """
    spaced = "".join(
        " " if unicodedata.category(character) == "Zs" else character for character in passphrase
    )
    return unicodedata.normalize("NFC", spaced).strip()


def is_long_enough(text: str) -> bool:
    """Tell what may be a passphrase from what is too short to be one."""
    return len(normal(text)) >= SHORTEST


def key_of(passphrase: str, salt: bytes) -> bytes:
    """Return the key that SQLCipher 4 derives from a passphrase and a file's 16-byte salt."""
    return _derived(normal(passphrase), salt)


def keys_of(passphrase: str, salt: bytes) -> Iterable[bytes]:
    """Yield the keys that a passphrase may stand for, one at a time: each takes long to derive.

    The second is for a dossier protected before a no-break space counted as a space.
    """
    yield key_of(passphrase, salt)
    before = unicodedata.normalize("NFC", passphrase).strip()
    if before != normal(passphrase):
        yield _derived(before, salt)


def problem(passphrase: str, known: Iterable[str] = ()) -> str | None:
    """Return why a new passphrase is too weak and what to do, in French, or None if it is not.

    Source of the rule: ``egn-desktop`` (own proposal). Length resists a machine that tries
    passphrases far better than signs to remember do.

    Args:
        known: what anyone knows of the school (its name, town, UAI, head), which protects nothing.
    """
    text = normal(passphrase)
    advice = f"Prenez {FEWEST_WORDS} mots sans rapport entre eux, ou laissez le sort choisir."
    if not text:
        return f"Choisissez une phrase de passe : {FEWEST_WORDS} mots sans rapport entre eux."
    if len(text) < SHORTEST:
        return (
            f"Cette phrase de passe est trop courte : {len(text)} caractères sur {SHORTEST} au "
            f"moins. {advice}"
        )
    strength = guessing.assess(text, known)
    if len(set(text.casefold())) >= FEWEST_DIFFERENT and strength.level > guessing.Level.WEAK:
        return None
    if strength.found:
        return (
            "Cette phrase de passe se devine : on y reconnaît "
            f"{' ; '.join(strength.found)}. {advice}"
        )
    return f"Cette phrase de passe se devine : elle dit trop peu de choses. {advice}"


def said(passphrase: str, known: Iterable[str] = ()) -> str:
    """Say in French how strong an accepted passphrase is, and why."""
    strength = guessing.assess(normal(passphrase), known)
    word = {
        guessing.Level.WEAK: "Trop faible",
        guessing.Level.ENOUGH: "Suffisante",
        guessing.Level.GOOD: "Bonne",
        guessing.Level.STRONG: "Très bonne",
    }[strength.level]
    found = f" On y reconnaît {' ; '.join(strength.found)}." if strength.found else ""
    return (
        f"Solidité : {word.lower()}. D’après notre estimation, un ordinateur puissant la "
        f"chercherait pendant {strength.time}.{found}"
    )


def draw() -> str:
    """Return a passphrase of words drawn at random: nobody chose them, so nobody guesses them."""
    words = content.load("secrets/words.toml", _Words)["drawn"].words
    return " ".join(secrets.SystemRandom().sample(words, DRAWN_WORDS))


def _derived(text: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha512", text.encode(), salt, ITERATIONS, KEY_BYTES)
