# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from egn_desktop import french
from egn_desktop.ui import theme
from egn_desktop.ui.rows_model import RowsModel
from egn_desktop.ui.tables import ChipText, ColumnSpec, RowsTable
from egn_desktop.ui.tokens import LIGHT

Show = Callable[[QWidget], None]


@dataclass(frozen=True)
class LoanRow:
    id: int
    pupil: str
    due: date | None = None
    state: str = "En cours"


COLUMNS = [
    ColumnSpec("Élève", lambda row: row.pupil, stretch=True),
    ColumnSpec("Retour", lambda row: french.short_date(row.due), sort=lambda row: row.due),
    ColumnSpec("État", lambda row: ChipText(row.state, "good")),
]
ROWS = [
    LoanRow(1, "Zidi Sami", date(2027, 7, 2)),
    LoanRow(2, "Élie Anaïs"),
    LoanRow(3, "Faure Jade", date(2026, 11, 27)),
    LoanRow(4, "Elba Noé", date(2026, 11, 27), "En retard"),
]


@pytest.fixture
def table(show: Show) -> RowsTable:
    made = RowsTable(COLUMNS)
    made.resize(700, 400)
    made.set_rows(ROWS)
    show(made)
    return made


def shown(table: RowsTable) -> list[int]:
    return [row.id for row in table.rows()]


def click_header(qtbot: QtBot, table: RowsTable, column: int) -> None:
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 20, 10)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


@pytest.mark.parametrize("checkable", [False, True])
def test_model_keeps_the_rules_of_models(qtmodeltester, checkable: bool) -> None:
    model = RowsModel(COLUMNS, checkable=checkable)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_rows(ROWS)
    model.sort(1)
    model.set_rows(ROWS[:2])
    model.check_all(True)
    qtmodeltester.check(model)
    tester.deleteLater()


def test_header_sorts_up_then_down_then_as_given(qtbot: QtBot, table: RowsTable) -> None:
    assert shown(table) == [1, 2, 3, 4]
    click_header(qtbot, table, 1)
    assert shown(table) == [3, 4, 1, 2]  # stable, and the row without a date last
    click_header(qtbot, table, 1)
    assert shown(table) == [1, 3, 4, 2]
    click_header(qtbot, table, 1)
    assert shown(table) == [1, 2, 3, 4]


def test_words_sort_as_in_a_french_dictionary(qtbot: QtBot, table: RowsTable) -> None:
    click_header(qtbot, table, 0)
    assert [row.pupil for row in table.rows()] == [
        "Elba Noé",
        "Élie Anaïs",
        "Faure Jade",
        "Zidi Sami",
    ]


def test_order_in_force_holds_for_new_rows(qtbot: QtBot, table: RowsTable) -> None:
    click_header(qtbot, table, 0)
    table.set_rows([*ROWS, LoanRow(5, "Durand Lou")])
    assert shown(table) == [5, 4, 2, 3, 1]


def test_selection_stays_with_its_row(qtbot: QtBot, table: RowsTable) -> None:
    table.select(lambda row: row.id in {1, 3})
    click_header(qtbot, table, 0)
    assert {row.id for row in table.chosen()} == {1, 3}
    table.set_rows([LoanRow(3, "Faure Jade", None, "Rendu"), LoanRow(9, "Petit Lou")])
    assert [row.state for row in table.chosen()] == ["Rendu"]


def test_place_in_the_list_is_kept(qtbot: QtBot, table: RowsTable) -> None:
    many = [LoanRow(number, f"Élève {number}") for number in range(100)]
    table.set_rows(many)
    table.verticalScrollBar().setValue(1_000)
    table.set_rows(many)
    assert table.verticalScrollBar().value() == 1_000


def test_enter_and_double_click_open_a_row(qtbot: QtBot, table: RowsTable) -> None:
    table.select(lambda row: row.id == 3)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [ROWS[2]]
    place = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(table.opened) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [ROWS[1]]


def test_keyboard_finds_a_row_on_arrival(qtbot: QtBot, table: RowsTable) -> None:
    table.clearFocus()
    assert table.chosen() == []
    table.setFocus(Qt.FocusReason.TabFocusReason)
    assert table.chosen() == [ROWS[0]]


def test_columns_fit_their_content_and_one_takes_the_rest(qtbot: QtBot, table: RowsTable) -> None:
    total = sum(table.columnWidth(column) for column in range(3))
    assert total == table.viewport().width()
    table.resize(1_100, 400)
    assert sum(table.columnWidth(column) for column in range(3)) == table.viewport().width()
    others = [table.columnWidth(column) for column in (1, 2)]
    table.resize(900, 400)
    assert [table.columnWidth(column) for column in (1, 2)] == others


def test_narrow_table_scrolls_rather_than_cuts_words(qtbot: QtBot, table: RowsTable) -> None:
    table.set_rows([LoanRow(1, "Un nom de famille qui est vraiment très long", date(2027, 7, 2))])
    table.resize(300, 300)
    words = table.fontMetrics().horizontalAdvance("Un nom de famille qui est vraiment très long")
    assert table.columnWidth(0) > words
    assert table.horizontalScrollBar().maximum() > 0


def test_width_set_by_hand_is_kept(qtbot: QtBot, table: RowsTable) -> None:
    table.horizontalHeader().resizeSection(1, 222)
    table.set_rows(ROWS)
    assert table.columnWidth(1) == 222


def test_screen_reader_hears_column_and_state(table: RowsTable) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [table.model().index(3, column).data(role) for column in range(3)]
    assert told == ["Élève : Elba Noé", "Retour : 27/11/2026", "État : En retard"]


def test_state_is_painted_as_a_chip(table: RowsTable) -> None:
    rect = table.visualRect(table.model().index(0, 2))
    grabbed = table.viewport().grab().toImage()
    assert grabbed.pixelColor(rect.left() + 16, rect.center().y()).name() == LIGHT.good_soft.lower()


def test_boxes_are_ticked_by_click_space_and_header(qtbot: QtBot, show: Show) -> None:
    table = RowsTable(COLUMNS, checkable=True)
    table.resize(700, 400)
    table.set_rows(ROWS)
    show(table)
    place = table.visualRect(table.model().index(1, 0)).center()
    with qtbot.waitSignal(table.chosen_changed):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert table.chosen() == [ROWS[1]]
    table.select(lambda row: row.id == 3)
    with qtbot.waitSignal(table.chosen_changed):
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert table.chosen() == [ROWS[1], ROWS[2]]
    click_header(qtbot, table, 0)
    assert table.chosen() == ROWS
    table.set_rows(ROWS[:1])
    assert table.chosen() == ROWS[:1]
    click_header(qtbot, table, 0)
    assert table.chosen() == []


def test_rows_without_id_can_be_shown(qtbot: QtBot) -> None:
    table = RowsTable([ColumnSpec("Nom", lambda row: row["name"])], key=lambda row: row["name"])
    qtbot.addWidget(table)
    table.set_rows([{"name": "b"}, {"name": "a"}])
    table.select(lambda row: row["name"] == "a")
    table.set_rows([{"name": "a"}])
    assert table.chosen() == [{"name": "a"}]


def test_rows_are_as_high_as_the_text_size_asks(table: RowsTable) -> None:
    assert table.rowHeight(0) == theme.pixels(42) == 42
