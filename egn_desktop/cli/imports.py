# SPDX-License-Identifier: GPL-3.0-or-later
"""``import``: lists of devices, pupils and legal representatives."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop import french
from egn_desktop.cli import import_doubts
from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError
from egn_desktop.exchange.columns import fields
from egn_desktop.exchange.kinds import ImportKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from egn_desktop.exchange.preview import Preview
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``import``."""
    parser = subcommands.add(
        "import",
        help="importe le matériel, les élèves, leurs responsables, le personnel",
        run=_import,
    )
    parser.epilog = (
        "Les fichiers csv (ONDE, Pronote, SIECLE), xlsx, ods et l’XML de SIECLE (zip ou non) "
        "conviennent.\nUne ligne qui ne peut pas être importée est affichée avec sa raison ; les "
        "autres sont importées.\nImporter de nouveau la même liste met à jour ce qui a changé, "
        "sans doublon."
    )
    for option, kind in (
        ("--devices", ImportKind.DEVICES),
        ("--pupils", ImportKind.PUPILS),
        ("--guardians", ImportKind.GUARDIANS),
        ("--staff", ImportKind.STAFF),
    ):
        parser.add_argument(option, type=Path, metavar="FICHIER", help=f"importe {kind.label}")
    parser.add_argument(
        "--preview", action="store_true", help="montre ce qui serait importé, sans rien écrire"
    )
    parser.add_argument(
        "--column",
        type=_column,
        action="append",
        default=[],
        metavar="TITRE=CHAMP",
        help="dit ce que contient une colonne dont le titre n’est pas reconnu ; sans champ, la "
        "colonne est ignorée ; peut être répété",
    )
    parser.add_argument(
        "--doubts",
        choices=import_doubts.CHOICES,
        help="qui sont les élèves peut-être déjà dans le dossier : d’autres (new), les mêmes "
        "(same), ou demander pour chacun (ask) ; sans cette option, un doute arrête l’import",
    )
    parser.add_argument(
        "--whole",
        action="store_true",
        help="la liste est complète : qui n’y est pas est marqué comme parti",
    )


def _import(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exchange import preview

    # Devices, then pupils, then those who look after them: each needs what comes before.
    files = {
        kind: path
        for kind, path in (
            (ImportKind.DEVICES, options.devices),
            (ImportKind.PUPILS, options.pupils),
            (ImportKind.GUARDIANS, options.guardians),
            (ImportKind.STAFF, options.staff),
        )
        if path is not None
    }
    if not files:
        raise UserError(
            "Indiquez au moins un fichier à importer.",
            todo="Au choix : --devices, --pupils, --guardians, --staff.",
        )
    choice = dict(options.column)
    if choice and len(files) > 1:
        raise UserError("--column ne va qu’avec un seul fichier à la fois.")
    if options.whole and ImportKind.PUPILS not in files:
        raise UserError("--whole ne va qu’avec une liste d’élèves (--pupils).")
    ready = [preview.read(path, kind, choice) for kind, path in files.items()]
    answers: Mapping[int, int | None] = {}
    for listed in ready:
        _print_preview(listed, all_columns=options.preview)
        preview.check(listed)
        review = preview.pupils_review(listed, services.dossier)
        if review is not None:
            import_doubts.print_doubts(listed, review)
            if not options.preview:
                answers = import_doubts.answers(listed, review, options.doubts)
            import_doubts.print_absent(review, answers, mark_left=options.whole)
    if options.preview:
        print("Aperçu : rien n’a été importé.")
        return
    with services.dossier.write():
        counts = [
            preview.apply(listed, services, answers=answers, mark_left=options.whole)
            for listed in ready
        ]
    for ready_list, count in zip(ready, counts, strict=True):
        print(
            f"« {ready_list.table.name} » est importé : {preview.outcome(ready_list.kind, count)}."
        )


def _print_preview(ready: "Preview", *, all_columns: bool) -> None:
    table = ready.table
    lines = french.count(len(table.rows), "ligne")
    taken = ready.kind.counted(len(ready.accepted))
    remark = f", {table.remark}" if table.remark else ""
    print(f"« {table.name} »{table.read_from} : {lines}, {taken} à importer{remark}")
    if all_columns or ready.missing:
        _print_columns(ready)
    if ready.rejected:
        print(f"  {french.count(len(ready.rejected), 'ligne rejetée', 'lignes rejetées')}")
    for line in ready.rejected:
        print(f"    ligne {line.line} : {line.reason}\n        {line.text}")
    if ready.remarked:
        print(f"  {french.count(len(ready.remarked), 'ligne')} à vérifier")
    for line in ready.remarked:
        print(f"    ligne {line.line} : {' '.join(line.remarks)}")


def _print_columns(ready: "Preview") -> None:
    known = fields(ready.kind)
    titles = {column.title: column.field for column in ready.columns}
    width = max((len(title) for title in titles), default=0)
    print("  Colonnes")
    for title, field in titles.items():
        meaning = f"{known[field].label} ({field})" if field else "ignorée"
        print(f"    {title or 'sans titre':<{width}}  {meaning}")


def _column(text: str) -> tuple[str, str]:
    title, equals, field = text.rpartition("=")
    if not equals or not title.strip():
        raise argparse.ArgumentTypeError(f"« {text} » s’écrit TITRE=CHAMP")
    return title.strip(), field.strip()
