# SPDX-License-Identifier: GPL-3.0-or-later
"""``new``, ``verify``, ``backup``, ``restore``, ``recovery-sheet``, ``change-secret``.

Also how every command opens its dossier. The secret is never an argument: other users of the
machine, and the shell's history, would see it.
"""

import argparse
import getpass
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import ExitCode, UserError

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier
    from egn_desktop.services import Services

SHEET = "fiche-de-secours"


def register(subcommands: SubCommands) -> None:
    """Add the commands of the dossier's life."""
    new = subcommands.add_bare("new", help="crée un dossier vide")
    new.add_argument("dossier", type=Path, metavar="DOSSIER", help="le fichier .egn à créer")
    _add_protection(new)
    new.set_defaults(run_bare=_new)

    subcommands.add("verify", help="vérifie le fichier, page par page, et son journal", run=_verify)

    backup = subcommands.add("backup", help="sauvegarde le dossier maintenant", run=_backup)
    backup.add_argument(
        "--list", action="store_true", help="affiche les sauvegardes, sans en faire"
    )

    restore = subcommands.add_bare("restore", help="recrée un dossier à partir d’une sauvegarde")
    restore.add_argument(
        "backup",
        type=Path,
        metavar="SAUVEGARDE",
        nargs="?",
        help="le fichier de sauvegarde ; sans lui, celles de cet ordinateur sont affichées",
    )
    restore.add_argument(
        "--to", type=Path, metavar="DOSSIER", help="le fichier .egn à créer ; jamais remplacé"
    )
    restore.set_defaults(run_bare=_restore)

    sheet = subcommands.add(
        "recovery-sheet", help="imprime la fiche de secours, qui ouvre le dossier", run=_sheet
    )
    sheet.add_argument(
        "--to", type=Path, required=True, metavar="FICHIER", help="le fichier PDF à créer"
    )

    change = subcommands.add(
        "change-secret", help="remplace le code de secours ou la phrase de passe", run=_change
    )
    _add_protection(change)


def _add_protection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase",
        action="store_true",
        help="protège par une phrase de passe, demandée, plutôt que par le trousseau et un code",
    )
    parser.add_argument(
        "--sheet",
        type=Path,
        metavar="FICHIER",
        help="écrit la fiche de secours dans ce fichier PDF",
    )


@contextmanager
def open_for_cli(path: Path) -> Generator["Dossier"]:
    """Open a dossier with the keyring, the variable or a question; back it up when it changed."""
    from egn_desktop.dossier import life

    ask = _ask if sys.stdin.isatty() else None
    dossier = life.open_dossier(path, ask=ask)
    try:
        yield dossier
    finally:
        failure = life.close_dossier(dossier)
        if failure:
            print(failure, file=sys.stderr)


def _ask(reason: UserError) -> str | None:
    print(reason, file=sys.stderr)
    return getpass.getpass("Code de secours ou phrase de passe : ")


def _new(options: argparse.Namespace) -> None:
    from egn_desktop.dossier import life

    phrase = os.environ.get(life.SECRET_VARIABLE) or None
    if options.passphrase and phrase is None:
        phrase = _new_passphrase()
    dossier = life.create_dossier(options.dossier, new_passphrase=phrase)
    try:
        print(f"Le dossier est créé : {options.dossier}")
        _hand_over(dossier, options.sheet)
    finally:
        life.close_dossier(dossier)


def _verify(services: "Services", _options: argparse.Namespace) -> None:
    from egn_desktop.dossier.verify import verify

    report = verify(services.dossier)
    print("\n".join(report.lines))
    if not report.ok:
        refused = UserError(
            "La vérification a trouvé des défauts.",
            kept="Le fichier n’a pas été modifié, et vos sauvegardes sont intactes.",
            todo="Pour revenir à une sauvegarde : egn-desktop restore --help",
        )
        refused.exit_code = ExitCode.DAMAGED
        raise refused


def _backup(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier.backup import back_up, list_backups

    if not options.list:
        print(f"Sauvegarde faite et vérifiée : {back_up(services.dossier).path}")
        return
    backups = list_backups(services.dossier.dossier_id)
    if not backups:
        print("Aucune sauvegarde sur cet ordinateur.")
    for backup in backups:
        print(f"{backup.made_at:%d/%m/%Y %H:%M} · {backup.reason.label} · {backup.path}")


def _restore(options: argparse.Namespace) -> None:
    from egn_desktop.dossier.backup import all_backups, restore

    if options.backup is None:
        sets = all_backups()
        if not sets:
            print("Aucune sauvegarde sur cet ordinateur.")
        for one in sets:
            print(f"{one.name} ({one.dossier_id})")
            for backup in one.backups:
                print(f"    {backup.made_at:%d/%m/%Y %H:%M} · {backup.reason.label}")
                print(f"        {backup.path}")
        return
    if options.to is None:
        raise UserError("Indiquez le fichier .egn à créer avec --to.")
    restored = restore(options.backup, options.to)
    print(f"Le dossier est restauré : {restored}")
    with open_for_cli(restored) as dossier:
        from egn_desktop.dossier.verify import verify

        print("\n".join(verify(dossier).lines))


def _sheet(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exports import export_one

    export_one(services.dossier, SHEET, None, options.to)
    print(f"Fiche de secours : {options.to}")
    print("Imprimez-la, rangez-la sous clé hors de l’école, puis effacez ce fichier.")


def _change(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier.rekey import change_secret

    dossier = services.dossier
    change_secret(dossier, new_passphrase=_new_passphrase() if options.passphrase else None)
    print("Le secret du dossier et de ses sauvegardes est changé ; l’ancien n’ouvre plus rien.")
    _hand_over(dossier, options.sheet)


def _hand_over(dossier: "Dossier", sheet: Path | None) -> None:
    """Give the user the recovery code, on the sheet or on the screen; nowhere else is it shown."""
    from egn_desktop.dossier import life

    code = life.recovery_code(dossier)
    if code is None:
        print("Gardez la phrase de passe en lieu sûr : sans elle, personne ne peut l’ouvrir.")
    elif sheet:
        from egn_desktop.exports import export_one

        export_one(dossier, SHEET, None, sheet)
        print(f"Fiche de secours : {sheet}")
    else:
        print("Code de secours, à recopier sur papier et à ranger sous clé hors de l’école :")
        print(code)
        print("Pour l’imprimer : egn-desktop recovery-sheet --help")


def _new_passphrase() -> str:
    from egn_desktop.dossier.life import NEW_SECRET_VARIABLE

    given = os.environ.get(NEW_SECRET_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise UserError(
            "Il manque la nouvelle phrase de passe.",
            todo=f"Lancez la commande dans un terminal, ou donnez {NEW_SECRET_VARIABLE}.",
        )
    phrase = getpass.getpass("Nouvelle phrase de passe : ")
    if getpass.getpass("La même, une seconde fois : ") != phrase:
        raise UserError("Les deux phrases de passe ne sont pas les mêmes.")
    return phrase
