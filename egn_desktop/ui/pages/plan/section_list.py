# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of the plan's sections, each with its state."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from egn_desktop.plans.queries import SectionRow
from egn_desktop.plans.rules import SectionState
from egn_desktop.ui import theme
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.tips import set_tip

WIDTH = 256
ICONS = {
    SectionState.EMPTY: ("minus", "muted"),
    SectionState.STARTED: ("edit", "brand"),
    SectionState.DONE: ("check", "good"),
    SectionState.TO_REVIEW: ("clock", "attention"),
}
ID = Qt.ItemDataRole.UserRole


class SectionList(QListWidget):
    """Sections in the plan's order; the arrows go from one to the next."""

    section_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(theme.pixels(WIDTH))
        self.setIconSize(QSize(theme.pixels(16), theme.pixels(16)))
        self.setAccessibleName("Parties du plan")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._moved)

    def show_sections(self, rows: Sequence[SectionRow]) -> None:
        """Show the sections and their states; the chosen one stays chosen."""
        if self.count() != len(rows):
            self.blockSignals(True)
            self.clear()
            for row in rows:
                item = QListWidgetItem(row.section.title)
                item.setData(ID, row.section.id)
                self.addItem(item)
            self.blockSignals(False)
        for at, row in enumerate(rows):
            item = self.item(at)
            item.setIcon(icon(*ICONS[row.state]))
            state = row.state.label.lower()
            if row.section.obligatory:
                state = f"{state}, obligatoire"
            words = f"{row.section.title}\u202f: {state}"
            set_tip(item, words)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, words)

    def choose(self, section_id: str) -> None:
        """Choose a section."""
        for at in range(self.count()):
            if self.item(at).data(ID) == section_id:
                self.setCurrentRow(at)

    @Slot(QListWidgetItem, QListWidgetItem)
    def _moved(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.section_chosen.emit(item.data(ID))
