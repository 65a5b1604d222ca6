# SPDX-License-Identifier: GPL-3.0-or-later
"""``leavers``: pupils who left the school, and what they still have of it."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import find_pupil
from egn_desktop.cli.parser import SubCommands

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``leavers``."""
    parser = subcommands.add(
        "leavers",
        help="affiche les élèves partis, d’abord ceux qui ont encore un appareil",
        run=_leavers,
    )
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--add", metavar="NOM PRÉNOM", help="marque un élève comme parti")
    which.add_argument("--back", metavar="NOM PRÉNOM", help="le note de nouveau présent")
    which.add_argument(
        "--remove", action="store_true", help="retire de la liste ceux qui n’ont rien à rendre"
    )
    parser.add_argument(
        "--class", dest="school_class", default="", metavar="CLASSE", help="la classe de l’élève"
    )


def _leavers(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import count, short_date
    from egn_desktop.inventory.people.queries.leavers import leavers

    if options.add:
        services.pupils.mark_left(find_pupil(services, options.add, options.school_class).id)
    if options.back:
        services.pupils.mark_back(find_pupil(services, options.back, options.school_class).id)
    if options.remove:
        gone = services.pupils.remove_leavers()
        print(f"{count(gone, 'élève retiré', 'élèves retirés')} de la liste.")
    rows = leavers(services.dossier)
    for row in rows:
        held = count(row.open_loans, "appareil") if row.open_loans else "n’a rien à rendre"
        left = f"parti le {short_date(row.left_on)}"
        print(" · ".join(filter(None, (row.name, row.school_class, left, held))))
    if not rows:
        print("Aucun élève parti n’est dans la liste.")
