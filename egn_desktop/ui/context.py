# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page is handed: the use cases, the settings, and the window's few services.

The window connects to the signals; a page is tested without it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from egn_desktop import paths
from egn_desktop.changes import Changed
from egn_desktop.errors import ExitCode, UserError
from egn_desktop.ui import clock
from egn_desktop.ui.jobs import Cancelled, Jobs

if TYPE_CHECKING:
    from egn_desktop.documents.pdf.received import ActiveContentError
    from egn_desktop.dossier.undo import Step
    from egn_desktop.services import Services
    from egn_desktop.settings import MachineSettings


# Beyond, it takes more than a moment.
_ROWS_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class BarOffer:
    """What the bar offers beside what it says: to undo it, or to do it again.

    Attributes:
        words: what stands on its button.
        tip: what exactly it takes back.
        icon: the drawing of its button.
        take: what it does.
    """

    words: str
    tip: str
    icon: str
    take: Callable[[], None]

    def __call__(self) -> None:
        self.take()


class Context(QObject):
    """One open dossier, as pages see it."""

    said = Signal(str, object)
    failed = Signal(object)
    # What is wrong with the dossier's own file: it is shown until it ends, not as a passing word.
    file_failed = Signal(object)
    page_wanted = Signal(str, object)
    changed = Signal(object)
    printed = Signal(object)
    # A step that is about to be undone or done again.
    turning = Signal(object)
    lock_wanted = Signal()
    # Another file of this dossier is to be opened in its place.
    other_wanted = Signal(object)
    # The dossier's file did not answer, and is to be tried again.
    retry_wanted = Signal()

    _written = Signal(object)

    def __init__(
        self, services: "Services", settings: "MachineSettings", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.settings = settings
        self.jobs = Jobs(self)
        self._closed = False
        self._offered: Step | None = None
        self._folder: Path | None = None
        self.jobs.refused.connect(self._job_refused)
        # A write made by a job comes from its thread; the signal brings it over to this one.
        self._written.connect(self._tell)
        services.dossier.listen(self._hear)
        clock.follow(services.dossier.now)

    def close(self) -> None:
        """Stop the jobs and hear no more of the dossier, which may then be closed."""
        self._closed = True
        self.jobs.shutdown()
        clock.follow(None)

    def say(self, text: str) -> None:
        """Say something that nobody needs to take back."""
        self.said.emit(text, None)

    def say_done(self, text: str) -> None:
        """Say what was just done, with the way back."""
        step = self.services.dossier.undo_stack.last
        # What changed nothing leaves an earlier step the last one: that was not just done.
        is_new = step is not None and step is not self._offered
        self._offered = step
        self.said.emit(text, self._back(step) if step is not None and is_new else None)

    def undo(self, wanted: "Step | None" = None) -> None:
        """Take back what was done last, and say what it was.

        Args:
            wanted: what is meant, when the user was offered just that.
        """
        stack = self.services.dossier.undo_stack
        step = wanted or stack.last
        if step is None:
            self.say("Il n’y a rien à annuler.")
        else:
            self._turn(step, partial(stack.undo, step), "Annulé", self._again)

    def redo(self) -> None:
        """Do again what was undone last, and say what it is."""
        stack = self.services.dossier.undo_stack
        if stack.next is None:
            self.say("Il n’y a rien à rétablir.")
        else:
            self._turn(stack.next, stack.redo, "Rétabli", self._back)

    def _turn(
        self,
        step: "Step",
        act: Callable[[], str],
        said: str,
        way: "Callable[[Step], BarOffer]",
    ) -> None:
        def done(words: str) -> None:
            self.said.emit(f"{said} : {words}.", way(step))

        self.turning.emit(step)

        if len(step.rows) > _ROWS_AT_ONCE:
            label = f"{said} : {step.words}"
            self.jobs.run(lambda _: act(), done=done, failed=self.fail, label=label)
            return
        try:
            words = act()
        except UserError as error:
            self.fail(error)
        else:
            done(words)

    def _back(self, step: "Step") -> BarOffer:
        tip = f"Annuler : {step.words} (Ctrl+Z)"
        return BarOffer("Annuler", tip, "undo", partial(self.undo, step))

    def _again(self, step: "Step") -> BarOffer:
        tip = f"Rétablir : {step.words} (Ctrl+Maj+Z)"
        return BarOffer("Rétablir", tip, "redo", self.redo)

    def fail(self, error: Exception) -> None:
        """Say what was refused, what was kept and what to do; what is a bug is raised anew."""
        if isinstance(error, Cancelled):
            self.say(str(error))
        elif isinstance(error, UserError):
            path = self.services.dossier.path
            (self.file_failed if _is_of_file(error, path) else self.failed).emit(error)
        else:
            raise error

    def is_lost(self, error: Exception) -> bool:
        """Tell whether an error says that the place of the open dossier does not answer."""
        return (
            isinstance(error, UserError)
            and error.exit_code == ExitCode.PLACE_LOST
            and _is_of_file(error, self.services.dossier.path)
        )

    def go(self, page_id: str, target: object = None) -> None:
        """Show another page; its ``arrive`` is given the target."""
        self.page_wanted.emit(page_id, target)

    def print_document(self, document_id: str, key: str = "") -> None:
        """Ask where, print a document off the window's thread, and open it."""
        from egn_desktop.ui.printing import print_document

        try:
            print_document(self, document_id, key)
        except UserError as error:
            self.fail(error)

    def confirm(self, title: str, text: str, action: str) -> bool:
        """Ask before something is lost for good; ``text`` says exactly what goes."""
        from egn_desktop.ui.widgets.ask import LossDialog

        dialog = LossDialog(title, text, action, _window())
        answer = dialog.exec()
        dialog.deleteLater()
        return answer == QDialog.DialogCode.Accepted

    def agree_to_actions(self, error: "ActiveContentError") -> bool:
        """Ask whether a PDF is kept though it would do something besides showing its pages."""
        text = (
            f"{error.what} Une pièce du dossier n’en a pas besoin, et l’ouvrir peut être "
            f"dangereux. {error.todo}"
        )
        title = "Joindre ce PDF tel quel\u202f?"
        return self.confirm(title, text, "Joindre quand même")

    def ask_open_file(self, title: str, filter: str) -> Path | None:
        """Have the user choose a file to read."""
        chosen, _ = QFileDialog.getOpenFileName(_window(), title, str(self._start()), filter)
        return self._remember(chosen, folder=False)

    def ask_open_files(self, title: str, filter: str) -> list[Path]:
        """Have the user choose files to read."""
        chosen, _ = QFileDialog.getOpenFileNames(_window(), title, str(self._start()), filter)
        found = [self._remember(path, folder=False) for path in chosen]
        return [path for path in found if path is not None]

    def ask_save_file(self, title: str, name: str, filter: str) -> Path | None:
        """Have the user choose where a file goes, under a proposed name."""
        proposed = str(self._start() / name)
        chosen, _ = QFileDialog.getSaveFileName(_window(), title, proposed, filter)
        return self._remember(chosen, folder=False)

    def ask_folder(self, title: str) -> Path | None:
        """Have the user choose a folder."""
        chosen = QFileDialog.getExistingDirectory(_window(), title, str(self._start()))
        return self._remember(chosen, folder=True)

    def _start(self) -> Path:
        if self._folder is not None and paths.is_there(self._folder):
            return self._folder
        return paths.documents_home()

    def _remember(self, chosen: str, *, folder: bool) -> Path | None:
        if not chosen:
            return None
        path = Path(chosen)
        self._folder = path if folder else path.parent
        return path

    def _hear(self, kinds: frozenset[Changed]) -> None:
        if not self._closed:
            self._written.emit(kinds)

    @Slot(object)
    def _tell(self, kinds: frozenset[Changed]) -> None:
        if not self._closed:
            self.changed.emit(kinds)

    @Slot(object)
    def _job_refused(self, error: UserError) -> None:
        self.fail(error)


def _is_of_file(error: UserError, path: Path) -> bool:
    """Tell what ended the use of a file from what a second place, or a bad form, refuses."""
    is_kind = error.exit_code in (ExitCode.PLACE_LOST, ExitCode.DAMAGED)
    return is_kind and getattr(error, "path", None) == path


def _window() -> QWidget | None:
    return QApplication.activeWindow()
