# SPDX-License-Identifier: GPL-3.0-or-later
"""The register of any days, and an agreement in two languages, from the loans page."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.needs_together import LentTogetherPanel
from egn_desktop.ui.pages.loans.lending.register_panel import RegisterPanel
from egn_desktop.ui.pages.loans.papers.language_button import LanguageButton
from egn_desktop.ui.pages.loans.targets import Lend, Loan

Show = Callable[[QWidget], None]
Printed = list[tuple[str, str]]


@pytest.fixture
def page(context: Context, show: Show) -> LoansPage:
    services = context.services
    services.devices.add_device(DeviceInput("YSS-0001", DeviceKind.LAPTOP, "HP", "ProBook 11"))
    services.devices.add_device(DeviceInput("YSS-0002", DeviceKind.LAPTOP, "HP", "ProBook 11"))
    services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    services.loans.lend(
        device_id=1, borrower_id=1, lent_on=date(2026, 9, 2), due_on=date(2027, 7, 2)
    )
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


@pytest.fixture
def printed(context: Context, monkeypatch: pytest.MonkeyPatch) -> Printed:
    found: Printed = []
    monkeypatch.setattr(
        context, "print_document", lambda context, key="": found.append((context, key))
    )
    return found


def press(widget: QWidget, words: str) -> None:
    (found,) = (
        button
        for button in widget.findChildren(QPushButton)
        if button.text() == words and button.isVisible()
    )
    found.click()


def form_of(panel: RegisterPanel) -> Form:
    (form,) = panel.findChildren(Form)
    return form


def opened(page: LoansPage) -> RegisterPanel:
    press(page, "Registre")
    assert isinstance(page.panel, RegisterPanel)
    return page.panel


def choose(form: Form, name: str, words: str) -> None:
    control = form.field(name).control
    assert isinstance(control, QComboBox)
    control.setCurrentText(words)
    assert control.currentText() == words


def test_the_register_of_other_days_is_two_dates_away(page: LoansPage, printed: Printed) -> None:
    panel = opened(page)
    form = form_of(panel)
    assert not form.field("first").isVisible()
    press(panel, "Enregistrer le PDF…")
    choose(form, "period", "D’autres dates")
    assert form.field("first").isVisible()
    form.set_value("first", date(2026, 9, 1))
    form.set_value("last", date(2026, 10, 2))
    choose(form, "document", "Par matériel")
    press(panel, "Enregistrer le PDF…")
    assert printed == [
        ("registre-des-prets", ""),
        ("registre-par-materiel", "2026-09-01..2026-10-02"),
    ]


def test_a_date_that_is_none_prints_nothing(page: LoansPage, printed: Printed) -> None:
    panel = opened(page)
    form = form_of(panel)
    choose(form, "period", "D’autres dates")
    form.field("first").control.setText("jamais")
    press(panel, "Enregistrer le PDF…")
    assert not printed


def test_the_panel_says_whether_names_are_in_it(page: LoansPage) -> None:
    panel = opened(page)

    def words() -> str:
        return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())

    assert "sous clé" in words()
    choose(form_of(panel), "document", "Sans les noms, en chiffres")
    assert "sous clé" not in words()
    assert "Personne n’y est nommé" in words()


def test_an_agreement_prints_in_a_second_language(page: LoansPage, printed: Printed) -> None:
    page._opening.go(Loan(1))
    assert page.panel is not None
    (button,) = page.panel.findChildren(LanguageButton)
    english, arabic, *_ = button.menu.actions()
    assert (english.text(), arabic.text()) == ("Anglais (English)", "Arabe (العربية)")
    arabic.trigger()
    page._opening.go(Lend(device_id=2, borrower_id=1))
    press(page.panel, "Prêter")
    (button,) = page.panel.findChildren(LanguageButton)
    button.menu.actions()[0].trigger()
    assert printed == [("convention-de-pret", "1/ar"), ("convention-de-pret", "2/en")]


def test_a_day_s_agreements_print_in_a_second_language(
    context: Context, show: Show, printed: Printed
) -> None:
    panel = LentTogetherPanel(context, 3)
    show(panel)
    (button,) = panel.findChildren(LanguageButton)
    button.menu.actions()[1].trigger()
    assert printed == [("conventions-d-une-remise", "2026-11-24/ar")]


def test_the_file_is_named_after_its_language(
    page: LoansPage,
    context: Context,
    dossier: Dossier,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    proposed: list[str] = []

    def ask(_title: str, name: str, _filter: str) -> Path:
        proposed.append(name)
        return tmp_path / name

    monkeypatch.setattr(context, "ask_save_file", ask)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: True)
    with qtbot.waitSignal(context.printed):
        context.print_document("convention-de-pret", "1/ar")
    assert proposed == ["convention-de-pret-1-ar-benali-ines-hp-probook-11-yss-0001-arabe.pdf"]
    assert (tmp_path / proposed[0]).read_bytes().startswith(b"%PDF")
