# SPDX-License-Identifier: GPL-3.0-or-later
"""The assistant's window: what the product is at the left, the present step at the right."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from egn_desktop import VERSION
from egn_desktop.errors import UserError
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.help import HelpPanel
from egn_desktop.ui.jobs import Jobs
from egn_desktop.ui.welcome.choices import ChoicesView
from egn_desktop.ui.welcome.demo import DemoStep
from egn_desktop.ui.welcome.open import SECRET_WANTED, OpenStep
from egn_desktop.ui.welcome.place import PlaceStep
from egn_desktop.ui.welcome.problem import NextStep
from egn_desktop.ui.welcome.promise import PromisePanel
from egn_desktop.ui.welcome.restore import RestoreStep
from egn_desktop.ui.welcome.school import SchoolAnswers, SchoolStep
from egn_desktop.ui.welcome.sheet import SheetStep
from egn_desktop.ui.welcome.step import Step

if TYPE_CHECKING:
    from egn_desktop.dossier import Dossier
    from egn_desktop.dossier.errors import DamagedError

# Below this width the step needs the room of what the product is.
NARROW = 920
STEPS = ("create", "place", "sheet", "open", "restore", "demo")


class WelcomeView(QWidget):
    """Create, open, restore or try; ``opened`` carries the open dossier.

    ``made`` carries one that is open while its recovery code is on the screen.
    """

    opened = Signal(object)
    made = Signal(object)
    open_asked = Signal(object)
    take_over_asked = Signal(object)

    def __init__(self, settings: MachineSettings, jobs: Jobs) -> None:
        super().__init__()
        recent = settings.recent_files
        self._failed_path: Path | None = None
        self.pending: Dossier | None = None
        self._stack = QStackedWidget()
        self._choices = ChoicesView(recent)
        self._school, self._place = SchoolStep(), PlaceStep(jobs)
        self._sheet, self._open = SheetStep(jobs), OpenStep(jobs)
        self._restore, self._demo = RestoreStep(jobs, recent), DemoStep(jobs)
        self._stack.addWidget(self._choices)
        for step in self._steps():
            self._stack.addWidget(step)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._promise = PromisePanel(VERSION)
        row.addWidget(self._promise)
        row.addWidget(self._stack, 1)
        self._help = HelpPanel(self)
        self._connect()

    def show_error(self, path: Path, error: UserError) -> None:
        """Tell why a dossier did not open, where the user can do something about it."""
        self._failed_path = path
        if error.exit_code in SECRET_WANTED:
            self._stack.setCurrentWidget(self._open)
            self._open.ask_secret(path, error)
        else:
            self._stack.setCurrentWidget(self._choices)
            self._choices.show_error(error)

    def tell(self, error: UserError) -> None:
        """Tell what went wrong in the step that is shown."""
        shown = self._stack.currentWidget()
        if isinstance(shown, Step | ChoicesView):
            shown.show_error(error)

    def show_step(self, name: str) -> Step:
        """Show one of ``STEPS``."""
        step = self._steps()[STEPS.index(name)]
        if step is self._restore:
            self._restore.start()
        self._stack.setCurrentWidget(step)
        return step

    def restore(self, damage: "DamagedError") -> None:
        """Show what can be restored in the place of a file that is damaged, or lost."""
        self._restore.start(damage)
        self._stack.setCurrentWidget(self._restore)

    def show_help(self) -> None:
        """Show the guide's first page, or hide it."""
        if self._help.isVisible():
            self._help.close_panel()
        else:
            self._help.show_page("welcome")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._promise.setHidden(self.width() < theme.pixels(NARROW))
        self._help.place()

    def _steps(self) -> tuple[Step, ...]:
        return self._school, self._place, self._sheet, self._open, self._restore, self._demo

    def _connect(self) -> None:
        self._choices.chosen.connect(self._choose)
        self._choices.recent_chosen.connect(self.open_asked)
        self._choices.step_chosen.connect(self._take_step)
        for step in self._steps():
            step.left.connect(self._go_back)
            step.opened.connect(self.opened)
            step.step_chosen.connect(self._take_step)
        self._school.answered.connect(self._school_answered)
        self._place.created.connect(self._created)
        self._restore.restored.connect(self._restored)

    @Slot(str)
    def _choose(self, choice: str) -> None:
        self._choices.problem.clear()
        self.show_step(choice)
        if choice == "open":
            self._open.choose()

    @Slot(object)
    def _take_step(self, step: NextStep) -> None:
        if step is NextStep.RESTORE:
            self._restore_after_damage()
        elif step is NextStep.OTHER_FILE:
            self._choose("open")
        elif step is NextStep.RETRY and self._failed_path is not None:
            self.open_asked.emit(self._failed_path)
        elif step is NextStep.TAKE_OVER and self._failed_path is not None:
            self.take_over_asked.emit(self._failed_path)

    def _restore_after_damage(self) -> None:
        """Propose the backups of the file whose damage is told in the step that is shown."""
        from egn_desktop.dossier.errors import DamagedError

        shown = self._stack.currentWidget()
        error = shown.problem.error if isinstance(shown, Step | ChoicesView) else None
        self._choices.problem.clear()
        if isinstance(error, DamagedError):
            self.restore(error)
        else:
            self.show_step("restore")

    @Slot()
    def _go_back(self) -> None:
        is_second = self._stack.currentWidget() is self._place
        self._stack.setCurrentWidget(self._school if is_second else self._choices)

    @Slot(object)
    def _school_answered(self, school: SchoolAnswers) -> None:
        self._place.start(school)
        self._stack.setCurrentWidget(self._place)

    @Slot(object)
    def _created(self, dossier: "Dossier") -> None:
        # Open, but not yet handed over: who closes the window now must close it too.
        self.pending = dossier
        self.made.emit(dossier)
        self._sheet.start(dossier)
        self._stack.setCurrentWidget(self._sheet)

    @Slot(object)
    def _restored(self, path: Path) -> None:
        self._stack.setCurrentWidget(self._open)
        self._open.open_file(path)
