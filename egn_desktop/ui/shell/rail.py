# SPDX-License-Identifier: GPL-3.0-or-later
"""The navigation rail: the school, the pages, and crisis mode at its foot."""

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QVBoxLayout, QWidget

from egn_desktop import features
from egn_desktop.school.queries import Identity
from egn_desktop.ui import theme
from egn_desktop.ui.icons import icon
from egn_desktop.ui.shell.undo_row import UndoRow
from egn_desktop.ui.widgets.labels import plain_label
from egn_desktop.ui.widgets.scroll import scrolled
from egn_desktop.ui.widgets.tips import set_tip

WIDTH, NARROW_WIDTH = 216, 68
MARGINS, NARROW_MARGINS = (12, 16, 12, 14), (2, 8, 2, 8)
ICON_SIZE = 18


class Rail(QFrame):
    """Never moves; each entry shows its page, with Ctrl and its digit too.

    In a small window it leaves the room to the page and shows its drawings alone.
    """

    page_chosen = Signal(str)
    crisis_asked = Signal()

    def __init__(self, foot: UndoRow) -> None:
        super().__init__()
        self._is_narrow = False
        self._foot = foot
        self.setObjectName("Rail")
        self.setAccessibleName("Pages")
        self._school, self._where = plain_label(), plain_label()
        for label, name in ((self._school, "RailSchool"), (self._where, "RailWhere")):
            label.setObjectName(name)
            label.setWordWrap(True)
        self._group = QButtonGroup(self)
        self._entries: dict[str, QPushButton] = {}
        column = self._column = QVBoxLayout(self)
        column.setSpacing(3)
        column.addWidget(self._school)
        column.addWidget(self._where)
        column.addSpacing(10)
        column.addWidget(scrolled(self._pages()), 1)
        column.addWidget(foot)
        self._crisis = self._crisis_button()
        column.addWidget(self._crisis)
        self._say()
        theme.changed().connect(self._dress)
        self._dress()

    def show_school(self, identity: Identity) -> None:
        """Name the school at the head of the rail."""
        self._school.setText(identity.name or "Votre dossier")
        where = " · ".join(part for part in (identity.town, identity.uai) if part)
        self._where.setText(where or "À compléter dans les réglages")

    def choose(self, page_id: str) -> None:
        """Mark the page that is shown."""
        self._entries[page_id].setChecked(True)

    def _pages(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for place, feature in enumerate(features.FEATURES):
            entry = self._entry(feature, place)
            self._entries[feature.id] = entry
            column.addWidget(entry)
        column.addStretch()
        return part

    def _entry(self, feature: features.Feature, place: int) -> QPushButton:
        entry = QPushButton(icon(feature.icon, "rail_text"), "")
        entry.setObjectName("RailEntry")
        entry.setAccessibleName(feature.title)
        entry.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        entry.setCheckable(True)
        entry.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        set_tip(entry, f"{feature.title} (Ctrl+{place + 1})")
        entry.setProperty("page", feature.id)
        entry.clicked.connect(self._choose)
        self._group.addButton(entry)
        return entry

    def set_narrow(self, narrow: bool) -> None:
        """Show the drawings alone, or with their words."""
        if narrow != self._is_narrow:
            self._is_narrow = narrow
            self._say()
            self._dress()

    def _say(self) -> None:
        for label in (self._school, self._where):
            label.setHidden(self._is_narrow)
        # The style leaves four pixels between icon and words; a space is the only way to more.
        for button in (*self._entries.values(), self._crisis):
            button.setText("" if self._is_narrow else f" {button.accessibleName()}")
        self._foot.set_narrow(self._is_narrow)

    def _crisis_button(self) -> QPushButton:
        button = QPushButton(icon("crisis", "rail_alarm"), "")
        button.setAccessibleName("Mode crise")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setObjectName("RailCrisis")
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        set_tip(button, "Mode crise : l’essentiel, en grand (Ctrl+Maj+C)")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(self.crisis_asked)
        return button

    @Slot()
    def _choose(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, QPushButton):
            self.page_chosen.emit(pressed.property("page"))

    @Slot()
    def _dress(self) -> None:
        theme.dress(self, "rail")
        self.setFixedWidth(theme.pixels(NARROW_WIDTH if self._is_narrow else WIDTH))
        self._column.setContentsMargins(*(NARROW_MARGINS if self._is_narrow else MARGINS))
