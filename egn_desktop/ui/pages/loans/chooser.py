# SPDX-License-Identifier: GPL-3.0-or-later
"""A field to choose one pupil or one device: type or scan, then Enter or one click."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from egn_desktop.inventory.register.search import found_by, told
from egn_desktop.ui import theme
from egn_desktop.ui.contain import contained
from egn_desktop.ui.tables import ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.labels import body, muted, strong
from egn_desktop.ui.widgets.search import SearchField

LINES = 5
LINE = 42
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Chooser(QWidget):
    """Finds as one types; once chosen, shows who or what, with the way to change it.

    ``nothing`` says what to do when there is nothing to choose from.
    """

    chosen = Signal(object)
    unfolded = Signal()

    def __init__(
        self,
        label: str,
        placeholder: str,
        *,
        line: Callable[[Any], str],
        find: Callable[[str], Sequence[Any]],
        describe: Callable[[Any], tuple[str, str]],
        icon_name: str = "search",
        nearest: Callable[[str], Sequence[str]] | None = None,
        nothing: str = "",
    ) -> None:
        super().__init__()
        self._nothing = nothing or "Rien ne correspond."
        self._find, self._describe, self._nearest = find, describe, nearest
        self._row: Any = None
        self.search = SearchField(placeholder, icon_name)
        self.search.setAccessibleName(f"{label} : {placeholder}")
        self.search.installEventFilter(self)
        columns = [ColumnSpec("", line, stretch=True)]
        self.table = RowsTable(columns, accessible_name=label, has_tools=False)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.horizontalHeader().hide()
        self.table.setFixedHeight(theme.pixels(LINES * LINE) + 4)
        self.table.hide()
        self._none = muted("Rien ne correspond.")
        self._none.hide()
        self._card = self._chosen_card()
        self._card.hide()
        caption = body(label)
        caption.setProperty("role", "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for widget in (caption, self.search, self._none, self.table, self._card):
            column.addWidget(widget)
        self.search.text_changed.connect(self._searched)
        self.search.submitted.connect(self._submitted)
        self.table.clicked.connect(self._clicked)
        self.table.opened.connect(self.choose)

    @property
    def row(self) -> Any:
        """What is chosen, or None."""
        return self._row

    @Slot(object)
    def choose(self, row: Any) -> None:
        """Take a row, and show it in place of the search."""
        self._row = row
        name, details = self._describe(row)
        self._name.setText(name)
        self._details.setText(details)
        self._details.setVisible(bool(details))
        self._show_search(False)
        self.chosen.emit(row)

    def fold(self) -> None:
        """Hide the list while another field is used."""
        self.table.hide()
        self._none.hide()

    @contained
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and self._row is None:
            self._unfold()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._move(step)
                return True
        return super().eventFilter(watched, event)

    def _chosen_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "note")
        card.setProperty("tone", "brand")
        self._name, self._details = strong(""), muted("")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._details)
        line = QHBoxLayout(card)
        line.setContentsMargins(12, 8, 8, 8)
        line.addLayout(words, 1)
        line.addWidget(quiet_button("Changer", self._change))
        return card

    def _unfold(self) -> None:
        if self.table.isHidden() and self._none.isHidden():
            self._searched(self.search.text().strip())
            self.unfolded.emit()

    def _move(self, step: int) -> None:
        count = len(self.table.rows())
        if count:
            line = (self.table.currentIndex().row() + step) % count
            self.table.selectRow(line)

    def _show_search(self, shown: bool) -> None:
        self.search.setVisible(shown)
        self._card.setVisible(not shown)
        if not shown:
            self.fold()

    @Slot(str)
    def _searched(self, text: str) -> None:
        rows = self._find(text)
        meant = self._nearest(text) if self._nearest and text and not rows else ()
        near = found_by(self._find, meant)
        self.table.set_rows(rows or near)
        self.table.setVisible(bool(rows or near))
        none = "Rien ne correspond." if text else self._nothing
        self._none.setText(f"{told(text, meant)}." if near else none)
        self._none.setVisible(not rows)
        # What is only like what was typed is taken by an explicit choice.
        if rows and text:
            self.table.selectRow(0)

    @Slot(str)
    def _submitted(self, text: str) -> None:
        exact, shown = self._find(text), self.table.rows()
        line = self.table.currentIndex().row()
        if len(exact) == 1:
            self.choose(exact[0])
        elif text and 0 <= line < len(shown):
            self.choose(shown[line])

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.choose(self.table.rows()[index.row()])

    @Slot()
    def _change(self) -> None:
        self._row = None
        self._show_search(True)
        self.search.clear()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
