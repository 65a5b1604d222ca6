# SPDX-License-Identifier: GPL-3.0-or-later
"""What a school is: its levels, and the identifier that the ministry gave it."""

import re
from collections.abc import Iterable
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


FIRST_DEGREE_OWNER = "IA-DASEN"
SECOND_DEGREE_OWNER = "Cheffe ou chef d’établissement"
PRIVATE_OWNER = "Organisme de gestion, employeur"


def risk_register_owner(
    levels: Iterable[Level], *, is_private: bool = False, has_academie: bool = True
) -> str:
    """Return who answers for the DUERP, in French: the usual holder, to be confirmed.

    In a public school of the first degree the IA-DASEN, in an establishment its head, in a private
    school its employer. Sources: content ids ``guide-duerp-ecoles`` and ``code-travail-duerp``. A
    cité scolaire that has both degrees is headed as an establishment. Where there is no IA-DASEN,
    overseas, nobody is proposed to a public school of the first degree.
    """
    chosen = list(levels)
    if not chosen:
        return ""
    if is_private:
        return PRIVATE_OWNER
    first_degree = all(level.is_first_degree for level in chosen)
    if not first_degree:
        return SECOND_DEGREE_OWNER
    return FIRST_DEGREE_OWNER if has_academie else ""


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
            f"La lettre de contrôle ne correspond pas : pour {digits}, la lettre attendue est "
            f"{expected}. Vérifiez les chiffres."
        )
    return None


def normal_uai(uai: str) -> str:
    """Return a UAI as it is kept: no spaces, upper case."""
    return "".join(uai.split()).upper()
