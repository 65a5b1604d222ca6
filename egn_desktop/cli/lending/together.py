# SPDX-License-Identifier: GPL-3.0-or-later
"""``lend-together``: who gets what of the stock, proposed, corrected, and lent in one go."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import find_device
from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier
    from egn_desktop.inventory.lending.allotment import Allotment, Key
    from egn_desktop.inventory.lending.queries.needs import NeedRow
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``lend-together``."""
    together = subcommands.add(
        "lend-together", help="propose qui reçoit quoi, et prête d’un coup", run=_together
    )
    together.add_argument(
        "--class",
        dest="school_class",
        default="",
        metavar="CLASSE",
        help="une classe ; sinon, la liste d’attente",
    )
    together.add_argument(
        "--give",
        type=_gift,
        action="append",
        default=[],
        metavar="NOM PRÉNOM=NUMÉRO",
        help="donne cet appareil à cet élève ; qui devait le recevoir prend le sien ; se répète",
    )
    together.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="NOM PRÉNOM",
        help="laisse cet élève de côté : son appareil passe au suivant ; se répète",
    )
    together.add_argument(
        "--due",
        type=day,
        metavar="JJ/MM/AAAA",
        help="retour prévu ; sinon, la fin de l’année scolaire",
    )
    together.add_argument("--lend", action="store_true", help="enregistre les prêts proposés")


def _together(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import count
    from egn_desktop.inventory.lending import due_dates
    from egn_desktop.inventory.lending.allotment import Allotment
    from egn_desktop.inventory.lending.queries.needs import (
        spare_devices,
        waiting,
        waiting_for_class,
    )
    from egn_desktop.school.queries import calendar

    dossier, name = services.dossier, options.school_class
    rows = waiting_for_class(dossier, known_class(dossier, name)) if name else waiting(dossier)
    spare = {row.id: row for row in spare_devices(dossier)}
    found = Allotment(rows, list(spare.values()))
    left_out = {key for who in options.without for key in _lines_of(found, rows, who)}
    found.leave_out(left_out)
    for who, number in options.give:
        _give(services, found, _lines_of(found, rows, who), number)
    names = {row.id: row.name for row in rows}
    for line in found.lines:
        device = None if line.device_id is None else spare[line.device_id]
        gets = "plus rien en stock"
        if device:
            gets = f"{device.code} ({device.name})"
        elif line.key in left_out:
            gets = "de côté"
        print(f"{names[line.pupil_id]} · {line.want.label.lower()} · {gets}")
    pairs = found.pairs
    if not pairs:
        print("Rien à prêter.")
    elif options.lend:
        due = options.due or due_dates.end_of_school_year(dossier.today(), calendar(dossier))
        services.loans.lend_together(pairs, due_on=due)
        print(f"{count(len(pairs), 'appareil prêté', 'appareils prêtés')}.")
    else:
        print("Pour enregistrer ces prêts : ajoutez --lend.")


def _lines_of(found: "Allotment", rows: Sequence["NeedRow"], name: str) -> list["Key"]:
    from egn_desktop.collation import fold

    words = sorted(fold(name).split())
    ids = [row.id for row in rows if sorted(fold(row.name).split()) == words]
    if len(ids) == 1:
        return [line.key for line in found.lines if line.pupil_id == ids[0]]
    listed = ", ".join(row.name for row in rows) or "personne"
    what = "Plusieurs élèves s’appellent" if ids else "Personne n’attend ici sous le nom de"
    raise UserError(
        f"{what} « {name} ».",
        kept="Rien n’a été prêté.",
        todo="Prêtez-leur un à un : egn-desktop lend." if ids else f"Attendent ici : {listed}.",
    )


def _give(services: "Services", found: "Allotment", lines: list["Key"], number: str) -> None:
    device = find_device(services, number)
    fitting = [key for key in lines if device.id in found.choices(key)]
    if not fitting:
        raise UserError(
            f"{device.name} ({device.code}) ne peut pas être donné à cet élève : il est d’un autre "
            f"type que ce qui lui manque, réservé ou indisponible ({device.state.label.lower()}).",
            kept="Rien n’a été prêté.",
        )
    found.choose(fitting[0], device.id)


def known_class(dossier: "Dossier", name: str) -> str:
    """Return the class of that name as the dossier writes it.

    Raises:
        UserError: there is none.
    """
    from egn_desktop.collation import fold
    from egn_desktop.inventory.people.queries.pupils import school_classes

    names = school_classes(dossier)
    for known in names:
        if fold(known) == fold(name):
            return known
    raise UserError(f"Il n’y a pas de classe « {name} ».", todo=f"Au choix : {', '.join(names)}.")


def _gift(text: str) -> tuple[str, str]:
    name, equals, number = text.rpartition("=")
    if not equals or not name.strip() or not number.strip():
        raise argparse.ArgumentTypeError(f"« {text} » s’écrit NOM PRÉNOM=NUMÉRO")
    return name.strip(), number.strip()
