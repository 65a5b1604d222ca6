# SPDX-License-Identifier: GPL-3.0-or-later
"""What a look over a dossier found, and how it is said."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

_DAMAGED: Final = "Le dossier est abîmé : restaurez une sauvegarde, sans supprimer ce fichier."
_ALTERED: Final = (
    "Le fichier n’est pas abîmé, mais son contenu a été changé autrement que par EGN Desktop, ou "
    "ce n’est pas la copie attendue. Gardez ce fichier sans y travailler, et comparez-le à une "
    "sauvegarde d’avant."
)
_NOT_WHOLE: Final = (
    "Rien d’anormal dans ce qui a été relu, mais tout n’a pas pu l’être : recommencez quand la "
    "cause dite plus haut est levée."
)


class Finding(StrEnum):
    """What one check found."""

    GOOD = "good"
    NOT_CHECKED = "not_checked"
    ALTERED = "altered"
    DAMAGED = "damaged"

    @property
    def label(self) -> str:
        """What is shown of it."""
        return {
            "good": "correct",
            "not_checked": "non vérifié",
            "altered": "DIFFÉRENT",
            "damaged": "INCORRECT",
        }[self]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its French title, what was found, and French sentences."""

    title: str
    finding: Finding
    detail: str

    @classmethod
    def good(cls, title: str, detail: str) -> "Check":
        """What was looked at is as it should be."""
        return cls(title, Finding.GOOD, detail)

    @classmethod
    def not_checked(cls, title: str, detail: str) -> "Check":
        """Something outside the dossier kept it from being looked at: that says nothing of it."""
        return cls(title, Finding.NOT_CHECKED, detail)

    @classmethod
    def altered(cls, title: str, detail: str) -> "Check":
        """It can be read, but is not what the journal or another witness says."""
        return cls(title, Finding.ALTERED, detail)

    @classmethod
    def damaged(cls, title: str, detail: str) -> "Check":
        """It cannot be read any more, or not as it was written."""
        return cls(title, Finding.DAMAGED, detail)

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the dossier."""
        return self.finding in (Finding.GOOD, Finding.NOT_CHECKED)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was looked at."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing speaks against the dossier."""
        return all(check.ok for check in self.checks)

    @property
    def conclusion(self) -> str:
        """The whole in one or two French sentences."""
        found = {check.finding for check in self.checks}
        if Finding.DAMAGED in found:
            return _DAMAGED
        if Finding.ALTERED in found:
            return _ALTERED
        return _NOT_WHOLE if Finding.NOT_CHECKED in found else "Le dossier est sain."

    @property
    def lines(self) -> list[str]:
        """The report in French, one line a check and one for the whole."""
        told = [f"{check.title} : {check.finding.label}. {check.detail}" for check in self.checks]
        return [*told, self.conclusion]
