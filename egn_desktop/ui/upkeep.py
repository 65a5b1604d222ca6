# SPDX-License-Identifier: GPL-3.0-or-later
"""What is done for the open dossier while nobody asks: fold its log, watch its file, check pages.

All of it runs on the worker's thread, one thing at a time, and nobody ever waits for it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.ui.jobs import Cancelled, Progress

if TYPE_CHECKING:
    from egn_desktop.ui.context import Context

EVERY_MS = 5_000
HOUR_MS = 3_600_000


class Upkeep(QObject):
    """Looks after the dossier of one context until ``stop``."""

    # The file can no longer be used, and why; then, once it can be again.
    refused = Signal(object)
    recovered = Signal()
    # A page of the file is not what was written.
    damaged = Signal(object)

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._dossier = context.services.dossier
        self._jobs = context.jobs
        self._is_under_way = False
        self._is_refused = False
        self._bugs: set[type[Exception]] = set()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.tend)
        self._timer.start()
        self._backup_timer = QTimer(self)
        self._backup_timer.setInterval(HOUR_MS)
        self._backup_timer.timeout.connect(self.back_up)
        self._backup_timer.start()

    def stop(self) -> None:
        """Look after it no more."""
        self._timer.stop()
        self._backup_timer.stop()

    @Slot()
    def back_up(self) -> None:
        """Make the day's backup if it is due, and do what else is due of the backups."""
        dossier = self._dossier
        if paths.is_demonstration(dossier.path):
            return

        def work(_: Progress) -> object:
            from egn_desktop.dossier.life import tend_backups

            return tend_backups(dossier)

        self._jobs.run(work, done=_nothing, label="Sauvegarde du jour")

    @Slot()
    def tend(self) -> None:
        """Do what is due, unless it is being done."""
        if self._is_under_way:
            return
        self._is_under_way = True
        dossier = self._dossier

        def work(_: Progress) -> None:
            dossier.upkeep()

        self._jobs.run(work, done=self._tended, failed=self._failed, label="", is_quiet=True)

    def check_pages(self) -> None:
        """Read every page of the file once, and tell if one is not what was written."""
        dossier = self._dossier

        def work(_: Progress) -> UserError | None:
            from egn_desktop.dossier.soundness import damage

            return damage(dossier)

        self._jobs.run(work, done=self._checked, failed=self._not_checked, label="", is_quiet=True)

    def _tended(self, _: None) -> None:
        self._is_under_way = False
        if self._is_refused:
            self._is_refused = False
            self.recovered.emit()

    def _failed(self, error: Exception) -> None:
        self._is_under_way = False
        if isinstance(error, Cancelled):
            return
        if isinstance(error, UserError):
            self._is_refused = True
            self.refused.emit(error)
            return
        # It comes back every few seconds: a fault of ours is told once.
        if type(error) not in self._bugs:
            self._bugs.add(type(error))
            raise error

    def _checked(self, damage: UserError | None) -> None:
        if damage is not None:
            self.damaged.emit(damage)

    def _not_checked(self, error: Exception) -> None:
        # A place that does not answer is told by the next upkeep.
        if not isinstance(error, UserError):
            raise error


def _nothing(_: object) -> None:
    """The backup line of the home page hears of it by itself."""
