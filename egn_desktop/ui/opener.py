# SPDX-License-Identifier: GPL-3.0-or-later
"""The way from a file's path to the open dossier: what the keyring knows, a code, the assistant."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.ui import closing
from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.lock import CodeQuestion
from egn_desktop.ui.opening import opening
from egn_desktop.ui.waiting import WaitingView
from egn_desktop.ui.welcome.files import dossier_filter

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier
    from egn_desktop.ui.window import AppWindow


class Opener(QObject):
    """Opens dossiers for one window."""

    def __init__(
        self, window: "AppWindow", jobs: Jobs, show_view: Callable[[QWidget], object]
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._show_view = window, jobs, show_view

    def open_path(self, path: Path, *, take_over: bool = False) -> None:
        """Open a dossier with what the keyring knows; else ask."""

        def failed(error: Exception) -> None:
            from egn_desktop.dossier.computer_code import ComputerCodeNeededError

            if not isinstance(error, UserError):
                raise error
            if isinstance(error, ComputerCodeNeededError):
                self._ask_code(path)
            else:
                self._window.show_welcome().show_error(path, error)

        text = f"Ouverture de « {path.stem} »…"
        self._show_view(WaitingView(text))
        work = opening(path, take_over=take_over)
        self._jobs.run(work, done=self._window.show_dossier, failed=failed, label=text)

    @Slot(object)
    def take_over(self, path: Path) -> None:
        """Open a dossier that another computer left open, as the user has said."""
        self.open_path(path, take_over=True)

    def copy_elsewhere(self, dossier: "Dossier", let_go: Callable[[], object]) -> None:
        """Ask where to copy a dossier that is in a protected place, and open the copy.

        Args:
            let_go: has the window show the dossier no more; called once a place is chosen.
        """
        proposed = paths.documents_home() / dossier.path.name
        chosen, _ = QFileDialog.getSaveFileName(
            self._window, "Copier le dossier", str(proposed), dossier_filter(self._window)
        )
        if chosen:
            let_go()
            self._show_view(WaitingView("Copie du dossier…"))
            work = closing.copy(dossier, Path(chosen))
            self._jobs.run(work, done=self._window.show_dossier, failed=self._not_copied, label="")

    def _not_copied(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        self._window.show_welcome().tell(error)

    def _ask_code(self, path: Path) -> None:
        def not_tried(error: UserError) -> None:
            self._window.show_welcome().show_error(path, error)

        question = CodeQuestion(path, self._jobs)
        question.opened.connect(self._window.show_dossier)
        question.elsewhere_asked.connect(self._window.show_welcome)
        question.failed.connect(not_tried)
        self._show_view(question)
        question.start()
