# SPDX-License-Identifier: GPL-3.0-or-later
"""``inventory-export``: the stock for the inventory program of the mairie or the collectivité."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, file_to_write

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``inventory-export``."""
    export = subcommands.add(
        "inventory-export",
        help="écrit l’inventaire pour Snipe-IT ou GLPI, sans nommer personne",
        run=_export,
    )
    export.add_argument(
        "--for",
        dest="program",
        choices=("snipe-it", "glpi"),
        required=True,
        help="le logiciel qui le lira",
    )
    export.add_argument(
        "--to", type=file_to_write(".csv"), required=True, metavar="FICHIER", help="le csv à créer"
    )
    export.add_argument(
        "--names", action="store_true", help="avec le nom des emprunteurs et les remarques"
    )


def _export(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exchange.programs import PROGRAMS, who_may_receive, write_stock

    program = next(program for program in PROGRAMS if program.id == options.program)
    written = write_stock(services.dossier, program, options.to, names=options.names)
    print(f"Écrit : {options.to}, {written.told}")
    if options.names:
        print(
            f"Ce fichier nomme des personnes. Peuvent le recevoir : "
            f"{who_may_receive(services.dossier)}"
        )
        print("Il n’est pas chiffré : effacez-le dès qu’il a servi.")
