# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: every use case without a window. Never imports Qt."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from egn_desktop import VERSION, features
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.errors import ExitCode, UserError
from egn_desktop.letters import cleaned

_EPILOG = """\
Sans argument, la fenêtre s’ouvre. Suivi d’un seul fichier .egn, la fenêtre s’ouvre sur ce dossier.

Le code de secours ou la phrase de passe ne s’écrivent jamais dans la commande : ils sont lus
dans le trousseau du système, sinon dans la variable EGN_DESKTOP_SECRET, sinon demandés. Si un
code de cet ordinateur a été choisi, il est demandé de même avant d’ouvrir avec le trousseau.

Codes de sortie : 0 réussi, 1 refusé, 2 commande incomplète, 3 code ou phrase de passe incorrects,
4 dossier abîmé ou changé, 5 ce n’est pas un dossier, 6 déjà ouvert ailleurs, 7 version plus
récente, 8 lecture seule, 9 disque plein, 10 trousseau absent ou verrouillé, 11 disque ou partage
perdu, 12 horloge en retard sur le dossier."""


def run_command(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; errors are told on stderr, in French."""
    _prepare_output()
    options = _cleaned(_parser().parse_args(arguments))
    try:
        _run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read us has seen enough (``| head``): nothing is wrong, and nothing more is said.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return ExitCode.OK


def _prepare_output() -> None:
    """Have every text come out whole: Windows writes files and pipes in an older encoding.

    A windowed program on Windows, and a service, have no output at all, and nobody to ask.
    """
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - to the end
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            nowhere = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - to the end
            setattr(sys, name, nowhere)
        elif isinstance(stream, io.TextIOWrapper):
            # A console says itself what it can show.
            is_shown = stream.isatty()
            stream.reconfigure(encoding=None if is_shown else "utf-8", errors="replace")


def _run(options: argparse.Namespace) -> None:
    if "run_bare" in options:
        options.run_bare(options)
        return
    from egn_desktop.cli.dossiers import open_for_cli
    from egn_desktop.services import Services

    with open_for_cli(options.dossier, take_over=options.take_over) as dossier:
        if options.clock_is_right:
            dossier.trust_clock()
        options.run(Services.of(dossier), options)


def _cleaned(options: argparse.Namespace) -> argparse.Namespace:
    """Take what nobody sees out of the words given; paths are as they are."""
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, cleaned(value))
        elif isinstance(value, list):
            words = cast("list[Any]", value)
            told = [cleaned(word) if isinstance(word, str) else word for word in words]
            setattr(options, name, told)
    return options


def _parser() -> FrenchParser:
    parser = FrenchParser(
        prog="egn-desktop",
        description="EGN Desktop : état des lieux numérique, prêts, plan de continuité et "
        "exercices, dans un seul dossier chiffré.",
        epilog=_EPILOG,
    )
    parser.add_argument("--version", action="version", version=VERSION, help="affiche la version")
    commands = SubCommands(parser)
    for feature in features.FEATURES:
        for module in feature.commands:
            features.resolve(module).register(commands)
    return parser
