# SPDX-License-Identifier: GPL-3.0-or-later
"""One search over every list: the one shown answers at once, the others then say what they find.

Where a word is found nowhere, the nearest ones answer in its place, and a quiet line says so.
"""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimerEvent, Slot
from PySide6.QtWidgets import QButtonGroup, QLabel, QWidget

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.kept import Moment, moment
from egn_desktop.inventory.register import search
from egn_desktop.inventory.register.vocabulary import readings
from egn_desktop.ui.contain import contained
from egn_desktop.ui.pages.loans.views import ListView
from egn_desktop.ui.pages.loans.views.base import AT_ONCE
from egn_desktop.ui.widgets.buttons import Button
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.segments import Segments


class _Words(QLabel):
    """Muted words on one line where there is room for them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.hide()

    def say(self, words: str) -> None:
        self.setText(words)
        self.setVisible(bool(words))

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 8
        return QSize(width, self.heightForWidth(width))


class Finding(QWidget):
    """The line under the search field, shown when there is something to say of the search."""

    def __init__(self, dossier: Dossier, views: Sequence[ListView], segments: Segments) -> None:
        super().__init__()
        self._dossier, self._views, self._segments = dossier, views, segments
        self._text = ""
        self._searches: Sequence[str] = ("",)
        self._counts: dict[int, int] = {}
        self._counted: tuple[Moment, Sequence[str]] | None = None
        self._timer = 0
        self._instead, self._nothing = _Words(), _Words()
        self._elsewhere = QButtonGroup(self)
        self._elsewhere.idClicked.connect(self._go)
        line = Flow(self, spacing=4)
        line.addWidget(self._instead)
        line.addWidget(self._nothing)
        for place in range(len(views)):
            button = Button("", "quiet")
            self._elsewhere.addButton(button, place)
            line.addWidget(button)
        self.hide()

    def fill(self, text: str) -> None:
        """Fill the list shown with what a search finds, then count what the others find."""
        shown, searches = self._segments.index(), (text,)
        found = self._views[shown].fill(searches)
        if text and not found:
            meant = readings(self._dossier, text)
            if meant:
                searches = meant
                found = self._views[shown].fill(meant)
        # Without a search, what the other lists have is not told.
        counted = (moment(self._dossier), searches) if text else None
        if counted is None or counted != self._counted:
            self._counted, self._counts = counted, {}
        self._counts[shown] = found
        self._text, self._searches = text, searches
        self._tell()
        if text and not self._timer:
            # Comes once what was found is painted, and nothing else is to be done.
            self._timer = self.startTimer(0)

    @property
    def is_counting(self) -> bool:
        """Whether some list has not said yet what it finds."""
        return bool(self._timer)

    def turn(self) -> None:
        """Show the first list that finds something."""
        for place in range(len(self._views)):
            if self._count(place):
                self._segments.set_index(place)
                return

    def _tell(self) -> None:
        text, shown = self._text, self._segments.index()
        found = {place: many for place, many in self._counts.items() if text and many}
        is_elsewhere = bool(found) and shown not in found
        is_instead = bool(found) and self._searches != (text,)
        self._instead.say(f"{search.told(text, self._searches)}." if is_instead else "")
        words = f"Rien dans « {self._views[shown].name} », mais dans"
        self._nothing.say(words if is_elsewhere else "")
        for place, view in enumerate(self._views):
            if not text:
                self._segments.set_text(place, view.name)
            elif place in self._counts:
                # What is not counted yet keeps its last figure for that moment, and does not jump.
                name = f"{view.name} {_figure(self._counts[place])}"
                self._segments.set_text(place, name)
                self._elsewhere.button(place).setText(name)
            self._elsewhere.button(place).setVisible(is_elsewhere and place in found)
        self.setVisible(is_instead or is_elsewhere)

    def _count(self, place: int) -> int:
        if place not in self._counts:
            self._counts[place] = self._views[place].count(self._searches, AT_ONCE + 1)
        return self._counts[place]

    @contained
    def timerEvent(self, event: QTimerEvent) -> None:
        # One list at a time, so that a key typed meanwhile is not kept waiting.
        left = [place for place in range(len(self._views)) if place not in self._counts]
        if self._text and left and self._segments.isVisible():
            self._count(left[0])
            self._tell()
        else:
            self.killTimer(self._timer)
            self._timer = 0

    @Slot(int)
    def _go(self, place: int) -> None:
        self._segments.set_index(place)


def _figure(found: int) -> str:
    """Return how much was found; of a long list, that it is more than its beginning."""
    if found > AT_ONCE:
        return f"+ de {french.number(AT_ONCE, 0)}"
    return french.number(found, 0)
