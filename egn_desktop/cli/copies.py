# SPDX-License-Identifier: GPL-3.0-or-later
"""``compare`` and ``join``: two copies of one dossier."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.errors import UserError

if TYPE_CHECKING:
    from egn_desktop.dossier.copies import Comparison, Line
    from egn_desktop.services import Services

ALL, NONE = "all", "none"
_SHOWN = 200


def register(subcommands: SubCommands) -> None:
    """Add the commands about two copies."""
    _add_other(
        subcommands.add("compare", help="compare deux copies d’un même dossier", run=_compare)
    )
    join = subcommands.add("join", help="réunit deux copies d’un même dossier", run=_join)
    _add_other(join)
    join.add_argument(
        "--take",
        default=ALL,
        metavar="LIGNES",
        help="ce qui est repris de l’autre copie : « all », tout ce qui ne contredit rien ici "
        "(ce qui se passe sans cette option) ; « none », rien ; ou les lignes que montre "
        "« compare », séparées par des virgules, par exemple all,loan:12",
    )


def _add_other(parser: FrenchParser) -> None:
    parser.add_argument("other", type=Path, metavar="AUTRE", help="l’autre fichier .egn")


def _compare(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.joining import side_by_side

    with side_by_side(services.dossier, options.other) as found:
        print("\n".join(_told(found.comparison)))


def _join(services: "Services", options: argparse.Namespace) -> None:
    from egn_desktop.dossier.copies import said
    from egn_desktop.joining import side_by_side

    with side_by_side(services.dossier, options.other) as found:
        chosen = _chosen(found.comparison, options.take)
        print(said.headline(found.comparison))
        if not found.comparison.lines:
            print(said.advice(found.comparison))
            return
        print("\n".join(said.joined(found.join(chosen))))


def _chosen(found: "Comparison", wanted: str) -> set[str]:
    """Return the lines that an option names.

    Raises:
        UserError: there is no such line.
    """
    chosen: set[str] = set()
    for word in filter(None, map(str.strip, wanted.split(","))):
        if word == ALL:
            chosen |= found.proposed
        elif word in found.choosable:
            chosen.add(word)
        elif word != NONE:
            raise UserError(
                f"Il n’y a pas de ligne « {word} » à reprendre.",
                todo="Regardez les lignes avec : egn-desktop compare DOSSIER AUTRE",
            )
    return chosen


def _told(found: "Comparison") -> list[str]:
    from egn_desktop.dossier.copies import Kind, said

    lines = [
        said.headline(found),
        f"Ici : {said.standing(found.at_here, found.computer_here)}",
        f"Là-bas : {said.standing(found.at_there, found.computer_there)}",
        said.advice(found),
    ]
    parts = (
        ("À décider", [line for line in found.lines if line.kind is Kind.CONFLICT]),
        ("À reprendre", [line for line in found.lines if line.is_proposed]),
        ("Ne peut pas être repris", [line for line in found.lines if line.kind is Kind.LEFT]),
    )
    for title, listed in parts:
        if listed:
            lines += ["", f"{title} ({len(listed)})"]
            for copy in listed:
                lines += _line(copy)
    if found.own:
        lines += ["", f"Seulement ici, et qui y reste ({len(found.own)})"]
        lines += [f"    {own.text}" for own in found.own[:_SHOWN]]
        if len(found.own) > _SHOWN:
            lines.append(f"    et {len(found.own) - _SHOWN} de plus")
    return lines


def _line(line: "Line") -> list[str]:
    from egn_desktop.dossier.copies import Kind

    if line.kind is Kind.CONFLICT:
        return [
            f"  [{line.id}] {line.why}",
            f"      ici : {line.here or 'rien'}",
            f"      là-bas : {line.there or 'supprimé'}",
            *([f"      {line.detail}"] if line.detail else []),
        ]
    told = line.there or f"{line.here} : supprimé là-bas"
    more = line.why or line.detail
    return [f"  [{line.id}] {told}", *([f"      {more}"] if more else [])]
