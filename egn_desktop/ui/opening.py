# SPDX-License-Identifier: GPL-3.0-or-later
"""How the window opens a dossier, off its own thread."""

from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from egn_desktop.dossier import Dossier


def opening(
    path: Path, *, secret: str | None = None, remember: bool = False, take_over: bool = False
) -> "Callable[[Progress], Dossier]":
    """Return the work that opens a dossier with the secret given, or what the keyring knows.

    Where a share still shows an older content, the bar at the foot of the window says so.
    """

    def work(progress: Progress) -> "Dossier":
        from egn_desktop.dossier.life import open_dossier

        return open_dossier(
            path, secret=secret, remember=remember, take_over=take_over, waiting=progress.say
        )

    return work
