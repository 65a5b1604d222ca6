# SPDX-License-Identifier: GPL-3.0-or-later
"""The code of this computer, asked before a closed dossier opens."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot

from egn_desktop.errors import UserError
from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.lock.view import LockView, code_note
from egn_desktop.ui.opening import opening
from egn_desktop.ui.welcome.open import SECRET_WANTED


class CodeQuestion(LockView):
    """``opened`` carries the dossier, ``failed`` what no code would mend."""

    opened = Signal(object)
    failed = Signal(object)

    def __init__(self, path: Path, jobs: Jobs) -> None:
        super().__init__(f"«\u202f{path.stem}\u202f» est verrouillé")
        self._path, self._jobs = path, jobs
        self.given.connect(self._try)
        self.offer_elsewhere()

    def start(self) -> None:
        """Ask; once shown, so that the field has the keyboard."""
        self.ask(
            "Code de cet ordinateur",
            "Le dossier s’ouvre avec le code choisi sur cet ordinateur.",
            code_note(self),
        )

    @Slot(str)
    def _try(self, secret: str) -> None:
        work = opening(self._path, secret=secret)
        self._jobs.run(work, done=self._opened, failed=self._refused, label="")

    def _opened(self, dossier: object) -> None:
        self.clear()
        self.opened.emit(dossier)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if error.exit_code in SECRET_WANTED:
            self.tell(error)
        else:
            self.failed.emit(error)
