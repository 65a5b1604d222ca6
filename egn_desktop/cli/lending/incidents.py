# SPDX-License-Identifier: GPL-3.0-or-later
"""``incidents``: breakages, losses and thefts. ``incident``: note one, follow it, close it."""

import argparse
from typing import TYPE_CHECKING, Any

from egn_desktop.cli.described import add_options, given
from egn_desktop.cli.finding import find_device
from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.errors import UserError
from egn_desktop.fields import field_of
from egn_desktop.inventory.register.nouns import IncidentFields

if TYPE_CHECKING:
    from egn_desktop.inventory.lending.queries.incidents import IncidentRow
    from egn_desktop.services import Services

OUTCOMES = ("repaired", "replaced", "found", "retired", "unrecovered", "nothing")


def register(subcommands: SubCommands) -> None:
    """Add ``incidents`` and ``incident``."""
    listed = subcommands.add(
        "incidents", help="affiche la casse, les pertes et les vols à suivre", run=_list
    )
    listed.add_argument("--all", action="store_true", help="aussi ce qui est réglé")
    listed.add_argument(
        "--search", default="", metavar="MOTS", help="seulement ce qui contient ces mots"
    )

    command = subcommands.add("incident", help="note, complète ou clôt un incident", run=_one)
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("--device", metavar="NUMÉRO", help="note un incident de ce matériel")
    what.add_argument("--number", type=int, metavar="N", help="l’incident de ce numéro")
    add_options(command, IncidentFields, but=("happened_on",))
    command.add_argument(
        "--on", type=day, metavar="JJ/MM/AAAA", help="le jour ; sinon, aujourd’hui"
    )
    command.add_argument("--close", choices=OUTCOMES, metavar="ISSUE", help=f"clôt : {_endings()}")
    command.add_argument("--reopen", action="store_true", help="suit à nouveau un incident clos")
    command.add_argument("--remove", action="store_true", help="retire un incident noté par erreur")


def _endings() -> str:
    return ", ".join(OUTCOMES)


def _list(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.inventory.lending.queries.incidents import incidents

    rows = incidents(services.dossier, options.search, only_open=not options.all)
    if not rows:
        print("Aucun incident." if options.all else "Aucun incident à suivre.")
    for row in rows:
        print(_line(row))


def _one(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.inventory.lending.queries.incidents import incident

    noted = given(options, IncidentFields)
    if options.device:
        number = _note(services, options, noted)
    else:
        number = options.number
        _follow(services, options, noted)
    if options.remove:
        services.incidents.remove_incident(number)
        print(f"Incident n° {number} retiré.")
    else:
        print(_line(incident(services.dossier, number)))


def _note(services: "Services", options: argparse.Namespace, noted: dict[str, Any]) -> int:
    from egn_desktop.inventory.register.terms import IncidentOutcome

    if options.kind is None:
        kinds = ", ".join(kind.value for kind in field_of(IncidentFields, "kind").choices)
        raise UserError("Il manque ce qui est arrivé.", todo=f"--kind : {kinds}.")
    device = find_device(services, options.device)
    happened_on = options.on or services.dossier.today()
    incident = IncidentFields(happened_on=happened_on, **noted)
    number = services.incidents.add_incident(device.id, incident)
    if options.close:
        services.incidents.close_incident(number, IncidentOutcome(options.close))
    return number


def _follow(services: "Services", options: argparse.Namespace, noted: dict[str, Any]) -> None:
    from egn_desktop.inventory.register.terms import IncidentOutcome

    if options.kind is not None:
        raise UserError("Un incident noté ne change pas de nature.")
    if options.on is not None and not options.close:
        noted["happened_on"] = options.on
    if noted:
        services.incidents.change_incident(options.number, **noted)
    if options.reopen:
        services.incidents.reopen_incident(options.number)
    if options.close:
        outcome = IncidentOutcome(options.close)
        services.incidents.close_incident(options.number, outcome, on=options.on)


def _line(row: "IncidentRow") -> str:
    from egn_desktop.french import short_date
    from egn_desktop.inventory.lending.incidents import followed

    parts = (
        f"N° {row.id}",
        row.kind.label,
        row.device_label,
        f"le {short_date(row.happened_on)}",
        row.borrower_name,
        row.school_class,
        *followed(row),
        row.cost_label,
        row.state_label,
    )
    return " · ".join(part for part in parts if part)
