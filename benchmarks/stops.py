# SPDX-License-Identifier: GPL-3.0-or-later
"""A walk through the real window that names whatever holds it for longer than 100 ms.

What is measured is processor time of the window's thread, from an act to its painted answer: on a
machine that is busy with other work the time waited says little. Even processor time grows there,
so each stop is held against a control, some fixed work of Python and Qt timed at the same moment.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.timing import MS
from egn_desktop import features
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.settings import MachineSettings, TextSize, Theme
from egn_desktop.ui import theme
from egn_desktop.ui.pages.loans.views import VIEWS
from egn_desktop.ui.pages.settings.page import TABS
from egn_desktop.ui.start import make_application
from egn_desktop.ui.window import AppWindow

KNOWN = Path(__file__).with_name("known_stops.txt")
LIMIT_MS = 100
# What the control takes on the machine of the README when it has nothing else to do.
CONTROL_MS = 10.0
SIZES = (1280, 760), (1366, 768)


@dataclass(frozen=True, slots=True)
class Stop:
    """How long an act held the window, and the control timed beside it, in milliseconds."""

    act: str
    held: float
    control: float

    @property
    def at_rest(self) -> float:
        """What it would take on a machine that has nothing else to do."""
        return self.held * CONTROL_MS / self.control


def walk(school: str, dossier: Dossier) -> Iterator[Stop]:
    """Walk through the window on a dossier, which is closed at the end; yield each act."""
    app = make_application()
    theme.apply(app, MachineSettings(theme=Theme.LIGHT))
    window = AppWindow(MachineSettings())
    window.resize(*SIZES[0])
    window.show()
    for act, do in _acts(window, dossier):
        control = _control()
        held = _held(do)
        yield Stop(f"{school}: {act}", held, (control + _control()) / 2)
        _settle(window)
    window.close()
    while window.isVisible():
        _settle(window)


def known() -> frozenset[str]:
    """Return the acts that are known to hold the window: a list that is to shrink."""
    lines = KNOWN.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _acts(window: AppWindow, dossier: Dossier) -> Iterator[tuple[str, Callable[[], object]]]:
    yield "the open dossier", lambda: window.show_dossier(dossier)
    shell: Any = window.view
    pages = [feature.id for feature in features.FEATURES]
    for page in pages[1:]:
        yield f"{page}, first", lambda page=page: shell.show_page(page)
    for page in pages:
        yield f"{page}, again", lambda page=page: shell.show_page(page)
    for page in pages:
        shell.show_page(pages[pages.index(page) - 1])
        with dossier.write(*Changed):
            pass
        yield f"{page}, after a change", lambda page=page: shell.show_page(page)
    for tab in TABS:
        yield f"settings, {tab}", lambda tab=tab: shell.show_page("settings", tab)
    shell.show_page("loans")
    yield from _loans(shell)
    shell.show_page("home")
    for chosen in (Theme.DARK, Theme.LIGHT):
        settings = MachineSettings(theme=chosen)
        yield f"the {chosen} theme", lambda s=settings: theme.apply(make_application(), s)
    large = MachineSettings(theme=Theme.LIGHT, text_size=TextSize.LARGE)
    yield "a larger text", lambda: theme.apply(make_application(), large)
    yield "another size of the window", lambda: window.resize(*SIZES[1])


def _loans(shell: Any) -> Iterator[tuple[str, Callable[[], object]]]:
    page = shell.page
    for view in VIEWS:
        yield f"loans, {view.id}", lambda view=view: page.turn_to(view.id)
    page.turn_to("loans")
    loans = page.view("loans")
    yield "loans, a letter typed", lambda: _search(page, "m")
    yield "loans, a word typed", lambda: _search(page, "martin")
    yield "loans, a word mistyped", lambda: _search(page, "martim")
    yield "loans, the search left", lambda: _search(page, "")
    yield "loans, the panel that lends", page.new
    page.close_panel()
    rows = loans.table.rows()
    if rows:
        yield "loans, a loan's panel", lambda: loans.table.opened.emit(rows[0])
        yield "loans, the panel closed", page.close_panel
    yield "loans, every loan", lambda: (loans.which.choose((None, None)), loans._ask_all())  # noqa: SLF001
    table = loans.table
    select_all = Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier
    yield "loans, all selected", lambda: QTest.keyClick(table, *select_all)
    yield "loans, sorted with all selected", lambda: table.horizontalHeader().sectionClicked.emit(0)
    yield "loans, filled anew with all selected", lambda: table.set_rows(table.rows())


def _search(page: Any, text: str) -> None:
    page._search.setText(text)  # noqa: SLF001
    page._search._tell()  # noqa: SLF001 - what the field does after a pause in the typing


def _held(act: Callable[[], object]) -> float:
    """Return the longest time for which the event loop was not reached."""
    longest = 0.0
    for work in (act, *(QApplication.processEvents,) * 3):
        start = time.thread_time()
        work()
        longest = max(longest, time.thread_time() - start)
    return longest * MS


def _settle(window: AppWindow) -> None:
    QApplication.processEvents()
    while window.is_busy:
        QApplication.processEvents()
        time.sleep(0.005)
    QApplication.processEvents()


def _control() -> float:
    image = QImage(400, 400, QImage.Format.Format_ARGB32)
    start = time.thread_time()
    painter = QPainter(image)
    painter.setFont(theme.font("body"))
    for line in range(1_500):
        painter.drawText(line % 300, line % 400, f"Élève {line}")
    painter.end()
    return (time.thread_time() - start) * MS
