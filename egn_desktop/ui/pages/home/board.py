# SPDX-License-Identifier: GPL-3.0-or-later
"""Cards in two columns, or in one where two would squeeze them."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.ui import theme

NARROW = 720
GAP = 16


class Board(QWidget):
    """A wide column and a narrow one; cards are no taller than what they hold."""

    def __init__(self, wide: Sequence[QWidget], narrow: Sequence[QWidget]) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        for stretch, cards in ((2, wide), (1, narrow)):
            column = QVBoxLayout()
            column.setSpacing(GAP)
            for card in cards:
                # A card may be taller than its hint where its words wrap; the stretch below
                # keeps it from being taller than that.
                card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
                column.addWidget(card)
            column.addStretch()
            self._row.addLayout(column, stretch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        is_narrow = event.size().width() < theme.pixels(NARROW)
        wanted = directions.TopToBottom if is_narrow else directions.LeftToRight
        if self._row.direction() != wanted:
            self._row.setDirection(wanted)
            # Stretched columns would part the cards; the last one takes the room that is left.
            self._row.setStretch(0, 0 if is_narrow else 2)
