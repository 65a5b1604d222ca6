# SPDX-License-Identifier: GPL-3.0-or-later
"""What every table of a page offers: its columns, and its rows for a spreadsheet."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.exchange import listing, spreadsheets
from egn_desktop.exchange.reading import table_here
from egn_desktop.exchange.table import Table
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.views import base
from egn_desktop.ui.table_tools import TableTools
from egn_desktop.ui.tables import RowsTable


@pytest.fixture
def page(context: Context, show: Callable[[QWidget], None]) -> LoansPage:
    """Three loans; one pupil's name would be a formula in a spreadsheet."""
    services = context.services
    for number, last in ((1, "=Benali"), (2, "Caron"), (3, "Diallo")):
        device = services.devices.add_device(
            DeviceInput(f"YSS-{number}", DeviceKind.LAPTOP, "HP", "11")
        )
        pupil = services.pupils.add_pupil(PupilInput(last, "Inès", school_class="CM2 A"))
        services.loans.lend(device_id=device, borrower_id=pupil, due_on=date(2026, 12, 3 + number))
    made = LoansPage(context)
    made.resize(1100, 720)
    show(made)
    return made


@pytest.fixture
def target(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Save where the dialog proposes, in a folder of the test's; tells the names proposed."""
    proposed: list[str] = []

    def save(_parent: object, _title: str, path: str, _filter: str) -> tuple[str, str]:
        proposed.append(Path(path).name)
        return str(tmp_path / Path(path).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    return proposed


def table(page: LoansPage) -> RowsTable:
    return page.shown.table


def kind(suffix: str) -> spreadsheets.Kind:
    return next(kind for kind in spreadsheets.KINDS if kind.suffix == suffix)


def tools(page: LoansPage) -> TableTools:
    found = table(page).findChild(TableTools)
    assert found is not None
    return found


def actions(page: LoansPage) -> dict[str, QAction]:
    tools(page)._fill()
    return {action.text(): action for action in tools(page).menu.actions() if action.text()}


def written_table(path: Path) -> Table:
    return table_here(path, path.read_bytes(), len)


def columns(page: LoansPage) -> list[str]:
    shown = table(page)
    return [spec.title for at, spec in shown.rows_model.specs() if not shown.isColumnHidden(at)]


def test_the_button_is_reached_by_tab_and_opens_the_menu(qtbot: QtBot, page: LoansPage) -> None:
    button = tools(page).button
    assert button.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == "Colonnes, filtre et export"
    shown = table(page)
    header = shown.horizontalHeader()
    assert button.isVisible()
    assert header.geometry().contains(button.geometry())
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    qtbot.waitUntil(tools(page).menu.isVisible)
    tools(page).menu.close()


def test_columns_are_chosen_and_remembered_on_this_machine(
    qtbot: QtBot, page: LoansPage, context: Context, show: Callable[[QWidget], None]
) -> None:
    before = columns(page)
    assert {"Classe", "Depuis"} < set(before)
    left = [title for title in before if title not in ("Classe", "Depuis")]
    actions(page)["Classe"].trigger()
    actions(page)["Depuis"].trigger()
    assert columns(page) == left
    shown = table(page)
    assert sum(shown.columnWidth(at) for at in range(6) if not shown.isColumnHidden(at)) == (
        shown.viewport().width()
    )
    assert MachineSettings.load().columns == {"Prêts": {"Classe": False, "Depuis": False}}
    again = LoansPage(context)
    again.resize(1100, 720)
    show(again)
    assert columns(again) == left
    actions(again)["Classe"].trigger()
    actions(again)["Depuis"].trigger()
    assert columns(again) == before
    assert MachineSettings.load().columns == {"Prêts": {}}


def test_the_last_column_stays(page: LoansPage) -> None:
    first, *others = columns(page)
    for title in others:
        actions(page)[title].trigger()
    assert columns(page) == [first]
    assert not actions(page)[first].isEnabled()
    assert actions(page)["Classe"].isEnabled()


@pytest.mark.parametrize("suffix", [".ods", ".xlsx", ".csv"])
def test_what_is_shown_is_exported_in_its_order(
    qtbot: QtBot,
    page: LoansPage,
    context: Context,
    target: list[str],
    tmp_path: Path,
    suffix: str,
) -> None:
    said: list[str] = []
    context.said.connect(lambda text, _undo: said.append(text))
    actions(page)["Classe"].trigger()
    page._search.setText("inès")
    page._search._tell()
    table(page).model().sort(4, Qt.SortOrder.DescendingOrder)
    tools(page).export(kind(suffix))
    qtbot.waitUntil(lambda: bool(said))
    name = f"prets-2026-11-24{suffix}"
    assert target == [name]
    written = written_table(tmp_path / name)
    assert list(written.header) == columns(page)
    assert "Classe" not in written.header
    days = [date(2026, 12, day) for day in (6, 5, 4)]
    # A day is a day in a workbook, and as French spreadsheets read it in a text.
    shape = "%d/%m/%Y" if suffix == ".csv" else "%Y-%m-%d"
    assert [row.cells[3] for row in written.rows] == [f"{day:{shape}}" for day in days]
    # A text of a workbook is no formula; one of a text file would become one.
    assert written.rows[-1].cells[0] == ("'=Benali Inès" if suffix == ".csv" else "=Benali Inès")
    assert "3 lignes" in said[0].replace("\u202f", " ")
    assert "nomme des personnes" in said[0]


def test_all_that_is_found_is_exported_not_only_the_beginning(
    qtbot: QtBot,
    page: LoansPage,
    context: Context,
    monkeypatch: pytest.MonkeyPatch,
    target: list[str],
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(base, "AT_ONCE", 2)
    page._search.setText("hp")
    page._search._tell()
    assert len(table(page).rows()) == 2
    tools(page).export(kind(".csv"))
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert len(written_table(tmp_path / target[0]).rows) == 3


def test_rows_are_narrowed_to_what_a_column_shows(
    qtbot: QtBot, page: LoansPage, context: Context, target: list[str], tmp_path: Path
) -> None:
    context.services.loans.renew(1, due_on=date(2027, 1, 8))
    shown = table(page)
    titles = [spec.title for _, spec in shown.rows_model.specs()]
    column = titles.index("Retour")
    columns_menu = actions(page)["Ne montrer que"].menu()
    assert isinstance(columns_menu, QMenu)
    (offered,) = (action for action in columns_menu.actions() if action.text() == "Retour")
    menu = offered.menu()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Tout", "05/12/2026", "06/12/2026", "08/01/2027"]
    menu.actions()[3].trigger()
    assert [row.id for row in shown.rows()] == [1]
    header = shown.model().headerData(column, Qt.Orientation.Horizontal)
    assert header.replace("\u202f", " ") == "Retour : 08/01/2027"
    page.reload()
    assert [row.id for row in shown.rows()] == [1]
    tools(page).export(kind(".csv"))
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert len(written_table(tmp_path / target[0]).rows) == 1
    shown.show_only(column, None)
    assert len(shown.rows()) == 3


def test_nothing_is_exported_of_an_empty_list(page: LoansPage) -> None:
    page.turn_to("waiting")
    page.shown.table.setVisible(True)
    made = TableTools(page.shown.table, page.context)
    made._fill()
    assert [action.isEnabled() for action in made.menu.actions()[-2:]] == [False, False]


def test_days_and_numbers_are_written_as_such() -> None:
    day = date(2026, 12, 4)
    assert listing.cell("04/12/2026", day) == day
    assert listing.cell("3", 3) == 3
    assert listing.cell("Bientôt", day) == "Bientôt"
    assert listing.cell("En retard", 3) == "En retard"
    assert listing.file_name("Élèves « à relancer »", day, ".ods") == (
        "eleves-a-relancer-2026-12-04.ods"
    )
