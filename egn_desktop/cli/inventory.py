# SPDX-License-Identifier: GPL-3.0-or-later
"""``loans``, ``devices``, ``pupils``, ``lend``, ``return``: the register without a window."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NoReturn

from egn_desktop.cli.parser import SubCommands
from egn_desktop.cli.searching import found
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.inventory.people.queries.borrowers import BorrowerRow
    from egn_desktop.inventory.register.terms import BorrowerKind
    from egn_desktop.inventory.stock.queries.devices import DeviceRow
    from egn_desktop.services import Services

MOST_CHOICES = 12
"""How many choices a refusal lists; more would not be read."""


def register(subcommands: SubCommands) -> None:
    """Add the commands of the inventory and of the loans."""
    loans = subcommands.add(
        "loans", help="affiche les prêts en cours, en retard d’abord", run=_loans
    )
    loans.add_argument("--all", action="store_true", help="aussi les prêts terminés")
    devices = subcommands.add("devices", help="affiche le matériel et où il est", run=_devices)
    pupils = subcommands.add("pupils", help="affiche les élèves et ce qu’ils ont", run=_pupils)
    for command in (loans, devices, pupils):
        command.add_argument(
            "--search", default="", metavar="MOTS", help="seulement ce qui contient ces mots"
        )

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
        _line(row.state_label, day, row.borrower_name, row.group, row.device_label)


def _devices(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.inventory.stock.queries.devices import devices

    rows = found(services, options.search, lambda text: devices(services.dossier, text))
    if not rows:
        print("Aucun matériel. Pour importer une liste : egn-desktop import --help")
    for row in rows:
        _line(row.code, row.name, row.state.label, row.borrower_name or row.place)


def _pupils(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.french import count
    from egn_desktop.inventory.people.queries.pupils import pupils

    rows = found(services, options.search, lambda text: pupils(services.dossier, text))
    if not rows:
        print("Aucun élève. Pour importer une liste : egn-desktop import --help")
    for row in rows:
        held = count(row.open_loans, "prêt") if row.open_loans else ""
        _line(row.name, row.school_class, held)


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


def find_device(services: "Services", number: str) -> "DeviceRow":
    """Return the device of that number.

    Raises:
        UserError: there is none, or none that bears exactly this number.
    """
    from egn_desktop.inventory.lending.queries.scan import scanned
    from egn_desktop.inventory.register.rules import asset_key
    from egn_desktop.inventory.stock.queries.devices import devices

    found = scanned(services.dossier, number).devices
    key = asset_key(number)
    exact = [row for row in found if key in map(asset_key, (row.code, row.serial_number))]
    if len(exact) == 1:
        return exact[0]
    if found:
        _choose(
            "Aucun matériel ne porte exactement le numéro",
            number,
            [f"{row.code} ({row.name})" for row in found],
        )
    close = [row.code for row in devices(services.dossier)][:MOST_CHOICES]
    raise UserError(
        f"Aucun matériel ne porte le numéro « {number} ».",
        todo=f"Par exemple : {', '.join(close)}." if close else "Importez d’abord le matériel.",
    )


def find_pupil(services: "Services", name: str, school_class: str) -> "BorrowerRow":
    """Return the pupil of that name, in any order of its words.

    Raises:
        UserError: there is none, or several.
    """
    from egn_desktop.inventory.register.terms import BorrowerKind

    return find_borrower(services, name, school_class, kind=BorrowerKind.PUPIL)


def find_borrower(
    services: "Services", name: str, detail: str, *, kind: "BorrowerKind | None" = None
) -> "BorrowerRow":
    """Return who borrows under that name, in any order of its words.

    Args:
        detail: words of the class or of the duty, where several bear the name.
        kind: only a pupil, or only somebody of the staff.

    Raises:
        UserError: there is nobody, or several.
    """
    from egn_desktop.collation import fold
    from egn_desktop.inventory.people.queries.borrowers import borrowers

    found = [
        row
        for row in borrowers(services.dossier, name, kind=kind)
        if fold(detail) in fold(row.detail)
    ]
    exact = [row for row in found if sorted(fold(row.name).split()) == sorted(fold(name).split())]
    if len(exact or found) == 1:
        return (exact or found)[0]
    is_pupil = kind is not None
    if found:
        what = "Plusieurs élèves correspondent" if is_pupil else "Plusieurs personnes correspondent"
        _choose(f"{what} à", name, [row.label for row in exact or found])
    what = "Aucun élève ne s’appelle" if is_pupil else "Personne ne s’appelle"
    raise UserError(
        f"{what} « {name} »" + (f" dans « {detail} »." if detail else "."),
        todo="Vérifiez le nom avec : egn-desktop pupils DOSSIER --search NOM"
        + ("" if is_pupil else ", ou egn-desktop staff"),
    )


def _choose(what: str, text: str, choices: Sequence[str]) -> NoReturn:
    shown = " ; ".join(choices[:MOST_CHOICES]) + (" ; …" if len(choices) > MOST_CHOICES else "")
    raise UserError(
        f"{what} « {text} ».",
        todo=f"Précisez lequel : {shown}.",
    )


def _line(*parts: str) -> None:
    print(" · ".join(part for part in parts if part))


def day(text: str) -> date:
    """Read a day written as JJ/MM/AAAA."""
    try:
        return datetime.strptime(text.strip(), "%d/%m/%Y").date()  # noqa: DTZ007
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date JJ/MM/AAAA") from None
