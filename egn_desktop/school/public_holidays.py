# SPDX-License-Identifier: GPL-3.0-or-later
"""Public holidays of France, computed from the law; pure.

Sources, by their content ids: ``code-travail-l3133-1`` (everywhere), ``code-travail-l3134-13``
(Alsace and Moselle), ``code-travail-l3422-2`` (overseas), ``saint-martin-28-mai`` (since 2018 the
prefecture sets another day there than the article). Days that rest on local custom, or on a
territory's own law, are not known here: the head adds them as closed periods.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Territory(StrEnum):
    """Where other days are holidays than everywhere."""

    MAINLAND = "mainland"
    ALSACE_MOSELLE = "alsace_moselle"
    GUADELOUPE = "guadeloupe"
    GUYANE = "guyane"
    MARTINIQUE = "martinique"
    MAYOTTE = "mayotte"
    REUNION = "reunion"
    SAINT_BARTHELEMY = "saint_barthelemy"
    SAINT_MARTIN = "saint_martin"


_FIXED = {
    (1, 1): "le jour de l’an",
    (5, 1): "la fête du Travail",
    (5, 8): "le 8 Mai",
    (7, 14): "la fête nationale",
    (8, 15): "l’Assomption",
    (11, 1): "la Toussaint",
    (11, 11): "le 11 Novembre",
    (12, 25): "Noël",
}
_AFTER_EASTER = {
    1: "le lundi de Pâques",
    39: "l’Ascension",
    50: "le lundi de Pentecôte",
}
_ABOLITION = {
    Territory.MAYOTTE: (4, 27),
    Territory.MARTINIQUE: (5, 22),
    Territory.GUADELOUPE: (5, 27),
    Territory.SAINT_MARTIN: (5, 28),
    Territory.GUYANE: (6, 10),
    Territory.SAINT_BARTHELEMY: (10, 9),
    Territory.REUNION: (12, 20),
}
_OF_DEPARTMENT = {
    "57": Territory.ALSACE_MOSELLE,
    "67": Territory.ALSACE_MOSELLE,
    "68": Territory.ALSACE_MOSELLE,
    "971": Territory.GUADELOUPE,
    "972": Territory.MARTINIQUE,
    "973": Territory.GUYANE,
    "974": Territory.REUNION,
    "976": Territory.MAYOTTE,
}
_OF_POSTCODE = {"97133": Territory.SAINT_BARTHELEMY, "97150": Territory.SAINT_MARTIN}


def easter(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden, century, of_century = year % 19, year // 100, year % 100
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def public_holidays(year: int, territory: Territory) -> Mapping[date, str]:
    """Return the public holidays of a year: each day and its French name, with its article."""
    sunday = easter(year)
    days = {date(year, month, day): name for (month, day), name in _FIXED.items()}
    days |= {sunday + timedelta(days=after): name for after, name in _AFTER_EASTER.items()}
    if territory is Territory.ALSACE_MOSELLE:
        days.setdefault(sunday - timedelta(days=2), "le Vendredi saint")
        days[date(year, 12, 26)] = "la Saint-Étienne"
    if territory in _ABOLITION:
        days.setdefault(date(year, *_ABOLITION[territory]), "l’abolition de l’esclavage")
    return days


def territory_of(uai: str, postcode: str) -> Territory:
    """Return whose holidays a school has, from its postcode, else from its UAI."""
    if postcode in _OF_POSTCODE:
        return _OF_POSTCODE[postcode]
    for department in (postcode[:3], postcode[:2], uai[:3], uai[1:3] if uai[:1] == "0" else ""):
        if department in _OF_DEPARTMENT:
            return _OF_DEPARTMENT[department]
    return Territory.MAINLAND
