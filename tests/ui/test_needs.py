# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QWidget

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.needs import Priority
from egn_desktop.inventory.queries import loans, need
from egn_desktop.inventory.rules import DeviceInput, PupilInput
from egn_desktop.inventory.terms import DeviceKind, LoanState
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lend_panel import LendPanel
from egn_desktop.ui.pages.loans.needs_section import NeedSection
from egn_desktop.ui.pages.loans.needs_together import TogetherPanel

Show = Callable[[QWidget], None]


@pytest.fixture
def page(context: Context, show: Show) -> LoansPage:
    """The loans page of a school with two laptops and three pupils."""
    inventory = context.services.inventory
    for number in (1, 2):
        inventory.add_device(DeviceInput(f"YSS-000{number}", DeviceKind.LAPTOP, "HP", "ProBook"))
    for last, first in (("Benali", "Inès"), ("Traoré", "Noé"), ("Haddad", "Rose")):
        inventory.add_pupil(PupilInput(last, first, school_class="CM2"))
    made = LoansPage(context)
    made.resize(1064, 720)
    show(made)
    return made


def press(widget: QWidget, words: str) -> None:
    (found,) = (
        one for one in widget.findChildren(QPushButton) if one.text() == words and one.isVisible()
    )
    found.click()


def texts(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def section_of(page: LoansPage, pupil_id: int) -> NeedSection:
    page._opening.pupil(pupil_id)
    assert page.panel is not None
    return page.panel.findChild(NeedSection)


def choose(section: NeedSection, name: str, value: object) -> None:
    form = section._questions or section._decision
    if name == "priority":
        form = section._decision
    form.set_value(name, value)
    form.edited.emit(name, value)


def test_a_need_is_noted_answer_by_answer_and_explained(page: LoansPage, dossier: Dossier) -> None:
    section = section_of(page, 2)
    press(section, "Noter ses besoins")
    choose(section, "device", "no-device")
    (box,) = (
        one for one in section.findChildren(QCheckBox) if one.text().startswith("Contact déjà")
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
    context.services.inventory.note_need(1, ["shared-device"])
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
    context.services.inventory.note_need(1, ["no-device"])
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
    context.services.inventory.note_need(1, ["shared-device"])
    context.services.inventory.note_need(2, ["no-device", "lost-contact"])
    table = page.view("waiting").table
    assert [row.name for row in table.rows()] == ["Traoré Noé", "Benali Inès"]
    assert "2 élèves en attente" in page._state.text().replace("\u202f", " ")
    press(page, "Prêter")
    panel = page.panel
    assert isinstance(panel, LendPanel)
    assert panel._pupil.row.name == "Traoré Noé"
    context.services.inventory.lend(device_id=1, borrower_id=2)
    context.services.inventory.lend(device_id=2, borrower_id=1)
    assert "Personne n’attend" in texts(page)
    page.turn_to("pupils")


def test_a_class_is_lent_to_in_one_go_and_undone_in_one(
    page: LoansPage, context: Context, dossier: Dossier
) -> None:
    context.services.inventory.note_need(3, ["no-device"])
    said: list[Callable[[], object]] = []
    context.said.connect(lambda _text, undo: said.append(undo))
    printed: list[tuple[str, str]] = []
    page.turn_to("waiting")
    press(page, "Prêter à plusieurs")
    panel = page.panel
    assert isinstance(panel, TogetherPanel)
    assert [(one.name, one.device.code) for one in panel._table.chosen()] == [
        ("Haddad Rose", "YSS-0001")
    ]
    panel._who.set_value("who", "CM2")
    panel._who.edited.emit("who", "CM2")
    assert [one.name for one in panel._table.chosen()] == ["Haddad Rose", "Benali Inès"]
    panel._table.check(lambda row: row.name != "Benali Inès")
    assert [(one.name, one.device.code) for one in panel._table.chosen()] == [
        ("Haddad Rose", "YSS-0001"),
        ("Traoré Noé", "YSS-0002"),
    ]
    panel._table.check(lambda _row: True)
    assert panel._gets(panel._table.rows()[2]).text == "Plus rien en stock"
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
