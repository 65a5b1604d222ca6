# SPDX-License-Identifier: GPL-3.0-or-later
"""``needs``: who waits for a loan. ``need``: what one pupil lacks, and why this priority."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import find_pupil
from egn_desktop.cli.parser import SubCommands

if TYPE_CHECKING:
    from egn_desktop.services import Services

PRIORITIES = ("first", "next", "later", "auto")


def register(subcommands: SubCommands) -> None:
    """Add the commands of the needs."""
    waiting = subcommands.add(
        "needs", help="affiche qui attend un prêt, par priorité", run=_waiting
    )
    waiting.add_argument("--all", action="store_true", help="aussi qui a déjà ce qu’il faut")
    waiting.add_argument(
        "--search", default="", metavar="MOTS", help="seulement ce qui contient ces mots"
    )
    waiting.add_argument("--criteria", action="store_true", help="affiche les critères et s’arrête")

    need = subcommands.add("need", help="affiche ou note le besoin d’un élève", run=_need)
    need.add_argument("--pupil", required=True, metavar="NOM PRÉNOM", help="l’élève")
    need.add_argument(
        "--class", dest="school_class", default="", metavar="CLASSE", help="sa classe"
    )
    need.add_argument(
        "--set", action="append", default=[], metavar="CRITÈRE", help="ajoute une réponse"
    )
    need.add_argument(
        "--unset", action="append", default=[], metavar="CRITÈRE", help="retire une réponse"
    )
    need.add_argument("--none", action="store_true", help="note qu’il n’y a rien à signaler")
    need.add_argument(
        "--priority",
        choices=PRIORITIES,
        help="très prioritaire, prioritaire, à suivre, ou selon les points",
    )
    need.add_argument("--reason", default="", metavar="TEXTE", help="pourquoi cette priorité")
    need.add_argument(
        "--erase", action="store_true", help="efface définitivement les réponses de l’élève"
    )


def _waiting(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import count
    from egn_desktop.inventory.lending.queries.needs import (
        asked,
        needs_noted,
        needs_summary,
        waiting,
    )

    if options.criteria:
        for criterion in asked(services.dossier):
            print(f"{criterion.id} · {criterion.title} · {count(criterion.weight, 'point')}")
        return
    listed = needs_noted if options.all else waiting
    for row in listed(services.dossier, options.search):
        missing = ", ".join(want.label.lower() for want in row.missing) or "a ce qu’il faut"
        parts = (row.priority.label, count(row.score, "point"), row.name, row.school_class, missing)
        print(" · ".join(filter(None, parts)))
    figures = needs_summary(services.dossier)
    print(
        f"{count(figures.waiting, 'élève')} en attente ; questionnaire rempli pour "
        f"{figures.surveyed} sur {figures.pupils}."
    )


def _need(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import short_date
    from egn_desktop.inventory.lending.needs import Priority
    from egn_desktop.inventory.lending.queries.needs import need

    pupil = find_pupil(services, options.pupil, options.school_class)
    if options.erase:
        services.privacy.forget_need(pupil.id)
        print(f"Réponses effacées définitivement pour {pupil.name}.")
        return
    if options.set or options.unset or options.none:
        found = None if options.none else need(services.dossier, pupil.id)
        before = frozenset[str]() if found is None else found.answers
        services.needs.note_need(pupil.id, (before - set(options.unset)) | set(options.set))
    if options.priority:
        chosen = dict(zip(PRIORITIES, (*Priority, None), strict=True))[options.priority]
        services.needs.decide_priority(pupil.id, chosen, options.reason)
    found = need(services.dossier, pupil.id)
    if found is None:
        print(f"Aucun besoin n’est noté pour {pupil.name}.")
        return
    print(f"{pupil.name} · {found.priority.label}")
    for line in found.lines:
        print(f"    {line.weight:3} {line.title} ({line.id})")
    print(f"    {found.score:3} en tout")
    if found.decided is not None:
        print(f"Priorité décidée : {found.reason}")
    print(f"Gardé jusqu’au {short_date(found.kept_until)}.")
