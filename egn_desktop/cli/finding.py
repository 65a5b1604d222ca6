# SPDX-License-Identifier: GPL-3.0-or-later
"""What the commands of the inventory name: found by number, by name, by a search; one line each."""

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn, TypeVar

from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.inventory.people.queries.borrowers import BorrowerRow
    from egn_desktop.inventory.register.terms import BorrowerKind
    from egn_desktop.inventory.stock.queries.devices import DeviceRow
    from egn_desktop.services import Services

Row = TypeVar("Row")

MOST_CHOICES = 12
"""How many choices a refusal lists; more would not be read."""


def add_search(command: argparse.ArgumentParser) -> None:
    """Add the option that narrows a list."""
    command.add_argument(
        "--search", default="", metavar="MOTS", help="seulement ce qui contient ces mots"
    )


def found(services: "Services", text: str, find: Callable[[str], Sequence[Row]]) -> Sequence[Row]:
    """Return what a search finds; where that is nothing, what the nearest words do, and say so."""
    from egn_desktop.inventory.register.search import found_by, told
    from egn_desktop.inventory.register.vocabulary import readings

    rows = find(text)
    if rows:
        return rows
    meant = readings(services.dossier, text)
    near = found_by(find, meant)
    if near:
        print(f"{told(text, meant)}.")
    return near


def find_device(services: "Services", number: str) -> "DeviceRow":
    """Return the device of that number.

    Raises:
        UserError: there is none, or none that bears exactly this number.
    """
    from egn_desktop.inventory.lending.queries.scan import scanned
    from egn_desktop.inventory.register.rules import asset_key
    from egn_desktop.inventory.stock.queries.devices import devices

    found = scanned(services.dossier, number).devices
    key = asset_key(number)
    exact = [row for row in found if key in map(asset_key, (row.code, row.serial_number))]
    if len(exact) == 1:
        return exact[0]
    if found:
        _choose(
            "Aucun matériel ne porte exactement le numéro",
            number,
            [f"{row.code} ({row.name})" for row in found],
        )
    close = [row.code for row in devices(services.dossier)][:MOST_CHOICES]
    raise UserError(
        f"Aucun matériel ne porte le numéro « {number} ».",
        todo=f"Par exemple : {', '.join(close)}." if close else "Importez d’abord le matériel.",
    )


def find_pupil(services: "Services", name: str, school_class: str) -> "BorrowerRow":
    """Return the pupil of that name, in any order of its words.

    Raises:
        UserError: there is none, or several.
    """
    from egn_desktop.inventory.register.terms import BorrowerKind

    return find_borrower(services, name, school_class, kind=BorrowerKind.PUPIL)


def find_borrower(
    services: "Services", name: str, detail: str, *, kind: "BorrowerKind | None" = None
) -> "BorrowerRow":
    """Return who borrows under that name, in any order of its words.

    Args:
        detail: words of the class or of the duty, where several bear the name.
        kind: only a pupil, or only somebody of the staff.

    Raises:
        UserError: there is nobody, or several.
    """
    from egn_desktop.collation import fold
    from egn_desktop.inventory.people.queries.borrowers import borrowers

    found = [
        row
        for row in borrowers(services.dossier, name, kind=kind)
        if fold(detail) in fold(row.detail)
    ]
    exact = [row for row in found if sorted(fold(row.name).split()) == sorted(fold(name).split())]
    if len(exact or found) == 1:
        return (exact or found)[0]
    is_pupil = kind is not None
    if found:
        what = "Plusieurs élèves correspondent" if is_pupil else "Plusieurs personnes correspondent"
        _choose(f"{what} à", name, [row.label for row in exact or found])
    what = "Aucun élève ne s’appelle" if is_pupil else "Personne ne s’appelle"
    raise UserError(
        f"{what} « {name} »" + (f" dans « {detail} »." if detail else "."),
        todo="Vérifiez le nom avec : egn-desktop pupils DOSSIER --search NOM"
        + ("" if is_pupil else ", ou egn-desktop staff"),
    )


def print_line(*parts: str) -> None:
    """Print the parts that say something, in one line."""
    print(" · ".join(part for part in parts if part))


def _choose(what: str, text: str, choices: Sequence[str]) -> NoReturn:
    shown = " ; ".join(choices[:MOST_CHOICES]) + (" ; …" if len(choices) > MOST_CHOICES else "")
    raise UserError(
        f"{what} « {text} ».",
        todo=f"Précisez lequel : {shown}.",
    )
