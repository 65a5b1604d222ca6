# SPDX-License-Identifier: GPL-3.0-or-later
"""``papers``: what was signed on screen; saves a paper as it was signed, or withdraws it."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, file_to_write
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``papers``."""
    parser = subcommands.add(
        "papers", help="affiche les conventions et reçus signés à l’écran", run=_run
    )
    parser.add_argument("--save", type=int, metavar="N", help="enregistre ce papier, tel quel")
    parser.add_argument(
        "--to", type=file_to_write(".pdf"), metavar="FICHIER", help="avec --save : le fichier PDF"
    )
    parser.add_argument(
        "--withdraw", type=int, metavar="N", help="retire ce papier, signé par erreur"
    )
    parser.add_argument("--reason", default="", metavar="TEXTE", help="avec --withdraw : pourquoi")
    parser.add_argument("--all", action="store_true", help="affiche aussi les papiers retirés")


def _run(services: "Services", options: argparse.Namespace) -> None:
    if options.save is not None:
        _save(services, options)
    elif options.withdraw is not None:
        services.papers.withdraw_paper(options.withdraw, reason=options.reason)
        print(f"Papier n° {options.withdraw} retiré : il peut être signé à nouveau.")
    else:
        _list(services, withdrawn=options.all)


def _save(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exports import export_one
    from egn_desktop.inventory.papers.queries import paper_pdf

    if options.to is None:
        raise UserError("Indiquez le fichier PDF à créer avec --to.")
    paper_pdf(services.dossier, options.save)  # says why it cannot be had
    export_one(services.dossier, "papier-signe", str(options.save), options.to)
    print(options.to)


def _list(services: "Services", *, withdrawn: bool) -> None:
    from egn_desktop.french import NARROW_SPACE, short_date
    from egn_desktop.inventory.papers.queries import papers

    rows = papers(services.dossier, withdrawn=withdrawn)
    if not rows:
        print("Aucun papier signé à l’écran.")
    for row in rows:
        loans = ", ".join(map(str, row.loan_ids))
        words = [
            row.title,
            row.borrower_name,
            f"prêt {loans}" if len(row.loan_ids) == 1 else f"prêts {loans}",
            f"signé le {short_date(row.signed_on)} par {row.signed_by}",
            f"SHA-256 {row.digest}",
        ]
        if row.withdrawn_on:
            words.append(f"retiré le {short_date(row.withdrawn_on)}")
        print(f"{row.id}{NARROW_SPACE}: {' · '.join(words)}")
