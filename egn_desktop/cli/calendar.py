# SPDX-License-Identifier: GPL-3.0-or-later
"""``calendar``: shows when the school is closed, and corrects it."""

import argparse
from datetime import timedelta
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands, day

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add ``calendar``."""
    parser = subcommands.add(
        "calendar", help="affiche les congés et les fermetures, ou les corrige", run=_run
    )
    wanted = parser.add_mutually_exclusive_group()
    for option, what in (("--close", "ajoute une fermeture"), ("--open", "ouvre pendant un congé")):
        wanted.add_argument(
            option,
            nargs=2,
            type=day,
            metavar=("DU", "AU"),
            help=f"{what}, du premier au dernier jour (JJ/MM/AAAA)",
        )
    wanted.add_argument("--remove", type=int, metavar="N", help="retire la correction n° N")
    parser.add_argument("--name", default="", metavar="TEXTE", help="pourquoi")


def _run(services: "Services", options: argparse.Namespace) -> None:
    if options.close:
        first, last = options.close
        services.school.close(first, last, options.name)
    if options.open:
        first, last = options.open
        services.school.reopen(first, last, options.name)
    if options.remove is not None:
        services.school.remove_correction(options.remove)
    _print(services)


def _print(services: "Services") -> None:
    from egn_desktop.french import day_and_date
    from egn_desktop.school.public_holidays import public_holidays
    from egn_desktop.school.queries import calendar, corrections

    dossier = services.dossier
    today, known = dossier.today(), calendar(dossier)
    for period in known.holidays:
        if today <= period.last:
            print(f"{period.name} : {period.days}")
    for year in (today.year, today.year + 1):
        for feast, name in sorted(public_holidays(year, known.territory).items()):
            if today <= feast <= today + timedelta(days=365):
                print(f"Jour férié : {day_and_date(feast)} ({name})")
    for correction in corrections(dossier):
        what = "Ouverture" if correction.is_open else "Fermeture"
        name = f" ({correction.period.name})" if correction.period.name else ""
        print(f"{what} n° {correction.id} : {correction.period.days}{name}")
    words = known.ignorance(today) or known.ignorance(today + timedelta(days=3 * 365))
    if words:
        print(words)
