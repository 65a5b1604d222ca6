# SPDX-License-Identifier: GPL-3.0-or-later
"""What the packed program starts with.

What goes wrong before the program can tell of it (a file that is missing or damaged) is told here:
the packer's own message is English, and names no way out.
"""

import sys
import traceback
from pathlib import Path

NOT_STARTED = """EGN Desktop ne peut pas démarrer : il manque une partie du logiciel, ou elle est \
abîmée.

Vos dossiers n’ont pas été touchés.

Installez le logiciel de nouveau. Si cela se répète, transmettez ce journal, qui ne contient aucun \
nom, à la personne qui vous assiste : {log}"""
WINDOW_PROGRAM = "EGN Desktop.exe"  # of Windows, which has another for the command line
ERROR_ICON = 0x10


def start() -> int:
    """Run the program; return its code, or 1 where it could not begin."""
    try:
        from egn_desktop.app import main

        return main()
    except Exception as error:
        tell(NOT_STARTED.format(log=logged(error)))
        return 1


def logged(error: Exception) -> str:
    """Write where it went wrong, and return where that is written."""
    try:
        from egn_desktop import paths
        from egn_desktop.ui.bugs import write_log

        log = paths.technical_log()
        write_log(log, error, traceback.extract_tb(error.__traceback__))
    except Exception:
        return f"{type(error).__name__}"
    return str(log)


def tell(words: str) -> None:
    """Say it, in a window of the system's where the program is the one without a console."""
    if Path(sys.executable).name == WINDOW_PROGRAM:
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, words, "EGN Desktop", ERROR_ICON)
    else:
        print(words, file=sys.stderr)


sys.exit(start())
