# SPDX-License-Identifier: GPL-3.0-or-later
"""Who left, as the loans page shows it."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.parts import held_chip, loan_chip
from egn_desktop.ui.pages.loans.people.leaver_line import LeaverLine
from egn_desktop.ui.pages.loans.targets import Borrower
from egn_desktop.ui.tables import RowsTable
from egn_desktop.ui.widgets.labels import Chip


@pytest.fixture
def page(context: Context, show: Callable[[QWidget], None]) -> LoansPage:
    """Two pupils, of whom Inès has a laptop."""
    services = context.services
    for name in ("Inès", "Noé"):
        services.pupils.add_pupil(PupilInput("Benali", name, school_class="CM2"))
    device = services.devices.add_device(DeviceInput("YSS-1", DeviceKind.LAPTOP))
    services.loans.lend(device_id=device, borrower_id=1)
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


def rows(page: LoansPage) -> list[object]:
    (table,) = (table for table in page.findChildren(RowsTable) if table.isVisible())
    return table.rows()


def button(page: QWidget, words: str) -> QPushButton | None:
    found = [button for button in page.findChildren(QPushButton) if button.isVisible()]
    return next((button for button in found if words in button.text()), None)


def test_a_sheet_says_who_left_and_takes_it_back(
    page: LoansPage, context: Context, dossier: Dossier
) -> None:
    said: list[Callable[[], object]] = []
    context.said.connect(lambda _text, undo: said.append(undo))
    page._opening.go(Borrower(BorrowerKind.PUPIL, 1))
    (line,) = page.panel.findChildren(LeaverLine)
    (chip,) = line.findChildren(Chip)
    assert not chip.isVisible()
    button(line, "Noter un départ").click()
    assert pupils(dossier)[0].left_on == dossier.today()
    assert chip.isVisible()
    assert button(line, "Noter un retour")
    (row,) = rows(page)
    assert (loan_chip(row).text, loan_chip(row).tone) == ("Parti, en cours", "bad")
    said[-1]()
    assert pupils(dossier)[0].left_on is None
    assert page.panel is None, "it would show what was before"


def test_who_left_with_nothing_is_taken_off_from_the_list(
    page: LoansPage, context: Context, dossier: Dossier
) -> None:
    said: list[Callable[[], object]] = []
    context.said.connect(lambda _text, undo: said.append(undo))
    page.arrive("pupils")
    assert button(page, "Retirer les partis") is None
    for pupil_id in (1, 2):
        context.services.pupils.mark_left(pupil_id)
    chips = [held_chip(row) for row in rows(page)]
    assert [(chip.text.replace("\u202f", " "), chip.tone) for chip in chips] == [
        ("Parti avec 1 appareil", "bad"),
        ("Parti", "neutral"),
    ]
    button(page, "Retirer les partis : 1").click()
    assert len(pupils(dossier)) == 1
    assert button(page, "Retirer les partis") is None
    said[-1]()
    assert len(pupils(dossier)) == 2
