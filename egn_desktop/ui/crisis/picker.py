# SPDX-License-Identifier: GPL-3.0-or-later
"""Which scenario is it: those of the plan first, the others below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.plans.queries import ScenarioRow, scenarios
from egn_desktop.ui.contain import contained
from egn_desktop.ui.context import Context
from egn_desktop.ui.crisis.big import big
from egn_desktop.ui.widgets.cards import Card
from egn_desktop.ui.widgets.labels import muted
from egn_desktop.ui.widgets.scroll import scrolled

COLUMNS = 4
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class ScenarioCard(Card):
    """One scenario, to be pressed."""

    pressed = Signal(str)

    def __init__(self, row: ScenarioRow) -> None:
        super().__init__()
        self._scenario_id = row.scenario.id
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(row.scenario.title)
        self.setAccessibleDescription(row.scenario.summary)
        self.body.addWidget(big(row.scenario.short, 18, bold=True))
        self.body.addWidget(muted(row.scenario.summary))
        self.body.addStretch()

    @contained
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._scenario_id)
        super().mouseReleaseEvent(event)

    @contained
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PRESS:
            self.pressed.emit(self._scenario_id)
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring(on=False)

    def _ring(self, *, on: bool) -> None:
        self.setProperty("pressed", "true" if on else "false")
        self.style().unpolish(self)
        self.style().polish(self)


class ScenarioPicker(QWidget):
    """The scenarios as cards."""

    picked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        rows = scenarios(context.services.dossier)
        self._cards: list[ScenarioCard] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(big("Que se passe-t-il\u202f?", 28, bold=True))
        chosen = [row for row in rows if row.chosen]
        others = [row for row in rows if not row.chosen]
        if chosen:
            column.addWidget(muted("Les scénarios de votre plan"))
            column.addLayout(self._grid(chosen))
        if others:
            words = "Les autres scénarios" if chosen else "Les scénarios"
            column.addWidget(muted(words))
            column.addLayout(self._grid(others))
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inside))

    def take_focus(self) -> None:
        """Go to the first scenario."""
        self._cards[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _grid(self, rows: Sequence[ScenarioRow]) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(12)
        for at, row in enumerate(rows):
            card = ScenarioCard(row)
            card.pressed.connect(self._picked)
            self._cards.append(card)
            grid.addWidget(card, at // COLUMNS, at % COLUMNS)
        for at in range(COLUMNS):
            grid.setColumnStretch(at, 1)
        return grid

    @Slot(str)
    def _picked(self, scenario_id: str) -> None:
        self.picked.emit(scenario_id)
