# SPDX-License-Identifier: GPL-3.0-or-later
"""What a panel shows above, scrolled when it is long, and its main action below, always seen."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import muted, rule
from egn_desktop.ui.widgets.scroll import scrolled

FOOTED = "footed"
"""The property of a content that scrolls by itself: the panel gives it its whole room."""

SIDE = 24


class Foot(QWidget):
    """The strip below what scrolls; hidden until it holds something."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._line = Flow()
        self._words = muted("")
        self._words.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(side, 0, side, 20)
        column.setSpacing(12)
        column.addWidget(rule())
        column.addWidget(self._words)
        column.addLayout(self._line)
        self.hide()

    def add(self, widget: QWidget) -> None:
        """Add a button; the main one comes first."""
        self._line.addWidget(widget)
        self.show()

    def say(self, words: str) -> None:
        """Say something above the buttons."""
        self._words.setText(words)
        self._words.show()


def footed(panel: QWidget, *, side: int = SIDE) -> tuple[QVBoxLayout, Foot]:
    """Lay ``panel`` out as a column that scrolls and a foot that stays.

    Args:
        side: what is left free at both sides; nothing where a page leaves it already.
    """
    inside, foot = QWidget(), Foot(side)
    column = QVBoxLayout(inside)
    # Where the scroll bar stands, nothing is written.
    column.setContentsMargins(side, 0, max(side, 8), SIDE)
    column.setSpacing(16)
    whole = QVBoxLayout(panel)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(scrolled(inside), 1)
    whole.addWidget(foot)
    panel.setProperty(FOOTED, True)
    return column, foot
