# SPDX-License-Identifier: GPL-3.0-or-later
"""``export``: print one document, or all of them, to PDF files. ``demo``: the demonstration."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, day, file_to_write
from egn_desktop.documents.unwritten import unwritten_words
from egn_desktop.errors import UserError
from egn_desktop.exports import available, export_all, export_one

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``export`` and ``demo``."""
    parser = subcommands.add("export", help="imprime les documents du dossier en PDF", run=_export)
    choice = parser.add_mutually_exclusive_group(required=True)
    choice.add_argument("--all", type=Path, metavar="RÉPERTOIRE", help="tous, dans ce répertoire")
    choice.add_argument("--document", metavar="ID", help="un seul document")
    choice.add_argument("--list", action="store_true", help="affiche les documents disponibles")
    parser.add_argument("--subject", metavar="CLÉ", help="pour quel prêt, exercice ou version")
    parser.add_argument(
        "--to", type=file_to_write(".pdf"), metavar="FICHIER", help="le fichier PDF à créer"
    )

    demo = subcommands.add_bare("demo", help="crée le dossier de l’école de démonstration")
    demo.add_argument(
        "dossier", type=file_to_write(".egn"), metavar="DOSSIER", help="le fichier .egn à créer"
    )
    demo.add_argument(
        "--documents", type=Path, metavar="RÉPERTOIRE", help="y imprime aussi tous les documents"
    )
    demo.add_argument(
        "--on",
        type=day,
        metavar="AAAA-MM-JJ",
        help="le jour où elle se raconte ; le même jour donne partout les mêmes documents",
    )
    demo.set_defaults(run_bare=_demo)


def _export(services: "Services", options: argparse.Namespace) -> None:
    dossier = services.dossier
    if options.list:
        for offer in available():
            subjects = offer.subjects(dossier)
            named = " (nomme des personnes)" if offer.names_people else ""
            print(f"{offer.id} : {offer.title}{named}")
            if not subjects:
                print(f"    pas encore disponible : {offer.missing}")
            for subject in subjects:
                if subject.key:
                    print(f"    --subject {subject.key} : {subject.label}")
        return
    if options.all:
        for exported in export_all(dossier, options.all):
            print(exported.path)
            tell_unwritten(exported.unwritten)
        return
    if options.to is None:
        raise UserError("Indiquez le fichier PDF à créer avec --to.")
    tell_unwritten(export_one(dossier, options.document, options.subject, options.to))
    print(options.to)


def tell_unwritten(texts: Sequence[str]) -> None:
    """Say on stderr which texts could not be printed whole."""
    if texts:
        print(unwritten_words(texts), file=sys.stderr)


def _demo(options: argparse.Namespace) -> None:
    from egn_desktop.demo import PASSPHRASE, create_demonstration

    with create_demonstration(options.dossier, today=options.on) as dossier:
        print(f"L’école de démonstration est prête : {options.dossier}")
        print(f"Pour la rouvrir sans trousseau, la phrase de passe est « {PASSPHRASE} ».")
        if options.documents:
            for exported in export_all(dossier, options.documents):
                print(exported.path)
