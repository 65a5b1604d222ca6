# SPDX-License-Identifier: GPL-3.0-or-later
"""``actions``: the one list of actions, shown, filtered, or taken into a spreadsheet."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.spreadsheet_files import add_files, wants_files, write_files

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the command of the one list of actions."""
    command = subcommands.add("actions", help="affiche la liste des actions", run=_run)
    command.add_argument(
        "--state", choices=("open", "done", "dropped"), help="à faire, faites ou abandonnées"
    )
    command.add_argument("--late", action="store_true", help="celles en retard")
    command.add_argument(
        "--source",
        choices=("audit", "plan", "risk", "drill", "free"),
        help="état des lieux, plan, DUERP, exercice ou autre",
    )
    command.add_argument("--responsible", metavar="NOM", help="celles d’une personne")
    command.add_argument(
        "--history",
        action="store_true",
        help="dit sous chacune d’où elle vient et ce qu’elle est devenue",
    )
    add_files(command, "ces actions")


def _run(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.actions.queries import action_table, actions
    from egn_desktop.actions.rules import ActionState, SourceKind
    from egn_desktop.drills.history import Histories
    from egn_desktop.french import NARROW_SPACE

    rows = actions(
        services.dossier,
        ActionState(options.state) if options.state else None,
        source_kind=SourceKind(options.source) if options.source else None,
        responsible=options.responsible,
        late=options.late,
    )
    if wants_files(options):
        for path in write_files(options, action_table(rows), "Actions"):
            print(f"Écrit : {path}")
        return
    if not rows:
        print("Aucune action.")
    histories = Histories(services.dossier)
    for row in rows:
        print(f"{row.id}{NARROW_SPACE}: {row.line}")
        if options.history:
            print(f"    {histories.of(row.id)}")
