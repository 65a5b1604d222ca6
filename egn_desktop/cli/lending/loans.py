# SPDX-License-Identifier: GPL-3.0-or-later
"""``loans``, ``lend``, ``renew``, ``return``: the register without a window."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from egn_desktop.cli.finding import add_search, find_borrower, find_device, found, print_line
from egn_desktop.cli.parser import SubCommands, day
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.inventory.stock.queries.devices import DeviceRow
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands of the register."""
    loans = subcommands.add(
        "loans", help="affiche les prêts en cours, en retard d’abord", run=_loans
    )
    loans.add_argument("--all", action="store_true", help="aussi les prêts terminés")
    add_search(loans)

    lend = subcommands.add("lend", help="prête un matériel à un élève ou au personnel", run=_lend)
    lend.add_argument("--device", required=True, metavar="NUMÉRO", help="numéro d’inventaire")
    lend.add_argument("--to", required=True, metavar="NOM PRÉNOM", help="qui emprunte")
    lend.add_argument(
        "--class", dest="detail", default="", metavar="CLASSE", help="sa classe, ou sa fonction"
    )
    lend.add_argument(
        "--due",
        type=day,
        metavar="JJ/MM/AAAA",
        help="retour prévu ; sinon, la fin de l’année scolaire",
    )

    renew = subcommands.add("renew", help="prolonge le prêt d’un matériel", run=_renew)
    renew.add_argument("--device", required=True, metavar="NUMÉRO", help="numéro d’inventaire")
    renew.add_argument(
        "--due",
        type=day,
        metavar="JJ/MM/AAAA",
        help="nouveau retour prévu ; sinon, la fin de l’année scolaire",
    )

    back = subcommands.add("return", help="note le retour d’un matériel", run=_return)
    back.add_argument("--device", required=True, metavar="NUMÉRO", help="numéro d’inventaire")
    back.add_argument(
        "--condition",
        choices=("new", "good", "worn", "broken"),
        help="neuf, bon, usé, cassé ou en panne ; sinon, comme au départ",
    )
    kit = back.add_mutually_exclusive_group()
    kit.add_argument(
        "--missing", action="append", default=[], metavar="NOM", help="accessoire non rendu"
    )
    kit.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NOM",
        help="seul cet accessoire revient : le prêt continue, ou il manquait",
    )


def _loans(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import short_date
    from egn_desktop.inventory.register.loans import loans
    from egn_desktop.inventory.register.terms import LoanState

    state = None if options.all else LoanState.OPEN
    rows = found(services, options.search, lambda text: loans(services.dossier, text, state))
    if not rows:
        print("Aucun prêt.")
    for row in rows:
        day = f"pour le {short_date(row.due_on)}"
        print_line(row.state_label, day, row.borrower_name, row.group, row.device_label)


def _lend(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import short_date
    from egn_desktop.inventory.register.loans import loan

    device = find_device(services, options.device)
    who = find_borrower(services, options.to, options.detail)
    loan_id = services.loans.lend(device_id=device.id, borrower_id=who.id, due_on=options.due)
    row = loan(services.dossier, loan_id).row
    print(
        f"Prêt n° {loan_id} : {row.device_label}, à {row.borrower_name}, jusqu’au "
        f"{short_date(row.due_on)}."
    )
    _tell_closed_day(services, row.due_on)


def _renew(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import short_date
    from egn_desktop.inventory.lending import due_dates
    from egn_desktop.school.queries import calendar

    device = find_device(services, options.device)
    if device.loan_id is None:
        raise UserError(
            f"{device.name} ({device.code}) n’est pas prêté : {device.state.label.lower()}.",
        )
    dossier = services.dossier
    due = options.due or due_dates.end_of_school_year(dossier.today(), calendar(dossier))
    services.loans.renew(device.loan_id, due_on=due)
    print(f"Prêt n° {device.loan_id} prolongé jusqu’au {short_date(due)}.")
    _tell_closed_day(services, due)


def _tell_closed_day(services: "Services", due_on: date) -> None:
    from egn_desktop.inventory.lending.due_dates import gentle_note
    from egn_desktop.school.queries import calendar

    known = calendar(services.dossier)
    for words in (gentle_note(due_on, known), known.ignorance(due_on)):
        if words:
            print(f"À noter : {words}")


def _return(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.collation import fold
    from egn_desktop.inventory.register.loans import loan
    from egn_desktop.inventory.register.rules import Condition

    device = find_device(services, options.device)
    if options.only:
        _return_parts(services, device, options.only)
        return
    if device.loan_id is None:
        raise UserError(
            f"{device.name} ({device.code}) n’est pas prêté : {device.state.label.lower()}.",
        )
    handed_over = loan(services.dossier, device.loan_id).accessories
    missing = {fold(name) for name in options.missing}
    if missing - set(map(fold, handed_over)):
        known = ", ".join(handed_over) or "aucun"
        raise UserError(
            "Un des accessoires indiqués n’avait pas été remis.", todo=f"Remis : {known}."
        )
    services.loans.return_device(
        device.loan_id,
        condition=Condition(options.condition) if options.condition else None,
        accessories=[name for name in handed_over if fold(name) not in missing],
    )
    print(f"Retour noté : {device.name} ({device.code}), rendu par {device.borrower_name}.")


def _return_parts(services: "Services", device: "DeviceRow", names: Sequence[str]) -> None:
    from egn_desktop.inventory.register.loans import loan, loans

    last = next(iter(loans(services.dossier, device_id=device.id)), None)
    if last is None:
        raise UserError(f"{device.name} ({device.code}) n’a jamais été prêté.")
    services.loans.return_accessories(last.id, names)
    left = ", ".join(loan(services.dossier, last.id).still_out)
    print(f"Rendu par {last.borrower_name} : {', '.join(names)}.")
    print(f"Reste à rendre : {left}." if left else "Rien d’autre n’est à rendre avec l’appareil.")
