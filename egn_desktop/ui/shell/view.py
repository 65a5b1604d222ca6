# SPDX-License-Identifier: GPL-3.0-or-later
"""The open dossier: rail at the left, the pages, and what is told above and below them."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from egn_desktop import exports, features
from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.ui import theme
from egn_desktop.ui.bar import Bar
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.help import HelpPanel
from egn_desktop.ui.page import Page
from egn_desktop.ui.shell.banner import Banner
from egn_desktop.ui.shell.clock_banner import ClockBanner
from egn_desktop.ui.shell.copies_strip import CopiesStrip
from egn_desktop.ui.shell.crisis_strip import CrisisStrip
from egn_desktop.ui.shell.edge import Edge
from egn_desktop.ui.shell.notices import Notices
from egn_desktop.ui.shell.rail import Rail
from egn_desktop.ui.shell.undo_row import UndoRow
from egn_desktop.ui.widgets.progress import JobLine
from egn_desktop.ui.widgets.scroll import squeezed

CRISIS_VIEW = "egn_desktop.ui.crisis:CrisisView"
# Below this width the page needs the room of the rail's words.
NARROW = 920
# Windows has two ways to redo, both in use.
UNDO_KEYS, REDO_KEYS = ("Ctrl+Z",), ("Ctrl+Shift+Z", "Ctrl+Y")


def has_own(field: QObject, keys: QKeyEvent) -> bool:
    """Tell whether a field has something typed that these keys should take back, or back in."""
    is_undo = keys.matches(QKeySequence.StandardKey.Undo)
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() if is_undo else field.isRedoAvailable()
    if isinstance(field, QPlainTextEdit):
        document = field.document()
        return document.isUndoAvailable() if is_undo else document.isRedoAvailable()
    return False


def _turns(keys: QKeyEvent) -> bool:
    """Tell whether keys mean undo or redo."""
    wanted = QKeySequence(keys.keyCombination())
    return wanted in [QKeySequence(key) for key in (*UNDO_KEYS, *REDO_KEYS)]


class ShellView(QWidget):
    """Pages are made when first shown; crisis mode takes the whole window."""

    copy_asked = Signal()
    leave_asked = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._pages: dict[str, Page] = {}
        self._areas: dict[str, QScrollArea] = {}
        self._shown = ""
        self._crisis: QWidget | None = None
        self._undo_row = UndoRow(context)
        self._rail = Rail(self._undo_row)
        self._banner = Banner(context.services.dossier)
        self._clock = ClockBanner(context)
        self._running = CrisisStrip(context.services.dossier)
        self._copies = CopiesStrip(context)
        self._stack = QStackedWidget()
        self._progress = JobLine(context.jobs)
        self._bar = Bar(context)
        self.notices = Notices()
        self._main = QWidget()
        self._layers = QStackedWidget()
        self._layers.addWidget(self._main)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(0)
        # Above everything, crisis mode too: nothing that is noted below would be kept.
        self._outer.addWidget(Edge((self.notices,), (16, 12, 16, 12)))
        self._outer.addWidget(self._layers, 1)
        self._beside_rail = QVBoxLayout()
        self._beside_rail.setSpacing(0)
        self._foot = Edge((self._progress, self._bar), (32, 0, 32, 16))
        self._lay_out()
        self._help = HelpPanel(self)
        self._connect()
        self._add_keys()
        self._name_school()
        self.show_page(features.FEATURES[0].id)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._shown]

    @Slot(str, object)
    def show_page(self, page_id: str, target: object = None) -> None:
        """Show a page, made now if it never was, and hand it what it is to show."""
        self.leave_crisis()
        self._help.close_panel()
        if page_id not in self._pages:
            self._make_page(page_id)
        self._shown = page_id
        self._rail.choose(page_id)
        self._stack.setCurrentWidget(self._areas[page_id])
        self.page.arrive(target)

    def _make_page(self, page_id: str) -> None:
        feature = next(feature for feature in features.FEATURES if feature.id == page_id)
        try:
            made = cast("Page", features.resolve(feature.page)(self._context))
        except BaseException:
            # The page that was shown still is, and the rail says so.
            if self._shown:
                self._rail.choose(self._shown)
            raise
        # Its name at least, should it not be read.
        made.set_heading(feature.title, "")
        self._pages[page_id] = made
        # On a screen that is too small even for what a page cannot do without.
        self._areas[page_id] = squeezed(made)
        self._stack.addWidget(self._areas[page_id])

    @Slot()
    def show_crisis(self) -> None:
        """Show crisis mode over everything, made anew so that it says what is true now."""
        if self._crisis is not None:
            return
        self._help.close_panel()
        crisis = features.resolve(CRISIS_VIEW)(self._context)
        crisis.left.connect(self.leave_crisis)
        self._crisis = crisis
        # What is said there must be seen there.
        self._outer.addWidget(self._foot)
        self._layers.addWidget(crisis)
        self._layers.setCurrentWidget(crisis)
        # Else the keyboard stays with a field of the page below, which nobody sees.
        crisis.setFocus()

    @Slot()
    def leave_crisis(self) -> None:
        """Go back to the page that was shown."""
        if self._crisis is None:
            return
        self._beside_rail.addWidget(self._foot)
        self._layers.setCurrentWidget(self._main)
        self._layers.removeWidget(self._crisis)
        self._crisis.deleteLater()
        self._crisis = None

    @Slot()
    def show_help(self) -> None:
        """Show the guide's page for what is shown, or hide it."""
        if self._help.isVisible():
            self._help.close_panel()
        else:
            self._help.show_page(self._shown, self.page.guide_page)

    @Slot()
    def show_shortcuts(self) -> None:
        """Show the list of keys, of the guide."""
        self._help.show_shortcuts()

    def tell(self, error: UserError) -> None:
        """Tell what went wrong in the bar."""
        self._context.fail(error)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._rail.set_narrow(self.width() < theme.pixels(NARROW))
        self._help.place()

    def _lay_out(self) -> None:
        self._beside_rail.addWidget(
            Edge((self._banner, self._clock, self._copies, self._running), (32, 16, 32, 0))
        )
        self._beside_rail.addWidget(self._stack, 1)
        self._beside_rail.addWidget(self._foot)
        row = QHBoxLayout(self._main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._rail)
        row.addLayout(self._beside_rail, 1)

    @contained
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field takes Ctrl+Z for itself even with nothing typed to undo.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and _turns(event)
            and not has_own(watched, event)
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    @Slot(QWidget, QWidget)
    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if new is not None:
            new.installEventFilter(self)

    def _connect(self) -> None:
        self._rail.page_chosen.connect(self.show_page)
        self._rail.crisis_asked.connect(self.show_crisis)
        self._running.back_asked.connect(self.show_crisis)
        self._banner.copy_asked.connect(self.copy_asked)
        self._banner.leave_asked.connect(self.leave_asked)
        self._copies.compare_asked.connect(self._compare)
        self._help.closed.connect(self._help_closed)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus_moved)
        self._context.page_wanted.connect(self.show_page)
        self._context.changed.connect(self._changed)

    def _add_keys(self) -> None:
        for place in range(len(features.FEATURES)):
            self._add_key(f"Ctrl+{place + 1}", self._page_key)
        self._add_key("Ctrl+Shift+C", self.show_crisis)
        self._add_key("F1", self.show_help)
        self._add_key("Ctrl+?", self.show_shortcuts)
        self._add_key("Ctrl+F", self._find)
        self._add_key("Ctrl+N", self._new)
        self._add_key("Ctrl+P", self._print)
        for keys in UNDO_KEYS:
            self._add_key(keys, self._undo)
        for keys in REDO_KEYS:
            self._add_key(keys, self._context.redo)

    def _add_key(self, keys: str, slot: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(slot)

    @Slot()
    def _page_key(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QShortcut):
            place = int(pressed.key().toString()[-1]) - 1
            self.show_page(features.FEATURES[place].id)

    @Slot(object)
    def _compare(self, path: Path) -> None:
        self.show_page("settings", ("copies", path))

    @Slot()
    def _find(self) -> None:
        if self._crisis is None:
            self.page.find()

    @Slot()
    def _new(self) -> None:
        if self._crisis is None:
            self.page.new()

    @Slot()
    def _print(self) -> None:
        page = self.page
        if self._crisis is None and page.document:
            key = page.document_key or self._first_subject(page.document)
            self._context.print_document(page.document, key)

    def _first_subject(self, document: str) -> str:
        """Return what a document is printed for when the page names nothing: the latest."""
        subjects = exports.offer_of(document).beginning(self._context.services.dossier)
        return subjects[0].key if subjects else ""

    @Slot()
    def _undo(self) -> None:
        self._context.undo()

    @Slot()
    def _help_closed(self) -> None:
        # Qt would hand it to whatever comes next, the rail for instance.
        self.page.setFocus()

    @Slot(object)
    def _changed(self, kinds: frozenset[Changed]) -> None:
        if Changed.SCHOOL in kinds:
            self._name_school()
        if Changed.PLAN in kinds:
            self._running.reload()

    def _name_school(self) -> None:
        self._rail.show_school(self._context.services.school.identity())
