# SPDX-License-Identifier: GPL-3.0-or-later
"""``plan-class``, ``plan-capacity``, ``plan-submit``, ``plan-compare``…: the plan's other parts."""

import argparse
from typing import TYPE_CHECKING, Any

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.spreadsheet_files import add_files, need_files, write_files
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
    """Add the commands of the plan's classes and of its capacity."""
    one = subcommands.add("plan-class", help="décrit une classe, ou les affiche", run=_class)
    one.add_argument("--name", metavar="CLASSE", help="la classe ; sans elle, toutes s’affichent")
    for option, name, shape, text in _TEXTS:
        one.add_argument(option, dest=name, metavar=shape, help=text)
    one.add_argument(
        "--tool-status",
        choices=("recommended", "register", "not_assessed"),
        help="protection des données : fourni par l’État, inscrit au registre, non évalué",
    )
    for option, name, text in _NUMBERS:
        one.add_argument(
            option, dest=name, type=_number, metavar="N", help=f"{text} ({UNKNOWN} : inconnu)"
        )
    one.add_argument("--remove", action="store_true", help="retire la classe du plan")
    subcommands.add(
        "plan-tools", help="affiche les outils fournis par l’État et la collectivité", run=_tools
    )
    submit = subcommands.add("plan-submit", help="note que le plan est soumis", run=_submit)
    submit.add_argument("--body", metavar="INSTANCE", help="à quelle instance")
    submit.add_argument("--withdraw", action="store_true", help="retire la soumission")
    compare = subcommands.add(
        "plan-compare", help="affiche ce qui change d’une version à l’autre", run=_compare
    )
    compare.add_argument("--before", type=int, required=True, metavar="N", help="la première")
    compare.add_argument("--after", type=int, metavar="N", help="la seconde ; sinon le projet")
    export = subcommands.add(
        "plan-risks-export", help="écrit les lignes de risque pour un tableur", run=_export
    )
    add_files(export, "ces lignes")
    export.add_argument(
        "--fields",
        action="store_true",
        help="affiche chaque ligne champ par champ, à copier dans un outil en ligne",
    )
    review = subcommands.add(
        "plan-review", help="affiche ce qui a changé depuis la dernière version", run=_review
    )
    review.add_argument("--take", metavar="CLÉ", help="reprend cette ligne dans le projet")
    review.add_argument(
        "--taken", action="store_true", help="affiche ce que le plan a repris, où et quand"
    )
    review.add_argument(
        "--leave", type=int, metavar="N", help="ne reprend plus la ligne n° N dans le projet"
    )
    message = subcommands.add(
        "plan-message", help="affiche le message d’un scénario aux familles", run=_message
    )
    message.add_argument("--scenario", required=True, metavar="ID", help="le scénario")
    message.add_argument(
        "--channel",
        choices=("sms", "mail", "note", "call"),
        help="un seul canal ; sinon tous",
    )
    message.add_argument(
        "--language", default="", metavar="CODE", help="dans cette langue plutôt qu’en français"
    )
    check = subcommands.add(
        "plan-capacity", help="affiche ce qui manque par scénario et par classe", run=_capacity
    )
    check.add_argument("--scenario", metavar="ID", help="un seul scénario")


def _tools(services: "Services", _options: argparse.Namespace) -> None:
    from egn_desktop.school.queries import identity
    from egn_desktop.school.tools import tools_for

    levels = [one.level for one in identity(services.dossier).levels]
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


def _message(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.messages import Channel, messages, sms_said
    from egn_desktop.plans.queries import scenario
    from egn_desktop.plans.translations import said_in
    from egn_desktop.school.languages import language_of
    from egn_desktop.school.queries import identity

    dossier = services.dossier
    row, school, today = scenario(dossier, options.scenario), identity(dossier), dossier.today()
    language = language_of(options.language, "Les messages ne sont pas traduits")
    if language is None:
        said = messages(row.texts, row.scenario.short, school, today)
    else:
        said = said_in(language, row.scenario.id, row.own, school, today)
        if not said:
            raise UserError(
                "Ce message est dans vos mots : le logiciel n’en a pas de traduction.",
                todo="Faites-le traduire par une personne qui lit la langue.",
            )
    for one in said:
        if options.channel in (None, one.channel.value):
            length = f" ({sms_said(one.text)})" if one.channel is Channel.SMS else ""
            print(f"{one.channel.label}{length}\n{one.text}\n")


def _submit(services: "Services", options: argparse.Namespace) -> None:
    if options.withdraw:
        services.plans.withdraw_submission()
        print("Soumission retirée : le plan est un brouillon.")
        return
    services.plans.submit(body=options.body or "")
    print(f"Plan soumis ({options.body}).")


def _export(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.queries import risk_fields, risk_lines, risk_rows

    if options.fields:
        for line in risk_lines(services.dossier):
            for title, text in risk_fields(line):
                print(f"{title} :\n{text}")
            print()
    else:
        need_files(options)
    for path in write_files(options, risk_rows(services.dossier), "Risques"):
        print(f"Écrit : {path}")


def _compare(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.plans.queries import comparison

    found = comparison(services.dossier, options.before, options.after)
    if not found:
        print("Aucun changement.")
    for group in found:
        print(group.title)
        for change in group.changes:
            print(f"  {change.title} ({change.how})")
            for text in change.texts:
                print(f"    {text.label}")
                for line in text.removed:
                    print(f"      - {line}")
                for line in text.added:
                    print(f"      + {line}")


def _review(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.drills.history import Histories
    from egn_desktop.plans.queries import review_lines, taken_up

    if options.take:
        taken_id = services.plans.take_up(options.take)
        row = next(row for row in taken_up(services.dossier) if row.id == taken_id)
        print(f"Repris dans la partie « {row.section} » (n° {row.id}).")
        return
    if options.leave:
        services.plans.leave_out(options.leave)
        print("Cette ligne n’est plus reprise dans le projet.")
        return
    histories = Histories(services.dossier)
    if options.taken:
        for row in taken_up(services.dossier):
            print(f"{row.id}\t{row.line}")
            if row.action_id is not None:
                print(f"\t{histories.of(row.action_id)}")
        return
    found = review_lines(services.dossier)
    if not found:
        print("Rien à reprendre : le plan suit le dossier, ou n’a pas encore de version.")
    for one in found:
        print(f"{one.key}\t{one.what}")
        if one.action_id is not None:
            print(f"\t{histories.of(one.action_id)}")


def _number(text: str) -> int | str:
    if text.strip() == UNKNOWN:
        return UNKNOWN
    if not text.strip().isdecimal():
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un nombre ; {UNKNOWN} : inconnu")
    return int(text)
