# SPDX-License-Identifier: GPL-3.0-or-later
"""What would hold the window for long is not done: the causes are counted, not the time."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import Dossier, kept
from egn_desktop.inventory.privacy.queries.erasures import erasures
from egn_desktop.inventory.register import retention
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.school.queries import Identity
from egn_desktop.settings import MachineSettings, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.page import Page
from egn_desktop.ui.pages.documents import DocumentsPage
from egn_desktop.ui.pages.documents.offer_card import OfferCard
from egn_desktop.ui.pages.home import HomePage
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.targets import PrintRegister
from egn_desktop.ui.pages.plan import PlanPage
from egn_desktop.ui.pages.settings import SettingsPage
from egn_desktop.ui.tables import ColumnSpec, RowsTable
from egn_desktop.ui.waiting import WaitingView
from egn_desktop.ui.welcome import WelcomeView
from egn_desktop.ui.window import AppWindow
from tests.statements import statements

MANY = 60_000
Show = Callable[[QWidget], None]


@dataclass(frozen=True)
class Row:
    id: int
    name: str


class Restyled(QObject):
    """Counts how often a widget is dressed anew."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, _: QObject, what: QEvent) -> bool:
        self.times += what.type() == QEvent.Type.StyleChange
        return False


class WrappedLabel(QLabel):
    """Counts how often it is asked how many lines its words take."""

    def __init__(self) -> None:
        super().__init__("Beaucoup de mots " * 20)
        self.setWordWrap(True)
        self.asked = 0

    def heightForWidth(self, width: int) -> int:
        self.asked += 1
        return super().heightForWidth(width)


def reading(table: str, found: list[str]) -> list[str]:
    return [text for text in found if f"FROM {table} " in f"{text} ".replace("\n", " ")]


@pytest.fixture
def lent(context: Context) -> Context:
    """Five pupils with a device each."""
    services = context.services
    for number in range(1, 6):
        device = services.devices.add_device(
            DeviceInput(f"YSS-{number}", DeviceKind.LAPTOP, "HP", "11")
        )
        pupil = services.pupils.add_pupil(
            PupilInput(f"Benali {number}", "Inès", school_class="CM2")
        )
        services.loans.lend(device_id=device, borrower_id=pupil, due_on=date(2026, 12, number))
    return context


def test_a_change_of_theme_dresses_a_table_a_few_times(
    qapp: QApplication, lent: Context, show: Show
) -> None:
    # Once for each of sheet off, font, sheet on. With one sheet in place of another it is more
    # for each widget that a table is within.
    page = LoansPage(lent)
    show(page)
    tables = page.findChildren(RowsTable)
    counted = Restyled()
    for table in tables:
        table.installEventFilter(counted)
    theme.apply(qapp, MachineSettings(theme=Theme.DARK))
    times = counted.times
    for table in tables:
        table.removeEventFilter(counted)
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))
    assert 0 < times <= 3 * len(tables)


def test_a_page_that_is_hidden_breaks_no_words_into_lines(context: Context, show: Show) -> None:
    outer, stack = QWidget(), QStackedWidget()
    QVBoxLayout(outer).addWidget(stack)
    labels: list[WrappedLabel] = []
    for _ in range(3):
        page, label = Page(context), WrappedLabel()
        page.body.addWidget(label)
        stack.addWidget(page)
        labels.append(label)
    show(outer)
    QApplication.processEvents()  # a loaded machine tells late that the window is there
    first, second, third = labels
    for shown in labels:
        shown.asked = 0
    stack.setCurrentIndex(1)
    QApplication.processEvents()
    assert second.asked
    assert first.asked == third.asked == 0


def test_all_of_a_long_list_stay_selected_as_one_range(qtbot: QtBot, show: Show) -> None:
    rows = [Row(number, f"Élève {number % 1000}") for number in range(MANY)]
    table = RowsTable([ColumnSpec("Nom", lambda row: row.name)])
    table.set_rows(rows)
    show(table)
    qtbot.keyClick(table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    # Else each title asks all rows whether they are selected, whenever it is painted.
    assert not table.horizontalHeader().selectionModel().hasSelection()
    told: list[None] = []
    table.chosen_changed.connect(lambda: told.append(None))
    table.set_rows(rows)
    assert len(table.chosen()) == MANY
    assert table.selectionModel().selection().count() == 1
    table.horizontalHeader().sectionClicked.emit(0)
    assert table.rows()[0] is not rows[1]
    assert len(table.chosen()) == MANY
    assert table.selectionModel().selection().count() == 1
    table.set_rows([row for row in rows if row.id % 10_000])
    assert len(table.chosen()) == MANY - 6
    assert table.selectionModel().selection().count() == 1
    # Taken away, given back: once each for a reload, a sorting, a search.
    assert len(told) <= 6


def test_lines_with_gaps_are_one_range_for_each_run(show: Show) -> None:
    table = RowsTable([ColumnSpec("Nom", lambda row: row.name)])
    table.set_rows([Row(number, str(number)) for number in range(10)])
    show(table)
    table.select(lambda row: row.id in {0, 1, 2, 5, 8, 9})
    assert [row.id for row in table.selected()] == [0, 1, 2, 5, 8, 9]
    ranges = table.selectionModel().selection().toList()
    assert sorted((bounds.top(), bounds.bottom()) for bounds in ranges) == [(0, 2), (5, 5), (8, 9)]


def turn_through(page: LoansPage, qtbot: QtBot) -> list[str]:
    """Show every list of the page, and return what SQLite was asked for beside the moment."""
    with statements(page.context.services.dossier) as found:
        for view in page._views:
            page.turn_to(view.id)
            qtbot.waitUntil(lambda: not page._finding.is_counting)
    return [stop for stop in found if stop not in ("BEGIN IMMEDIATE", kept._MOMENT)]


def test_a_list_is_read_again_only_when_something_was_written(
    lent: Context, show: Show, qtbot: QtBot
) -> None:
    page = LoansPage(lent)
    show(page)
    assert reading("device", turn_through(page, qtbot))
    assert turn_through(page, qtbot) == []
    page._search.setText("inès")
    page._fill()
    turn_through(page, qtbot)
    assert turn_through(page, qtbot) == []
    page._opening.go(PrintRegister())
    with statements(lent.services.dossier) as found:
        page.close_panel()
    assert found == []
    devices = page.view("devices")
    page.turn_to("devices")
    lent.services.devices.add_device(DeviceInput("YSS-9", DeviceKind.TABLET))
    assert turn_through(page, qtbot)
    assert turn_through(page, qtbot) == []
    page._search.setText("")
    page._fill()
    page.turn_to("devices")
    assert len(devices.table.rows()) == 6
    devices.kind.choose(DeviceKind.TABLET)
    assert len(devices.table.rows()) == 1
    assert turn_through(page, qtbot)
    assert turn_through(page, qtbot) == []
    tomorrow = lent.services.dossier.now() + timedelta(days=1)
    lent.services.dossier.clock = lambda: tomorrow
    assert reading("loan", turn_through(page, qtbot)), "who is late is another matter by then"


def test_home_reads_the_plan_and_the_school_once_for_each_change(
    context: Context, show: Show
) -> None:
    dossier = context.services.dossier
    page = HomePage(context)
    show(page)
    with statements(dossier) as first:
        context.services.school.save(Identity(name="École Colette"))
    assert len(reading("school", first)) <= 3  # the use case itself, then the page
    assert len(reading("plan_version", first)) <= 2  # the versions, and what was changed since
    with statements(dossier) as again:
        page.reload()
    assert not reading("school", again)
    assert not reading("plan_version", again)


def test_the_plans_page_takes_over_what_home_found(context: Context, show: Show) -> None:
    dossier = context.services.dossier
    home = HomePage(context)
    show(home)
    with statements(dossier) as found:
        plan = PlanPage(context)
        show(plan)
    assert len(reading("plan_version", found)) <= 1


def test_documents_read_two_of_a_long_list_until_it_is_opened(lent: Context, show: Show) -> None:
    page = DocumentsPage(lent)
    show(page)
    for name in ("fiche-de-materiel", "convention-de-pret", "fiche-emprunteur"):
        card = next(card for card in page.findChildren(OfferCard) if card.offer.id == name)
        box = card._subjects
        assert box.isVisibleTo(card)
        first = box.currentText()
        assert box.count() == 2
        box.showPopup()
        box.hidePopup()
        assert box.count() == len(card.offer.subjects(lent.services.dossier)) >= 5
        assert box.currentText() == first
        box.setCurrentIndex(3)
        chosen = box.currentText()
        lent.services.pupils.add_pupil(PupilInput("Aubert", "Lou"))
        assert box.currentText() == chosen
        assert box.count() >= 5


def test_what_of_a_document_is_shown_first_is_first_in_its_list(lent: Context) -> None:
    from egn_desktop import exports

    lent.services.loans.return_device(1)
    dossier = lent.services.dossier
    offers = [offer for offer in exports.available() if offer.first]
    assert len(offers) >= 5
    for offer in offers:
        beginning = list(offer.beginning(dossier))
        whole = list(offer.subjects(dossier))
        assert beginning
        assert whole[: len(beginning)] == beginning, offer.id
        assert len(beginning) >= min(2, len(whole)), offer.id


def test_the_list_of_documents_imports_nothing_that_draws(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from egn_desktop import exports\n"
        "from egn_desktop.dossier import Dossier\n"
        "with Dossier.create(Path(sys.argv[1]) / 'ecole.egn', key=bytes(32)) as dossier:\n"
        "    for offer in exports.available(): offer.beginning(dossier)\n"
        "heavy = {'reportlab', 'PIL', 'pikepdf'} & set(sys.modules)\n"
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_settings_read_the_tab_that_is_shown(context: Context, show: Show) -> None:
    dossier = context.services.dossier
    page = SettingsPage(context)
    with statements(dossier) as found:
        show(page)
    assert not reading("borrower", found)
    with statements(dossier) as found:
        page.arrive("privacy")
    assert reading("borrower", found)
    with statements(dossier) as found:
        page.arrive("school")
        page.arrive("privacy")
    assert not reading("borrower", found)


def test_what_is_past_its_term_is_judged_by_person_not_by_loan(
    lent: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, dossier = lent.services, lent.services.dossier
    for number in range(1, 6):
        services.loans.return_device(number)
    for number in range(1, 6):
        again = services.loans.lend(device_id=number, borrower_id=1, due_on=date(2026, 12, 1))
        services.loans.return_device(again)
    later = dossier.now().replace(year=dossier.now().year + 10)
    dossier.clock = lambda: later
    judged: list[date] = []
    real = retention.kept_until

    def noted(day: date, years: int) -> date:
        judged.append(day)
        return real(day, years)

    monkeypatch.setattr(retention, "kept_until", noted)
    due = erasures(dossier)
    assert sum(len(erasure.loan_ids) for erasure in due) == 10
    # The first loan's day and the last one's.
    assert len(judged) == 2 * len(due) == 10


def test_a_dossier_that_is_to_be_opened_shows_no_assistant_first(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ecole.egn"
    made: list[WelcomeView] = []
    real = WelcomeView.__init__

    def noted(view: WelcomeView, *arguments: object) -> None:
        made.append(view)
        real(view, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(WelcomeView, "__init__", noted)
    window = AppWindow(MachineSettings(), path)
    qtbot.addWidget(window)
    assert isinstance(window.view, WaitingView)
    assert not made
    window.start()
    qtbot.waitUntil(lambda: isinstance(window.view, WelcomeView))  # there is no such file
    assert len(made) == 1


def test_a_last_dossier_that_is_gone_leaves_nobody_waiting(qtbot: QtBot, tmp_path: Path) -> None:
    settings = MachineSettings()
    settings.remember(tmp_path / "ecole.egn")
    window = AppWindow(settings)
    qtbot.addWidget(window)
    assert isinstance(window.view, WaitingView)
    window.start()
    assert isinstance(window.view, WelcomeView)


def test_a_dossier_keeps_its_pages_in_memory(dossier: Dossier) -> None:
    assert dossier.raw.execute("PRAGMA cache_size").fetchone() == (-65_536,)
