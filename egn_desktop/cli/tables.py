# SPDX-License-Identifier: GPL-3.0-or-later
"""``table``: a list of the loan register, taken into a spreadsheet."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import found
from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.spreadsheet_files import add_files, need_files, write_files

if TYPE_CHECKING:
    from egn_desktop.services import Services

NAMES = ("loans", "register", "devices", "pupils", "staff", "waiting", "incidents")


def register(subcommands: SubCommands) -> None:
    """Add ``table``."""
    table = subcommands.add(
        "table", help="écrit une liste du registre pour un tableur (ods, xlsx ou csv)", run=_table
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
    add_files(table, "la liste")


def _table(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exchange.lists import LISTS
    from egn_desktop.french import count

    need_files(options)
    listing = next(listing for listing in LISTS if listing.id == options.list)
    rows = found(services, options.search, lambda text: listing.find(services.dossier, text))
    cells = [listing.titles, *listing.cells(rows)]
    for path in write_files(options, cells, listing.title):
        print(f"Écrit : {path}, {count(len(rows), 'ligne')}")
    print("Il peut nommer des personnes et n’est pas chiffré : effacez-le dès qu’il a servi.")
