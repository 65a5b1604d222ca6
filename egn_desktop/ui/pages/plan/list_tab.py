# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tabs of the plan that are a list share."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from egn_desktop.ui.context import Context
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import muted


class ListTab(QWidget):
    """A list under its state in figures and its tools, or an invitation where it is empty."""

    panel_wanted = Signal(QWidget, str)
    panel_done = Signal()

    table: RowsTable

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._state = muted("")
        self._state.setWordWrap(False)
        self._stack = QStackedWidget()

    def flush(self) -> None:
        """Nothing waits: each field is kept when it is left."""

    def take_focus(self) -> None:
        """Go to the list."""
        self.table.setFocus()

    def _lay_out(self, table: RowsTable, empty: EmptyState, *tools: QPushButton) -> None:
        self.table = table
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._state, 1)
        for tool in tools:
            line.addWidget(tool)
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(line)
        column.addWidget(table, 1)
        self._stack.addWidget(empty)
        self._stack.addWidget(listed)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)

    def _show_rows(self, rows: Sequence[Any], words: str) -> None:
        self.table.set_rows(rows)
        self._stack.setCurrentIndex(1 if rows else 0)
        self._state.setText(words)
