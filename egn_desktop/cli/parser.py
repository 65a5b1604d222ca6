# SPDX-License-Identifier: GPL-3.0-or-later
"""argparse in French, and how a feature adds its commands."""

import argparse
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from egn_desktop import french, paths
from egn_desktop.errors import ExitCode, UserError
from egn_desktop.spelling import Spelling

if TYPE_CHECKING:
    from egn_desktop.services import Services

Run = Callable[["Services", argparse.Namespace], None]

_MESSAGES = (
    (r"the following arguments are required: (.*)", r"il manque : \1"),
    (r"unrecognized arguments: (.*)", r"option ou argument inconnu : \1"),
    (
        r"argument (.*): invalid choice: (.*) \(choose from (.*)\)",
        r"\1 : \2 n’est pas possible ; au choix : \3",
    ),
    (r"argument (.*): invalid (\w+) value: (.*)", r"\1 : valeur incorrecte \3"),
    (r"argument (.*): expected (?:one|at least one|\d+) arguments?", r"\1 : il manque une valeur"),
    (r"one of the arguments (.*) is required", r"il faut l’une de ces options : \1"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 ne va pas avec \2"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Utilisation : " if prefix is None else prefix)


class FrenchParser(argparse.ArgumentParser):
    """An argument parser whose help and complaints are in French."""

    def __init__(self, **options: Any) -> None:
        chosen: dict[str, Any] = {"formatter_class": _Formatter, **options, "add_help": False}
        super().__init__(**chosen)
        self._positionals.title = "Arguments"
        self._optionals.title = "Options"
        self.add_argument("-h", "--help", action="help", help="affiche cette aide")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command, and exit with the usage code."""
        for english, words in _MESSAGES:
            if re.fullmatch(english, message):
                message = re.sub(english, words, message)
                break
        self.exit(
            ExitCode.USAGE,
            f"Commande incomplète : {message}.\nAide : {self.prog} --help\n",
        )


class SubCommands:
    """Where features add their commands."""

    def __init__(self, parser: FrenchParser) -> None:
        self._subparsers = parser.add_subparsers(
            title="Commandes", metavar="COMMANDE", dest="command", parser_class=FrenchParser
        )

    def add(self, name: str, *, help: str, run: Run) -> FrenchParser:
        """Add a command on an open dossier; ``run`` gets its services and the options."""
        parser = self.add_bare(name, help=help)
        parser.add_argument("dossier", type=Path, metavar="DOSSIER", help="le fichier .egn")
        parser.add_argument(
            "--clock-is-right",
            action="store_true",
            help="écrit, même si l’horloge de l’ordinateur est en retard sur le dossier",
        )
        add_take_over(parser)
        parser.set_defaults(run=run)
        return parser

    def add_bare(self, name: str, *, help: str) -> FrenchParser:
        """Add a command that opens no dossier by itself; it sets its own ``run_bare`` default.

        ``run_bare`` gets the options alone and returns nothing.
        """
        return self._subparsers.add_parser(name, help=help, description=help)


def add_take_over(parser: argparse.ArgumentParser) -> None:
    """Add what every command that opens a dossier takes."""
    parser.add_argument(
        "--take-over",
        action="store_true",
        help="ouvre le dossier même si un autre ordinateur, éteint depuis, l’a laissé ouvert",
    )


def cents(text: str) -> int:
    """Read an option that is an amount in euros ("89,50").

    Raises:
        ArgumentTypeError: it is none.
    """
    found = french.cents(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"« {text} » n’est pas un montant en euros")
    return found


def file_to_write(ending: str) -> Callable[[str], Path]:
    """Return how an option is read that is a file to write: it gets its ending."""
    return lambda text: paths.with_ending(Path(text), ending)


def day(text: str) -> date:
    """Read an option that is a date, written as the French do, or year first as scripts do.

    Raises:
        ArgumentTypeError: it is none.
    """
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007
    raise argparse.ArgumentTypeError(f"« {text} » n’est pas une date JJ/MM/AAAA")


def spelt(spelling: Spelling, text: str) -> str:
    """Return what an option says of a number or an address, as it is kept.

    Raises:
        UserError: it is none.
    """
    if problem := spelling.problem(text):
        raise UserError(f"« {text} » ne va pas. {problem}")
    return spelling.tidy(text)
