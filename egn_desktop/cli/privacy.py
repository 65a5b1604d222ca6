# SPDX-License-Identifier: GPL-3.0-or-later
"""``retention``: how long personal data is kept, what is due, and its erasure."""

import argparse
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import SubCommands
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.services import Services


def register(subcommands: SubCommands) -> None:
    """Add the commands about personal data."""
    retention = subcommands.add(
        "retention", help="affiche ou change les durées de conservation, et efface", run=_retention
    )
    retention.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="DURÉE=ANNÉES",
        help="années scolaires de plus, de 0 à 5",
    )
    retention.add_argument(
        "--erase",
        action="store_true",
        help="efface définitivement ce dont la durée est passée",
    )


def _retention(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.documents.french import count, short_date
    from egn_desktop.inventory.queries.retention import erasures, retention_limits
    from egn_desktop.inventory.retention import in_words

    for text in options.set:
        services.inventory.set_retention(*_limit(text))
    for row in retention_limits(services.dossier):
        own = "" if row.is_default else f" (par défaut : {row.limit.years})"
        print(f"{row.limit.id}={row.years}{own} · {row.limit.title}, {in_words(row.years)}")
    due = erasures(services.dossier)
    if not due:
        print("Aucune donnée n’a dépassé sa durée de conservation.")
        return
    print("À effacer :")
    for one in due:
        print(f"    {one.name} · {one.what} · depuis le {short_date(one.since)}")
    if options.erase:
        erased = services.inventory.erase_due()
        print(f"Données effacées définitivement pour {count(erased, 'élève', 'élèves')}.")
    else:
        print("Pour effacer définitivement : ajoutez --erase.")


def _limit(text: str) -> tuple[str, int]:
    limit_id, _, years = text.partition("=")
    if not years.strip().isdecimal():
        raise UserError(
            f"« {text} » ne se lit pas comme une durée.", todo="Par exemple : --set prets=2"
        )
    return limit_id.strip(), int(years)
