# SPDX-License-Identifier: GPL-3.0-or-later
"""Print the French manual page, written from the command line's own parser."""

import argparse
import sys
from collections.abc import Iterator

from egn_desktop import VERSION
from egn_desktop.cli import _parser


def page() -> Iterator[str]:
    """Yield the page's lines, in roff."""
    parser = _parser()
    yield f'.TH EGN-DESKTOP 1 "" "EGN Desktop {VERSION}" "Manuel de l’utilisateur"'
    yield ".SH NOM"
    yield f"egn-desktop \\- {told(parser.description)}"
    yield ".SH SYNOPSIS"
    yield ".B egn-desktop"
    yield "[DOSSIER.egn | COMMANDE ARGUMENTS…]"
    yield ".SH COMMANDES"
    for action in parser._actions:  # noqa: SLF001 - argparse tells them in no other way
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            helps = {choice.dest: choice.help for choice in action._choices_actions}  # noqa: SLF001
            for name, command in action.choices.items():
                yield ".TP"
                yield f".B {told(name)}"
                yield told(helps.get(name) or command.description)
    yield ".PP"
    yield "« egn-desktop COMMANDE --help » décrit chaque commande."
    yield ".SH NOTES"
    for part in (parser.epilog or "").split("\n\n"):
        yield ".PP"
        yield told(part)


def told(text: str | None) -> str:
    """Return a text as roff takes it: on one line, no sign read as a command."""
    line = " ".join((text or "").replace("%%", "%").split())
    line = line.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{line}" if line.startswith((".", "'")) else line


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    print(*page(), sep="\n")
