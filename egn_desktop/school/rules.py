# SPDX-License-Identifier: GPL-3.0-or-later
"""What a school is: its levels, and the identifier that the ministry gave it."""

import re
from enum import StrEnum

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
_UAI = re.compile(r"(\d{7})([A-Z])")


class Level(StrEnum):
    """A level of schooling; the value is kept in the dossier and used in the content files."""

    MATERNELLE = "M"
    ELEMENTAIRE = "E"
    COLLEGE = "C"
    LYCEE = "L"
    LYCEE_PRO = "P"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            Level.MATERNELLE: "Maternelle",
            Level.ELEMENTAIRE: "Élémentaire",
            Level.COLLEGE: "Collège",
            Level.LYCEE: "Lycée général et technologique",
            Level.LYCEE_PRO: "Lycée professionnel",
        }[self]

    @property
    def is_first_degree(self) -> bool:
        """Tell a school (run by a directeur) from an establishment (a chef d'établissement)."""
        return self in (Level.MATERNELLE, Level.ELEMENTAIRE)


def uai_letter(digits: str) -> str:
    """Return the check letter of a UAI's seven digits: their number modulo 23."""
    return UAI_LETTERS[int(digits) % len(UAI_LETTERS)]


def uai_problem(uai: str) -> str | None:
    """Return what is wrong with a UAI, in French, or None if it is right.

    A UAI is seven digits and a check letter; spaces and case do not matter.
    """
    match = _UAI.fullmatch(normal_uai(uai))
    if match is None:
        return "Un UAI s’écrit avec 7 chiffres et une lettre, par exemple 0430999C."
    digits, letter = match.groups()
    expected = uai_letter(digits)
    if letter != expected:
        return (
            f"La lettre de contrôle ne correspond pas : pour {digits}, la lettre attendue est "
            f"{expected}. Vérifiez les chiffres."
        )
    return None


def normal_uai(uai: str) -> str:
    """Return a UAI as it is kept: no spaces, upper case."""
    return "".join(uai.split()).upper()
