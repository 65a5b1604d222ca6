# SPDX-License-Identifier: GPL-3.0-or-later
"""``plan-risk``, ``plan-risks-export``: the risks that the plan takes to the DUERP."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.spreadsheet_files import add_files, need_files, write_files
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands of the risks."""
    risk = subcommands.add("plan-risk", help="ajoute, cote ou retire un risque du DUERP", run=_risk)
    which = risk.add_mutually_exclusive_group(required=True)
    which.add_argument("--id", metavar="ID", help="un risque proposé")
    which.add_argument("--title", metavar="TEXTE", help="un autre risque")
    which.add_argument("--line", type=int, metavar="N", help="une ligne déjà ajoutée")
    for option, text in (
        ("--severity", "gravité, de 1 à 4"),
        ("--likelihood", "fréquence, de 1 à 4"),
        ("--control", "maîtrise, de 1 (bonne) à 3 (insuffisante)"),
    ):
        risk.add_argument(option, type=int, metavar="N", help=text)
    risk.add_argument("--remove", action="store_true", help="avec --line : retire la ligne")
    export = subcommands.add(
        "plan-risks-export", help="écrit les lignes de risque pour un tableur", run=_export
    )
    add_files(export, "ces lignes")
    export.add_argument(
        "--fields",
        action="store_true",
        help="affiche chaque ligne champ par champ, à copier dans un outil en ligne",
    )


def _risk(services: "Services", options: argparse.Namespace) -> None:
    rating = (options.severity, options.likelihood, options.control)
    if any(rating) and not all(value is not None for value in rating):
        raise UserError("Une cotation demande --severity, --likelihood et --control.")
    if options.remove and options.line is None:
        raise UserError("Pour retirer une ligne, donnez son numéro avec --line.")
    with services.dossier.write():
        if options.remove:
            services.plans.remove_risk(options.line)
            print(f"Ligne n° {options.line} retirée.")
            return
        line = options.line or services.plans.add_risk(
            risk=options.id or "", title=options.title or ""
        )
        if options.severity is not None:
            severity, likelihood, control = rating
            services.plans.rate_risk(
                line, severity=severity, likelihood=likelihood, control=control
            )
    print(f"Ligne n° {line} enregistrée.")


def _export(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.queries import risk_fields, risk_lines, risk_rows

    if options.fields:
        for line in risk_lines(services.dossier):
            for title, text in risk_fields(line):
                print(f"{title} :\n{text}")
            print()
    else:
        need_files(options)
    for path in write_files(options, risk_rows(services.dossier), "Risques"):
        print(f"Écrit : {path}")
