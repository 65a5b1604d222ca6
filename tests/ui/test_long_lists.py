# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind, LoanState
from egn_desktop.lists import Asked
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.views import base
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.search import SearchField
from tests.statements import statements

SHOWN = 2
BORROWER = 0
NAMES = ("Benali", "Caron", "Diallo")


@pytest.fixture
def page(
    context: Context, monkeypatch: pytest.MonkeyPatch, show: Callable[[QWidget], None]
) -> LoansPage:
    """The page of loans: three are open where two are shown at once."""
    monkeypatch.setattr(base, "AT_ONCE", SHOWN)
    services = context.services
    for number, name in enumerate(NAMES, start=1):
        device = services.devices.add_device(
            DeviceInput(f"YSS-{number}", DeviceKind.LAPTOP, "HP", "11")
        )
        pupil = services.pupils.add_pupil(PupilInput(name, "Inès"))
        services.loans.lend(device_id=device, borrower_id=pupil, due_on=date(2026, 12, number))
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


def names(page: LoansPage) -> list[str]:
    (table,) = (table for table in page.findChildren(RowsTable) if table.isVisible())
    return [row.borrower_name for row in table.rows()]


def search(page: LoansPage, text: str) -> None:
    (field,) = page.findChildren(SearchField)
    field.setText(text)
    field._tell()


def rest(page: LoansPage) -> tuple[str, QPushButton] | None:
    """Return what is said of the rest of the list, and the button that shows it."""
    found = [note for note in page.findChildren(base.RestNote) if note.isVisible()]
    if not found:
        return None
    (note,) = found
    (words,), (button,) = note.findChildren(QLabel), note.findChildren(QPushButton)
    return words.text(), button


def test_a_long_list_shows_its_beginning_then_all(page: LoansPage) -> None:
    assert names(page) == ["Benali Inès", "Caron Inès"]
    said = rest(page)
    assert said is not None
    words, button = said
    assert words == "Les 2 premiers sont montrés ; une recherche trouve aussi les autres."
    button.click()
    assert names(page) == ["Benali Inès", "Caron Inès", "Diallo Inès"]
    assert rest(page) is None


def test_a_search_finds_what_is_not_shown_and_is_short_again(page: LoansPage) -> None:
    search(page, "diallo")
    assert names(page) == ["Diallo Inès"]
    assert rest(page) is None
    search(page, "inès")
    said = rest(page)
    assert said is not None
    said[1].click()
    assert len(names(page)) == len(NAMES)
    search(page, "")
    assert len(names(page)) == SHOWN


def test_all_stays_shown_when_a_loan_ends(page: LoansPage, context: Context) -> None:
    said = rest(page)
    assert said is not None
    said[1].click()
    context.services.loans.return_device(1)
    page.view("loans").which.choose((None, None))
    said = rest(page)
    assert said is not None
    said[1].click()
    assert len(names(page)) == len(NAMES)


def sort(page: LoansPage, column: int) -> None:
    page.shown.table.horizontalHeader().sectionClicked.emit(column)


def test_what_is_not_shown_is_sorted_too_and_all_can_be_shown(page: LoansPage) -> None:
    sort(page, BORROWER)
    assert names(page) == ["Benali Inès", "Caron Inès"]
    sort(page, BORROWER)
    assert names(page) == ["Diallo Inès", "Caron Inès"]
    assert page.shown.table.horizontalHeader().sortIndicatorSection() == BORROWER
    said = rest(page)
    assert said is not None
    said[1].click()
    assert names(page) == ["Diallo Inès", "Caron Inès", "Benali Inès"]
    sort(page, BORROWER)
    assert names(page) == ["Benali Inès", "Caron Inès"]
    assert rest(page) is not None


def test_a_chosen_row_stays_chosen_where_sorting_takes_it(page: LoansPage) -> None:
    shown = page.shown.table
    shown.select(lambda row: row.borrower_name == "Caron Inès")
    sort(page, BORROWER)
    sort(page, BORROWER)
    assert [row.borrower_name for row in shown.selected()] == ["Caron Inès"]
    assert shown.selectionModel().selectedRows()[0].row() == 1


def test_what_is_not_shown_narrows_the_list_too(page: LoansPage) -> None:
    model = page.shown.table.rows_model
    assert model.texts(BORROWER) == ["Benali Inès", "Caron Inès", "Diallo Inès"]
    page.shown.table.show_only(BORROWER, "Diallo Inès")
    assert names(page) == ["Diallo Inès"]
    assert rest(page) is None
    assert model.texts(BORROWER) == ["Benali Inès", "Caron Inès", "Diallo Inès"]
    # Where nothing is left, the table stays, with the titles that say why.
    search(page, "caron")
    assert names(page) == []
    search(page, "")
    page.shown.table.show_only(BORROWER, None)
    assert len(names(page)) == SHOWN


def test_all_is_exported_in_the_order_shown(page: LoansPage) -> None:
    sort(page, BORROWER)
    sort(page, BORROWER)
    taken = page.shown.table.all_rows()
    assert [row.borrower_name for row in taken] == ["Diallo Inès", "Caron Inès", "Benali Inès"]


def test_the_other_lists_are_counted_without_reading_their_rows(page: LoansPage) -> None:
    with statements(page.context.services.dossier) as asked:
        assert page.view("devices").count(("hp",), SHOWN + 1) == SHOWN + 1
    assert len([words for words in asked if words.startswith("SELECT count(")]) == 1
    assert len([words for words in asked if words.startswith("SELECT")]) == 1


def test_a_limit_keeps_what_needs_attention_first(page: LoansPage, context: Context) -> None:
    dossier = context.services.dossier
    first = loans(dossier, Asked(limit=1), LoanState.OPEN)
    assert [row.due_on for row in first] == [date(2026, 12, 1)]
    assert len(loans(dossier, Asked(("yss",), limit=SHOWN))) == SHOWN
