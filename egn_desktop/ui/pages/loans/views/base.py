# SPDX-License-Identifier: GPL-3.0-or-later
"""What each list of the page is: its table, its tools, and what stands there when it is empty."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from egn_desktop import french
from egn_desktop.dossier.kept import Moment, moment
from egn_desktop.lists import Asked
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans.leading import Lead, Leading
from egn_desktop.ui.table_tools import MOST
from egn_desktop.ui.tables import ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.filter import Filter
from egn_desktop.ui.widgets.flow import Flow
from egn_desktop.ui.widgets.labels import muted

AT_ONCE = 3_000


class RestNote(QWidget):
    """Says that a list shows only its beginning, and offers the rest."""

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = muted("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(quiet_button("Tout montrer", self._ask))
        self.hide()

    def tell(self, shown: int) -> None:
        words = "Les {} premiers sont montrés ; une recherche trouve aussi les autres."
        self._words.setText(words.format(french.number(shown, 0)))
        self.show()

    @Slot()
    def _ask(self) -> None:
        self.all_asked.emit()


class Listed(Protocol):
    """A list that is asked for what is to be shown of it."""

    def rows(self, asked: Asked) -> Sequence[Any]: ...
    def count(self, asked: Asked) -> int: ...
    def texts(self, column: str, asked: Asked, most: int) -> Sequence[str]: ...


class ListView(Leading):
    """One list of the page: override ``id``, ``listed``, ``open_row``; add tools in ``__init__``.

    A list of tens of thousands shows its beginning until all is asked for, so that each key typed
    in the search is answered at once.
    """

    stale = Signal()
    """What is to be shown is another thing now: the page fills the list anew."""

    id: str = ""
    """What ``arrive`` is told to lead here."""

    reads_all: bool = False
    """Whether it is worked out as a whole, so that its table holds and sorts all of it."""

    def __init__(
        self,
        context: Context,
        *,
        name: str,
        columns: Sequence[ColumnSpec],
        empty: EmptyState,
        less_needed: Sequence[int] = (),
    ) -> None:
        super().__init__()
        self.context = context
        self.dossier = context.services.dossier
        self.name = name
        self.table: RowsTable = RowsTable(
            columns, accessible_name=name, less_needed=less_needed, has_people=True
        )
        self.table.all_rows = self._all_rows
        self.empty = empty
        for lead in empty.findChildren(Lead):
            self.leading(lead)
        self.tools = QWidget()
        self._tools = Flow(self.tools)
        self._roomy: list[QWidget] = []
        self._filters: list[Filter] = []
        self._not_found = EmptyState("search", "Rien ne correspond", "")
        self._stack = QStackedWidget()
        for view in (self.table, self.empty, self._not_found):
            self._stack.addWidget(view)
        self._rest = RestNote()
        self._rest.all_asked.connect(self._ask_all)
        self._searches: Sequence[str] = ("",)
        self._shows_all = False
        self._shown: tuple[Moment, Asked] | None = None
        self._found = 0
        # Before the page hears of it and fills the list anew.
        self.stale.connect(self._forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        column.addWidget(self._rest)
        self.table.opened.connect(self._row_opened)
        self.table.rows_model.texts_of = self._texts_of
        self.table.rows_model.asked.connect(self._asked_anew)

    def listed(self) -> Listed:
        """Return the list that the filters choose, of which the page asks what it shows."""
        raise NotImplementedError

    def open_row(self, row: Any) -> None:
        """Open what a row is of."""
        raise NotImplementedError

    def tell_empty(self) -> None:
        """Give ``empty`` its words where they depend on what the dossier holds."""

    def read_figures(self) -> None:
        """Read what the tools depend on, whenever the rows are read."""

    def show_tools(self, has_room: bool) -> None:
        """Show the tools that there is room for: all but those that always stay."""
        for tool in self._roomy:
            tool.setVisible(has_room)
        # What was just hidden still counts until the line is laid out anew.
        self._tools.activate()

    def add_tool(self, tool: QWidget, *, always: bool = False) -> None:
        """Add a button to those of the list; it gives way to an open panel, unless ``always``."""
        self._tools.addWidget(tool)
        if isinstance(tool, Lead):
            self.leading(tool)
        if not always:
            self._roomy.append(tool)

    def add_filter(self, filter: Filter) -> None:
        """Add a choice that narrows the list, before its buttons."""
        filter.currentIndexChanged.connect(self._narrowed)
        self._filters.append(filter)
        self.add_tool(filter, always=True)

    def count(self, searches: Sequence[str], most: int) -> int:
        """Return how much any of the searches finds, up to ``most``; no row is read."""
        return self.listed().count(Asked(_searched(searches), limit=most))

    def fill(self, searches: Sequence[str]) -> int:
        """Show what any of the searches finds and return how much that is; say why it is nothing.

        Of a list that only its beginning is shown of, one more than that is counted. Nothing is
        read for what is shown already, such as when one turns back to this list.
        """
        if searches != self._searches:
            self._searches, self._shows_all = searches, False
        limit = None if self._shows_all or self.reads_all else AT_ONCE + 1
        asked = self._asked(searches, limit)
        wanted = moment(self.dossier), asked
        if wanted != self._shown:
            self._shown = None  # until all of it was read
            self.read_figures()
            self._found = self._read(asked)
            self._shown = wanted
        return self._found

    def _read(self, asked: Asked) -> int:
        """Read and show what is asked for, and return how much that is."""
        rows, limit = self.listed().rows(asked), asked.limit
        is_part = limit is not None and len(rows) > AT_ONCE
        self.table.set_rows(rows[:AT_ONCE] if is_part else rows)
        # A column that leaves nothing can only be widened again in the table's own menu.
        found = len(rows) or (self.count(asked.searches, 1) if asked.only else 0)
        if is_part:
            self._rest.tell(AT_ONCE)
        else:
            self._rest.hide()
        chosen = [filter.currentText() for filter in self._filters if filter.narrows]
        self.table.title = " ".join([self.name, *chosen])
        if found:
            self._stack.setCurrentWidget(self.table)
        elif asked.searches or chosen:
            search = next(iter(asked.searches), "")
            self._not_found.set_words("Rien ne correspond", self._why_nothing(search, chosen))
            self._stack.setCurrentWidget(self._not_found)
        else:
            self.tell_empty()
            self._stack.setCurrentWidget(self.empty)
        return found

    def _why_nothing(self, search: str, chosen: Sequence[str]) -> str:
        among = " parmi : {}".format(", ".join(chosen).lower()) if chosen else ""
        if not search:
            return f"Il n’y a rien{among}."
        words = (
            "Aucun résultat pour « {} »{}. Essayez le début d’un seul mot : nom, classe, marque, "
            "n° d’inventaire. Échap efface la recherche."
        )
        return words.format(search, among)

    def _asked(self, searches: Sequence[str], limit: int | None = None) -> Asked:
        model = self.table.rows_model
        return Asked(_searched(searches), model.order(), model.asked_only(), limit)

    def _all_rows(self) -> Sequence[Any]:
        return self.listed().rows(self._asked(self._searches))

    def _texts_of(self, column: str) -> Sequence[str]:
        # Whatever else the list is narrowed to: the texts among which to choose stay the same.
        asked = replace(self._asked(self._searches), only={})
        return self.listed().texts(column, asked, MOST)

    @Slot()
    def _forget(self) -> None:
        self._shown = None

    @Slot()
    def _ask_all(self) -> None:
        self._shows_all = True
        self.stale.emit()

    @Slot()
    def _asked_anew(self) -> None:
        """Begin again at the beginning: to read all of a long list takes seconds."""
        self._shows_all = False
        self.stale.emit()

    @Slot(int)
    def _narrowed(self, _index: int) -> None:
        self._asked_anew()

    @Slot(object)
    def _row_opened(self, row: Any) -> None:
        self.open_row(row)


def _searched(searches: Sequence[str]) -> tuple[str, ...]:
    return tuple(filter(None, searches))
