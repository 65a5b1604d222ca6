# SPDX-License-Identifier: GPL-3.0-or-later
"""What leads from one panel of the loans page to the next: buttons, lines, parts, the panels.

All say where by one signal, ``go``, with a target. Who holds a widget that leads somewhere passes
its signal on; the last to hear is the page, which opens what is asked for.
"""

from typing import TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.ui.pages.loans.targets import Target
from egn_desktop.ui.tables import ChipText
from egn_desktop.ui.widgets.buttons import Button
from egn_desktop.ui.widgets.labels import Chip, muted

_Part = TypeVar("_Part", bound="Lead | Leading")


class Lead(Button):
    """A button that leads somewhere: ``kind`` is "main", "plain" or "quiet"."""

    go = Signal(object)

    def __init__(self, words: str, target: Target, kind: str = "quiet", icon: str = "") -> None:
        super().__init__(words, kind, icon)
        self.target = target
        self.clicked.connect(self._go)

    @Slot()
    def _go(self) -> None:
        self.go.emit(self.target)


class Leading(QWidget):
    """Something that leads elsewhere, by itself or by its parts."""

    go = Signal(object)

    def leading(self, part: _Part) -> _Part:
        """Pass on where a part leads; return the part."""
        part.go.connect(self.go)
        return part


class LeadLine(Leading):
    """A line of a list: a name that leads to its sheet, the days below it, how it stands."""

    def __init__(self, words: str, target: Target, days: str, chip: ChipText) -> None:
        super().__init__()
        name = self.leading(Lead(words, target))
        name.setAccessibleDescription(chip.text)
        below = muted(days)
        below.setContentsMargins(10, 0, 0, 0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(name)
        left.addWidget(below)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addLayout(left, 1)
        line.addWidget(Chip(chip.text, chip.tone))


class Panel(Leading):
    """What the page shows at its right.

    Attributes:
        heading: what stands above it.
        awaits_scan: whether the search field has the focus beside it, for the next scan.
        on_enter: what Enter does in the search field.
    """

    heading: str = ""
    awaits_scan: bool = False
    on_enter: QAbstractButton | None = None

    def take_focus(self) -> None:
        """Go where one begins, where that is not the first field."""

    def follow(self) -> None:
        """Stay true when something changed elsewhere: was undone, renewed, returned."""
