# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page of the rail is: a heading with its actions, a body, and a panel at the right."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from egn_desktop.changes import Changed
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.unread import Unread
from egn_desktop.ui.widgets.labels import muted, title
from egn_desktop.ui.widgets.panel import SidePanel

if TYPE_CHECKING:
    from egn_desktop.dossier.undo import Step

MARGINS, NARROW_MARGINS = (32, 26, 32, 26), (16, 12, 16, 12)
NARROW = 700
LEAST_BESIDE = 360


class Page(QWidget):
    """A page: override ``reload``, and ``new``, ``find`` and ``arrive`` where they make sense."""

    panel_closed = Signal()

    shows: frozenset[Changed] = frozenset()
    # What Ctrl+P prints, and for which subject; left empty, the document's first.
    document: str = ""
    document_key: str = ""

    @property
    def guide_page(self) -> str:
        """File of the guide that F1 opens; empty for the feature's own."""
        return ""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.services = context.services
        self._stale = True
        self._panel: SidePanel | None = None
        self._focus_before: QWidget | None = None
        self.setProperty("ground", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = title("")
        self._state = muted("")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(12)
        self._shown = QWidget()
        self.body = QVBoxLayout(self._shown)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(16)
        self._unread: Unread | None = None
        self._lay_out()
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.setEnabled(False)
        self._escape.activated.connect(self._panel_left)
        context.changed.connect(self._something_changed)
        context.turning.connect(self._something_turns)

    def reload(self) -> None:
        """Show what the dossier now says."""

    def new(self) -> None:
        """Begin something new (Ctrl+N)."""

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Go to the search field (Ctrl+F)."""

    def arrive(self, target: object) -> None:
        """Show what another page sent the user here for."""

    def set_heading(self, title: str, state: str) -> None:
        """Set the title, and the one line that says the state in figures."""
        self._title.setText(title)
        self._state.setText(state)
        self._state.setVisible(bool(state))
        self.setAccessibleName(title)

    def add_action(self, button: QWidget) -> None:
        """Add a button at the right of the title; the main one comes last."""
        self._actions.addWidget(button)

    def read(self, reading: Callable[[], object]) -> None:
        """Show what a reading gives; one that fails is told, and the page says that it failed.

        What switches a part of the page, or narrows a list, reads by this: an empty list that was
        merely not read would pass for the truth.
        """
        try:
            reading()
        except Exception as error:
            self._stale = True  # what could not be read is read when next asked for
            self._show_unread(error)
            raise
        if not self._stale:
            self._show_read()

    @property
    def panel(self) -> QWidget | None:
        """What the side panel shows, or None."""
        return self._panel.content if self._panel is not None else None

    def open_panel(self, widget: QWidget, title: str) -> None:
        """Show a widget in the panel at the right, in place of what it showed.

        An undo closes the panel, unless the widget ``is_draft``, of something not kept yet, or
        names the table and the id of the row whose changes it shows by itself, ``row_followed``.
        """
        if self._panel is None:
            self._focus_before = QApplication.focusWidget()
        else:
            self._take_panel_away()
        self._panel = SidePanel(widget, title, self)
        self._panel.left.connect(self._panel_left)
        self._place_panel()
        self._panel.show()
        self.updateGeometry()
        self._escape.setEnabled(True)
        self._panel.take_focus()

    def close_panel(self) -> None:
        """Close the panel; the focus goes back to where it was."""
        if self._panel is None:
            return
        before, self._focus_before = self._focus_before, None
        self._take_panel_away()
        self._escape.setEnabled(False)
        # A reload may have deleted it meanwhile, or hidden it.
        if before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.panel_closed.emit()

    def refresh(self) -> None:
        """Reload now when the page is seen, else when it is next shown."""
        self._stale = True
        if self.isVisible():
            self._reload_if_stale()

    @contained
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_stale()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_panel()

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint()
        if self._panel is None:
            return least
        # Its foot must be seen; what it stands over may be cut.
        return least.boundedTo(self._panel.minimumSizeHint())

    def hasHeightForWidth(self) -> bool:
        # A page takes the height that it is given. The stack would ask every hidden page at each
        # change of the one shown, which breaks all their wrapped words into lines again.
        return False

    def _reload_if_stale(self) -> None:
        if self._stale:
            self._stale = False
            self.read(self.reload)

    def _show_unread(self, error: Exception) -> None:
        is_lost = self.context.is_lost(error)
        if self._unread is not None and self._unread.is_lost == is_lost:
            return
        self._show_read()
        self._unread = Unread(is_lost=is_lost)
        self._unread.retry_asked.connect(self.context.retry_wanted if is_lost else self.refresh)
        self._main.addWidget(self._unread, 1)
        self._unread.show()
        self._shown.hide()
        self._state.hide()

    def _show_read(self) -> None:
        if self._unread is not None:
            self._unread.hide()
            self._unread.deleteLater()
            self._unread = None
            self._shown.show()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(16)
        line.addWidget(self._title, 1)
        line.addLayout(self._actions)
        heading = QVBoxLayout()
        heading.setSpacing(2)
        heading.addLayout(line)
        heading.addWidget(self._state)
        self._main = QVBoxLayout(self)
        self._main.setSpacing(16)
        self._main.addLayout(heading)
        self._main.addWidget(self._shown, 1)

    def _place_panel(self) -> None:
        """Put the panel beside what the page shows, or over it where both have no room."""
        margins = NARROW_MARGINS if self.width() < theme.pixels(NARROW) else MARGINS
        left, top, right, bottom = margins
        if self._panel is None:
            self._main.setContentsMargins(*margins)
            return
        width = min(self._panel.wanted_width, self.width() - left)
        self._panel.setGeometry(self.width() - width, 0, width, self.height())
        self._panel.raise_()
        self.body.activate()  # what was just hidden in it needs no room any more
        taken = self._main.contentsMargins()
        needed = self._main.minimumSize().width() - taken.left() - taken.right()
        beside = self.width() - width - left - right >= max(needed, theme.pixels(LEAST_BESIDE))
        self._main.setContentsMargins(left, top, right + width * beside, bottom)

    def _take_panel_away(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None:
            # Hidden first: the field that has the focus is left, and so keeps what was typed.
            panel.hide()
            panel.deleteLater()
            self._place_panel()
            self.updateGeometry()

    @Slot()
    def _panel_left(self) -> None:
        self.close_panel()

    @Slot(object)
    def _something_turns(self, step: "Step") -> None:
        """Close a panel that would show what an undo takes away, or what it was before."""
        if getattr(self.panel, "is_draft", False):
            return
        row: tuple[str, int] | None = getattr(self.panel, "row_followed", None)
        if row is None or step.takes_away(*row):
            self.close_panel()

    @Slot(object)
    def _something_changed(self, kinds: frozenset[Changed]) -> None:
        if kinds & self.shows:
            self.refresh()
