# SPDX-License-Identifier: GPL-3.0-or-later
"""The three lists of the page: loans, devices, pupils; each says what to do when it is empty."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from egn_desktop.documents import french
from egn_desktop.inventory.queries import DeviceRow, LoanRow, NeedRow, PupilRow
from egn_desktop.inventory.text import class_key, natural_key
from egn_desktop.ui.pages.loans.needs_section import PRIORITY_TONES
from egn_desktop.ui.pages.loans.parts import DEVICE_TONES, loan_chip
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.widgets.buttons import quiet_button
from egn_desktop.ui.widgets.empty import EmptyState
from egn_desktop.ui.widgets.labels import muted

AT_ONCE = 3_000


class NarrowingTable(RowsTable):
    """A table that leaves out the columns that matter least where there is no room for all."""

    def __init__(
        self, columns: Sequence[ColumnSpec], name: str, less_needed: Sequence[int]
    ) -> None:
        self._less_needed = less_needed
        super().__init__(columns, accessible_name=name)

    def _fit(self) -> None:
        if not self._fitting:
            self._leave_out()
        super()._fit()

    def _leave_out(self) -> None:
        # A column that goes is not one that the user made narrow.
        self._fitting = True
        widths = [super(NarrowingTable, self)._width(c) for c in range(self.model().columnCount())]
        hidden: set[int] = set()
        for column in self._less_needed:
            if sum(w for c, w in enumerate(widths) if c not in hidden) <= self.viewport().width():
                break
            hidden.add(column)
        for column in range(len(widths)):
            self.setColumnHidden(column, column in hidden)
        self._fitting = False

    def _width(self, column: int) -> int:
        return 0 if self.isColumnHidden(column) else super()._width(column)


class RestNote(QWidget):
    """Says that a list shows only its beginning, and offers the rest."""

    all_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._words = muted("")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.addWidget(self._words, 1)
        row.addWidget(quiet_button(self.tr("Tout montrer"), self._ask))
        self.hide()

    def tell(self, shown: int) -> None:
        words = self.tr("Les {} premiers sont montrés ; une recherche trouve aussi les autres.")
        self._words.setText(words.format(french.number(shown, 0)))
        self.show()

    @Slot()
    def _ask(self) -> None:
        self.all_asked.emit()


class ListView(QWidget):
    """A table, or what stands in its place when there is nothing, or nothing found.

    A list of tens of thousands shows its beginning until all is asked for, so that each key typed
    in the search is answered at once.
    """

    opened = Signal(object)
    all_asked = Signal()

    def __init__(
        self,
        columns: Sequence[ColumnSpec],
        name: str,
        empty: EmptyState,
        less_needed: Sequence[int],
    ) -> None:
        super().__init__()
        self.table = NarrowingTable(columns, name, less_needed)
        self.empty = empty
        self._not_found = EmptyState("search", self.tr("Rien ne correspond"), "")
        self._stack = QStackedWidget()
        for view in (self.table, self.empty, self._not_found):
            self._stack.addWidget(view)
        self._rest = RestNote()
        self._rest.all_asked.connect(self._ask_all)
        self._search = ""
        self._shows_all = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        column.addWidget(self._rest)
        self.table.opened.connect(self.opened)

    def limit(self, search: str) -> int | None:
        """Return how many rows are of use for a search: one more than shown tells that more are."""
        if search != self._search:
            self._search, self._shows_all = search, False
        return None if self._shows_all else AT_ONCE + 1

    def show_rows(self, rows: Sequence[Any], search: str) -> None:
        """Show rows; without any, say why."""
        is_part = len(rows) > AT_ONCE and not self._shows_all
        self.table.set_rows(rows[:AT_ONCE] if is_part else rows)
        if is_part:
            self._rest.tell(AT_ONCE)
        else:
            self._rest.hide()
        if rows:
            self._stack.setCurrentWidget(self.table)
        elif search:
            words = self.tr("Aucun résultat pour « {} ». Essayez un seul mot, ou un autre onglet.")
            self._not_found.set_words(self.tr("Rien ne correspond"), words.format(search))
            self._stack.setCurrentWidget(self._not_found)
        else:
            self._stack.setCurrentWidget(self.empty)

    @Slot()
    def _ask_all(self) -> None:
        self._shows_all = True
        self.all_asked.emit()


def loan_columns(tr: Any) -> list[ColumnSpec]:
    """Return the columns of the register."""
    return [
        ColumnSpec(tr("Élève"), lambda row: row.borrower_name),
        ColumnSpec(
            tr("Classe"), lambda row: row.school_class, sort=lambda row: class_key(row.school_class)
        ),
        ColumnSpec(tr("Appareil"), lambda row: row.device_label, stretch=True),
        ColumnSpec(
            tr("Depuis"), lambda row: french.short_date(row.lent_on), sort=lambda row: row.lent_on
        ),
        ColumnSpec(tr("Retour"), _return_day, sort=lambda row: row.ended_on or row.due_on),
        ColumnSpec(tr("État"), loan_chip, sort=lambda row: (row.standing != "late", row.due_on)),
    ]


def _return_day(row: LoanRow) -> str:
    return french.short_date(row.ended_on or row.due_on)


def device_columns(tr: Any) -> list[ColumnSpec]:
    """Return the columns of the stock."""
    return [
        ColumnSpec(tr("N°"), lambda row: row.code, sort=_number),
        ColumnSpec(tr("Appareil"), lambda row: row.name, stretch=True),
        ColumnSpec(tr("Type"), lambda row: row.kind.label),
        ColumnSpec(tr("Où"), _where),
        ColumnSpec(tr("État"), _device_chip),
    ]


def _number(row: DeviceRow) -> str:
    return natural_key(row.code)


def _where(row: DeviceRow) -> str:
    return row.borrower_name or row.place


def _device_chip(row: DeviceRow) -> ChipText:
    if row.is_late:
        return ChipText("Prêté, en retard", "bad")
    return ChipText(row.state.label, DEVICE_TONES[row.state])


def pupil_columns(tr: Any) -> list[ColumnSpec]:
    """Return the columns of the pupils."""
    return [
        ColumnSpec(tr("Élève"), lambda row: row.name, stretch=True),
        ColumnSpec(
            tr("Classe"), lambda row: row.school_class, sort=lambda row: class_key(row.school_class)
        ),
        ColumnSpec(
            tr("Né(e) le"), lambda row: french.short_date(row.born_on), sort=lambda row: row.born_on
        ),
        ColumnSpec(tr("Prêts"), _held, sort=lambda row: -row.open_loans),
    ]


def _held(row: PupilRow) -> ChipText:
    if row.late:
        return ChipText(f"{row.late} en retard", "bad")
    if row.open_loans:
        return ChipText(f"{row.open_loans} en cours", "brand")
    return ChipText("")


def waiting_columns(tr: Any) -> list[ColumnSpec]:
    """Return the columns of the waiting list."""
    return [
        ColumnSpec(tr("Élève"), lambda row: row.name),
        ColumnSpec(
            tr("Classe"), lambda row: row.school_class, sort=lambda row: class_key(row.school_class)
        ),
        ColumnSpec(tr("Il lui manque"), _missing, stretch=True),
        ColumnSpec(tr("Priorité"), _priority, sort=lambda row: (row.priority, -row.score)),
        ColumnSpec(
            tr("Points"), lambda row: str(row.score), sort=lambda row: row.score, align_right=True
        ),
        ColumnSpec(
            tr("Noté le"), lambda row: french.short_date(row.noted_on), sort=lambda r: r.noted_on
        ),
    ]


def _missing(row: NeedRow) -> str:
    return ", ".join(
        one.label if not at else one.label.lower() for at, one in enumerate(row.missing)
    )


def _priority(row: NeedRow) -> ChipText:
    return ChipText(row.priority.label, PRIORITY_TONES[row.priority])
