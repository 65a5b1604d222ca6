# SPDX-License-Identifier: GPL-3.0-or-later
"""How a dossier is left: closed with its backup, or copied to a place that can be written."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from collections.abc import Callable

    from egn_desktop.dossier import Dossier


def leave_field() -> None:
    """Leave the field being typed, which then keeps what it holds."""
    focused = QApplication.focusWidget()
    if focused is not None:
        focused.clearFocus()


def close(dossier: "Dossier") -> "Callable[[Progress], UserError | None]":
    """Return the work that closes a dossier; its answer is why it could not be backed up."""

    def work(_: Progress) -> UserError | None:
        from egn_desktop.dossier.life import close_dossier

        if paths.is_demonstration(dossier.path):
            dossier.close()
            shutil.rmtree(dossier.path.parent, ignore_errors=True)
            return None
        # Whatever becomes of the backup: a session that ends gives some seconds only.
        dossier.fold()
        return close_dossier(dossier)

    return work


def copy(dossier: "Dossier", target: Path) -> "Callable[[Progress], Dossier]":
    """Return the work that closes a dossier, copies its file and opens the copy."""

    def work(_: Progress) -> "Dossier":
        from egn_desktop.dossier.backup import restore
        from egn_desktop.dossier.store import Dossier

        key, source, protection = dossier.key, dossier.path, dossier.protection
        dossier.close()
        restore(source, target)
        opened = Dossier.open(target, key=key)
        opened.protection = protection
        return opened

    return work
