# SPDX-License-Identifier: GPL-3.0-or-later
"""``attachments``: the earlier plans and DUERPs that are kept beside the plan."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from egn_desktop.cli.parser import SubCommands, day, file_to_write
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the command of the attached PDFs."""
    command = subcommands.add(
        "attachments", help="affiche, ajoute ou enregistre les PDF joints au dossier", run=_run
    )
    which = command.add_mutually_exclusive_group()
    which.add_argument("--add", type=Path, metavar="FICHIER", help="joint ce PDF")
    which.add_argument("--change", type=int, metavar="N", help="change nature, titre, date")
    which.add_argument("--save", type=int, metavar="N", help="l’enregistre hors du dossier")
    which.add_argument("--remove", type=int, metavar="N", help="le retire de la liste")
    which.add_argument("--restore", type=int, metavar="N", help="le remet dans la liste")
    which.add_argument("--erase", type=int, metavar="N", help="efface un document retiré")
    which.add_argument("--removed", action="store_true", help="affiche ceux qui ont été retirés")
    command.add_argument(
        "--with-actions",
        action="store_true",
        help="avec --add : le joint même s’il contient du code, des fichiers ou d’autres actions",
    )
    command.add_argument(
        "--kind",
        choices=("plan", "duerp", "other"),
        help="plan antérieur, DUERP antérieur, ou autre document",
    )
    command.add_argument("--title", metavar="TEXTE", help="son titre ; sinon, le nom du fichier")
    command.add_argument("--dated", type=day, metavar="JJ/MM/AAAA", help="la date qu’il porte")
    command.add_argument(
        "--to",
        type=file_to_write(".pdf"),
        metavar="FICHIER",
        help="avec --save : le fichier à créer",
    )


def _run(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.documents.pdf.received import ActiveContentError
    from egn_desktop.plans import attachments as files

    plans = services.plans
    if options.add is not None:
        file = files.read(options.add)
        try:
            number = plans.attach(file, with_actions=options.with_actions, **_given(options))
        except ActiveContentError as error:
            error.todo = f"{error.todo} Pour le joindre tel quel, ajoutez --with-actions."
            raise
        print(f"Document joint n° {number} ajouté.")
        if file.does:
            print(
                f"Il contient {', '.join(file.does)} : ne l’ouvrez que si vous savez d’où il vient."
            )
    elif options.change is not None:
        plans.change_attachment(options.change, **_given(options))
        print(f"Document joint n° {options.change} enregistré.")
    elif options.save is not None:
        _save(services, options)
    elif options.remove is not None:
        plans.remove_attachment(options.remove)
        print(f"Document joint n° {options.remove} retiré. --restore {options.remove} le remet.")
    elif options.restore is not None:
        plans.restore_attachment(options.restore)
        print(f"Document joint n° {options.restore} remis.")
    elif options.erase is not None:
        plans.erase_attachment(options.erase)
        print(f"Document joint n° {options.erase} effacé pour de bon.")
    else:
        _list(services, removed=options.removed)


def _given(options: argparse.Namespace) -> dict[str, Any]:
    given = {"kind": options.kind, "title": options.title, "dated_on": options.dated}
    return {name: value for name, value in given.items() if value is not None}


def _save(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exchange.spreadsheets import write_file
    from egn_desktop.plans.queries import attachment_file

    if options.to is None:
        raise UserError("Indiquez le fichier à créer avec --to.")
    write_file(options.to, attachment_file(services.dossier, options.save).pdf)
    print(options.to)


def _list(services: "Services", *, removed: bool) -> None:
    from egn_desktop.french import NARROW_SPACE
    from egn_desktop.plans.queries import attachments

    rows = attachments(services.dossier, removed=removed)
    if not rows:
        print("Aucun document retiré." if removed else "Aucun document joint.")
    for row in rows:
        print(f"{row.id}{NARROW_SPACE}: {row.title} · {row.about} · SHA-256 {row.sha256}")
