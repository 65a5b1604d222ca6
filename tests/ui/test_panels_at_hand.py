# SPDX-License-Identifier: GPL-3.0-or-later
"""The main action of a panel is seen at once, however much there is to say above it."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind, LoanState
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage, targets
from egn_desktop.ui.pages.loans.leading import Lead, Panel
from egn_desktop.ui.pages.loans.lending.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.opening import OPENED
from egn_desktop.ui.pages.loans.parts import LoanLine
from egn_desktop.ui.pages.loans.people.pupil_panel import PupilPanel
from egn_desktop.ui.pages.loans.targets import (
    Borrower,
    Device,
    Exchange,
    HandOver,
    Import,
    Lend,
    LendTogether,
    Loan,
    NoteIncident,
    PrintLabels,
    PrintRegister,
    Remind,
    RemindAll,
    Sign,
)
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.scroll import squeezed
from tests.ui.test_page_guards import cut, settle, unnamed

KIT = ("chargeur", "housse", "souris", "clé 4G n° 8933")
# What the window leaves to the page at 1280 × 720, below it the bar that takes a loan back.
PAGE = (1064, 652)
# At 1366 × 768, where there is room for a list and a panel side by side.
BESIDE = (1150, 700)
# The same of 683 × 340, where a screen of 1366 × 768 is shown at 200 %.
SMALLEST_PAGE = (615, 340)


@pytest.fixture
def page(context: Context, show: Callable[[QWidget], None]) -> LoansPage:
    """Two computers with all that goes with them; Inès has had one since September."""
    services = context.services
    services.devices.import_devices(
        [DeviceInput(f"YSS-{n}", DeviceKind.LAPTOP, "HP", "ProBook", accessories=KIT) for n in "12"]
    )
    services.pupils.import_pupils([PupilInput("Benali", "Inès", school_class="CM2 M. Colin")])
    services.loans.lend(
        device_id=1, borrower_id=1, lent_on=date(2026, 9, 2), due_on=date(2026, 11, 13)
    )
    made = LoansPage(context)
    made.resize(*PAGE)
    show(made)
    return made


def button(page: LoansPage, words: str) -> QPushButton:
    assert page.panel is not None
    (found,) = (button for button in page.panel.findChildren(QPushButton) if button.text() == words)
    return found


def is_seen_whole(widget: QWidget, page: LoansPage) -> bool:
    """Whether nothing of a widget is scrolled away."""
    place = QRect(widget.mapTo(page, QPoint()), widget.size())
    whole = widget.visibleRegion().boundingRect().size() == widget.size()
    return whole and page.rect().contains(place)


def scan(qtbot: QtBot, page: LoansPage, code: str) -> None:
    qtbot.keyClicks(page._search, code)
    qtbot.keyClick(page._search, Qt.Key.Key_Return)


STARTS = [
    (lambda page: page._opening.go(Loan(1)), "Noter le retour"),
    (lambda page: page._opening.go(Loan(1)), "Noter et faire signer"),
    (lambda page: page._opening.go(Lend(device_id=2, borrower_id=1)), "Prêter"),
    (lambda page: page._opening.go(LendTogether()), "Prêter"),
    (lambda page: page._opening.go(Device()), "Ajouter l’appareil"),
    (lambda page: page._opening.go(Device(2)), "Prêter"),
    (lambda page: page._opening.go(Borrower(BorrowerKind.PUPIL, 1)), "Prêter"),
    (lambda page: page._opening.go(Remind(1)), "Imprimer le courrier"),
    (lambda page: page._opening.go(Exchange(1)), "Échanger"),
]


@pytest.mark.parametrize(("start", "words"), STARTS)
def test_the_main_action_is_seen_without_scrolling(
    page: LoansPage, qtbot: QtBot, start: Callable[[LoansPage], None], words: str
) -> None:
    start(page)
    qtbot.waitUntil(lambda: is_seen_whole(button(page, words), page))


@pytest.mark.parametrize(
    ("start", "words"), [start for start in STARTS if start[1] != "Imprimer le courrier"]
)
def test_the_main_action_is_seen_at_200_percent(
    page: LoansPage,
    qtbot: QtBot,
    show: Callable[[QWidget], None],
    start: Callable[[LoansPage], None],
    words: str,
) -> None:
    area = squeezed(page)
    page.setMinimumSize(0, 0)  # what it got as a window of its own
    area.resize(*SMALLEST_PAGE)
    show(area)
    start(page)
    qtbot.waitUntil(lambda: page.size() == area.viewport().size(), timeout=20_000)
    qtbot.waitUntil(lambda: is_seen_whole(button(page, words), page), timeout=20_000)
    page.setParent(None)  # else the area takes it away before whoever made it


def test_a_return_takes_a_scan_and_enter(page: LoansPage, dossier: Dossier, qtbot: QtBot) -> None:
    scan(qtbot, page, "yss-1")
    assert isinstance(page.panel, LoanPanel)
    assert any(label.text().startswith("Entrée :") for label in page.panel.findChildren(QLabel))
    assert page._search.hasFocus()
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    assert loan(dossier, 1).row.state is LoanState.RETURNED
    assert page.panel is None
    assert page._search.hasFocus()


def test_a_second_scan_goes_on_to_the_other_device(
    page: LoansPage, context: Context, dossier: Dossier, qtbot: QtBot
) -> None:
    context.services.loans.lend(device_id=2, borrower_id=1, due_on=date(2026, 12, 11))
    scan(qtbot, page, "YSS-1")
    first = page.panel
    scan(qtbot, page, "YSS-2")
    assert isinstance(page.panel, LoanPanel)
    assert page.panel is not first
    assert {loan(dossier, loan_id).row.state for loan_id in (1, 2)} == {LoanState.OPEN}


def test_enter_in_an_empty_field_does_nothing_to_a_loan_opened_by_hand(
    page: LoansPage, dossier: Dossier, qtbot: QtBot
) -> None:
    page._opening.go(Loan(1))
    page.find()
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    assert loan(dossier, 1).row.state is LoanState.OPEN
    assert isinstance(page.panel, LoanPanel)


def test_what_somebody_has_comes_first_and_what_they_had_is_folded(
    page: LoansPage, context: Context
) -> None:
    services = context.services
    services.loans.return_device(1)
    services.loans.lend(device_id=2, borrower_id=1, due_on=date(2026, 12, 11))
    page._opening.go(Borrower(BorrowerKind.PUPIL, 1))
    panel = page.panel
    assert isinstance(panel, PupilPanel)
    (held,) = (line for line in panel.findChildren(LoanLine) if line.isVisible())
    assert "YSS-2" in held.findChildren(QPushButton)[0].text()
    assert held.mapTo(panel, QPoint()).y() < panel.form.mapTo(panel, QPoint()).y()
    button(page, "1 prêt terminé").click()
    assert sum(line.isVisible() for line in panel.findChildren(LoanLine)) == 2


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (lambda page: page._opening.go(Device(2)), "HP ProBook · YSS-2"),
        (lambda page: page._opening.go(Borrower(BorrowerKind.PUPIL, 1)), "Benali Inès"),
    ],
)
def test_a_sheet_is_headed_by_what_it_is_of(
    page: LoansPage, start: Callable[[LoansPage], None], words: str
) -> None:
    start(page)
    assert page._panel is not None
    assert page._panel.accessibleName() == words


Start = Callable[[], object]


def starts(page: LoansPage) -> dict[str, Start]:
    """Return what opens each panel of the page."""
    opened = {
        "lend": Lend(),
        "together": LendTogether(),
        "new device": Device(),
        "lent device": Device(1),
        "device": Device(2),
        "new pupil": Borrower(BorrowerKind.PUPIL),
        "pupil": Borrower(BorrowerKind.PUPIL, 1),
        "loan": Loan(1),
        "reminder": Remind(1),
        "reminders": RemindAll(),
        "exchange": Exchange(1),
        "new incident": NoteIncident(2),
        "sign": Sign("convention-de-pret", [1]),
        "register": PrintRegister(),
        "import": Import("pupils"),
        "labels": PrintLabels(),
    }
    return {name: partial(page._opening.go, target) for name, target in opened.items()}


def test_no_panel_cuts_a_column_of_the_list_beside_it(
    page: LoansPage, context: Context, qtbot: QtBot
) -> None:
    services = context.services
    device = services.devices.add_device(
        DeviceInput(asset_number="YSS-3", brand="Samsung", model="Galaxy Tab Active 4 Pro")
    )
    services.loans.lend(device_id=device, borrower_id=1, due_on=date(2026, 12, 11))
    page.resize(*BESIDE)
    scrolled = page.shown.table.horizontalScrollBar()
    for start in starts(page).values():
        start()
        qtbot.waitUntil(lambda: scrolled.maximum() == 0)


def test_every_target_has_its_panel() -> None:
    known = {target for target in vars(targets).values() if isinstance(target, type)}
    kinds = {target for target in known if issubclass(target, targets.Target)}
    assert kinds - {targets.Target, targets.Away} == set(OPENED)


def test_every_button_that_leads_somewhere_is_heard_by_the_page(page: LoansPage) -> None:
    heard: list[object] = []
    checked = 0
    for name, start in starts(page).items():
        start()
        leads = [] if page.panel is None else page.panel.findChildren(Lead)
        if leads:
            assert isinstance(page.panel, Panel)
            page.panel.go.disconnect(page._opening.go)
            page.panel.go.connect(heard.append)
        for lead in leads:
            lead.click()
            assert heard[-1:] == [lead.target], (name, lead.text())
            heard.clear()
        checked += len(leads)
    for view in page._views:
        view.go.disconnect(page._opening.go)
        view.go.connect(heard.append)
        for lead in (*view.empty.findChildren(Lead), *view.tools.findChildren(Lead)):
            lead.click()
            assert heard[-1:] == [lead.target], (view.id, lead.text())
            heard.clear()
            checked += 1
    assert checked > 20


class Windows(QObject):
    """Notes each window that opens by itself, were it for a blink: it takes the keyboard away."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_window = isinstance(watched, QWidget) and watched.isWindow()
        if is_window and event.type() == QEvent.Type.Show:
            self.seen.append(type(watched).__name__)
        return False


def test_a_panel_opens_no_window_and_takes_the_keyboard(
    page: LoansPage, qapp: QApplication
) -> None:
    windows = Windows()
    qapp.installEventFilter(windows)
    try:
        for start in starts(page).values():
            start()
            qapp.processEvents()
            assert page.panel is not None
            assert windows.seen == []
            focused = qapp.focusWidget()
            assert focused is not None
            assert page.panel.isAncestorOf(focused)
    finally:
        qapp.removeEventFilter(windows)


def test_an_empty_stock_says_what_to_do_first(
    context: Context, show: Callable[[QWidget], None]
) -> None:
    page = LoansPage(context)
    page.resize(*PAGE)
    show(page)
    page.new()
    assert page.panel is not None
    words = [label.text() for label in page.panel.findChildren(QLabel) if label.isVisible()]
    assert any(word.startswith("La liste est vide") for word in words)
    page._opening.go(PrintLabels())
    assert not button(page, "Enregistrer le PDF…").isEnabled()


def test_who_has_signed_is_seen_beside_several_devices(
    page: LoansPage, context: Context, qapp: QApplication
) -> None:
    services = context.services
    services.loans.return_device(1)
    for device_id in (1, 2):
        services.loans.lend(device_id=device_id, borrower_id=1, due_on=date(2026, 12, 11))
    page._opening.go(HandOver(page.services.dossier.today()))
    assert page.panel is not None
    qapp.processEvents()
    (table,) = page.panel.findChildren(RowsTable)
    model = table.model()
    assert "YSS-2, YSS-1" in [model.index(0, at).data() for at in range(model.columnCount())]
    assert table.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("size", [TextSize.NORMAL, TextSize.LARGER])
def test_no_panel_cuts_a_word_or_leaves_a_control_without_a_name(
    page: LoansPage, qapp: QApplication, size: TextSize
) -> None:
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT, text_size=size))
    try:
        page.resize(744 if size is TextSize.LARGER else PAGE[0], PAGE[1])
        for name, start in starts(page).items():
            start()
            settle(qapp)
            assert page.panel is not None
            assert (cut(page.panel), unnamed(page.panel)) == ([], []), name
    finally:
        theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))
