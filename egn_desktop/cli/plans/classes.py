# SPDX-License-Identifier: GPL-3.0-or-later
"""``plan-class``, ``plan-tools``, ``plan-capacity``: how each class goes on, and what it lacks."""

import argparse
from typing import TYPE_CHECKING, Any

from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services

UNKNOWN = "?"
_TEXTS = (
    ("--teacher", "teacher", "NOM", "l’enseignant"),
    ("--tool", "tool", "OUTIL", "l’outil de tous les jours"),
    ("--rhythm", "rhythm", "TEXTE", "le rythme de travail"),
    ("--rota", "rota", "TEXTE", "qui appelle les familles, et quand"),
)
_NUMBERS = (
    ("--pupils", "pupils", "élèves, quand l’inventaire ne les liste pas"),
    ("--without-device", "without_device", "élèves sans appareil à eux"),
    ("--without-connection", "without_connection", "élèves sans connexion"),
    ("--packs", "packs", "pochettes papier prêtes"),
)


def register(subcommands: SubCommands) -> None:
    """Add the commands of the classes."""
    command = subcommands.add("plan-class", help="décrit une classe, ou les affiche", run=_class)
    command.add_argument(
        "--name", metavar="CLASSE", help="la classe ; sans elle, toutes s’affichent"
    )
    for option, name, shape, text in _TEXTS:
        command.add_argument(option, dest=name, metavar=shape, help=text)
    command.add_argument(
        "--tool-status",
        choices=("recommended", "register", "not_assessed"),
        help="protection des données : fourni par l’État, inscrit au registre, non évalué",
    )
    for option, name, text in _NUMBERS:
        command.add_argument(
            option, dest=name, type=_number, metavar="N", help=f"{text} ({UNKNOWN} : inconnu)"
        )
    command.add_argument("--remove", action="store_true", help="retire la classe du plan")
    subcommands.add(
        "plan-tools", help="affiche les outils fournis par l’État et la collectivité", run=_tools
    )
    check = subcommands.add(
        "plan-capacity", help="affiche ce qui manque par scénario et par classe", run=_capacity
    )
    check.add_argument("--scenario", metavar="ID", help="un seul scénario")


def _tools(services: "Services", _options: argparse.Namespace) -> None:
    from egn_desktop.school.queries import identity
    from egn_desktop.school.tools import tools_for

    levels = [level.level for level in identity(services.dossier).levels]
    for tool in tools_for(levels):
        print(f"{tool.name}\t{tool.standing_label}\t{tool.people_label}\t{tool.access}")


def _class(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.queries import classes

    if not options.name:
        for row in classes(services.dossier):
            print("\t".join((row.name, row.teacher, row.tool, row.packs_text)))
        return
    known = {row.name: row.key for row in classes(services.dossier)}
    if options.remove:
        if options.name not in known:
            raise UserError(f"Il n’y a pas de classe « {options.name} » dans ce plan.")
        services.plans.remove_class(known[options.name])
        print(f"Classe « {options.name} » retirée du plan.")
        return
    fields = _given(options)
    if options.name in known:
        services.plans.write_class(known[options.name], **fields)
    else:
        services.plans.add_class(name=options.name, **fields)
    print(f"Classe « {options.name} » enregistrée.")


def _given(options: argparse.Namespace) -> dict[str, Any]:
    names = [name for _, name, *_ in (*_TEXTS, *_NUMBERS)] + ["tool_status"]
    given = {name: getattr(options, name) for name in names}
    return {
        name: None if value == UNKNOWN else value
        for name, value in given.items()
        if value is not None
    }


def _capacity(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.queries import capacity_part, scenario, scenarios

    dossier = services.dossier
    rows = [scenario(dossier, options.scenario)] if options.scenario else scenarios(dossier)
    for row in rows:
        found = capacity_part(dossier, row)
        print(f"{row.scenario.title}. {found.verdict}")
        if options.scenario:
            print(found.assumed)
            print("\t".join(("Classe", "Élèves", "Appareils", "Connexions", "Pochettes papier")))
            for line in found.lines:
                print("\t".join(line))


def _number(text: str) -> int | str:
    if text.strip() == UNKNOWN:
        return UNKNOWN
    if not text.strip().isdecimal():
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre ; {UNKNOWN} : inconnu")
    return int(text)
