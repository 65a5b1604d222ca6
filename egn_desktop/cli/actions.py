# SPDX-License-Identifier: GPL-3.0-or-later
"""``actions``: the one list of actions, shown, filtered, or taken into a spreadsheet."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the command of the one list of actions."""
    one = subcommands.add("actions", help="affiche la liste des actions", run=_run)
    one.add_argument(
        "--state", choices=("open", "done", "dropped"), help="à faire, faites ou abandonnées"
    )
    one.add_argument("--late", action="store_true", help="celles en retard")
    one.add_argument(
        "--source",
        choices=("audit", "plan", "risk", "drill", "free"),
        help="état des lieux, plan, DUERP, exercice ou autre",
    )
    one.add_argument("--responsible", metavar="NOM", help="celles d’une personne")
    one.add_argument(
        "--history",
        action="store_true",
        help="dit sous chacune d’où elle vient et ce qu’elle est devenue",
    )
    one.add_argument("--csv", type=Path, metavar="FICHIER", help="les écrit pour un tableur")
    one.add_argument("--ods", type=Path, metavar="FICHIER", help="les écrit en classeur")


def _run(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.actions.queries import action_table, actions
    from egn_desktop.actions.rules import ActionState, SourceKind
    from egn_desktop.drills.history import Histories
    from egn_desktop.exchange import spreadsheets
    from egn_desktop.french import NARROW_SPACE

    rows = actions(
        services.dossier,
        ActionState(options.state) if options.state else None,
        source_kind=SourceKind(options.source) if options.source else None,
        responsible=options.responsible,
        late=options.late,
    )
    if options.csv:
        spreadsheets.write_csv(action_table(rows), options.csv)
        print(f"Écrit : {options.csv}")
    if options.ods:
        spreadsheets.write_ods(action_table(rows), options.ods, "Actions")
        print(f"Écrit : {options.ods}")
    if options.csv or options.ods:
        return
    if not rows:
        print("Aucune action.")
    histories = Histories(services.dossier)
    for row in rows:
        print(f"{row.id}{NARROW_SPACE}: {row.line}")
        if options.history:
            print(f"    {histories.of(row.id)}")
