# SPDX-License-Identifier: GPL-3.0-or-later
"""What every page of the table owes: it opens, names its controls, fits, and cuts no word."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from egn_desktop import features
from egn_desktop.dossier import Dossier
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.crisis import CrisisView
from egn_desktop.ui.shell.view import ShellView
from egn_desktop.ui.table_tools import TableTools
from egn_desktop.ui.tables import RowsTable
from tests.conftest import KEY, NOW

CONTROLS = QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit, QAbstractItemView
SMALL, SMALLEST = (1280, 720), (1024, 700)
# What 1366 × 768 leaves at 125 % and at 200 %, in the points that a window counts in.
SCALED = (1093, 560), (683, 340)


@pytest.fixture(params=["empty", "demonstration"])
def shell(
    qtbot, qapp: QApplication, request: pytest.FixtureRequest, dossier: Dossier, tmp_path: Path
) -> Iterator[ShellView]:
    """The whole window's inside, on an empty dossier and on the demonstration school."""
    opened = dossier
    if request.param == "demonstration":
        copy = shutil.copy(request.getfixturevalue("demonstration"), tmp_path / "demo.egn")
        opened = Dossier.open(Path(copy), key=KEY, clock=lambda: NOW)
    context = Context(Services.of(opened), MachineSettings())
    # Not pytest-qt's, which would delete it before the jobs that answer to it have ended.
    view = ShellView(context)
    view.resize(*SMALL)
    view.show()
    yield view
    qtbot.waitUntil(lambda: not context.jobs.busy)
    view.hide()
    context.close()
    if opened is not dossier:
        opened.close()


def settle(app: QApplication) -> None:
    for _ in range(4):
        app.processEvents()


def visible(parent: QWidget, kind: type | tuple[type, ...]) -> list[QWidget]:
    return [
        widget
        for widget in parent.findChildren(QWidget)
        if isinstance(widget, kind) and widget.isVisible()
    ]


def scrolls(widget: QWidget, page: QWidget) -> bool:
    """Tell whether a widget lies in something that scrolls to it."""
    parent = widget.parentWidget()
    while parent is not None and parent is not page:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


def unnamed(page: QWidget) -> list[str]:
    found: list[str] = []
    for control in visible(page, CONTROLS):
        if control.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        text = control.text() if isinstance(control, QAbstractButton) else ""
        if not (control.accessibleName() or text):
            found.append(f"{type(control).__name__} in {type(control.parentWidget()).__name__}")
    return found


def cut(page: QWidget) -> list[str]:
    """Return the words that do not fit where they are shown."""
    found: list[str] = []
    for control in visible(page, (QLabel, QAbstractButton)):
        if isinstance(control, QLabel) and (control.wordWrap() or control.pixmap().width()):
            needed = control.heightForWidth(control.width()) if control.wordWrap() else 0
            if needed > control.height() + 1:
                found.append(f"{control.text()!r}: {control.height()} of {needed} high")
            continue
        if isinstance(control.parentWidget(), QLineEdit):
            continue  # the icon within a field: its words are a name, never shown
        text = control.text() if isinstance(control, QLabel | QAbstractButton) else ""
        if text and control.width() + 1 < min(
            control.minimumSizeHint().width(), control.sizeHint().width()
        ):
            found.append(f"{text!r}: {control.width()} of {control.sizeHint().width()} wide")
    for bar in visible(page, QTabBar):
        assert isinstance(bar, QTabBar)
        for place in range(bar.count()):
            needed = bar.fontMetrics().horizontalAdvance(bar.tabText(place))
            if bar.tabRect(place).width() < needed:
                found.append(f"tab {bar.tabText(place)!r}")
    return found


def outside(page: QWidget) -> list[str]:
    """Return the controls that lie, even partly, out of the page and cannot be scrolled to."""
    found: list[str] = []
    for control in visible(page, CONTROLS):
        if scrolls(control, page):
            continue
        corner = control.mapTo(page, QPoint(0, 0))
        if corner.x() < 0 or corner.y() < 0:
            found.append(
                f"{type(control).__name__} {control.accessibleName()!r} at {corner.toTuple()}"
            )
        elif (
            corner.x() + control.width() > page.width()
            or corner.y() + control.height() > page.height()
        ):
            found.append(f"{type(control).__name__} {control.accessibleName()!r} past the edge")
    return found


@pytest.mark.parametrize("feature", features.FEATURES, ids=lambda feature: feature.id)
def test_the_page_opens_names_its_controls_fits_and_cuts_nothing(
    shell: ShellView, qapp: QApplication, feature: features.Feature
) -> None:
    shell.show_page(feature.id)
    settle(qapp)
    page = shell.page
    assert page.accessibleName()
    assert unnamed(shell) == []
    assert cut(shell) == []
    assert outside(shell) == []
    assert (shell.width(), shell.height()) == SMALL


@pytest.mark.parametrize("feature", features.FEATURES, ids=lambda feature: feature.id)
def test_the_smallest_window_with_the_largest_text_loses_no_control(
    shell: ShellView, qapp: QApplication, feature: features.Feature
) -> None:
    theme.apply(qapp, MachineSettings(theme=Theme.LIGHT, text_size=TextSize.LARGER))
    try:
        shell.resize(*SMALLEST)
        shell.show_page(feature.id)
        settle(qapp)
        assert outside(shell) == []
    finally:
        theme.apply(qapp, MachineSettings(theme=Theme.LIGHT))


@pytest.mark.parametrize("shell", ["demonstration"], indirect=True)
@pytest.mark.parametrize("size", SCALED, ids=str)
def test_a_scaled_screen_loses_no_control(
    shell: ShellView, qapp: QApplication, size: tuple[int, int]
) -> None:
    shell.resize(*size)
    for feature in features.FEATURES:
        shell.show_page(feature.id)
        settle(qapp)
        assert (shell.width(), shell.height()) == size, feature.id
        assert outside(shell) == [], feature.id
        area = shell._areas[feature.id]
        assert area.horizontalScrollBar().maximum() == 0, feature.id
        if size == SCALED[0]:
            assert area.verticalScrollBar().maximum() == 0, feature.id
            assert cut(shell) == [], feature.id


@pytest.mark.parametrize("feature", features.FEATURES, ids=lambda feature: feature.id)
def test_every_control_of_the_page_is_reached_by_tab(
    shell: ShellView, qapp: QApplication, feature: features.Feature
) -> None:
    shell.show_page(feature.id)
    settle(qapp)
    wanted = {
        control
        for control in visible(shell.page, (QAbstractButton, QLineEdit, QComboBox))
        if control.isEnabled() and control.focusPolicy() != Qt.FocusPolicy.NoFocus
    }
    by_tab = {control for control in wanted if control.focusPolicy() & Qt.FocusPolicy.TabFocus}
    assert {type(control).__name__ for control in wanted - by_tab} == set()


@pytest.mark.parametrize("feature", features.FEATURES, ids=lambda feature: feature.id)
def test_every_table_of_the_page_chooses_its_columns_and_is_exported(
    shell: ShellView, qapp: QApplication, feature: features.Feature
) -> None:
    shell.show_page(feature.id)
    settle(qapp)
    tables = visible(shell.page, RowsTable)
    assert [table.accessibleName() for table in tables if not table.findChildren(TableTools)] == []


class WindowWatch(QObject):
    """Notes whatever is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget)
        if is_shown and watched.isWindow() and not isinstance(watched, ShellView):
            self.shown.append(repr(watched))
        return False


def test_no_part_of_a_page_flashes_as_a_window_of_its_own(
    shell: ShellView, qapp: QApplication
) -> None:
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    try:
        for feature in features.FEATURES:
            shell.show_page(feature.id)
            shell.page.new()
            settle(qapp)
        shell.show_crisis()
        settle(qapp)
        shell.leave_crisis()
    finally:
        qapp.removeEventFilter(watch)
    assert watch.shown == []


def test_crisis_mode_names_its_controls_fits_and_cuts_nothing(
    shell: ShellView, qapp: QApplication
) -> None:
    shell.show_crisis()
    settle(qapp)
    assert unnamed(shell) == []
    assert cut(shell) == []
    assert outside(shell) == []
    crisis = shell._crisis
    assert isinstance(crisis, CrisisView)
    crisis.open_scenario("inondation")
    settle(qapp)
    assert unnamed(shell) == []
    assert cut(shell) == []
    assert outside(shell) == []
    assert (shell.width(), shell.height()) == SMALL
    shell.leave_crisis()
    settle(qapp)
