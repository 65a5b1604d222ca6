# SPDX-License-Identifier: GPL-3.0-or-later
"""Buttons: the main one of a page, plain ones, quiet ones, those that lose something, icons."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton

from egn_desktop.ui import theme
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.tips import set_tip

KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
ICON_SIDE = 18
ICON_ROOM = 6

Slot = Callable[..., Any]


class Button(QPushButton):
    """A button that shows a ring when the keyboard comes to it."""

    def __init__(self, text: str, kind: str, icon_name: str = "") -> None:
        super().__init__(text)
        self._ringed = False
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if icon_name:
            self.setIcon(icon(icon_name, _icon_token(kind)))
        self._size_icon()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._size_icon()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ringed:
            paint_ring(self, filled=self.property("kind") == "main")

    def _size_icon(self) -> None:
        side = theme.pixels(ICON_SIDE)
        # Wider than the drawing, which stays in the middle: words keep their distance.
        self.setIconSize(QSize(side + ICON_ROOM, side))


class IconButton(QToolButton):
    """A button that is an icon, with its name for screen readers and as a tip."""

    def __init__(self, icon_name: str, accessible_name: str, colour: str = "muted") -> None:
        super().__init__()
        self._ringed = False
        self.setIcon(icon(icon_name, colour))
        self.setAccessibleName(accessible_name)
        set_tip(self, accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._size()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._size()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() in KEYBOARD
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ringed = False
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._ringed:
            paint_ring(self, filled=False)

    def _size(self) -> None:
        side = theme.pixels(ICON_SIDE)
        self.setIconSize(QSize(side, side))
        self.setFixedSize(theme.pixels(34), theme.pixels(34))


def paint_ring(button: QAbstractButton, *, filled: bool) -> None:
    """Paint the ring of the keyboard's focus: on the edge, or inside what is filled."""
    painter = QPainter(button)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset, radius = (4, 5) if filled else (1, 7)
    painter.setPen(QPen(QColor(theme.colour("on_brand" if filled else "brand")), 2))
    room = QRectF(button.rect()).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(room, radius, radius)
    painter.end()


def main_button(text: str, slot: Slot, icon_name: str = "") -> Button:
    """Return the page's main action, filled; one a page."""
    return _button(text, "main", slot, icon_name)


def plain_button(text: str, slot: Slot, icon_name: str = "") -> Button:
    """Return any other action."""
    return _button(text, "plain", slot, icon_name)


def quiet_button(text: str, slot: Slot, icon_name: str = "") -> Button:
    """Return an action that stays in the background, without a frame."""
    return _button(text, "quiet", slot, icon_name)


def danger_button(text: str, slot: Slot, icon_name: str = "") -> Button:
    """Return an action that loses something."""
    return _button(text, "danger", slot, icon_name)


def icon_button(icon: str, accessible_name: str, slot: Slot) -> IconButton:
    """Return a button that is an icon alone."""
    made = IconButton(icon, accessible_name)
    made.clicked.connect(slot)
    return made


def _button(text: str, kind: str, slot: Slot, icon_name: str) -> Button:
    made = Button(text, kind, icon_name)
    made.clicked.connect(slot)
    return made


def _icon_token(kind: str) -> str:
    return {"main": "on_brand", "quiet": "brand", "danger": "bad"}.get(kind, "text")
