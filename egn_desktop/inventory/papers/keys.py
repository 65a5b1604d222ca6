# SPDX-License-Identifier: GPL-3.0-or-later
"""What names an agreement ("12", "12+13", "12/ar") or a receipt ("4:2026-11-24") from outside."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class AgreementKey:
    """The loans of one agreement, and the language beside French if any."""

    loan_ids: tuple[int, ...]
    language: str = ""

    def __str__(self) -> str:
        return in_language("+".join(map(str, self.loan_ids)), self.language)


def agreement_key(key: str) -> AgreementKey | None:
    """Return the loans and the language that a key names, or None if it names none."""
    numbers, language = split_language(key)
    try:
        loan_ids = dict.fromkeys(int(number) for number in numbers.split("+"))
    except ValueError:
        return None
    return AgreementKey(tuple(loan_ids), language)


def in_language(key: str, language: str) -> str:
    """Return the key of the same document with a language beside French."""
    return f"{key}/{language}" if language else key


def split_language(key: str) -> tuple[str, str]:
    """Return a key without its language, and the language's code or nothing."""
    subject, _, language = key.partition("/")
    return subject, language


def receipt_key(borrower_id: int, day: date) -> str:
    """Return the key of the receipt of all that somebody gave back on a day."""
    return f"{borrower_id}:{day.isoformat()}"
