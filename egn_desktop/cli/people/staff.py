# SPDX-License-Identifier: GPL-3.0-or-later
"""``staff``: who works at the school and borrows; adds, corrects and takes out of the list."""

import argparse
from typing import TYPE_CHECKING, Any

from egn_desktop.cli.described import add_options, given
from egn_desktop.cli.finding import add_search, found
from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import StaffFields

if TYPE_CHECKING:
    from egn_desktop.inventory.people.queries.staff import StaffRow
    from egn_desktop.services import Services

NAMES = ("last_name", "first_name")


def register(subcommands: SubCommands) -> None:
    """Add ``staff``."""
    parser = subcommands.add(
        "staff", help="affiche le personnel et ce qu’il a, ou le met à jour", run=_staff
    )
    add_search(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="NOM PRÉNOM", help="ajoute, le nom en majuscules")
    what.add_argument("--change", metavar="NOM PRÉNOM", help="corrige une fiche")
    what.add_argument("--remove", metavar="NOM PRÉNOM", help="retire de la liste")
    add_options(parser, StaffFields, but=NAMES)


def _staff(services: "Services", options: argparse.Namespace) -> None:
    fields = given(options, StaffFields)
    if options.add:
        _add(services, options.add, fields)
    elif options.change:
        row = _find(services, options.change)
        services.staff.change_staff(row.id, **fields)
        print(f"Fiche corrigée : {row.name}.")
    elif options.remove:
        row = _find(services, options.remove)
        services.staff.remove_staff(row.id)
        print(f"{row.name} n’est plus dans la liste.")
    elif fields:
        raise UserError("Dites de qui avec --add ou --change.")
    else:
        _show(services, options.search)


def _add(services: "Services", name: str, fields: dict[str, Any]) -> None:
    from egn_desktop.exchange.people import split_name
    from egn_desktop.inventory.people.queries.staff import staff_members

    names = split_name(name)
    if names is None:
        raise UserError(
            f"« {name} » : le nom et le prénom ne se distinguent pas.",
            kept="Personne n’a été ajouté.",
            todo='Écrivez le nom en majuscules, par exemple : --add "ROUX Claire"',
        )
    same = [row for row in staff_members(services.dossier, name) if _is(row, name)]
    if same:
        raise UserError(
            f"{same[0].name} est déjà dans la liste.",
            todo=f'Pour corriger sa fiche : --change "{name}"',
        )
    staff_id = services.staff.add_staff(StaffFields(*names, **fields))
    print(f"Ajout n° {staff_id} : {' '.join(names)}.")


def _show(services: "Services", search: str) -> None:
    from egn_desktop.french import count
    from egn_desktop.inventory.people.queries.staff import staff_members

    rows = found(services, search, lambda text: staff_members(services.dossier, text))
    if not rows:
        print('Personne. Pour ajouter quelqu’un : --add "ROUX Claire" --duty Enseignante')
    for row in rows:
        held = count(row.open_loans, "prêt") if row.open_loans else ""
        print(" · ".join(filter(None, (row.name, row.duty, row.email, row.phone, held))))


def _find(services: "Services", name: str) -> "StaffRow":
    from egn_desktop.inventory.people.queries.staff import staff_members

    found = [row for row in staff_members(services.dossier, name) if _is(row, name)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"Personne ne s’appelle « {name} » parmi le personnel.",
            todo="Vérifiez le nom avec : egn-desktop staff DOSSIER --search NOM",
        )
    raise UserError(f"Plusieurs personnes s’appellent « {name} » : passez par la fenêtre.")


def _is(row: "StaffRow", name: str) -> bool:
    from egn_desktop.collation import fold

    return sorted(fold(row.name).split()) == sorted(fold(name).split())
