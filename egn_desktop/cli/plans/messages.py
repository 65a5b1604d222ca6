# SPDX-License-Identifier: GPL-3.0-or-later
"""``plan-message``: what a scenario has the school tell the families."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the command of the messages."""
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
    for message in said:
        if options.channel in (None, message.channel.value):
            length = f" ({sms_said(message.text)})" if message.channel is Channel.SMS else ""
            print(f"{message.channel.label}{length}\n{message.text}\n")
