# SPDX-License-Identifier: GPL-3.0-or-later
"""What is said and offered when the open dossier's file is lost, damaged, or not what was expected.

A file that is lost loses nothing by itself: the window still holds the dossier, which goes on in
another place, or in its own once that answers again.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from egn_desktop.changes import Changed
from egn_desktop.errors import ExitCode, UserError
from egn_desktop.ui.jobs import Cancelled, Progress
from egn_desktop.ui.shell.notices import Matter, Notice, Notices
from egn_desktop.ui.welcome.files import dossier_filter, with_suffix

if TYPE_CHECKING:
    from egn_desktop.ui.context import Context
    from egn_desktop.ui.upkeep import Upkeep


class Rescue(QObject):
    """Answers for the file of one open dossier."""

    leave_asked = Signal()
    restore_asked = Signal()
    # The dossier goes on in a file of its own choice.
    moved = Signal()

    def __init__(self, context: "Context", notices: Notices, upkeep: "Upkeep") -> None:
        super().__init__(context)
        self._context = context
        self._dossier = context.services.dossier
        self._notices = notices
        self._upkeep = upkeep
        context.file_failed.connect(self.tell)
        context.retry_wanted.connect(self._retry)
        upkeep.refused.connect(self.tell)
        upkeep.damaged.connect(self.tell)
        upkeep.recovered.connect(self._recovered)
        for remark in self._dossier.remarks:
            self._remark(remark)
        if not self._dossier.read_only:
            upkeep.check_pages()

    @Slot(object)
    def tell(self, error: UserError) -> None:
        """Say what is wrong with the file, once, with what can be done about it."""
        if error.exit_code == ExitCode.DAMAGED:
            self._tell_damaged(error)
        else:
            self._tell_lost(error)

    def _tell_lost(self, error: UserError) -> None:
        from egn_desktop.dossier.errors import TakenOverError

        shown = self._notices.shown
        if shown is not None and type(shown.error) is type(error):
            return
        if isinstance(error, TakenOverError):
            # The other computer has all of it: a second copy would only part from that one.
            actions = (("Fermer le dossier", self.leave_asked.emit),)
        else:
            actions = (
                ("Enregistrer le dossier ailleurs…", self._move),
                ("Réessayer", self._retry),
                ("Restaurer une sauvegarde…", self.restore_asked.emit),
            )
        self._notices.add(Notice(Matter.LOST, error, actions))

    def _tell_damaged(self, error: UserError) -> None:
        actions = (
            ("Restaurer une sauvegarde…", self.restore_asked.emit),
            ("Plus tard", self._notices.answered),
        )
        self._notices.add(Notice(Matter.DAMAGED, error, actions))

    def _remark(self, error: UserError) -> None:
        from egn_desktop.dossier.errors import OlderThanSeenNotice, PartedNotice

        understood = ("J’ai compris", self._notices.answered)
        actions = (understood,)
        if isinstance(error, OlderThanSeenNotice | PartedNotice):
            actions = (("Comparer deux copies…", self._compare), understood)
        self._notices.add(Notice(Matter.REMARK, error, actions))

    def _compare(self) -> None:
        self._notices.answered()
        self._context.go("settings", "copies")

    @Slot()
    def _move(self) -> None:
        title = "Où enregistrer le dossier ?"
        name = self._dossier.path.name
        kinds = dossier_filter(self._notices)
        target = self._context.ask_save_file(title, name, kinds)
        if target is None:
            return
        target = with_suffix(target)
        dossier = self._dossier

        def work(_: Progress) -> Path:
            dossier.move_to(target)
            return target

        label = f"Enregistrement du dossier dans « {target.name} »"
        self._context.jobs.run(work, done=self._has_moved, failed=self._not_moved, label=label)

    @Slot()
    def _retry(self) -> None:
        dossier = self._dossier

        def work(_: Progress) -> None:
            from egn_desktop.dossier.errors import LostFile

            try:
                dossier.upkeep()
            except LostFile:
                # A share that came back is another one to this process: its handles stay dead.
                dossier.open_again()

        label = "Nouvelle tentative"
        self._context.jobs.run(work, done=self._answers, failed=self._not_yet, label=label)

    def _has_moved(self, target: Path) -> None:
        self._recovered()
        self.moved.emit()
        self._context.say(f"Le dossier est enregistré dans « {target} ».")

    def _not_moved(self, error: Exception) -> None:
        from egn_desktop.dossier.errors import PlaceLostError

        if not isinstance(error, PlaceLostError) or error.path != self._dossier.path:
            self._context.fail(error)
            return
        unread = UserError(
            f"Le contenu de « {self._dossier.path.name} » ne peut plus être lu d’ici.",
            kept=error.kept,
            todo="Réessayez quand le disque ou le partage répond de nouveau ; sinon, restaurez la "
            "dernière sauvegarde de cet ordinateur : sa date et ce qui manquerait vous seront "
            "dits d’abord.",
        )
        self._context.failed.emit(unread)

    def _answers(self, _: None) -> None:
        self._recovered()
        for remark in self._dossier.remarks:
            self._remark(remark)
        self._context.say("Le dossier répond de nouveau : rien n’a été perdu.")

    def _not_yet(self, error: Exception) -> None:
        if isinstance(error, UserError) and not isinstance(error, Cancelled):
            # Said anew, for who pressed the button must see that something was tried.
            self._context.failed.emit(error)
        else:
            self._context.fail(error)

    @Slot()
    def _recovered(self) -> None:
        self._notices.end(Matter.LOST)
        # What could not be read meanwhile is read now.
        self._dossier.announce(*Changed)
