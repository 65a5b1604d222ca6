# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the program starts: with no arguments the window, else the command line."""

import sys
from collections.abc import Sequence
from pathlib import Path

from egn_desktop import process
from egn_desktop.sandbox.readers import COMMAND

DOSSIER_SUFFIX = ".egn"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code.

    A dossier alone (a double click on the file) opens the window on it.
    """
    process.start()
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given:
        from egn_desktop.ui.start import run

        return run(None)
    if given == [COMMAND]:
        from egn_desktop.sandbox.child import serve

        return serve()
    if len(given) == 1 and given[0].lower().endswith(DOSSIER_SUFFIX):
        from egn_desktop.ui.start import run

        return run(Path(given[0]))
    from egn_desktop.cli import run_command

    return run_command(given)
