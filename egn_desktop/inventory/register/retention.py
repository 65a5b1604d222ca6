# SPDX-License-Identifier: GPL-3.0-or-later
"""How long personal data is kept, and from which day it is due for erasure. Pure."""

from datetime import date
from functools import cache
from typing import Final

import msgspec

from egn_desktop import content, french
from egn_desktop.inventory.register.nouns import fields_told
from egn_desktop.inventory.register.terms import BorrowerKind
from egn_desktop.school.calendar import loan_year

LOANS: Final = "prets"
LEAVERS: Final = "eleves-partis"
NEEDS: Final = "besoins"
STAFF: Final = "personnel-parti"
MOST_YEARS: Final = 5


class Limit(content.Entry, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One retention limit.

    Attributes:
        about: whose data it is.
        keeps: what is kept until then; its ``{fields}`` are those that are described so.
        why: what it is still needed for.
        since: what the time runs from.
        years: our default: whole school years after the one in which that happened.
        principle: the source that demands a limit without setting it.
    """

    title: str
    about: tuple[BorrowerKind, ...]
    keeps: str
    why: str
    since: str
    years: int
    principle: str


@cache
def limits() -> content.Catalogue[Limit]:
    """Return the limits in the order in which they are shown."""
    kept = content.load("loans/retention.toml", Limit)
    said = tuple(
        msgspec.structs.replace(
            entry, keeps=entry.keeps.format(fields=french.capital(fields_told(limit=entry.id)))
        )
        for entry in kept
    )
    return content.Catalogue(kept.version, said)


def years_problem(years: int) -> str | None:
    """Return what is wrong with a limit, in French, or None."""
    if 0 <= years <= MOST_YEARS:
        return None
    return f"La durée va de 0 à {MOST_YEARS} années scolaires."


def kept_until(day: date, years: int) -> date:
    """Return the last day on which something of ``day`` is kept: a 31 August."""
    return date(loan_year(day) + 1 + years, 8, 31)


def due_before(today: date, years: int) -> date:
    """Return the day before which everything is past its term: a 1 September."""
    return date(loan_year(today) - years, 9, 1)


def in_words(years: int) -> str:
    """Return a limit in French: "jusqu’à la fin de l’année scolaire suivante"."""
    if years == 0:
        return "jusqu’à la fin de l’année scolaire en cours"
    if years == 1:
        return "jusqu’à la fin de l’année scolaire suivante"
    after = french.count(years, "année scolaire", "années scolaires")
    return f"jusqu’à la fin de l’année scolaire en cours, puis {after}"
