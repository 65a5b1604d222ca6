# SPDX-License-Identifier: GPL-3.0-or-later
"""The one window: it opens a dossier, shows it, and closes it with a backup.

Nothing here imports the database at module level: the window is drawn first.
"""

import gc
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import closing
from egn_desktop.ui.contain import contained
from egn_desktop.ui.farewell import Farewell
from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.lock import WindowLock
from egn_desktop.ui.opener import Opener
from egn_desktop.ui.placing import place, remember_place
from egn_desktop.ui.waiting import WaitingView
from egn_desktop.ui.welcome import WelcomeView

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier
    from egn_desktop.ui.context import Context
    from egn_desktop.ui.upkeep import Upkeep


class AppWindow(QMainWindow):
    """Shows one thing at a time: the assistant, a dossier, or what is awaited."""

    dossier_shown = Signal()
    dossier_closed = Signal()
    # Something that can be used is there, and nothing is awaited.
    settled = Signal()
    _told = Signal(object)

    def __init__(self, settings: MachineSettings, path: Path | None = None) -> None:
        """Make the window.

        Args:
            path: the dossier that ``start`` opens; if not given, the last one.
        """
        super().__init__()
        self._settings = settings
        self._given = path
        self._jobs = Jobs(self)
        self._dossier: Dossier | None = None
        self._context: Context | None = None
        self._upkeep: Upkeep | None = None
        self._is_closed = False
        # A fault may come from the worker's thread; widgets are of this one alone.
        self._told.connect(self._tell)
        self._jobs.refused.connect(self._tell)
        place(self, settings)
        self.farewell = Farewell(self)
        self._help_key = QShortcut(QKeySequence("F1"), self)
        self._help_key.activated.connect(self._show_help)
        self._lock = WindowLock(self, settings, self._jobs, self._show_view)
        self._opener = Opener(self, self._jobs, self._show_view)
        if path or settings.recent_files:
            # Whether the last one is still there is asked once the window is seen: a share may
            # let one wait for the answer.
            self._show_view(WaitingView("Ouverture…"))
        else:
            self.show_welcome()

    @property
    def dossier_jobs(self) -> Jobs | None:
        """The work on the open dossier; it ends with the dossier."""
        return self._context.jobs if self._context is not None else None

    @property
    def dossier(self) -> "Dossier | None":
        """The open dossier."""
        return self._dossier

    @property
    def is_busy(self) -> bool:
        """Whether work runs or waits, of the window or of the dossier."""
        return self._jobs.busy or (self._context is not None and self._context.jobs.busy)

    @property
    def view(self) -> QWidget | None:
        """What is shown: WelcomeView, ShellView or WaitingView."""
        return self.centralWidget()

    def tell(self, error: UserError) -> None:
        """Tell an error where the user is; may be called from any thread."""
        self._told.emit(error)

    def start(self) -> None:
        """Open the dossier given, else the last one if it is still there, else the assistant."""
        recent = self._settings.recent_files
        last = recent[0] if recent and paths.is_there(recent[0]) else None
        wanted = self._given or last
        if wanted is not None:
            self.open_path(wanted)
        elif isinstance(self.view, WaitingView):
            self.show_welcome()

    def show_welcome(self) -> WelcomeView:
        """Show the assistant anew."""
        self.setWindowTitle("EGN Desktop")
        welcome = WelcomeView(self._settings, self._jobs)
        welcome.opened.connect(self.show_dossier)
        welcome.open_asked.connect(self.open_path)
        welcome.made.connect(self._lock.watch)
        welcome.take_over_asked.connect(self._opener.take_over)
        self._show_view(welcome)
        return welcome

    @Slot()
    def lock_now(self) -> None:
        """Hide the open dossier behind the lock; nothing is lost. Does nothing without one."""
        self._lock.lock()

    def _show_view(self, view: QWidget) -> None:
        self.setCentralWidget(view)
        # A window that is shown already would show it a little later.
        view.setVisible(True)
        if not isinstance(view, WaitingView):
            self.settled.emit()

    @Slot(object)
    def open_path(self, path: Path) -> None:
        """Open a dossier with what the keyring knows; else let the assistant ask."""
        self._opener.open_path(path)

    @Slot(object)
    def show_dossier(self, dossier: "Dossier") -> None:
        """Show an open dossier, which this window closes from now on."""
        from egn_desktop.services import Services
        from egn_desktop.ui.context import Context
        from egn_desktop.ui.rescue import Rescue
        from egn_desktop.ui.shell.view import ShellView
        from egn_desktop.ui.upkeep import Upkeep

        self._dossier = dossier
        self._context = Context(Services.of(dossier), self._settings, self)
        self._context.other_wanted.connect(self._open_other)
        try:
            shell = ShellView(self._context)
        except UserError as error:
            self._refuse(dossier, error)
            return
        shell.leave_asked.connect(self.leave)
        shell.copy_asked.connect(self._copy_elsewhere)
        self._context.lock_wanted.connect(self.lock_now)
        self._upkeep = Upkeep(self._context)
        rescue = Rescue(self._context, shell.notices, self._upkeep)
        rescue.leave_asked.connect(self.leave)
        rescue.restore_asked.connect(self._leave_to_restore)
        rescue.moved.connect(self._follow_file)
        self._help_key.setEnabled(False)
        self._follow_file()
        self._show_view(shell)
        self._upkeep.back_up()
        self._lock.watch(dossier)
        self.dossier_shown.emit()

    def _refuse(self, dossier: "Dossier", error: UserError) -> None:
        """Close a dossier that opened but cannot be read, and say why."""

        def refused(_: object) -> None:
            self.show_welcome().show_error(dossier.path, error)

        self._let_go()
        self._jobs.run(closing.close(dossier), done=refused, failed=self._not_closed, label="")

    @Slot()
    def _follow_file(self) -> None:
        """Name the file that is open, which may have gone on in another place."""
        dossier = self._dossier
        if dossier is None:
            return
        if not paths.is_demonstration(dossier.path):
            self._settings.remember(dossier.path)
        self.setWindowTitle(f"{dossier.path.stem} — EGN Desktop")

    @Slot()
    def leave(self) -> None:
        """Close the dossier and show the assistant."""
        self._close_dossier(self._left)

    @Slot()
    def _leave_to_restore(self) -> None:
        """Close a dossier whose file is lost or damaged, and show its backups."""
        from egn_desktop.dossier.errors import DamagedError

        dossier = self._dossier
        if dossier is not None:
            damage = DamagedError(dossier.path, dossier.dossier_id)
            self._close_dossier(lambda _: self.show_welcome().restore(damage))

    @contained
    def closeEvent(self, event: QCloseEvent) -> None:
        pending = self._dossier
        shown = self._lock.view or self.view
        if isinstance(shown, WelcomeView):
            pending = shown.pending
        if self._is_closed or pending is None:
            self._lock.watch(None)
            remember_place(self, self._settings)
            self._jobs.shutdown()
            event.accept()
            return
        event.ignore()
        self._dossier = pending
        self._close_dossier(self._closed)

    def _close_dossier(self, done: Callable[[UserError | None], object]) -> None:
        """Leave the field being typed, back up, close, then go on."""
        closing.leave_field()
        dossier = self._let_go()
        if dossier is None:
            return
        self._show_view(WaitingView("Sauvegarde et fermeture du dossier…"))
        self._jobs.run(closing.close(dossier), done=done, failed=self._not_closed, label="")

    def _let_go(self) -> "Dossier | None":
        """Stop what uses the dossier, and return it to be closed."""
        self._lock.watch(None)
        # What was made when the window started, this dossier's views among it, may go; see start.
        gc.unfreeze()
        if self._upkeep is not None:
            self._upkeep.stop()
        self._upkeep = None
        if self._context is not None:
            self._context.close()
            self._context.deleteLater()
        self._context = None
        dossier, self._dossier = self._dossier, None
        return dossier

    def _left(self, trouble: UserError | None) -> None:
        welcome = self.show_welcome()
        if trouble is not None:
            welcome.tell(trouble)

    def _closed(self, trouble: UserError | None) -> None:
        self._is_closed = True
        if trouble is None:
            self.close()
        else:
            self.show_welcome().tell(trouble)
        self.dossier_closed.emit()

    def _not_closed(self, error: Exception) -> None:
        self._is_closed = True
        self.dossier_closed.emit()
        raise error

    @Slot(object)
    def _tell(self, error: UserError) -> None:
        view = self._lock.view or self.view
        if view is None or isinstance(view, WaitingView):
            view = self.show_welcome()
        cast("_Listener", view).tell(error)

    @Slot()
    def _show_help(self) -> None:
        if isinstance(self.view, WelcomeView):
            self.view.show_help()

    @Slot(object)
    def _open_other(self, path: Path) -> None:
        """Close this copy of the dossier, with its backup, and open the other."""
        self._close_dossier(lambda bad: self._left(bad) if bad else self.open_path(path))

    @Slot()
    def _copy_elsewhere(self) -> None:
        if self._dossier is not None:
            self._opener.copy_elsewhere(self._dossier, self._let_go)


class _Listener(Protocol):
    """What the assistant, the open dossier and the lock have in common."""

    def tell(self, error: UserError) -> None: ...
