# SPDX-License-Identifier: GPL-3.0-or-later
"""The académies, their départements and the school calendar that each follows."""

from functools import cache

from egn_desktop import content
from egn_desktop.school.rules import normal_uai


class Academie(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One académie, or an overseas territory that has none.

    Attributes:
        name: as shown and as kept in the dossier.
        departments: first three digits of the UAI of its schools.
    """

    name: str
    departments: tuple[str, ...]


class HolidayZone(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One school calendar; its id is what the dossier keeps.

    Attributes:
        label: as shown.
        academies: ids of the académies that follow it.
    """

    label: str
    academies: tuple[str, ...]


@cache
def academies() -> content.Catalogue[Academie]:
    """Return every académie, in alphabetical order, overseas territories last."""
    return content.load("school/academies.toml", Academie)


@cache
def holiday_zones() -> content.Catalogue[HolidayZone]:
    """Return every school calendar: A, B, C, then those of their own."""
    return content.load("school/holiday_zones.toml", HolidayZone)


def academie_of_uai(uai: str) -> Academie | None:
    """Return the académie that a UAI's first three digits point to, or None.

    Source of the rule: Code de l'éducation, art. R222-2 (content id ``code-education-r222-2``).
    """
    department = normal_uai(uai)[:3]
    return next((academy for academy in academies() if department in academy.departments), None)


def zone_of_academie(name: str) -> HolidayZone | None:
    """Return the school calendar of an académie, named as in the dossier, or None."""
    found = next((academy.id for academy in academies() if academy.name == name), None)
    return next((zone for zone in holiday_zones() if found in zone.academies), None)
