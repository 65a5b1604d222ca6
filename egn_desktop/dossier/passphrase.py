# SPDX-License-Identifier: GPL-3.0-or-later
"""A passphrase instead of the keyring: what makes one strong enough, and the key it gives."""

import hashlib
import unicodedata
from itertools import pairwise

KEY_BYTES = 32
# SQLCipher 4's own derivation, so that any SQLCipher tool opens the file with the passphrase.
ITERATIONS = 256_000
SHORTEST = 16
FEWEST_DIFFERENT = 8
FEWEST_WORDS = 4


def normal(passphrase: str) -> str:
    """Return the passphrase as it counts: accents composed, no space around."""
    return unicodedata.normalize("NFC", passphrase).strip()


def key_of(passphrase: str, salt: bytes) -> bytes:
    """Return the key that SQLCipher 4 derives from a passphrase and a file's 16-byte salt."""
    return hashlib.pbkdf2_hmac("sha512", normal(passphrase).encode(), salt, ITERATIONS, KEY_BYTES)


def problem(passphrase: str) -> str | None:
    """Return why a new passphrase is too weak and what to do, in French, or None if it is not.

    Source of the rule: ``egn-desktop`` (own proposal). Length resists a machine that tries
    passphrases far better than signs to remember do.
    """
    text = normal(passphrase)
    if not text:
        return f"Choisissez une phrase de passe : {FEWEST_WORDS} mots sans rapport entre eux."
    if len(text) < SHORTEST:
        return (
            f"Cette phrase de passe est trop courte : {len(text)} caractères sur {SHORTEST} au "
            f"moins. Prenez {FEWEST_WORDS} mots sans rapport entre eux."
        )
    if len(set(text.casefold())) < FEWEST_DIFFERENT or _is_a_sequence(text):
        return (
            "Cette phrase de passe se devine : les mêmes caractères s’y répètent ou s’y suivent. "
            f"Prenez {FEWEST_WORDS} mots sans rapport entre eux."
        )
    return None


def _is_a_sequence(text: str) -> bool:
    """Tell ``1234567890…`` and ``abcdefgh…`` and halves of them."""
    steps = [ord(after) - ord(before) for before, after in pairwise(text)]
    return sum(step in (-1, 0, 1) for step in steps) > len(steps) / 2
