# SPDX-License-Identifier: GPL-3.0-or-later
"""``table``: a list of the loan register, taken into a spreadsheet."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import found
from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services

NAMES = ("loans", "register", "devices", "pupils", "staff", "waiting", "incidents")


def register(subcommands: SubCommands) -> None:
    """Add ``table``."""
    table = subcommands.add(
        "table", help="écrit une liste du registre pour un tableur (ods ou csv)", run=_table
    )
    table.add_argument(
        "list",
        choices=NAMES,
        metavar="LISTE",
        help="prêts en cours (loans), tous les prêts (register), matériel (devices), élèves "
        "(pupils), personnel (staff), en attente (waiting) ou incidents (incidents)",
    )
    table.add_argument(
        "--search", default="", metavar="MOTS", help="seulement ce qui contient ces mots"
    )
    table.add_argument("--csv", type=Path, metavar="FICHIER", help="l’écrit pour un tableur")
    table.add_argument("--ods", type=Path, metavar="FICHIER", help="l’écrit en classeur")


def _table(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exchange.lists import LISTS
    from egn_desktop.exchange.spreadsheets import write_csv, write_ods
    from egn_desktop.french import count

    if not (options.csv or options.ods):
        raise UserError("Donnez --csv ou --ods, avec le fichier à écrire.")
    listing = next(one for one in LISTS if one.id == options.list)
    rows = found(services, options.search, lambda text: listing.find(services.dossier, text))
    cells = [listing.titles, *listing.cells(rows)]
    if options.csv:
        write_csv(cells, options.csv)
    if options.ods:
        write_ods(cells, options.ods, listing.title)
    for path in filter(None, (options.csv, options.ods)):
        print(f"Écrit : {path}, {count(len(rows), 'ligne')}")
    print("Il peut nommer des personnes et n’est pas chiffré : effacez-le dès qu’il a servi.")
