# SPDX-License-Identifier: GPL-3.0-or-later
"""Each keystroke of a search among the loans; against LIKE and against FTS5 on the same file."""

import statistics
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication

from benchmarks.timing import Measure, milliseconds
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.terms import LoanState
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.finding import Finding
from egn_desktop.ui.start import make_application
from egn_desktop.ui.widgets.search import SearchField

TYPED = "martin"
MISTYPED = "martim"
SIZE = 1100, 760
OPEN, ALL = (LoanState.OPEN, None), (None, None)
LIKE = """
    SELECT loan.id FROM loan
    JOIN device ON device.id = loan.device_id JOIN borrower ON borrower.id = loan.borrower_id
    WHERE loan.state <> 'cancelled' AND (borrower.search LIKE ? OR device.search LIKE ?)
"""
FTS5 = "SELECT rowid FROM loan_words WHERE loan_words MATCH ?"


def measures(dossier: Dossier) -> list[Measure]:
    """Return the measures of searching: the page's answer, from the letter to the painted rows."""
    theme.apply(make_application(), MachineSettings())
    context = Context(Services.of(dossier), MachineSettings())
    page = LoansPage(context)
    page.resize(*SIZE)
    page.show()
    QApplication.processEvents()
    searching = Searching(page)
    like, words = _like(dossier.raw), _fts5(dossier.raw)
    bare_like, bare_words = statistics.median(like), statistics.median(words)
    by_like, by_words = "LIKE on all the loans, ids only", "FTS5 on all the loans, ids only"
    found: list[Measure] = []
    for name, which in (("open loans", OPEN), ("all 60,000 loans", ALL)):
        page.view("loans").which.choose(which)  # type: ignore[attr-defined]
        letters = [searching.first_rows(TYPED[:end]) for end in range(1, len(TYPED) + 1)]
        typical, worst = statistics.median(letters), max(letters)
        found += [
            Measure(f"a keystroke, {name}", typical, by_like, bare_like),
            Measure(f"a keystroke, {name}", typical, by_words, bare_words),
            Measure(f"the slowest keystroke, {name}", worst, "LIKE, its slowest", max(like)),
        ]
    page.view("loans").which.choose(OPEN)  # type: ignore[attr-defined]
    mistyped = searching.first_rows(MISTYPED)
    found += [
        Measure("a mistyped word, open loans", mistyped, by_words, bare_words),
        Measure(
            "the first mistyped word after a change", searching.after_a_change(), by_words,
            bare_words,
        ),
        Measure("what the other lists find, counted", searching.counted(TYPED), by_words,
                bare_words),
    ]  # fmt: skip
    page.close()
    context.close()
    page.deleteLater()
    return found


class Searching:
    """Types into the page's field, and tells how long the answer takes."""

    def __init__(self, page: LoansPage) -> None:
        self._page = page
        self._field = page.findChildren(SearchField)[0]
        self._finding = page.findChildren(Finding)[0]

    def first_rows(self, text: str) -> float:
        """Return the time from a text to its painted rows, which come before the counts."""
        taken: list[float] = []
        for _ in range(3):
            self._ask("")
            self._settle()
            taken.append(milliseconds(partial(self._show, text), times=1))
            self._settle()
        return min(taken)

    def after_a_change(self) -> float:
        """Return the same for a mistyped word, when the register's words are gathered anew."""
        with self._page.services.dossier.write():
            pass  # any write has them gathered anew
        self._ask("")
        self._settle()
        return milliseconds(partial(self._show, MISTYPED), times=1)

    def counted(self, text: str) -> float:
        """Return how long the other lists take, all of them, once the rows are painted."""
        self._ask("")
        self._settle()
        self._show(text)
        return milliseconds(self._settle, times=1)

    def _show(self, text: str) -> None:
        self._ask(text)
        # Lays out and paints, and leaves the counting for later.
        QApplication.sendPostedEvents()

    def _ask(self, text: str) -> None:
        self._field.setText(text)
        # The field waits for a pause in the typing; this is what it does then.
        self._field._tell()  # noqa: SLF001

    def _settle(self) -> None:
        QApplication.processEvents()
        while self._finding.is_counting:
            QApplication.processEvents()


def _like(connection: Any) -> list[float]:
    def ask(text: str) -> Callable[[], object]:
        return lambda: connection.execute(LIKE, (f"%{text}%", f"%{text}%")).fetchall()

    return [milliseconds(ask(TYPED[:end])) for end in range(1, len(TYPED) + 1)]


def _fts5(connection: Any) -> list[float]:
    connection.execute("CREATE VIRTUAL TABLE temp.loan_words USING fts5(words, prefix='1 2 3')")
    connection.execute(
        "INSERT INTO loan_words (rowid, words)"
        " SELECT loan.id, borrower.search || ' ' || device.search FROM loan"
        " JOIN device ON device.id = loan.device_id"
        " JOIN borrower ON borrower.id = loan.borrower_id"
    )

    def ask(text: str) -> Callable[[], object]:
        return lambda: connection.execute(FTS5, (f"{text}*",)).fetchall()

    taken = [milliseconds(ask(TYPED[:end])) for end in range(1, len(TYPED) + 1)]
    connection.execute("DROP TABLE loan_words")
    return taken
