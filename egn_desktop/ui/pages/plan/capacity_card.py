# SPDX-License-Identifier: GPL-3.0-or-later
"""The capacity check of the scenario that is shown, class by class."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.plans.queries import ScenarioRow, capacity_part
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import Chip, body, muted, section, strong

NARROW = 48
LEAST_FOR_CLASSES = 430
TOP = Qt.AlignmentFlag.AlignTop


class CapacityCard(QWidget):
    """What the school can count on, and what it lacks."""

    circumstance_changed = Signal(str, bool)
    classes_wanted = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._chip = Chip("")
        self.verdict = body("")
        self._assumed = muted("")
        self.checks = {
            "network": QCheckBox("Familles\u202f: courant et réseau"),
            "stock": QCheckBox("Le matériel peut être sorti"),
        }
        for box in self.checks.values():
            box.clicked.connect(self._ticked)
        self._lines = QWidget()
        self._lay_out()

    def show_row(self, row: ScenarioRow) -> None:
        """Show the check of a scenario as the dossier now has it."""
        found = capacity_part(self._context.services.dossier, row)
        words = {"good": "Assurée", "bad": "Insuffisante"}
        self._chip.set_state(words.get(found.tone, "À compléter"), found.tone)
        self.verdict.setText(found.verdict)
        self._assumed.setText(found.assumed)
        self.checks["network"].setChecked(row.circumstances.network)
        self.checks["stock"].setChecked(row.circumstances.stock)
        self.checks["stock"].setEnabled(row.circumstances.network)
        self._show_lines(found.lines)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(section("Capacité"))
        head.addWidget(self._chip)
        head.addStretch()
        needs = QHBoxLayout()
        needs.addWidget(quiet_button("Besoins des classes", self._go))
        needs.addStretch()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addWidget(self.verdict)
        for box in self.checks.values():
            self._column.addWidget(box)
        self._column.addWidget(self._assumed)
        self._column.addLayout(needs)
        self._column.addWidget(self._lines)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside an open panel there is no room for the classes: the verdict stands alone."""
        self._lines.setVisible(self.width() >= theme.pixels(LEAST_FOR_CLASSES))

    def _show_lines(self, lines: tuple[tuple[str, ...], ...]) -> None:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(0, 4, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(4)
        titles = (
            "Classe",
            "Élèves",
            "Appareils",
            "Connexions",
            "Pochettes papier",
        )
        for at, words in enumerate(titles if lines else ()):
            title = muted(words)
            title.setMinimumWidth(theme.pixels(NARROW))
            grid.addWidget(title, 0, at)
            grid.setColumnStretch(at, 1 if at < 2 else 2)
        for line, texts in enumerate(lines, 1):
            for at, words in enumerate(texts):
                label = body(words) if at else strong(words)
                label.setMinimumWidth(theme.pixels(NARROW))
                grid.addWidget(label, line, at, TOP)
        self._column.replaceWidget(self._lines, made)
        self._lines.hide()
        self._lines.deleteLater()
        self._lines = made
        self._fit()

    def _ticked(self) -> None:
        box = self.sender()
        for name, check in self.checks.items():
            if check is box:
                self.circumstance_changed.emit(name, check.isChecked())

    def _go(self) -> None:
        self.classes_wanted.emit()
