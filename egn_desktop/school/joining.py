# SPDX-License-Identifier: GPL-3.0-or-later
"""What two copies of a dossier may differ in: the school's own settings."""

from typing import Final

from egn_desktop.dossier.copies.book import Book
from egn_desktop.dossier.copies.described import labels, values
from egn_desktop.dossier.copies.subjects import Row, Subject
from egn_desktop.dossier.copies.words import day
from egn_desktop.school.identity import SchoolFields
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.who import Contract, EquipmentOwner, HeadGender
from egn_desktop.school.words import Owner, SchoolKind

_HEADING: Final = "Réglages"


def kind_in(book: Book) -> SchoolKind:
    """Return what decides the words that a copy's school reads."""
    known = book.rows("school")
    if not known:
        return Identity().kind
    row = known[0]
    return Identity(
        uai=row["uai"],
        postcode=row["postcode"],
        contract=Contract(row["contract"]),
        head_gender=HeadGender(row["head_gender"]),
        levels=tuple(LevelCount(Level(level["level"])) for level in book.rows("school_level")),
        owners=tuple(EquipmentOwner(Owner(owner["kind"])) for owner in book.rows("school_owner")),
    ).kind


def _school(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    return f"Identité {row['name']}".strip()


def _days(book: Book, row: Row, other: Row | None) -> str:
    del book, other
    what = "Ouverture" if row["is_open"] else "Fermeture"
    first, last = day(row["first_day"]), day(row["last_day"])
    days = f"le {first}" if first == last else f"du {first} au {last}"
    return f"{what} {days}" + (f" : {row['name']}" if row["name"] else "")


SUBJECTS: Final = (
    Subject(
        table="school",
        heading=_HEADING,
        tell=_school,
        fields=labels(SchoolFields),
        values=values(SchoolFields),
        parts={
            "school_level": "school_id",
            "school_site": "school_id",
            "school_owner": "school_id",
        },
        is_numbered=False,
    ),
    Subject(
        table="calendar_correction",
        heading=_HEADING,
        tell=_days,
        fields={"name": "nom", "first_day": "du", "last_day": "au"},
        values={"first_day": day, "last_day": day},
    ),
)
