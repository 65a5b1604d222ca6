# SPDX-License-Identifier: GPL-3.0-or-later
"""How the window opens a dossier, off its own thread."""

from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from egn_desktop.dossier import Dossier


def opening(
    path: Path, *, secret: str | None = None, remember: bool = False
) -> "Callable[[Progress], Dossier]":
    """Return the work that opens a dossier with the secret given, or what the keyring knows."""

    def work(_: Progress) -> "Dossier":
        from egn_desktop.dossier.errors import NotADossierError, SecretNeededError
        from egn_desktop.dossier.life import open_dossier
        from egn_desktop.dossier.pages import Look, look

        try:
            return open_dossier(path, secret=secret, remember=remember)
        except SecretNeededError as error:
            # Nobody should look for a code that a spreadsheet never had.
            if look(path, bytes(32)) is Look.NOT_A_DOSSIER:
                raise NotADossierError(path) from error
            raise

    return work
