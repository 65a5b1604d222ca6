# SPDX-License-Identifier: GPL-3.0-or-later
"""The recovery code: a 256-bit secret as groups that a hand can copy and a machine can check.

Thirteen groups of five characters, in Crockford's alphabet (no I, L, O, U). In each group the
fifth character checks the other four and the group's place: a wrong character, two characters
swapped, or two groups swapped are found, and the group is named. The four bits that 52 characters
have more than the secret check the whole.
"""

import hashlib
import re
from collections.abc import Sequence

SECRET_BYTES = 32
GROUP = 5
GROUPS = 13
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SEPARATORS = r"[\s\-–—_.]+"
_READ_AS = str.maketrans("OIL", "011")
_SPARE_BITS = 4
# Weights of a group's five characters in GF(32): the powers 0 to 4 of a primitive element. They
# differ, so that a swap changes the sum, and none is nought, so that a substitution does.
_WEIGHTS = (1, 2, 4, 8, 16)
_POLYNOMIAL = 0b100101


def groups_of(secret: bytes) -> tuple[str, ...]:
    """Return the thirteen groups that stand for a secret of 32 bytes."""
    number = int.from_bytes(secret, "big") << _SPARE_BITS | _whole_check(secret)
    digits = [number >> 5 * place & 31 for place in reversed(range(GROUPS * (GROUP - 1)))]
    parts = [digits[start : start + GROUP - 1] for start in range(0, len(digits), GROUP - 1)]
    return tuple(
        "".join(ALPHABET[digit] for digit in (*part, _check_digit(part, place)))
        for place, part in enumerate(parts)
    )


def code_of(secret: bytes) -> str:
    """Return the recovery code on one line, its groups joined by dashes."""
    return "-".join(groups_of(secret))


def secret_of(code: str) -> bytes:
    """Return the secret that a code stands for.

    Raises:
        ValueError: the code is not right; ask ``problem`` what is wrong with it.
    """
    trouble = problem(code)
    if trouble:
        raise ValueError(trouble)
    return _secret_and_check(_split(code))[0]


def wrong_groups(code: str) -> tuple[int, ...]:
    """Return the places, from 1, of the groups that were badly copied."""
    return tuple(
        place + 1 for place, group in enumerate(_split(code)) if not _is_right(group, place)
    )


def problem(code: str) -> str | None:
    """Return what is wrong with a code as it was typed, in French, or None if it is right.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.
    """
    groups = _split(code)
    wrong = wrong_groups(code)
    if len(groups) != GROUPS:
        return (
            f"Le code de secours compte {GROUPS} groupes de {GROUP} caractères ; il y en a ici "
            f"{len(groups) or 'aucun'}."
        )
    if len(wrong) == 1:
        return f"Le groupe {wrong[0]} est mal recopié : « {groups[wrong[0] - 1]} »."
    if wrong:
        return f"Les groupes {_listed(wrong)} sont mal recopiés."
    secret, check = _secret_and_check(groups)
    if check != _whole_check(secret):
        return "Le code est mal recopié en plusieurs endroits ; relisez-le groupe par groupe."
    return None


def looks_like_code(text: str) -> bool:
    """Tell what may be a badly or partly copied code from what can only be a passphrase.

    Nearly a third of a code's characters are figures; a passphrase is words.
    """
    plain = re.sub(_SEPARATORS, "", text)
    figures = sum(map(str.isdigit, plain))
    return plain.isascii() and plain.isalnum() and figures >= max(2, len(plain) / 8)


def _split(code: str) -> list[str]:
    """Return the groups as typed; where every separator was left out, cut every five characters."""
    typed = re.split(_SEPARATORS, code.strip().upper().translate(_READ_AS))
    parts = [part for part in typed if part]
    if len(parts) == GROUPS:
        return parts
    joined = "".join(parts)
    return [joined[start : start + GROUP] for start in range(0, len(joined), GROUP)]


def _secret_and_check(groups: Sequence[str]) -> tuple[bytes, int]:
    number = 0
    for group in groups:
        for character in group[:-1]:
            number = number << 5 | ALPHABET.index(character)
    secret = (number >> _SPARE_BITS).to_bytes(SECRET_BYTES, "big")
    return secret, number & (1 << _SPARE_BITS) - 1


def _is_right(group: str, place: int) -> bool:
    if len(group) != GROUP or any(character not in ALPHABET for character in group):
        return False
    *data, check = (ALPHABET.index(character) for character in group)
    return _check_digit(data, place) == check


def _check_digit(data: Sequence[int], place: int) -> int:
    """Return the fifth digit: weighted with the other four, it makes the group's place."""
    total = place
    for digit, weight in zip(data, _WEIGHTS[1:], strict=True):
        total ^= _times(digit, weight)
    return total


def _times(left: int, right: int) -> int:
    """Multiply in GF(32)."""
    product = 0
    for bit in range(5):
        if right >> bit & 1:
            product ^= left << bit
    for bit in reversed(range(5, 9)):
        if product >> bit & 1:
            product ^= _POLYNOMIAL << bit - 5
    return product


def _whole_check(secret: bytes) -> int:
    return hashlib.sha256(secret).digest()[0] >> 8 - _SPARE_BITS


def _listed(places: Sequence[int]) -> str:
    *first, last = map(str, places)
    return f"{', '.join(first)} et {last}"
