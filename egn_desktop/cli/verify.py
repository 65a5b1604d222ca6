# SPDX-License-Identifier: GPL-3.0-or-later
"""``verify-pdf``: which document a PDF is, with the dossier or without it."""

import argparse
from pathlib import Path

from egn_desktop.cli.dossiers import open_for_cli
from egn_desktop.cli.parser import SubCommands, add_take_over
from egn_desktop.errors import UserError


def register(subcommands: SubCommands) -> None:
    """Add the command that recognises a PDF."""
    verify = subcommands.add_bare("verify-pdf", help="dit quel document est un PDF")
    verify.add_argument("pdf", type=Path, metavar="FICHIER", help="le PDF à reconnaître")
    verify.add_argument(
        "dossier",
        nargs="?",
        type=Path,
        metavar="DOSSIER",
        help="le fichier .egn d’origine : avec son journal, lui seul prouve la version",
    )
    verify.add_argument(
        "--dossier", dest="with_dossier", type=Path, metavar="DOSSIER", help="la même chose"
    )
    add_take_over(verify)
    verify.set_defaults(run_bare=_verify)


def _verify(options: argparse.Namespace) -> None:
    from egn_desktop.plans.recognition import read, recognised

    pdf, path = read(options.pdf), options.with_dossier or options.dossier
    if path is None:
        found = recognised(pdf, options.pdf.name)
    else:
        with open_for_cli(path, take_over=options.take_over) as dossier:
            found = recognised(pdf, options.pdf.name, dossier)
    if not found.is_good:
        told = f"{found.headline} Il se dit : {found.said}." if found.said else found.headline
        raise UserError(told, kept=found.proof, todo=found.todo)
    print(found.headline)
    if found.said:
        print(found.said)
    print(found.proof)
