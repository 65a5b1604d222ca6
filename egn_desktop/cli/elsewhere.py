# SPDX-License-Identifier: GPL-3.0-or-later
"""``agenda-export``, ``contacts-export``: what the agenda and the address book take over."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, file_to_write

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands that write for an agenda and for an address book."""
    agenda = subcommands.add(
        "agenda-export",
        help="écrit les retours, relectures, actions et exercices pour un agenda (ics)",
        run=_agenda,
    )
    agenda.add_argument(
        "--to", type=file_to_write(".ics"), required=True, metavar="FICHIER", help="l’ics à créer"
    )
    agenda.add_argument(
        "--names", action="store_true", help="avec le nom des emprunteurs et des responsables"
    )
    book = subcommands.add(
        "contacts-export", help="écrit l’annuaire de crise pour un téléphone (vcf)", run=_contacts
    )
    book.add_argument(
        "--to", type=file_to_write(".vcf"), required=True, metavar="FICHIER", help="le vcf à créer"
    )


def _agenda(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exchange.agenda import write_agenda
    from egn_desktop.exchange.programs import who_may_receive
    from egn_desktop.french import count

    how_many = write_agenda(services.dossier, options.to, names=options.names)
    print(f"Écrit : {options.to}, {count(how_many, 'échéance')}")
    if options.names:
        print(
            "Ce fichier nomme des personnes. Peuvent le recevoir : "
            f"{who_may_receive(services.dossier)}"
        )


def _contacts(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exchange.address_book import write_contacts

    written = write_contacts(services.dossier, options.to)
    print(f"Écrit : {options.to}, {written.told}")
    print("Il nomme des personnes et n’est pas chiffré : effacez-le dès qu’il a servi.")
