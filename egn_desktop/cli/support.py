# SPDX-License-Identifier: GPL-3.0-or-later
"""``self-test``: whether the program works here. ``diagnose``: a file for somebody who helps."""

import argparse
from pathlib import Path

from egn_desktop.cli.parser import SubCommands, add_take_over
from egn_desktop.errors import UserError


def register(subcommands: SubCommands) -> None:
    """Add ``self-test`` and ``diagnose``."""
    test = subcommands.add_bare("self-test", help="essaie le logiciel sur cet ordinateur")
    test.set_defaults(run_bare=_self_test)
    diagnose = subcommands.add_bare(
        "diagnose", help="écrit un fichier sans aucun nom pour la personne qui vous assiste"
    )
    diagnose.add_argument("target", type=Path, metavar="FICHIER", help="le fichier txt à créer")
    diagnose.add_argument(
        "--dossier", type=Path, metavar="DOSSIER", help="y compte aussi ce que contient ce dossier"
    )
    add_take_over(diagnose)
    diagnose.set_defaults(run_bare=_diagnose)


def _self_test(_: argparse.Namespace) -> None:
    from egn_desktop.support import self_test

    is_ok = True
    for check in self_test.run():
        is_ok &= check.ok
        # Each as it ends: whoever waits sees where it stands.
        print(f"{check.title} : {check.finding.label}. {check.detail}", flush=True)
    if not is_ok:
        raise UserError(self_test.FAILS, kept=self_test.UNTOUCHED, todo=self_test.ASK)
    print(self_test.WORKS)


def _diagnose(options: argparse.Namespace) -> None:
    from egn_desktop.cli.dossiers import open_for_cli
    from egn_desktop.support import diagnosis

    if options.dossier is None:
        diagnosis.write(options.target)
    else:
        with open_for_cli(options.dossier, take_over=options.take_over) as dossier:
            diagnosis.write(options.target, dossier)
    print(options.target)
