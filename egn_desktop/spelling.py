# SPDX-License-Identifier: GPL-3.0-or-later
"""How numbers, e-mail addresses and postcodes are written: what is wrong, and how they are kept.

What is asked is no more than that somebody could be called or written to: a number may be a short
one (17, 3919), an overseas one of six or eight digits, and may say whose it is.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

FEWEST_DIGITS: Final = 2
NATIONAL_DIGITS: Final = 10
_SIGNS: Final = re.compile(r"[\d\s\u00a0\u202f.()/+-]+")
_EMAIL: Final = re.compile(r"[!-?A-~]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
_POSTCODE: Final = re.compile(r"\d{5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a text of one kind is written.

    Attributes:
        problem: says in French what is wrong with a text, or None; nothing is wrong with no text.
        tidy: gives the text as it is kept.
    """

    problem: Callable[[str], str | None]
    tidy: Callable[[str], str]


def phone(text: str) -> str:
    """Return a telephone number in pairs; a spreadsheet's lost first zero is put back.

    What is no French number of ten digits stays as it was typed.
    """
    digits = re.sub(r"[\s.\u00a0\u202f-]", "", text)
    if re.fullmatch(r"[1-9]\d{8}", digits, re.ASCII):
        digits = f"0{digits}"
    if re.fullmatch(r"0\d{9}", digits, re.ASCII):
        return " ".join(digits[i : i + 2] for i in range(0, NATIONAL_DIGITS, 2))
    return " ".join(text.split())


def phone_problem(text: str) -> str | None:
    """Return what is wrong with a telephone number, in French, or None; none at all is right."""
    if not text.strip():
        return None
    digits = re.sub(r"\D", "", text)
    if len(digits) < FEWEST_DIGITS:
        return (
            "Un numéro s’écrit en chiffres, comme « 06 12 34 56 78 ». S’il n’y en a pas, laissez "
            "ce champ vide."
        )
    is_national = digits.startswith("0") and not digits.startswith("00")
    # Words beside it, or another number, are the user's own affair.
    if is_national and _SIGNS.fullmatch(text) and len(digits) < NATIONAL_DIGITS:
        return (
            f"Il manque un chiffre\u202f: un numéro en compte {NATIONAL_DIGITS}, celui-ci "
            f"{len(digits)}."
        )
    return None


def email_problem(text: str) -> str | None:
    """Return what is wrong with an address for e-mails, in French, or None; none is right."""
    if not text.strip() or _EMAIL.fullmatch(text.strip()):
        return None
    if not text.isascii():
        return "Une adresse électronique n’a pas d’accent\u202f: « prenom.nom@ac-lyon.fr »."
    return "Une adresse électronique s’écrit comme « prenom.nom@ac-lyon.fr »."


def postcode(text: str) -> str:
    """Return a postcode; a spreadsheet's lost first zero is put back."""
    return f"0{text}" if re.fullmatch(r"[1-9]\d{3}", text, re.ASCII) else text


def postcode_problem(text: str) -> str | None:
    """Return what is wrong with a postcode, in French, or None; none at all is right."""
    if not text.strip() or _POSTCODE.fullmatch(postcode(text.strip())):
        return None
    return "Un code postal compte cinq chiffres, comme « 43200 »."


PHONE: Final = Spelling(phone_problem, phone)
EMAIL: Final = Spelling(email_problem, str.strip)
POSTCODE: Final = Spelling(postcode_problem, postcode)
