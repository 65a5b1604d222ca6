# SPDX-License-Identifier: GPL-3.0-or-later
"""One search over every list of the loans page."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.finding import Finding
from egn_desktop.ui.pages.loans.lending.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.stock.device_panel import DevicePanel


@pytest.fixture
def page(context: Context, show: Callable[[QWidget], None]) -> LoansPage:
    """Martin Léa has a device, Martin Noé and Dupont Ali have none."""
    services = context.services
    for number, model in ((1, "ProBook 11"), (2, "ProBook 11"), (3, "Stream 14")):
        services.devices.add_device(DeviceInput(f"YSS-000{number}", DeviceKind.LAPTOP, "HP", model))
    for last, first in (("Martin", "Léa"), ("Martin", "Noé"), ("Dupont", "Ali")):
        services.pupils.add_pupil(PupilInput(last, first, school_class="CM2 A"))
    services.loans.lend(device_id=1, borrower_id=1, due_on=date(2026, 12, 4))
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


def search(page: LoansPage, text: str) -> None:
    page._search.setText(text)
    page._search._tell()


def titles(page: LoansPage) -> list[str]:
    return [button.text() for button in page._segments.findChildren(QPushButton)][:4]


def said(page: LoansPage) -> str:
    (line,) = page.findChildren(Finding)
    return " ".join(label.text() for label in line.findChildren(QLabel) if label.isVisible())


def elsewhere(page: LoansPage) -> list[QPushButton]:
    (line,) = page.findChildren(Finding)
    return [button for button in line.findChildren(QPushButton) if button.isVisible()]


def test_every_list_says_how_much_it_finds(qtbot: QtBot, page: LoansPage) -> None:
    search(page, "martin")
    qtbot.waitUntil(lambda: titles(page)[:3] == ["Prêts 1", "Matériel 1", "Élèves 2"])
    assert said(page) == ""
    search(page, "")
    assert titles(page)[:3] == ["Prêts", "Matériel", "Élèves"]


def test_where_the_list_shown_has_nothing_the_others_are_offered(
    qtbot: QtBot, page: LoansPage
) -> None:
    search(page, "stream")
    qtbot.waitUntil(lambda: [line.text() for line in elsewhere(page)] == ["Matériel 1"])
    assert said(page) == "Rien dans « Prêts », mais dans"
    elsewhere(page)[0].click()
    assert page.shown.id == "devices"
    assert [row.code for row in page.shown.table.rows()] == ["YSS-0003"]
    assert said(page) == ""


def test_a_typing_error_finds_the_nearest_and_says_so(qtbot: QtBot, page: LoansPage) -> None:
    search(page, "martim")
    assert [row.borrower_name for row in page.shown.table.rows()] == ["Martin Léa"]
    words = said(page).replace("\u202f", " ")
    assert words == "Aucun résultat pour « martim » : résultats pour « martin »."
    qtbot.waitUntil(lambda: titles(page)[2] == "Élèves 2")
    page.turn_to("pupils")
    assert {row.name for row in page.shown.table.rows()} == {"Martin Léa", "Martin Noé"}
    assert "martin" in said(page)
    search(page, "martin")
    assert said(page) == ""


def test_what_is_like_nothing_finds_nothing(qtbot: QtBot, page: LoansPage) -> None:
    search(page, "zzzzz")
    qtbot.waitUntil(lambda: titles(page)[:3] == ["Prêts 0", "Matériel 0", "Élèves 0"])
    assert not page.shown.table.rows()
    assert said(page) == ""
    assert page.shown._not_found.isVisible()


def test_a_wrong_number_that_is_scanned_opens_no_other_device(
    qtbot: QtBot, page: LoansPage
) -> None:
    page._search.setFocus()
    qtbot.keyClicks(page._search, "yss-0009")
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    assert page.panel is None
    assert not page.shown.table.rows()
    page._search.clear()
    qtbot.keyClicks(page._search, "yss-0002")
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    assert page.panel is not None
    assert not isinstance(page.panel, DevicePanel)


def test_enter_turns_to_the_list_that_finds(qtbot: QtBot, page: LoansPage) -> None:
    page._search.setFocus()
    qtbot.keyClicks(page._search, "cm2")
    page.turn_to("waiting")
    assert not page.shown.table.rows()
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    assert page.shown.id == "loans"


def test_to_lend_the_nearest_is_shown_but_only_taken_by_an_explicit_choice(
    qtbot: QtBot, page: LoansPage
) -> None:
    page.new()
    assert isinstance(page.panel, LendPanel)
    who = page.panel._who
    who.search.setFocus()
    qtbot.keyClicks(who.search, "dupond")
    qtbot.keyClick(who.search, Qt.Key.Key_Return)
    assert [row.name for row in who.table.rows()] == ["Dupont Ali"]
    assert who._none.text().replace("\u202f", " ") == (
        "Aucun résultat pour « dupond » : résultats pour « dupont »."
    )
    assert who.row is None
    qtbot.keyClick(who.search, Qt.Key.Key_Down)
    qtbot.keyClick(who.search, Qt.Key.Key_Return)
    assert who.row is not None
    assert who.row.name == "Dupont Ali"
