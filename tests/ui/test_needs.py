# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.lending.needs import Priority
from egn_desktop.inventory.lending.queries.needs import need
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind, DeviceState, LoanState
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.lending.needs_section import NeedSection
from egn_desktop.ui.pages.loans.lending.needs_together import TogetherPanel
from egn_desktop.ui.pages.loans.targets import Borrower, LendTogether

Show = Callable[[QWidget], None]


@pytest.fixture
def page(context: Context, show: Show) -> LoansPage:
    """The loans page of a school with two laptops and three pupils."""
    services = context.services
    for number in (1, 2):
        services.devices.add_device(
            DeviceInput(f"YSS-000{number}", DeviceKind.LAPTOP, "HP", "ProBook")
        )
    for last, first in (("Benali", "Inès"), ("Traoré", "Noé"), ("Haddad", "Rose")):
        services.pupils.add_pupil(PupilInput(last, first, school_class="CM2"))
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


def press(widget: QWidget, words: str) -> None:
    (found,) = (
        button
        for button in widget.findChildren(QPushButton)
        if button.text() == words and button.isVisible()
    )
    found.click()


def texts(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def section_of(page: LoansPage, pupil_id: int) -> NeedSection:
    page._opening.go(Borrower(BorrowerKind.PUPIL, pupil_id))
    assert page.panel is not None
    return page.panel.findChild(NeedSection)


def choose(section: NeedSection, name: str, value: object) -> None:
    form = section._questions or section._decision
    if name == "priority":
        form = section._decision
    form.set_value(name, value)
    form.edited.emit(name, value)


def received(panel: TogetherPanel) -> dict[str, str]:
    """Who gets what, of those ticked."""
    return {text.name: text.device.code for text in panel._table.chosen() if text.device}


def gets(panel: TogetherPanel, name: str) -> str:
    """What the last column says of somebody."""
    (row,) = (row for row in panel._table.rows() if row.name == name)
    (_, spec) = panel._table.rows_model.specs()[-1]
    shown = spec.text(row)
    return shown if isinstance(shown, str) else shown.text


def test_a_need_is_noted_answer_by_answer_and_explained(page: LoansPage, dossier: Dossier) -> None:
    section = section_of(page, 2)
    press(section, "Noter ses besoins")
    choose(section, "device", "no-device")
    (box,) = (
        box for box in section.findChildren(QCheckBox) if box.text().startswith("Contact déjà")
    )
    box.click()
    found = need(dossier, 2)
    assert found is not None
    assert (found.score, found.answers) == (60, {"no-device", "lost-contact"})
    shown = texts(section).replace("\u202f", " ")
    assert "Aucun appareil à la maison" in shown
    assert "60 points" in shown
    assert "gardé jusqu’au 31/08/2027" in shown
    choose(section, "device", "")
    box.click()
    assert need(dossier, 2).answers == frozenset()
    assert "Aucun." in texts(section)


def test_nothing_to_report_counts_as_asked(page: LoansPage, dossier: Dossier) -> None:
    section = section_of(page, 1)
    press(section, "Rien à signaler")
    found = need(dossier, 1)
    assert found is not None
    assert found.score == 0
    assert "Aucun." in texts(section)


def test_another_priority_wants_a_reason(
    page: LoansPage, context: Context, dossier: Dossier
) -> None:
    context.services.needs.note_need(1, ["shared-device"])
    section = section_of(page, 1)
    choose(section, "priority", Priority.FIRST)
    assert need(dossier, 1).decided is None
    assert section._decision.field("reason").isVisible()
    section._decision.set_value("reason", "Déménage samedi")
    section._decision.edited.emit("reason", "Déménage samedi")
    assert need(dossier, 1).priority is Priority.FIRST
    choose(section, "priority", None)
    assert need(dossier, 1).decided is None


def test_the_answers_are_erased_after_a_warning(
    page: LoansPage, context: Context, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    context.services.needs.note_need(1, ["no-device"])
    section = section_of(page, 1)
    monkeypatch.setattr(context, "confirm", lambda *_words: False)
    press(section, "Effacer les réponses…")
    assert need(dossier, 1) is not None
    monkeypatch.setattr(context, "confirm", lambda *_words: True)
    press(section, "Effacer les réponses…")
    assert need(dossier, 1) is None
    press(section, "Noter ses besoins")


def test_who_waits_is_listed_and_lent_to(page: LoansPage, context: Context) -> None:
    page.turn_to("waiting")
    assert "Aucun besoin noté pour l’instant" in texts(page)
    context.services.needs.note_need(1, ["shared-device"])
    context.services.needs.note_need(2, ["no-device", "lost-contact"])
    table = page.view("waiting").table
    assert [row.name for row in table.rows()] == ["Traoré Noé", "Benali Inès"]
    assert "2 élèves en attente" in page._state.text().replace("\u202f", " ")
    press(page, "Prêter")
    panel = page.panel
    assert isinstance(panel, LendPanel)
    assert panel._who.row.name == "Traoré Noé"
    context.services.loans.lend(device_id=1, borrower_id=2)
    context.services.loans.lend(device_id=2, borrower_id=1)
    assert "Personne n’attend" in texts(page)
    page.turn_to("pupils")


def test_a_class_is_lent_to_in_one_go_and_undone_in_one(
    page: LoansPage, context: Context, dossier: Dossier
) -> None:
    context.services.needs.note_need(3, ["no-device"])
    said: list[Callable[[], object]] = []
    context.said.connect(lambda _text, undo: said.append(undo))
    printed: list[tuple[str, str]] = []
    page.turn_to("waiting")
    press(page, "Prêter à plusieurs")
    panel = page.panel
    assert isinstance(panel, TogetherPanel)
    assert received(panel) == {"Haddad Rose": "YSS-0001"}
    panel._who.set_value("who", "CM2")
    panel._who.edited.emit("who", "CM2")
    assert received(panel) == {"Haddad Rose": "YSS-0001", "Benali Inès": "YSS-0002"}
    assert gets(panel, "Traoré Noé") == "Plus d’ordinateur"
    panel._table.check(lambda row: row.name != "Benali Inès")
    assert received(panel) == {"Haddad Rose": "YSS-0001", "Traoré Noé": "YSS-0002"}
    assert gets(panel, "Benali Inès") == "Attend : ordinateur ou tablette"
    panel._table.check(lambda _row: True)
    press(panel, "Prêter 2 appareils")
    assert [row.borrower_name for row in loans(dossier, state=LoanState.OPEN)] == [
        "Benali Inès",
        "Haddad Rose",
    ]
    context.print_document = lambda *what: printed.append(what)
    press(page.panel, "Imprimer la fiche de remise")
    press(page.panel, "Imprimer les conventions")
    assert printed == [
        ("fiche-de-remise", "2026-11-24"),
        ("conventions-d-une-remise", "2026-11-24"),
    ]
    said[-1]()
    assert not loans(dossier, state=LoanState.OPEN)


@pytest.fixture
def together(page: LoansPage, context: Context) -> TogetherPanel:
    """The panel for the class, with a tablet and a device kept for Rose besides."""
    services = context.services
    services.devices.add_device(DeviceInput("YSS-0003", DeviceKind.TABLET, "Samsung", "Tab A7"))
    services.devices.add_device(DeviceInput("YSS-0004", DeviceKind.LAPTOP, "Dell", "3189"))
    services.devices.change_device(4, state=DeviceState.RESERVED, reserved_for=3)
    page._opening.go(LendTogether())
    panel = page.panel
    assert isinstance(panel, TogetherPanel)
    panel._who.set_value("who", "CM2")
    panel._who.edited.emit("who", "CM2")
    return panel


def line(panel: TogetherPanel, name: str) -> None:
    panel._table.setFocus()
    panel._table.select(lambda row: row.name == name)


def test_what_is_kept_for_somebody_goes_to_nobody_else(together: TogetherPanel) -> None:
    expected = {"Benali Inès": "YSS-0001", "Haddad Rose": "YSS-0004", "Traoré Noé": "YSS-0002"}
    assert received(together) == expected


def test_another_device_is_given_by_the_keyboard_alone(
    page: LoansPage, together: TogetherPanel, qtbot: QtBot
) -> None:
    line(together, "Benali Inès")
    qtbot.keyClick(together._table, Qt.Key.Key_Return)
    pick = together._pick
    assert pick is not None
    assert not together._who.isVisible()
    field = pick._chooser.search
    assert field.hasFocus()
    offered = [pick._line(row) for row in pick._chooser.table.rows()]
    assert offered == [
        "YSS-0003 · Samsung Tab A7",
        "YSS-0002 · HP ProBook · proposé à Traoré Noé",
    ]
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Down)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.panel is together
    assert together._pick is None
    qtbot.keyClick(together._table, Qt.Key.Key_Return)
    field = together._pick._chooser.search
    qtbot.keyClicks(field, "yss-0002")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert received(together)["Benali Inès"] == "YSS-0002"
    assert received(together)["Traoré Noé"] == "YSS-0001"
    assert gets(together, "Benali Inès") == "YSS-0002 · HP ProBook (choisi)"
    assert together._table.hasFocus()
    # A device given to a line that was left out takes it in again.
    together._table.check(lambda row: row.name != "Traoré Noé")
    line(together, "Traoré Noé")
    qtbot.keyClick(together._table, Qt.Key.Key_Return)
    field = together._pick._chooser.search
    qtbot.keyClicks(field, "tab")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert received(together)["Traoré Noé"] == "YSS-0003"


def test_two_lines_exchange_unless_a_device_is_kept(
    together: TogetherPanel, context: Context, dossier: Dossier
) -> None:
    said: list[str] = []
    context.failed.connect(lambda error: said.append(error.what))
    assert not together._exchange.isEnabled()
    together._table.select(lambda row: row.name != "Haddad Rose")
    press(together, "Échanger les deux")
    assert received(together)["Benali Inès"] == "YSS-0002"
    together._table.select(lambda row: row.name != "Traoré Noé")
    press(together, "Échanger les deux")
    assert "ne peuvent pas échanger" in said[0]
    press(together, "Prêter 3 appareils")
    lent = {row.borrower_name: row.code for row in loans(dossier, state=LoanState.OPEN)}
    assert lent == {"Benali Inès": "YSS-0002", "Haddad Rose": "YSS-0004", "Traoré Noé": "YSS-0001"}
