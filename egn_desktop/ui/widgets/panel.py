# SPDX-License-Identifier: GPL-3.0-or-later
"""The panel at the right of a page: a title, the way out, and what it shows."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.ui import theme
from egn_desktop.ui.widgets.buttons import icon_button
from egn_desktop.ui.widgets.footed import FOOTED, SIDE
from egn_desktop.ui.widgets.labels import section
from egn_desktop.ui.widgets.scroll import scrolled

WIDTH = 420
FIELDS = (
    Qt.FocusPolicy.StrongFocus,
    Qt.FocusPolicy.WheelFocus,
)


class SidePanel(QFrame):
    """The side panel; ``left`` is told when the user closes it."""

    left = Signal()

    def __init__(self, content: QWidget, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.content = content
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.wanted_width = theme.pixels(int(getattr(content, "preferred_width", WIDTH)))
        self.setAccessibleName(title)
        self._close = icon_button("close", "Fermer le volet", self._leave)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(section(title), 1)
        head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        head.setContentsMargins(24, 20, 16, 12)
        whole.addLayout(head)
        whole.addWidget(content if content.property(FOOTED) else _scrolled(content), 1)

    def take_focus(self) -> None:
        """Give the focus to the first field, else to the way out."""
        for child in self.content.findChildren(QWidget):
            if child.focusPolicy() in FIELDS and child.isEnabled() and child.isVisibleTo(self):
                child.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _leave(self) -> None:
        self.left.emit()


def _scrolled(content: QWidget) -> QWidget:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(SIDE, 0, SIDE, SIDE)
    column.addWidget(content)
    return scrolled(inside)
