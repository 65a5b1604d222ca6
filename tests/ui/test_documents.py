# SPDX-License-Identifier: GPL-3.0-or-later
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtWidgets import QLabel

from egn_desktop import exports, features
from egn_desktop.drills.rules import DrillKind
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.documents import DocumentsPage
from egn_desktop.ui.pages.documents.offer_card import OfferCard


@pytest.fixture
def page(qtbot, context: Context) -> DocumentsPage:
    made = DocumentsPage(context)
    qtbot.addWidget(made)
    made.resize(1064, 720)
    made.show()
    return made


def card_of(page: DocumentsPage, document: str) -> OfferCard:
    return next(card for card in page._cards if card.offer.id == document)


def page_count(file: Path) -> int:
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def shown_text(parent) -> str:
    return "\n".join(label.text() for label in parent.findChildren(QLabel) if label.isVisible())


def test_every_document_is_there_once_under_its_feature(page: DocumentsPage) -> None:
    shown = [card.offer.id for card in page._cards]
    offered = {offer.id for offer in exports.available()} - {"document-joint"}  # on its own card
    assert sorted(shown) == sorted(offered)
    assert {card._page for card in page._cards} <= {feature.id for feature in features.FEATURES}
    loans = [card.offer.id for card in page._cards if card._page == "loans"]
    assert loans[:2] == ["convention-de-pret", "conventions-d-une-remise"]


def test_one_that_cannot_be_printed_says_what_to_do_and_goes_there(
    page: DocumentsPage, context: Context
) -> None:
    asked: list[str] = []
    context.page_wanted.connect(lambda page_id, _: asked.append(page_id))
    card = card_of(page, "compte-rendu-exercice")
    assert card.offer.missing in shown_text(card)
    assert not card._save.isVisible()
    card._first.click()
    assert asked == ["drills"]


def test_it_becomes_available_as_soon_as_there_is_something_to_print(
    page: DocumentsPage, context: Context
) -> None:
    drills, today = context.services.drills, context.services.dossier.today()
    card = card_of(page, "compte-rendu-exercice")
    for _ in range(2):
        drills.record(drills.plan(kind=DrillKind.ALERT, planned_on=today), held_on=today)
    assert card._save.isVisible()
    assert card._subjects.count() == 2


def test_a_document_is_saved_then_can_be_opened(
    qtbot,
    page: DocumentsPage,
    context: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "PySide6.QtGui.QDesktopServices.openUrl", lambda url: opened.append(url.toLocalFile())
    )
    target = tmp_path / "programme.pdf"
    monkeypatch.setattr(context, "ask_save_file", lambda *_: target)
    card = card_of(page, "programme-des-exercices")
    card._save.click()
    qtbot.waitUntil(card._open.isVisible)
    assert page_count(target) >= 1
    card._open.click()
    assert opened == [str(target), str(target)]


def test_the_search_keeps_what_bears_every_word(qtbot, page: DocumentsPage) -> None:
    page.find()
    page._search.setText("programme exercices")
    qtbot.waitUntil(lambda: sum(card.isVisible() for card in page._cards) == 1)
    assert card_of(page, "programme-des-exercices").isVisible()
    page._search.setText("introuvable")
    qtbot.waitUntil(lambda: "Aucun document" in shown_text(page))


@pytest.mark.parametrize("agreed", [True, False])
def test_a_name_that_cannot_be_printed_is_told_before(
    qtbot,
    page: DocumentsPage,
    context: Context,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    agreed: bool,
) -> None:
    asked: list[str] = []

    def confirm(_title: str, text: str, _action: str) -> bool:
        asked.append(text)
        return agreed

    target = tmp_path / "programme.pdf"
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: None)
    monkeypatch.setattr(context, "ask_save_file", lambda *_: target)
    monkeypatch.setattr(context, "confirm", confirm)
    pupil = context.services.pupils.add_pupil(PupilInput("王", "Wei"))
    device = context.services.devices.add_device(DeviceInput("PC-1", DeviceKind.LAPTOP))
    context.services.loans.lend(device_id=device, borrower_id=pupil)
    card_of(page, "convention-de-pret")._save.click()
    qtbot.waitUntil(lambda: bool(asked))
    assert "王" in asked[0]
    qtbot.waitUntil(lambda: not context.jobs.busy)
    assert target.exists() is agreed
