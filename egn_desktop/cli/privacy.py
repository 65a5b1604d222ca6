# SPDX-License-Identifier: GPL-3.0-or-later
"""``retention``: how long personal data is kept, its erasure. ``personal-data``: one borrower's."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.printing import tell_unwritten
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.inventory.people.queries.borrowers import BorrowerRow
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands about personal data."""
    retention = subcommands.add(
        "retention", help="affiche ou change les durées de conservation, et efface", run=_retention
    )
    retention.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="DURÉE=ANNÉES",
        help="années scolaires de plus, de 0 à 5",
    )
    retention.add_argument(
        "--erase",
        action="store_true",
        help="efface définitivement ce dont la durée est passée",
    )

    sensitive = "un critère de besoin qui révèle la santé d’un élève (special-need)"
    retention.add_argument(
        "--leave-out",
        action="append",
        default=[],
        metavar="CRITÈRE",
        help=f"ne note plus {sensitive}, et efface définitivement ce qui en est noté",
    )
    retention.add_argument(
        "--take-in",
        action="append",
        default=[],
        metavar="CRITÈRE",
        help=f"note à nouveau {sensitive}",
    )

    data = subcommands.add(
        "personal-data",
        help="remet les données d’un élève ou d’un membre du personnel, en PDF ou en json",
        run=_data,
    )
    data.add_argument("--person", required=True, metavar="NOM PRÉNOM", help="la personne")
    data.add_argument(
        "--class", dest="detail", default="", metavar="CLASSE", help="sa classe, ou sa fonction"
    )
    data.add_argument("--pdf", type=Path, metavar="FICHIER", help="le fichier PDF à créer")
    data.add_argument("--json", type=Path, metavar="FICHIER", help="le fichier json à créer")


def _retention(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier.erased import holding
    from egn_desktop.french import count, short_date
    from egn_desktop.inventory.privacy.queries.erasures import erasures
    from egn_desktop.inventory.register.limits import retention_limits
    from egn_desktop.inventory.register.retention import in_words

    for text in options.set:
        services.privacy.set_retention(*_limit(text))
    for criterion in options.leave_out:
        erased = services.privacy.leave_out(criterion)
        print(f"Critère « {criterion} » écarté ; effacé pour {count(erased, 'élève')}.")
    for criterion in options.take_in:
        services.privacy.take_in(criterion)
        print(f"Critère « {criterion} » noté à nouveau.")
    for row in retention_limits(services.dossier):
        own = "" if row.is_default else f" (par défaut : {row.limit.years})"
        print(f"{row.limit.id}={row.years}{own} · {row.limit.title}, {in_words(row.years)}")
    due = erasures(services.dossier)
    if not due:
        print("Aucune donnée n’a dépassé sa durée de conservation.")
        return
    print("À effacer :")
    for erasure in due:
        print(f"    {erasure.name} · {erasure.what} · depuis le {short_date(erasure.since)}")
    if options.erase:
        erased = services.privacy.erase_due()
        print(f"Données effacées définitivement pour {count(erased, 'personne')}.")
        held = holding(services.dossier)
        if held:
            print(held.in_words)
            print("Pour les refaire : egn-desktop backup DOSSIER --redo")
    else:
        print("Pour effacer définitivement : ajoutez --erase.")


def _limit(text: str) -> tuple[str, int]:
    limit_id, _, years = text.partition("=")
    if not years.strip().isdecimal():
        raise UserError(
            f"« {text} » ne se lit pas comme une durée.", todo="Par exemple : --set prets=2"
        )
    return limit_id.strip(), int(years)


def _data(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.exports import export_one, export_personal_data

    if options.pdf is None and options.json is None:
        raise UserError("Indiquez le fichier à créer avec --pdf, avec --json, ou avec les deux.")
    person = _find(services, options.person, options.detail)
    if options.pdf:
        tell_unwritten(
            export_one(services.dossier, "donnees-personnelles", str(person.id), options.pdf)
        )
        print(options.pdf)
    if options.json:
        export_personal_data(services.dossier, person.id, options.json)
        print(options.json)


def _find(services: "Services", name: str, detail: str) -> "BorrowerRow":
    """Return the person of that name; those out of the list have rights too."""
    from egn_desktop.collation import fold
    from egn_desktop.inventory.people.queries.borrowers import known_borrowers

    words = sorted(fold(name).split())
    found = [
        borrower
        for borrower in known_borrowers(services.dossier)
        if sorted(fold(borrower.name).split()) == words and fold(detail) in fold(borrower.detail)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UserError(
            f"Personne ne s’appelle « {name} ».",
            kept="Aucun fichier n’a été créé.",
            todo="Vérifiez le nom avec : egn-desktop pupils DOSSIER --search NOM, ou "
            "egn-desktop staff",
        )
    choices = ", ".join(row.detail or row.kind.label.lower() for row in found)
    raise UserError(
        f"Plusieurs personnes s’appellent « {name} ».",
        kept="Aucun fichier n’a été créé.",
        todo=f"Précisez avec --class : {choices}.",
    )
