# SPDX-License-Identifier: GPL-3.0-or-later
"""What two versions say differently, section by section."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.plans.comparison import ChangeGroup, TextChange
from egn_desktop.plans.queries import VersionRow, comparison
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.inputs import ChoiceInput
from egn_desktop.ui.widgets.labels import body, muted, section, strong
from egn_desktop.ui.widgets.scroll import scrolled

MOST_LINES = 12
DRAFT = None


class ComparisonView(Card):
    """Two versions to choose, and below what changed from the first to the second."""

    def __init__(self, context: Context) -> None:
        super().__init__("Changements d’une version à l’autre")
        self._context = context
        self._numbers: list[int] = []
        self.before = ChoiceInput()
        self.before.setAccessibleName("Version de départ")
        self.after = ChoiceInput()
        self.after.setAccessibleName("Version d’arrivée")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(muted("De"))
        line.addWidget(self.before)
        line.addWidget(muted("à"))
        line.addWidget(self.after)
        line.addStretch()
        for choice in (self.before, self.after):
            choice.currentIndexChanged.connect(self._compare)
        self._found = QWidget()
        self._holder = QVBoxLayout()
        self._holder.addWidget(self._found)
        self._holder.addStretch()
        inside = QWidget()
        inside.setLayout(self._holder)
        self._holder.setContentsMargins(0, 0, 10, 0)
        self.body.addLayout(line)
        self.body.addWidget(scrolled(inside), 1)

    def show_versions(self, rows: Sequence[VersionRow]) -> None:
        """Offer these versions and the draft; the latest against the draft at first."""
        numbers = [row.number for row in rows]
        if numbers != self._numbers:
            self._numbers = numbers
            for choice in (self.before, self.after):
                choice.blockSignals(True)
                choice.clear()
            for number in numbers:
                self.before.addItem(f"Version {number}", number)
                self.after.addItem(f"Version {number}", number)
            self.after.insertItem(0, "Projet", DRAFT)
            self.after.setCurrentIndex(0)
            for choice in (self.before, self.after):
                choice.blockSignals(False)
        self._compare()

    def text(self) -> str:
        """Return all that is shown, one line each: what a screen reader would say."""
        return "\n".join(label.text() for label in self._found.findChildren(type(body(""))))

    @Slot()
    def _compare(self) -> None:
        if not self._numbers:
            return
        before, after = self.before.currentData(), self.after.currentData()
        found = comparison(self._context.services.dossier, before, after)
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for group in found:
            self._add_group(column, group)
        if not found:
            column.addWidget(muted("Aucun\u202f: elles disent la même chose."))
        self._holder.replaceWidget(self._found, made)
        self._found.hide()
        self._found.deleteLater()
        self._found = made

    def _add_group(self, column: QVBoxLayout, group: ChangeGroup) -> None:
        column.addWidget(section(group.title))
        for change in group.changes:
            column.addWidget(strong(f"{change.title} · {change.how}"))
            for text in change.texts:
                self._add_text(column, text)
        column.addSpacing(6)

    def _add_text(self, column: QVBoxLayout, text: TextChange) -> None:
        column.addWidget(muted(text.label))
        lines = [f"−  {line}" for line in text.removed] + [f"+  {line}" for line in text.added]
        for line in lines[:MOST_LINES]:
            column.addWidget(body(line))
        if len(lines) > MOST_LINES:
            column.addWidget(body("…"))
