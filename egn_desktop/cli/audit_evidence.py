# SPDX-License-Identifier: GPL-3.0-or-later
"""``audit-evidence``: the photos and documents that back the answers of the audit."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the command."""
    command = subcommands.add(
        "audit-evidence", help="liste, joint ou retire les pièces de l’état des lieux", run=_run
    )
    what = command.add_mutually_exclusive_group()
    what.add_argument(
        "--add",
        type=_pair,
        metavar="ID=FICHIER",
        help="garde dans le dossier une photo ou un document, 5\u202fMo au plus, pour une question",
    )
    command.add_argument(
        "--with-actions",
        action="store_true",
        help="avec --add\u202f: le joint même si c’est un PDF qui contient du code ou des fichiers",
    )
    what.add_argument(
        "--save", type=_numbered, metavar="N=FICHIER", help="écrit hors du dossier la pièce n° N"
    )
    what.add_argument("--remove", type=int, metavar="N", help="efface du dossier la pièce n° N")
    what.add_argument(
        "--erase",
        type=int,
        metavar="N",
        help="efface pour de bon la pièce n° N, même d’un état des lieux clos",
    )
    what.add_argument(
        "--all", action="store_true", help="liste aussi les pièces des états des lieux d’avant"
    )


def _run(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.audit import evidence
    from egn_desktop.audit.queries import campaigns, evidence_file
    from egn_desktop.documents.pdf.received import ActiveContentError

    if options.save:
        number, target = options.save
        if target.exists():
            raise UserError(
                f"«\u202f{target}\u202f» existe déjà.", todo="Choisissez un autre nom de fichier."
            )
        evidence.write(evidence_file(services.dossier, number), target)
        print(f"Pièce n° {number} enregistrée\u202f: {target}")
        return
    if options.remove is not None:
        removed = services.audit.remove_evidence(options.remove)
        print(f"«\u202f{removed}\u202f» est effacé du dossier.")
        return
    if options.erase is not None:
        services.audit.erase_evidence(options.erase)
        print(f"Pièce n° {options.erase} effacée pour de bon.")
        return
    audits = campaigns(services.dossier)
    latest = next(iter(audits), None)
    if latest is None:
        raise UserError("Aucun état des lieux n’a été commencé dans ce dossier.")
    if options.add:
        key, path = options.add
        try:
            number = services.audit.add_evidence(
                latest.id, key, path, with_actions=options.with_actions
            )
        except ActiveContentError as error:
            error.todo = f"{error.todo} Pour le joindre tel quel, ajoutez --with-actions."
            raise
        print(f"Pièce n° {number} gardée dans le dossier.")
        return
    _list(services, [audit.id for audit in audits] if options.all else [latest.id])


def _list(services: "Services", audits: "Sequence[int]") -> None:
    from egn_desktop.audit.queries import evidence

    found = [pair for audit in audits for pair in evidence(services.dossier, audit).items()]
    if not found:
        print("Aucune pièce jointe.")
    for key, rows in found:
        for row in rows:
            print(f"n° {row.id} · {key} · {row.name} · {row.size_text}")


def _pair(text: str) -> tuple[str, Path]:
    key, equals, path = text.partition("=")
    if not equals or not path.strip():
        raise argparse.ArgumentTypeError(f"«\u202f{text}\u202f» s’écrit ID=FICHIER")
    return key.strip(), Path(path.strip())


def _numbered(text: str) -> tuple[int, Path]:
    number, path = _pair(text)
    if not number.isdigit():
        raise argparse.ArgumentTypeError(f"«\u202f{text}\u202f» s’écrit N=FICHIER")
    return int(number), path
