# SPDX-License-Identifier: GPL-3.0-or-later
"""Sixty pupils without a computer, forty devices in the cupboard, one hour; then they come back."""

import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.checkup import looked_over
from egn_desktop.dossier import Dossier
from egn_desktop.exports import export_one
from egn_desktop.inventory.lending.needs import Priority
from egn_desktop.inventory.lending.queries.needs import needs_summary, waiting
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.loans import LoanRow, loans
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import (
    BorrowerKind,
    Condition,
    DeviceKind,
    DeviceState,
    LoanState,
)
from egn_desktop.inventory.stock.queries.devices import devices, stock
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings, Theme
from egn_desktop.typography import typeset
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.imports import ImportPanel
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.loan_panel import LoanPanel
from egn_desktop.ui.pages.loans.lending.needs_section import NeedSection
from egn_desktop.ui.pages.loans.lending.needs_together import TogetherPanel
from egn_desktop.ui.pages.loans.targets import Borrower, Import, LendTogether

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
DUE = date(2026, 12, 11)
ANSWERS = ("no-device", "only-smartphone", "shared-device")


class Clock:
    """The day that the school lives."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def context(qapp: object, tmp_path: Path, clock: Clock) -> Iterator[Context]:
    with Dossier.create(tmp_path / "e.egn", key=bytes(32), clock=lambda: clock.now) as dossier:
        made = Context(Services.of(dossier), MachineSettings(theme=Theme.LIGHT))
        yield made
        made.close()


@pytest.fixture
def page(context: Context, show: Callable[[QWidget], None]) -> LoansPage:
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


def press(widget: QWidget, words: str) -> None:
    near = [
        button
        for button in widget.findChildren(QAbstractButton)
        if button.text().strip().startswith(words) and button.isVisible() and button.isEnabled()
    ]
    (found,) = [button for button in near if button.text().strip() == words] or near
    found.click()


def breathe() -> None:
    """Let closed panels go, as the event loop does between two things that a head does."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def scan(qtbot: QtBot, page: LoansPage, code: str) -> LoanPanel:
    """Scan as a reader does, into the field that has the focus, and see the loan that opens."""
    breathe()
    assert page._search.hasFocus()
    qtbot.keyClicks(page._search, code)
    qtbot.keyClick(page._search, Qt.Key.Key_Return)
    assert isinstance(page.panel, LoanPanel)
    return page.panel


def test_the_crisis_hour(
    page: LoansPage, context: Context, clock: Clock, qtbot: QtBot, tmp_path: Path
) -> None:
    dossier = context.services.dossier
    import_pupils(page, qtbot)
    for number in range(40):
        kind = DeviceKind.TABLET if number % 4 == 0 else DeviceKind.LAPTOP
        kit = ("chargeur",) if kind is DeviceKind.TABLET else ("chargeur", "souris")
        context.services.devices.add_device(
            DeviceInput(f"PRT-{number:03}", kind, "HP", "ProBook 11", accessories=kit)
        )
    record_needs(page, dossier)
    lent = lend_forty(page, dossier)
    print_handover(dossier, lent, tmp_path)
    clock.now = datetime(2026, 12, 14, 7, 30, tzinfo=UTC)
    take_back(page, dossier, qtbot, lent)
    write_to_the_late(page, dossier, lent[-1], tmp_path)
    read_the_register(dossier, lent, tmp_path)
    assert looked_over(dossier).ok


def import_pupils(page: LoansPage, qtbot: QtBot) -> None:
    page._opening.go(Import("pupils"))
    panel = page.panel
    assert isinstance(panel, ImportPanel)
    panel.load(SAMPLES / "onde_eleves.csv")
    qtbot.waitUntil(lambda: not page.context.jobs.busy)
    press(panel, "Importer ")
    qtbot.waitUntil(lambda: not page.context.jobs.busy)
    press(panel, "Terminé")
    assert len(pupils(page.services.dossier)) == 190


def record_needs(page: LoansPage, dossier: Dossier) -> None:
    """Note in the window what sixty families answered, ten of them the most pressing."""
    for number, pupil in enumerate(pupils(dossier)[::3][:60]):
        breathe()
        page._opening.go(Borrower(BorrowerKind.PUPIL, pupil.id))
        assert page.panel is not None
        section = page.panel.findChild(NeedSection)
        press(section, "Noter ses besoins")
        form = section._questions
        assert isinstance(form, Form)
        answer = ANSWERS[number % 3] if number >= 10 else "no-device"
        form.set_value("device", answer)
        form.edited.emit("device", answer)
        if number < 10:
            press(section, "Contact déjà")
    assert needs_summary(dossier).surveyed == 60


def lend_forty(page: LoansPage, dossier: Dossier) -> list[LoanRow]:
    """Lend all that there is to those who need it most, and see who is left waiting."""
    first = {row.id for row in waiting(dossier) if row.priority is Priority.FIRST}
    assert len(first) >= 10
    page._opening.go(LendTogether())
    panel = page.panel
    assert isinstance(panel, TogetherPanel)
    panel._due._form.set_value("due_on", DUE)
    press(panel, "Prêter 40 appareils")
    rows = sorted(loans(dossier, state=LoanState.OPEN), key=lambda row: row.code)
    assert len(rows) == 40
    assert {row.due_on for row in rows} == {DUE}
    left = {row.id for row in waiting(dossier)}
    assert first <= {row.borrower_id for row in rows}
    assert len(left) == 20
    assert stock(dossier).available == 0
    return rows


def print_handover(dossier: Dossier, lent: list[LoanRow], folder: Path) -> None:
    for document in ("conventions-d-une-remise", "fiche-de-remise"):
        text = printed(dossier, document, "2026-11-24", folder)
        for row in lent:
            assert typeset(row.borrower_name) in text
            assert row.code in text


def take_back(page: LoansPage, dossier: Dossier, qtbot: QtBot, lent: list[LoanRow]) -> None:
    """Take back thirty-eight by scanner, one of them broken; another was stolen, one is late."""
    page.close_panel()
    page.find()
    for row in lent[:37]:
        press(scan(qtbot, page, row.code), "Noter le retour")
    panel = scan(qtbot, page, lent[37].code)
    form = next(form for form in panel.findChildren(Form) if "condition" in form.values())
    form.set_value("condition", Condition.BROKEN)
    form.edited.emit("condition", Condition.BROKEN)
    press(panel, "Noter le retour")
    press(scan(qtbot, page, lent[38].code), "Déclarer volé")
    figures = stock(dossier)
    assert (figures.available, figures.in_repair, figures.lost, figures.lent) == (37, 1, 1, 1)
    states = {row.code: row.state for row in devices(dossier)}
    assert states[lent[37].code] is DeviceState.IN_REPAIR
    assert states[lent[38].code] is DeviceState.STOLEN


def write_to_the_late(page: LoansPage, dossier: Dossier, late: LoanRow, folder: Path) -> None:
    (open_loan,) = loans(dossier, state=LoanState.OPEN)
    assert (open_loan.id, open_loan.days_late) == (late.id, 3)
    page.turn_to("loans")
    assert page.view("loans").table.rows()[0].id == late.id
    text = printed(dossier, "courriers-de-relance", "", folder)
    assert late.borrower_name in text
    assert late.code in text


def read_the_register(dossier: Dossier, lent: list[LoanRow], folder: Path) -> None:
    text = printed(dossier, "registre-des-prets", None, folder)
    for row in lent:
        assert row.code in text
    assert "En retard de 3" in text
    assert "Volé" in text
    assert "En panne" in text or "en panne" in text


def printed(dossier: Dossier, document: str, subject: str | None, folder: Path) -> str:
    """Return the words of a document as it is printed, ordinary spaces apart."""
    file = folder / f"{document}.pdf"
    export_one(dossier, document, subject, file)
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) >= 1
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return " ".join(done.stdout.split())
