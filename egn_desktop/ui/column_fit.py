# SPDX-License-Identifier: GPL-3.0-or-later
"""Which columns of a table are shown, and how wide: what was chosen, and what there is room for."""

from collections.abc import Iterable, Sequence

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from egn_desktop.ui import theme
from egn_desktop.ui.cells import CELL_PADDING
from egn_desktop.ui.rows_model import ChipText, RowsModel
from egn_desktop.ui.widgets.labels import chip_size

CHECK_WIDTH = 44
LONGEST_CELL = 480
SORT_ROOM = 20
MEASURED_ROWS = 400
MEASURED_TEXTS = 12


class ColumnFit:
    """Gives each column what its content needs; what is left goes to the stretching one.

    Attributes:
        less_needed: the columns that give way where there is no room for all, the first to go
            first.
        corner: the room that the last title leaves to what stands at the end of the header.
    """

    def __init__(self, table: QTableView, model: RowsModel, less_needed: Sequence[int]) -> None:
        self.less_needed = less_needed
        self.corner = 0
        self._table, self._model = table, model
        self._own: dict[int, int] = {}
        self._measured: dict[int, int] = {}
        self._unchosen = {
            column
            for column in range(model.columnCount())
            if (spec := model.spec(column)) and not spec.shown
        }
        self._is_fitting = False

    def chosen(self) -> list[int]:
        """Return the columns that are to be shown where there is room, without the boxes."""
        return [
            column
            for column in range(self._model.columnCount())
            if column not in self._unchosen and self._model.spec(column)
        ]

    def choose(self, columns: Iterable[int]) -> None:
        """Show these columns alone."""
        wanted = set(columns)
        every = range(self._model.columnCount())
        self._unchosen = {
            column for column in every if self._model.spec(column) and column not in wanted
        }
        self._own.clear()
        self.fit()

    def forget(self, *, own: bool = False) -> None:
        """Measure the content anew; with ``own``, drop the widths given by hand too."""
        self._measured.clear()
        if own:
            self._own.clear()

    def resized(self, column: int, width: int) -> None:
        """Keep a width that was given by hand."""
        if not self._is_fitting and width:
            self._own[column] = width

    def fit(self) -> None:
        """Lay the columns out in the room there is."""
        if self._is_fitting:
            return
        # A column that goes is not one that the user made narrow.
        self._is_fitting = True
        room = self._table.viewport().width()
        widths = [self._width(column) for column in range(self._model.columnCount())]
        hidden = self._hidden(widths, room)
        shown = [column for column in range(len(widths)) if column not in hidden]
        widths[shown[-1]] = max(widths[shown[-1]], self._title_width(shown[-1]) + self.corner)
        if sum(widths[column] for column in shown) > room:
            self._tighten(widths, shown)
        left = room - sum(widths[column] for column in shown)
        stretching = self._model.stretch_column()
        if left > 0:
            widths[stretching if stretching in shown else shown[-1]] += left
        elif stretching in shown and stretching not in self._own:
            # It gives what the corner took, no more: a table scrolls rather than cuts words.
            widths[stretching] = max(widths[stretching] + left, widths[stretching] - self.corner)
        for column, width in enumerate(widths):
            self._table.setColumnHidden(column, column in hidden)
            if column not in hidden:
                self._table.setColumnWidth(column, width)
        self._is_fitting = False

    def _tighten(self, widths: list[int], shown: Sequence[int]) -> None:
        """Take back the room of the sort's arrow where there is none."""
        by, _ = self._model.sorted_by()
        for column in shown:
            if column not in (by, *self._own):
                corner = self.corner if column == shown[-1] else 0
                title = self._title_width(column) - theme.pixels(SORT_ROOM) + corner
                widths[column] = max(self._content_width(column), title)

    def _hidden(self, widths: Sequence[int], room: int) -> set[int]:
        hidden = set(self._unchosen)
        for column in self.less_needed:
            if sum(width for at, width in enumerate(widths) if at not in hidden) <= room:
                break
            hidden.add(column)
        # Of what was chosen, something is always seen.
        return hidden if set(self.chosen()) - hidden else set(self._unchosen)

    def _width(self, column: int) -> int:
        if column in self._own:
            return self._own[column]
        return max(self._content_width(column), self._title_width(column))

    def _content_width(self, column: int) -> int:
        # Measuring asks for hundreds of words; a table is laid out many times between two lists.
        if column not in self._measured:
            self._measured[column] = self._measure(column)
        return self._measured[column]

    def _measure(self, column: int) -> int:
        spec = self._model.spec(column)
        if spec is None:
            return theme.pixels(CHECK_WIDTH)
        shown = {spec.text(row) for row in self._model.rows[:MEASURED_ROWS]}
        chips = {text.text for text in shown if isinstance(text, ChipText)}
        texts = {text for text in shown if isinstance(text, str)}
        words = QFontMetrics(theme.font("body"))
        widths = [words.horizontalAdvance(text) for text in _longest(texts)]
        widths += [chip_size(text).width() for text in _longest(chips) if text]
        widest = max(widths, default=0)
        return min(widest, theme.pixels(LONGEST_CELL)) + 2 * theme.pixels(CELL_PADDING) + 2

    def _title_width(self, column: int) -> int:
        if self._model.spec(column) is None:
            return theme.pixels(CHECK_WIDTH)
        words = QFontMetrics(theme.font("heading")).horizontalAdvance(self._model.title(column))
        return words + theme.pixels(SORT_ROOM) + 2 * theme.pixels(CELL_PADDING) + 2


def _longest(texts: set[str]) -> list[str]:
    """Return those among which the widest is: measuring letters is dear, counting them is not."""
    return sorted(texts, key=len)[-MEASURED_TEXTS:]
