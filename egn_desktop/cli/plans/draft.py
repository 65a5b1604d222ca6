# SPDX-License-Identifier: GPL-3.0-or-later
"""``plan``, ``plan-write``, ``plan-scenario``, ``plan-contact``: the plan as it is written."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, spelt
from egn_desktop.errors import UserError
from egn_desktop.spelling import PHONE

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands that show the plan and write it."""
    subcommands.add("plan", help="affiche où en est le plan de continuité", run=_show)
    _register_writing(subcommands)
    _register_contact(subcommands)


def _register_writing(subcommands: SubCommands) -> None:
    write = subcommands.add("plan-write", help="écrit une partie du plan", run=_write)
    write.add_argument("--section", required=True, metavar="ID", help="la partie")
    write.add_argument(
        "--text",
        required=True,
        metavar="TEXTE|@FICHIER",
        help="le texte, ou le fichier texte qui le contient",
    )
    write.add_argument("--done", action="store_true", help="la marque terminée")
    scenario = subcommands.add("plan-scenario", help="retient ou adapte un scénario", run=_scenario)
    which = scenario.add_mutually_exclusive_group(required=True)
    which.add_argument("--choose", metavar="ID", help="le retient")
    which.add_argument("--leave", metavar="ID", help="ne le retient plus")
    which.add_argument("--edit", metavar="ID", help="change l’une de ses rubriques")
    which.add_argument("--add", metavar="NOM", help="ajoute un scénario à vous")
    which.add_argument("--remove", metavar="ID", help="retire un scénario à vous")
    which.add_argument("--restore", metavar="ID", help="le remet")
    scenario.add_argument("--summary", default="", metavar="TEXTE", help="avec --add : résumé")
    for option, text in (
        ("--network", "avec --edit : les familles ont réseau et électricité"),
        ("--stock", "avec --edit : le matériel sur place peut être sorti"),
    ):
        scenario.add_argument(option, choices=("oui", "non"), help=text)
    scenario.add_argument("--field", metavar="RUBRIQUE", help="avec --edit : la rubrique")
    scenario.add_argument("--text", metavar="TEXTE|@FICHIER", help="avec --edit : le texte")


def _register_contact(subcommands: SubCommands) -> None:
    contact = subcommands.add("plan-contact", help="ajoute une personne à appeler", run=_contact)
    contact.add_argument(
        "--role", required=True, metavar="ID|TEXTE", help="direction, suppleant, mairie, ien…"
    )
    contact.add_argument("--name", default="", metavar="NOM", help="la personne")
    contact.add_argument("--phone", default="", metavar="NUMÉRO", help="son téléphone")
    contact.add_argument("--deputy", default="", metavar="NOM", help="qui la supplée")
    contact.add_argument("--called-by", default="", metavar="NOM", help="qui l’appelle")
    contact.add_argument("--deputy-phone", default="", metavar="NUMÉRO", help="son téléphone")


def _show(services: "Services", _options: argparse.Namespace) -> None:
    from egn_desktop.french import NARROW_SPACE
    from egn_desktop.plans.milestones import settling_words
    from egn_desktop.plans.queries import missing, risk_lines, scenarios, sections, summary
    from egn_desktop.school.queries import identity

    dossier = services.dossier
    found = summary(dossier)
    words = settling_words(identity(dossier).kind)
    if found.version is None:
        print(f"Aucune version {words.done}.")
    else:
        told = words.told(found.adopted_on, found.body)
        print(f"Version {found.version} {told}, {found.changes_since} changement(s) depuis.")
        for milestone in found.milestones:
            print(f"  {milestone.text}")
    print("Parties")
    for row in sections(dossier):
        obligatory = ", obligatoire" if row.section.obligatory else ""
        print(
            f"  {row.section.id}{NARROW_SPACE}: {row.section.title} ({row.state.label.lower()}",
            end="",
        )
        print(f"{obligatory})")
    print("Scénarios")
    for row in scenarios(dossier):
        mark = "x" if row.chosen else " "
        print(f"  [{mark}] {row.scenario.id}{NARROW_SPACE}: {row.scenario.title}")
    print("Risques")
    for line in risk_lines(dossier):
        asks = line.priority.title if line.priority else "à coter"
        print(f"  {line.id}{NARROW_SPACE}: {line.title} ({asks.lower()})")
    for gap in missing(dossier):
        print(f"{gap.weight.label}{NARROW_SPACE}: {gap.what}")


def _write(services: "Services", options: argparse.Namespace) -> None:
    done = True if options.done else None
    services.plans.write_section(options.section, _text(options.text), done=done)
    print(f"Partie « {options.section} » enregistrée.")


def _scenario(services: "Services", options: argparse.Namespace) -> None:
    plans = services.plans
    if options.edit:
        _edit_scenario(services, options)
        print(f"Scénario « {options.edit} » adapté.")
    elif options.add:
        scenario_id = plans.add_scenario(title=options.add, summary=options.summary)
        print(f"Scénario « {options.add} » ajouté et retenu : {scenario_id}.")
    elif options.remove:
        plans.remove_scenario(options.remove)
        print(f"Scénario « {options.remove} » retiré.")
    elif options.restore:
        plans.restore_scenario(options.restore)
        print(f"Scénario « {options.restore} » remis.")
    elif options.choose:
        plans.choose_scenario(options.choose)
        print(f"Scénario « {options.choose} » retenu.")
    else:
        plans.choose_scenario(options.leave, chosen=False)
        print(f"Scénario « {options.leave} » laissé de côté.")


def _edit_scenario(services: "Services", options: argparse.Namespace) -> None:
    works = {
        name: value == "oui"
        for name in ("network", "stock")
        if (value := getattr(options, name)) is not None
    }
    if bool(options.field) != (options.text is not None) or not (options.field or works):
        raise UserError("Pour adapter un scénario, donnez --field et --text.")
    with services.dossier.write():
        if works:
            services.plans.set_circumstances(options.edit, **works)
        if options.field:
            services.plans.edit_scenario(options.edit, options.field, _text(options.text))


def _contact(services: "Services", options: argparse.Namespace) -> None:
    contact_id = services.plans.add_contact(
        role=options.role,
        name=options.name,
        phone=spelt(PHONE, options.phone),
        deputy=options.deputy,
        deputy_phone=spelt(PHONE, options.deputy_phone),
        called_by=options.called_by,
    )
    print(f"Contact n° {contact_id} ajouté.")


def _text(text: str) -> str:
    if not text.startswith("@"):
        return text
    try:
        return Path(text[1:]).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"Le fichier « {text[1:]} » ne peut pas être lu.") from error
