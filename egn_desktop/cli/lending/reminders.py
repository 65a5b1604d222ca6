# SPDX-License-Identifier: GPL-3.0-or-later
"""``reminders``: who is late and was reminded when; prints the letters, notes them as sent."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.printing import tell_unwritten

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``reminders``."""
    parser = subcommands.add(
        "reminders", help="affiche les retards et leurs relances, imprime les courriers", run=_run
    )
    parser.add_argument(
        "--print",
        dest="to",
        type=Path,
        metavar="FICHIER",
        help="imprime les courriers du jour dans ce fichier pdf",
    )
    parser.add_argument(
        "--record", action="store_true", help="note les courriers du jour comme envoyés"
    )


def _run(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import count, short_date
    from egn_desktop.inventory.lending.queries.reminders import late_loans
    from egn_desktop.inventory.lending.reminders import Channel

    late = late_loans(services.dossier)
    due = [loan for loan in late if loan.is_due]
    if not late:
        print("Aucun prêt en retard.")
    for late_loan in late:
        sent = late_loan.last_sent
        said = (
            f"dernière relance le {short_date(sent.sent_on)} ({sent.channel.within})"
            if sent
            else "pas encore relancé"
        )
        proposal = f"à envoyer : {late_loan.level.label.lower()}" if late_loan.is_due else ""
        row = late_loan.row
        parts = (row.state_label, row.borrower_name, row.group, row.device_label)
        print(" · ".join(part for part in (*parts, said, proposal) if part))
    if late and not due and (options.to or options.record):
        print("Rien à envoyer aujourd’hui : ces personnes ont été relancées il y a peu.")
    if options.to and due:
        _print(services, options.to)
        print(f"{count(len(due), 'courrier')} dans {options.to}.")
    if options.record and due:
        made = services.reminders.record_reminders([loan.id for loan in due], Channel.LETTER)
        print(f"{count(len(made), 'relance notée', 'relances notées')}.")


def _print(services: "Services", target: Path) -> None:
    from egn_desktop.exports import export_one

    tell_unwritten(export_one(services.dossier, "courriers-de-relance", "", target))
