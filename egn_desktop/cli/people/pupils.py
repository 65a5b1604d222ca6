# SPDX-License-Identifier: GPL-3.0-or-later
"""``pupils``: who may borrow, and what they have."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import add_search, found, print_line
from egn_desktop.cli.parser import SubCommands

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``pupils``."""
    add_search(subcommands.add("pupils", help="affiche les élèves et ce qu’ils ont", run=_pupils))


def _pupils(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import count
    from egn_desktop.inventory.people.queries.pupils import pupils

    rows = found(services, options.search, lambda text: pupils(services.dossier, text))
    if not rows:
        print("Aucun élève. Pour importer une liste : egn-desktop import --help")
    for row in rows:
        held = count(row.open_loans, "prêt") if row.open_loans else ""
        print_line(row.name, row.school_class, held)
