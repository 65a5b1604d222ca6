# SPDX-License-Identifier: GPL-3.0-or-later
"""``exchange``, ``wipe``: what happens to a lent device on its way back."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import find_device
from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.inventory.lending.queries.wiping import ToWipe
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``exchange`` and ``wipe``."""
    exchange = subcommands.add(
        "exchange", help="échange un matériel prêté contre un autre, d’un seul coup", run=_exchange
    )
    exchange.add_argument("--device", required=True, metavar="NUMÉRO", help="celui qui revient")
    exchange.add_argument("--for", dest="other", required=True, metavar="NUMÉRO", help="l’autre")
    exchange.add_argument(
        "--condition",
        choices=("new", "good", "worn", "broken"),
        default="broken",
        help="état de celui qui revient ; sinon, cassé ou en panne",
    )
    exchange.add_argument(
        "--missing", action="append", default=[], metavar="NOM", help="accessoire non rendu"
    )
    exchange.add_argument("--note", default="", metavar="TEXTE", help="ce qui s’est passé")

    wipe = subcommands.add(
        "wipe", help="affiche les matériels rendus à effacer, ou note ce qui est fait", run=_wipe
    )
    wipe.add_argument("--device", metavar="NUMÉRO", help="seulement ce matériel")
    wipe.add_argument(
        "--done", action="append", default=[], metavar="ÉTAPE", help="note cette étape comme faite"
    )
    wipe.add_argument("--all", action="store_true", help="note toutes les étapes comme faites")


def _exchange(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.collation import fold
    from egn_desktop.french import short_date
    from egn_desktop.inventory.lending.queries.incidents import incidents
    from egn_desktop.inventory.register.loans import loan
    from egn_desktop.inventory.register.terms import Condition

    device, other = find_device(services, options.device), find_device(services, options.other)
    if device.loan_id is None:
        raise UserError(f"{device.name} ({device.code}) n’est pas prêté.")
    before = loan(services.dossier, device.loan_id)
    missing = {fold(name) for name in options.missing}
    if missing - set(map(fold, before.still_out)):
        raise UserError(
            "Un des accessoires indiqués n’est pas à rendre pour ce prêt.",
            todo=f"À rendre : {', '.join(before.still_out) or 'rien'}.",
        )
    new_id = services.loans.exchange(
        device.loan_id,
        device_id=other.id,
        condition=Condition(options.condition),
        accessories=[name for name in before.still_out if fold(name) not in missing],
        note=options.note,
    )
    row = loan(services.dossier, new_id).row
    print(f"Rendu : {before.row.device_label}, par {row.borrower_name}.")
    print(f"Prêt n° {new_id} : {row.device_label}, jusqu’au {short_date(row.due_on)}.")
    for incident in incidents(services.dossier, loan_id=device.loan_id, only_open=True):
        print(f"Incident n° {incident.id} : {incident.kind.label.lower()}.")


def _wipe(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.inventory.lending.queries.wiping import to_wipe
    from egn_desktop.inventory.register.loans import loan
    from egn_desktop.inventory.register.wiping import steps_for

    device = find_device(services, options.device) if options.device else None
    waits = to_wipe(services.dossier, device_id=device.id if device else None)
    if not waits:
        print("Aucun matériel rendu n’est à effacer.")
        return
    if not options.done and not options.all:
        for wait in waits:
            _tell(wait)
        return
    if device is None:
        raise UserError("Il manque le matériel.", todo="Précisez lequel : --device NUMÉRO.")
    (waiting,) = waits
    done = loan(services.dossier, waiting.id).wiped or ()
    every = [step.id for step in steps_for(device.kind)]
    services.loans.wipe(waiting.id, every if options.all else [*done, *options.done])
    left = to_wipe(services.dossier, device_id=device.id)
    for still in left:
        _tell(still)
    if not left:
        print(f"{waiting.device_label} est effacé.")


def _tell(to_wipe: "ToWipe") -> None:
    steps = ", ".join(f"{step.title.lower()} ({step.id})" for step in to_wipe.left)
    print(f"{to_wipe.device_label} · à faire : {steps}")
