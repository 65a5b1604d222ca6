# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands of the dossier's life, from ``new`` to ``computer-code``.

Also how every command opens its dossier. The secret is never an argument: other users of the
machine, and the shell's history, would see it.
"""

import argparse
import getpass
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop import process
from egn_desktop.cli.parser import SubCommands, file_to_write
from egn_desktop.errors import ExitCode, UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from egn_desktop.dossier import Dossier
    from egn_desktop.dossier.finding import BackupSet
    from egn_desktop.dossier.shelf import Backup
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands of the dossier's life."""
    new = subcommands.add_bare("new", help="crée un dossier vide")
    new.add_argument(
        "dossier", type=file_to_write(".egn"), metavar="DOSSIER", help="le fichier .egn à créer"
    )
    _add_protection(new)
    new.set_defaults(run_bare=_new)

    verify = subcommands.add(
        "verify", help="vérifie le fichier, son journal, les fiches et les PDF gardés", run=_verify
    )
    verify.add_argument(
        "--paper",
        metavar="TEXTE",
        help="compare au journal ce qu’en dit le bas d’un papier : "
        "« 875 écritures, empreinte e994-45be-f48f-cc2e »",
    )

    backup = subcommands.add("backup", help="sauvegarde le dossier maintenant", run=_backup)
    asked = backup.add_mutually_exclusive_group()
    asked.add_argument("--list", action="store_true", help="affiche les sauvegardes, sans en faire")
    asked.add_argument(
        "--to",
        type=Path,
        metavar="ENDROIT",
        help="écrit une copie vérifiée à cet endroit : un répertoire, ou un nouveau fichier .egn",
    )
    asked.add_argument(
        "--second",
        type=Path,
        metavar="RÉPERTOIRE",
        help="choisit le second emplacement (clé, partage), où vont aussi les sauvegardes",
    )
    asked.add_argument(
        "--no-second", action="store_true", help="n’envoie plus les sauvegardes ailleurs"
    )
    asked.add_argument(
        "--redo",
        action="store_true",
        help="après un effacement : sauvegarde, puis supprime les sauvegardes d’avant",
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
        "--from",
        dest="place",
        type=Path,
        metavar="RÉPERTOIRE",
        help="cherche les sauvegardes là (clé, partage) plutôt que sur cet ordinateur ; avec "
        "--to, la plus récente est restaurée",
    )
    restore.add_argument(
        "--to", type=Path, metavar="DOSSIER", help="le fichier .egn à créer ; jamais remplacé"
    )
    restore.set_defaults(run_bare=_restore)

    sheet = subcommands.add(
        "recovery-sheet", help="imprime la fiche de secours, qui ouvre le dossier", run=_sheet
    )
    done = sheet.add_mutually_exclusive_group(required=True)
    done.add_argument(
        "--to", type=file_to_write(".pdf"), metavar="FICHIER", help="le fichier PDF à créer"
    )
    done.add_argument(
        "--noted",
        action="store_true",
        help="note que le code est déjà recopié ou imprimé : la page d’accueil ne le demande plus",
    )

    change = subcommands.add(
        "change-secret", help="remplace le code de secours ou la phrase de passe", run=_change
    )
    _add_protection(change)

    code = subcommands.add(
        "computer-code", help="choisit le code demandé sur cet ordinateur", run=_computer_code
    )
    code.add_argument("--remove", action="store_true", help="ne demande plus de code")


def _add_protection(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase",
        action="store_true",
        help="protège par une phrase de passe, demandée, plutôt que par le trousseau et un code",
    )
    parser.add_argument(
        "--draw",
        action="store_true",
        help="protège par une phrase de passe de cinq mots, tirée au sort et affichée",
    )
    parser.add_argument(
        "--sheet",
        type=file_to_write(".pdf"),
        metavar="FICHIER",
        help="écrit la fiche de secours dans ce fichier PDF",
    )


@contextmanager
def open_for_cli(path: Path, *, take_over: bool = False) -> Generator["Dossier"]:
    """Open a dossier with the keyring, the variable or a question; back it up when it changed."""
    from egn_desktop.dossier import backup, life, rekey

    ask = _ask if sys.stdin.isatty() else None
    try:
        dossier = life.open_dossier(path, ask=ask, take_over=take_over, waiting=_say_why)
    except UserError as error:
        if error.can_take_over:
            error.todo += " En ligne de commande, l’option --take-over l’ouvre ici."
        raise
    for remark in dossier.remarks:
        print(remark, file=sys.stderr)
    try:
        backup.tidy(dossier)
        with suppress(UserError):
            # What hinders it is told by the command itself, or at closing.
            rekey.go_on(dossier)
        yield dossier
    finally:
        failure = life.close_dossier(dossier)
        if failure:
            print(failure, file=sys.stderr)


def _say_why(text: str) -> None:
    print(text, file=sys.stderr)


def _ask(reason: UserError) -> str | None:
    print(reason, file=sys.stderr)
    return getpass.getpass("Code de cet ordinateur, code de secours ou phrase de passe : ")


def _new(options: argparse.Namespace) -> None:
    from egn_desktop.dossier import life

    phrase = _chosen(options, process.given(process.SECRET_VARIABLE))
    dossier = life.create_dossier(options.dossier, new_passphrase=phrase)
    try:
        print(f"Le dossier est créé : {options.dossier}")
        _hand_over(dossier, options.sheet)
    finally:
        life.close_dossier(dossier)


def _verify(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.checkup import looked_over
    from egn_desktop.dossier.places import SHARED_PLACE, is_shared
    from egn_desktop.dossier.report import Report
    from egn_desktop.dossier.verify import held_against_paper

    report = looked_over(services.dossier)
    if options.paper:
        paper = held_against_paper(services.dossier, options.paper)
        report = Report((*report.checks, paper))
    print("\n".join(report.lines))
    if is_shared(services.dossier.path):
        print(SHARED_PLACE)
    if not report.ok:
        refused = UserError(
            "La vérification a trouvé des défauts.",
            kept="Le fichier n’a pas été modifié, et vos sauvegardes sont intactes.",
            todo="Pour revenir à une sauvegarde : egn-desktop restore --help",
        )
        refused.exit_code = ExitCode.DAMAGED
        raise refused


def _backup(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier import backup, elsewhere, erased
    from egn_desktop.french import count

    dossier = services.dossier
    if options.list:
        _list_backups(dossier)
    elif options.to is not None:
        to: Path = options.to
        target = backup.free_name(to / backup.copy_name(dossier)) if to.is_dir() else to
        print(f"Copie faite et vérifiée : {backup.copy_to(dossier, target)}")
    elif options.no_second:
        elsewhere.give_up(dossier)
        print("Les sauvegardes restent sur cet ordinateur.")
    elif options.redo:
        dropped = count(erased.redo(dossier), "sauvegarde supprimée", "sauvegardes supprimées")
        print(f"Sauvegarde faite et vérifiée ; {dropped}.")
    else:
        if options.second is not None:
            elsewhere.choose(dossier, options.second)
        print(f"Sauvegarde faite et vérifiée : {backup.back_up(dossier).path}")
        _bring(dossier)


def _list_backups(dossier: "Dossier") -> None:
    from egn_desktop.dossier import elsewhere
    from egn_desktop.dossier.backup import list_backups

    backups = list_backups(dossier.dossier_id)
    if not backups:
        print("Aucune sauvegarde sur cet ordinateur.")
    for backup in backups:
        print(f"{_described(backup)} · {backup.path}")
    place = elsewhere.second_place(dossier.dossier_id)
    if place is not None:
        print(f"Second emplacement : {place.chosen}, à jour le {place.last_seen:%d/%m/%Y}.")


def _bring(dossier: "Dossier") -> None:
    from egn_desktop.dossier import elsewhere

    place = elsewhere.second_place(dossier.dossier_id)
    if place is None:
        return
    brought = elsewhere.bring(dossier)
    print(
        f"Copiée aussi dans : {place.chosen}"
        if brought
        else f"Le second emplacement n’est pas branché : {place.chosen}"
    )


def _described(backup: "Backup") -> str:
    """Return when and why a backup was made, of which file, after how many writes."""
    counted = "" if backup.number is None else f" · écriture n° {backup.number}"
    of = f" · {backup.file_name}" if backup.source else ""
    return f"{backup.made_at:%d/%m/%Y %H:%M}{counted}{of} · {backup.reason.label}"


def _restore(options: argparse.Namespace) -> None:
    from egn_desktop.dossier.backup import restore
    from egn_desktop.dossier.finding import all_backups, backups_in

    sets: list[BackupSet] = []
    if options.backup is None:
        sets += all_backups() if options.place is None else backups_in(options.place)
    if options.backup is None and (options.place is None or options.to is None):
        _print_sets(sets, "sur cet ordinateur" if options.place is None else "à cet endroit")
        return
    if options.to is None:
        raise UserError("Indiquez le fichier .egn à créer avec --to.")
    if options.backup is None and len(sets) != 1:
        raise UserError(
            "Cet endroit contient les sauvegardes de plusieurs dossiers."
            if sets
            else "Cet endroit ne contient aucune sauvegarde.",
            kept="Aucun fichier n’a été créé.",
            todo="Affichez-les avec --from, sans --to, puis nommez celle à restaurer.",
        )
    restored = restore(options.backup or sets[0].backups[0].path, options.to)
    print(f"Le dossier est restauré : {restored}")
    with open_for_cli(restored) as dossier:
        from egn_desktop.checkup import looked_over

        print("\n".join(looked_over(dossier).lines))


def _print_sets(sets: "Sequence[BackupSet]", where: str) -> None:
    if not sets:
        print(f"Aucune sauvegarde {where}.")
    for set_ in sets:
        print(f"{set_.name} ({set_.dossier_id})")
        for backup in set_.backups:
            print(f"    {_described(backup)}")
            print(f"        {backup.path}")


def _sheet(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier.secret_notes import note_sheet_printed
    from egn_desktop.exports import RECOVERY_SHEET, export_one

    if options.noted:
        note_sheet_printed(services.dossier)
        print("C’est noté : la fiche de secours est en lieu sûr.")
        return
    export_one(services.dossier, RECOVERY_SHEET, None, options.to)
    print(f"Fiche de secours : {options.to}")
    print("Imprimez-la, rangez-la sous clé, loin de l’ordinateur, puis effacez ce fichier.")


def _change(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier.rekey import change_secret

    dossier = services.dossier
    known = services.school.identity().public
    left = change_secret(dossier, new_passphrase=_chosen(options), known=known)
    print("Le secret du dossier est changé.")
    print(left.in_words or "Ses sauvegardes ont suivi ; l’ancien secret n’ouvre plus rien.")
    _hand_over(dossier, options.sheet)


def _computer_code(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier import Protection, computer_code

    dossier = services.dossier
    if dossier.protection is Protection.PASSPHRASE:
        raise UserError(
            "Ce dossier est protégé par une phrase de passe, demandée à chaque ouverture.",
            todo="Le code de cet ordinateur ne sert qu’avec le trousseau.",
        )
    if options.remove:
        computer_code.forget(dossier.dossier_id)
        print("Plus aucun code n’est demandé sur cet ordinateur pour ce dossier.")
        return
    computer_code.choose(dossier.dossier_id, _twice("Code de cet ordinateur"))
    print(
        "Le code est choisi. Il arrête quelqu’un de passage, pas qui est maître de votre session."
    )


def _chosen(options: argparse.Namespace, given: str = "") -> str | None:
    """Return the passphrase wanted: drawn, given or asked; None for the keyring."""
    if options.draw:
        from egn_desktop.dossier import passphrase

        drawn = passphrase.draw()
        print(f"Phrase de passe, à recopier et à ranger en lieu sûr : {drawn}")
        return drawn
    if given:
        return given
    return _twice("Nouvelle phrase de passe") if options.passphrase else None


def _hand_over(dossier: "Dossier", sheet: Path | None) -> None:
    """Give the user the recovery code, on the sheet or on the screen; nowhere else is it shown."""
    from egn_desktop.dossier import Protection, life

    if dossier.protection is Protection.PASSPHRASE:
        print("Gardez la phrase de passe en lieu sûr.")
    if sheet:
        from egn_desktop.exports import RECOVERY_SHEET, export_one

        export_one(dossier, RECOVERY_SHEET, None, sheet)
        print(f"Fiche de secours : {sheet}")
        return
    if dossier.protection is Protection.RECOVERY_CODE:
        print("Code de secours, à recopier sur papier et à ranger sous clé, loin de l’ordinateur :")
        print(life.recovery_code(dossier))
        print("Une fois recopié : egn-desktop recovery-sheet DOSSIER --noted")
    print("Pour imprimer la fiche de secours : egn-desktop recovery-sheet DOSSIER --to fiche.pdf")


def _twice(what: str) -> str:
    """Return a new secret: from the variable, else asked twice."""
    given = process.given(process.NEW_SECRET_VARIABLE)
    if given:
        return given
    if not sys.stdin.isatty():
        raise UserError(
            f"Il manque ceci : {what.lower()}.",
            todo=f"Lancez la commande dans un terminal, ou donnez {process.NEW_SECRET_VARIABLE}.",
        )
    answer = getpass.getpass(f"{what} : ")
    if getpass.getpass("Une seconde fois : ") != answer:
        raise UserError("Les deux saisies ne sont pas les mêmes.")
    return answer
