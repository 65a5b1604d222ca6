# SPDX-License-Identifier: GPL-3.0-or-later
"""Each keystroke of a search among the loans; against LIKE and against FTS5 on the same file."""

import statistics
from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QApplication

from benchmarks.timing import Measure, milliseconds
from egn_desktop.dossier import Dossier
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings
from egn_desktop.ui import theme
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.start import make_application
from egn_desktop.ui.widgets.search import SearchField

TYPED = "martin"
SIZE = 1100, 760
LIKE = """
    SELECT loan.id FROM loan
    JOIN device ON device.id = loan.device_id JOIN borrower AS pupil ON pupil.id = loan.borrower_id
    WHERE loan.state <> 'cancelled' AND (pupil.search LIKE ? OR device.search LIKE ?)
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
    field = page.findChildren(SearchField)[0]
    found: list[Measure] = []
    like, words = _like(dossier.raw), _fts5(dossier.raw)
    for name, ended in (("open loans", False), ("all 60,000 loans", True)):
        page._ended.setChecked(ended)  # noqa: SLF001 - the box as a user ticks it
        letters = [_letter(page, field, TYPED[:end]) for end in range(1, len(TYPED) + 1)]
        typical, worst = statistics.median(letters), max(letters)
        bare = [statistics.median(bare) for bare in (like, words)]
        found += [
            Measure(f"a keystroke, {name}", typical, "LIKE on all the loans, ids only", bare[0]),
            Measure(f"a keystroke, {name}", typical, "FTS5 on all the loans, ids only", bare[1]),
            Measure(f"the slowest keystroke, {name}", worst, "LIKE, its slowest", max(like)),
        ]
    page.close()
    context.close()
    page.deleteLater()
    return found


def _letter(page: LoansPage, field: SearchField, text: str) -> float:
    def show(wanted: str) -> None:
        field.setText(wanted)
        # The field waits for a pause in the typing; this is what it does then.
        field._tell()  # noqa: SLF001
        QApplication.processEvents()

    def again() -> None:
        show(text)

    taken: list[float] = []
    for _ in range(3):
        show("")
        taken.append(milliseconds(again, times=1))
    return min(taken)


def _like(connection: Any) -> list[float]:
    def ask(text: str) -> Callable[[], object]:
        return lambda: connection.execute(LIKE, (f"%{text}%", f"%{text}%")).fetchall()

    return [milliseconds(ask(TYPED[:end])) for end in range(1, len(TYPED) + 1)]


def _fts5(connection: Any) -> list[float]:
    connection.execute("CREATE VIRTUAL TABLE temp.loan_words USING fts5(words, prefix='1 2 3')")
    connection.execute(
        "INSERT INTO loan_words (rowid, words) SELECT loan.id, pupil.search || ' ' || device.search"
        " FROM loan JOIN device ON device.id = loan.device_id"
        " JOIN borrower AS pupil ON pupil.id = loan.borrower_id"
    )

    def ask(text: str) -> Callable[[], object]:
        return lambda: connection.execute(FTS5, (f"{text}*",)).fetchall()

    taken = [milliseconds(ask(TYPED[:end])) for end in range(1, len(TYPED) + 1)]
    connection.execute("DROP TABLE loan_words")
    return taken
