# SPDX-License-Identifier: GPL-3.0-or-later
"""Parts of a window that scroll when it is small."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from egn_desktop.ui.contain import contained


def scrolled(widget: QWidget) -> QScrollArea:
    """Return ``widget`` in an area that scrolls up and down and has no ground of its own."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if widget.property("ground") is None:
        widget.setProperty("ground", "none")
    area.setWidget(widget)
    return area


def squeezed(widget: QWidget) -> QScrollArea:
    """Return ``widget`` in an area that scrolls only where less is left than it can do with.

    What has parts that scroll by themselves is made as small as it goes first: ``scrolled`` would
    scroll it as soon as it is smaller than it would like to be, one bar within another.
    """
    return scrolled(_Squeezed(widget))


class _Squeezed(QWidget):
    """Holds one widget without a layout: an area asks a layout for the height that it prefers."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        inside.setParent(self)
        # A panel that stands over a page is in no layout, and tells the page alone.
        inside.installEventFilter(self)

    def minimumSizeHint(self) -> QSize:
        return self._inside.minimumSizeHint().expandedTo(self._inside.minimumSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._inside.setGeometry(self.rect())

    @contained
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_again()
        return super().eventFilter(watched, event)

    @contained
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self._ask_again()
        return super().event(event)

    def _ask_again(self) -> None:
        """Have the area ask what is needed now: it listens to a layout, and here is none."""
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea):
            QCoreApplication.sendEvent(area, QEvent(QEvent.Type.LayoutRequest))
