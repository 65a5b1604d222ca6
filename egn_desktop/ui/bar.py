# SPDX-License-Identifier: GPL-3.0-or-later
"""The bar at the foot of the window: what was done and the way back, or what was refused."""

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from egn_desktop.errors import UserError
from egn_desktop.ui.context import BarOffer, Context
from egn_desktop.ui.icons import icon
from egn_desktop.ui.widgets.buttons import icon_button, quiet_button
from egn_desktop.ui.widgets.labels import body, muted, strong
from egn_desktop.ui.widgets.tips import set_tip

SHOWN_MS = 10_000


class Bar(QFrame):
    """One message at a time; what was done stays 10 s, what was refused until closed."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._way: BarOffer | None = None
        self.setProperty("role", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._lead = strong("")
        self._text = body("")
        self._todo = muted("")
        self._way_button = quiet_button("", self.take_way)
        self._close_button = icon_button("close", "Fermer ce message", self.close_message)
        words = QVBoxLayout()
        words.setSpacing(4)
        for label in (self._lead, self._text, self._todo):
            words.addWidget(label)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 8, 8)
        line.setSpacing(12)
        line.addLayout(words, 1)
        line.addWidget(self._way_button)
        line.addWidget(self._close_button)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOWN_MS)
        self._timer.timeout.connect(self.close_message)
        context.said.connect(self._say)
        context.failed.connect(self._fail)
        self.hide()

    @Slot()
    def take_way(self) -> None:
        """Take back what was said, or do it again."""
        way = self._way
        self.close_message()
        if way is not None:
            way()

    @Slot()
    def close_message(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self._way = None
        self.hide()

    @Slot(str, object)
    def _say(self, text: str, way: BarOffer | None) -> None:
        self._way = way
        self._show("neutral", "", text, "")
        self._way_button.setVisible(way is not None)
        if way is not None:
            self._way_button.setText(way.words)
            self._way_button.setIcon(icon(way.icon, "brand"))
            set_tip(self._way_button, way.tip)
        self._timer.start()

    @Slot(object)
    def _fail(self, error: UserError) -> None:
        self._way = None
        self._timer.stop()
        self._show("bad", error.what, error.kept, error.todo)
        self._way_button.hide()

    def _show(self, tone: str, lead: str, text: str, todo: str) -> None:
        for label, words in ((self._lead, lead), (self._text, text), (self._todo, todo)):
            label.setText(words)
            label.setVisible(bool(words))
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setAccessibleName(" ".join(filter(None, (lead, text, todo))))
        self.show()
        self.raise_()
