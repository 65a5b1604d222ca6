# SPDX-License-Identifier: GPL-3.0-or-later
"""Lock the window on an open dossier, and unlock it.

The dossier stays open and its pages stay as they are, out of sight: what was being typed, a drawn
signature, work under way are all there afterwards. What is hidden is everything that shows it: the
pages, the title, dialogs, tooltips, and what would be opened outside in the meantime.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget
from shiboken6 import isValid

from egn_desktop import paths
from egn_desktop.errors import UserError
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.jobs import Jobs, Progress
from egn_desktop.ui.lock.idle import IdleWatch
from egn_desktop.ui.lock.view import LockView, code_note
from egn_desktop.ui.stubs import open_urls_with

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier
    from egn_desktop.dossier.life import Proof
    from egn_desktop.ui.window import AppWindow

# Dialogs opened by dialogs; more would mean one that reopens itself.
MOST_ABOVE = 20


class WindowLock(QObject):
    """Holds what the lock hides; ``view`` is it, or None while nothing is hidden."""

    def __init__(
        self,
        window: "AppWindow",
        settings: MachineSettings,
        jobs: Jobs,
        show: Callable[[QWidget], object],
    ) -> None:
        super().__init__(window)
        self._window, self._jobs, self._show = window, jobs, show
        self.view: QWidget | None = None
        self._shown: LockView | None = None
        self._title = ""
        self._focused: QWidget | None = None
        self._dossier: Dossier | None = None
        self._idle = IdleWatch(lambda: settings.lock_after, self)
        self._idle.passed.connect(self._idle_passed)
        self._idle.asked.connect(self.lock)

    def watch(self, dossier: "Dossier | None") -> None:
        """Lock this dossier when it is left alone; None: there is nothing to lock."""
        self._dossier = dossier
        if dossier is None:
            self._idle.stop()
            self._drop()
        elif paths.is_demonstration(dossier.path):
            # Invented people: Ctrl+L shows how it works, and no timer gets in the way.
            self._idle.stop()
        else:
            self._idle.start()

    @Slot()
    def lock(self) -> None:
        """Hide the dossier now; what is typed is left as a field is, and so kept."""
        dossier, view = self._dossier, self._window.view
        if dossier is None or view is None or self.view is not None:
            return
        self._idle.stop()
        self._leave_what_floats()
        self._title = self._window.windowTitle()
        self._window.setWindowTitle("Verrouillé — EGN Desktop")
        # Taken out, not replaced: the window would delete what it holds. Without a parent it would
        # be a window of its own.
        self._window.takeCentralWidget()
        self.view = view
        view.hide()
        view.setParent(self._window)
        shown = LockView("Dossier verrouillé")
        shown.given.connect(self._given)
        self._shown = shown
        self._show(shown)
        open_urls_with("file", self, "keep_shut")

        def work(_: Progress) -> "Proof":
            from egn_desktop.dossier.life import proof_wanted

            return proof_wanted(dossier)

        self._jobs.run(work, done=self._ask, label="")
        own = self._window.dossier_jobs
        if own is not None:
            # Behind the work under way, which may hold the dossier for a while.
            own.run(lambda _: dossier.fold(), done=bool, label="")

    @Slot(QUrl)
    def keep_shut(self, _: QUrl) -> None:
        """Open no document over a locked window: it is written, and found again afterwards."""

    def _ask(self, proof: "Proof") -> None:
        from egn_desktop.dossier.life import Proof

        shown, dossier = self._shown, self._dossier
        if shown is None or dossier is None:
            return
        kept = "Rien n’est perdu : tout est resté comme vous l’avez laissé."
        if proof is Proof.PASSPHRASE:
            label = "Phrase de passe"
            shown.ask(
                label,
                kept,
                "Celle qui ouvre ce dossier, ou le code de sa fiche de secours.",
            )
        elif proof is Proof.COMPUTER_CODE:
            shown.ask("Code de cet ordinateur", kept, code_note(self))
        elif paths.is_demonstration(dossier.path):
            shown.ask_nothing(kept, "La démonstration se rouvre d’un clic.")
        else:
            shown.ask_nothing(
                kept,
                "L’écran est caché, mais un clic le rouvre : aucun code n’a été choisi sur cet "
                "ordinateur. Choisissez-en un dans Réglages, onglet Sécurité.",
            )

    @Slot(str)
    def _given(self, secret: str) -> None:
        dossier = self._dossier
        if dossier is None:
            return

        def work(_: Progress) -> bool:
            from egn_desktop.dossier.life import prove

            prove(dossier, secret)
            return True

        self._jobs.run(work, done=self._proven, failed=self._refused, label="")

    def _proven(self, _: bool) -> None:
        view, self.view = self.view, None
        if view is None or self._shown is None:
            return
        self._shown.clear()
        self._shown = None
        QDesktopServices.unsetUrlHandler("file")
        self._window.setWindowTitle(self._title)
        self._show(view)
        # A reload behind the lock may have deleted it.
        if self._focused is not None and isValid(self._focused):
            self._focused.setFocus()
        self._focused = None
        self.watch(self._dossier)

    def _refused(self, error: Exception) -> None:
        if not isinstance(error, UserError):
            raise error
        if self._shown is not None:
            self._shown.tell(error)

    @Slot()
    def _idle_passed(self) -> None:
        # Whoever waits for a print of two hundred agreements has not gone away.
        own = self._window.dossier_jobs
        if own is not None and own.shown_now:
            self._idle.start()
        else:
            self.lock()

    def _drop(self) -> None:
        """Let what was hidden go: the dossier is closed."""
        if self.view is not None:
            QDesktopServices.unsetUrlHandler("file")
            self.view.deleteLater()
        self.view = self._shown = self._focused = None

    def _leave_what_floats(self) -> None:
        """Leave the field being typed, and close dialogs and lists as Escape would."""
        focused = QApplication.focusWidget()
        if focused is not None:
            focused.clearFocus()
        for _ in range(MOST_ABOVE):
            above = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if above is None:
                break
            _leave(above)
        for widget in QApplication.topLevelWidgets():
            if widget.isVisible() and widget is not self._window:
                _leave(widget)
        QToolTip.hideText()
        if focused is not None and isValid(focused) and self._window.isAncestorOf(focused):
            self._focused = focused


def _leave(widget: QWidget) -> None:
    if isinstance(widget, QDialog):
        widget.reject()
    else:
        widget.close()
