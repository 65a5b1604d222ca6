# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop import french
from egn_desktop.inventory.lending.queries.campaign import campaign
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.plans.messages import Channel, sms_length
from egn_desktop.plans.queries import open_crisis
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.ui.context import Context
from egn_desktop.ui.crisis import CrisisView
from egn_desktop.ui.crisis.picker import ScenarioPicker
from egn_desktop.ui.pages.loans import LoansPage
from egn_desktop.ui.pages.loans.lending.needs_together import TogetherPanel
from egn_desktop.ui.shell.view import ShellView

Show = Callable[[QWidget], None]


def press(widget: QWidget, words: str) -> None:
    """Press the button with these words."""
    next(button for button in widget.findChildren(QPushButton) if button.text() == words).click()


def in_need(context: Context, count: int, stock: int) -> None:
    """Give the school pupils without a device, and devices to lend."""
    services = context.services
    for number in range(count):
        pupil = services.pupils.add_pupil(PupilInput(f"Joly{number}", "Léa", school_class="CE1"))
        services.needs.note_need(pupil, ["no-device"])
    for number in range(stock):
        services.devices.add_device(DeviceInput(asset_number=f"P{number}", kind=DeviceKind.LAPTOP))


@pytest.fixture
def crisis(context: Context, show: Show) -> CrisisView:
    """Crisis mode of a school that has chosen two scenarios and has a phone list."""
    context.services.school.save(
        Identity(
            name="École Jules-Verne",
            head="Claire Morvan",
            phone="04 65 71 00 43",
            levels=(LevelCount(Level.ELEMENTAIRE, 5, 122),),
        )
    )
    context.services.plans.choose_scenario("coupure")
    context.services.plans.choose_scenario("inondation")
    context.services.plans.add_contact(
        role="mairie", name="M. Roux", phone="04 65 71 00 00", deputy="Mme Faure"
    )
    view = CrisisView(context)
    view.resize(1280, 720)
    show(view)
    return view


def test_crisis_mode_shows_the_plans_scenarios_first(crisis: CrisisView) -> None:
    picker = crisis._body
    assert isinstance(picker, ScenarioPicker)
    first = [card.accessibleName() for card in picker._cards[:2]]
    assert first == ["Inondation", "Coupure d’électricité ou d’Internet de plus de 24\u202fh"]
    assert len(picker._cards) == 12
    assert picker._cards[0].hasFocus()


def test_an_act_ticked_in_a_crisis_is_kept_with_its_time(
    crisis: CrisisView, context: Context, show: Show, qtbot: QtBot
) -> None:
    picker = crisis._body
    assert isinstance(picker, ScenarioPicker)
    qtbot.keyClick(picker._cards[1], Qt.Key.Key_Return)
    assert crisis.acts is not None
    row = crisis.acts.rows[0]
    row.box.click()
    assert row._time.text() == "08:12"
    assert "Depuis 08:12 · 1 sur" in crisis._state.text()
    dossier = context.services.dossier
    log = open_crisis(dossier, "coupure")
    assert log is not None
    assert [entry.text for entry in log.entries] == [row.text]
    again = CrisisView(context)
    show(again)
    assert again.acts is not None
    assert again.acts.rows[0].box.isChecked()
    assert not again.acts.rows[1].box.isChecked()
    again.acts.rows[0].box.click()
    log = open_crisis(dossier, "coupure")
    assert log is not None
    assert not log.entries


def test_events_are_noted_and_the_message_is_copied(
    crisis: CrisisView, context: Context, qtbot: QtBot
) -> None:
    crisis.open_scenario("inondation")
    assert crisis.aside is not None
    crisis.aside.journal.line.setText("Le pont est coupé")
    qtbot.keyClick(crisis.aside.journal.line, Qt.Key.Key_Return)
    log = open_crisis(context.services.dossier, "inondation")
    assert log is not None
    assert [entry.text for entry in log.entries] == ["Le pont est coupé"]
    assert not crisis.aside.journal.line.text()
    crisis.aside.message.channels.setCurrentIndex(1)
    press(crisis.aside.message, "Copier")
    copied = QApplication.clipboard().text()
    assert copied.startswith("Objet\u202f: École Jules-Verne, inondation")
    assert "notre école" in copied
    assert "Claire Morvan, École Jules-Verne, 04 65 71 00 43" in copied


def test_an_ended_crisis_leads_back_to_the_choice(crisis: CrisisView, context: Context) -> None:
    crisis.open_scenario("inondation")
    assert crisis.acts is not None
    crisis.acts.rows[0].box.click()
    assert crisis.aside is not None
    press(crisis.aside, "Terminer la crise")
    assert open_crisis(context.services.dossier, "inondation") is None
    assert isinstance(crisis._body, ScenarioPicker)


def test_crisis_mode_fills_the_screen_and_gives_it_back(crisis: CrisisView, qtbot: QtBot) -> None:
    qtbot.keyClick(crisis, Qt.Key.Key_F11)
    assert crisis.window().isFullScreen()
    with qtbot.waitSignal(crisis.left):
        qtbot.keyClick(crisis, Qt.Key.Key_Escape)
    assert not crisis.window().isFullScreen()


def test_escape_leaves_crisis_mode(crisis: CrisisView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(crisis.left):
        qtbot.keyClick(crisis, Qt.Key.Key_Escape)


def test_the_card_is_printed_for_the_scenario_shown(
    crisis: CrisisView, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "print_document", lambda *what: asked.append(what))
    crisis.open_scenario("pollution")
    crisis._print.click()
    crisis._pack.click()
    assert crisis.aside is not None
    assert crisis.aside.calls.lists.isHidden(), "nobody is listed"
    assert crisis.aside.journal.print.isHidden()
    crisis.aside.journal.noted.emit("Odeur de gaz")
    crisis.aside.journal.print.click()
    assert asked == [
        ("fiche-reflexe", "pollution"),
        ("dossier-de-crise", "pollution"),
        ("journal-de-crise", "1"),
    ]
    in_need(context, 1, 0)
    crisis.open_scenario("pollution")
    crisis.aside.calls.lists.click()
    assert asked[-1] == ("listes-d-appel", "toutes")


def test_each_channel_has_its_message_and_keeps_what_is_adapted(crisis: CrisisView) -> None:
    crisis.open_scenario("coupure")
    assert crisis.aside is not None
    card = crisis.aside.message
    assert card.channel is Channel.SMS
    assert card._length.text() == f"{sms_length(card.text.toPlainText())} caractères, 1 SMS"
    card.text.setPlainText("L’école est fermée. " * 12)
    assert card._length.text().endswith("2 SMS")
    card.channels.setCurrentIndex(2)
    assert card.text.toPlainText().startswith("Le 24 novembre 2026")
    assert not card._length.isVisible()
    card.channels.setCurrentIndex(0)
    assert card.text.toPlainText().startswith("L’école est fermée.")
    press(card, "Copier")
    assert QApplication.clipboard().text().startswith("L'école est fermée.")


def test_a_message_is_read_copied_and_printed_in_another_language(
    crisis: CrisisView, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "print_document", lambda *what: asked.append(what))
    crisis.open_scenario("coupure")
    assert crisis.aside is not None
    card = crisis.aside.message
    card.sheet.click()
    french = card.text.toPlainText()
    card.languages.setCurrentIndex(card.languages.findData("uk"))
    assert "немає електрики" in card.text.toPlainText()
    assert card._length.text().endswith("2 SMS")
    assert "à faire relire" in card._hint.text()
    card.text.setPlainText("Школу зачинено")
    card.channels.setCurrentIndex(1)
    assert card.text.toPlainText().startswith("Тема: École Jules-Verne")
    card.channels.setCurrentIndex(0)
    press(card, "Copier")
    assert QApplication.clipboard().text() == "Школу зачинено"
    card.sheet.click()
    card.languages.setCurrentIndex(0)
    assert card.text.toPlainText() == french
    assert asked == [("message-aux-familles", "coupure"), ("message-aux-familles", "coupure/uk")]


def test_a_message_in_own_words_is_offered_in_french_alone(
    crisis: CrisisView, context: Context
) -> None:
    context.services.plans.edit_scenario("coupure", "message", "Plus de courant. {téléphone}")
    crisis.open_scenario("coupure")
    assert crisis.aside is not None
    card = crisis.aside.message
    assert card.languages.isHidden()
    assert "dans vos mots" in words_of(card)


def test_the_loan_campaign_says_who_waits_and_what_there_is(
    crisis: CrisisView, context: Context
) -> None:
    crisis.open_scenario("coupure")
    assert crisis.aside is not None
    assert "Aucun besoin n’est noté" in words_of(crisis.aside.campaign)
    in_need(context, 3, 2)
    crisis.open_scenario("coupure")
    told = words_of(crisis.aside.campaign)
    assert "3 élèves sans appareil, 3 en attente d’un prêt, 2 appareils disponibles." in told
    assert "2 prêts possibles" in told
    dossier = context.services.dossier
    today = dossier.today()
    first = pupils(dossier)[0].id
    context.services.loans.lend(device_id=1, borrower_id=first, due_on=today + timedelta(days=30))
    assert campaign(dossier, today).lent == 1
    assert campaign(dossier, today + timedelta(days=1)).lent == 0
    crisis.open_scenario("coupure")
    assert "1 prêté depuis le début" in words_of(crisis.aside.campaign)
    dossier.undo_stack.undo()
    assert campaign(dossier, today).lent == 0


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_lending_leaves_crisis_mode_and_comes_back_to_its_journal(
    context: Context, show: Show, qtbot: QtBot
) -> None:
    in_need(context, 2, 2)
    shell = ShellView(context)
    shell.resize(1280, 720)
    show(shell)
    assert not shell._running.isVisible()
    shell.show_crisis()
    view = shell._crisis
    assert isinstance(view, CrisisView)
    view.open_scenario("inondation")
    assert view.aside is not None
    press(view.aside.campaign, "Prêter à plusieurs")
    page = shell.page
    assert isinstance(page, LoansPage)
    assert isinstance(page.panel, TogetherPanel)
    assert page.shown.id == "waiting"
    qtbot.waitUntil(shell._running.isVisible)
    since = french.clock_time(context.services.dossier.now())
    assert f"Inondation, depuis {since}" in shell._running._words.text()
    press(shell._running, "Revenir au mode crise")
    back = shell._crisis
    assert isinstance(back, CrisisView)
    assert back._row is not None
    assert back._row.scenario.id == "inondation"
    log = open_crisis(context.services.dossier, "inondation")
    assert log is not None
    assert [entry.text for entry in log.entries] == [
        "Campagne de prêt\u202f: 2 élèves sans appareil, 2 en attente d’un prêt, "
        "2 appareils disponibles."
    ]
    assert back.aside is not None
    press(back.aside, "Terminer la crise")
    qtbot.waitUntil(shell._running.isHidden)
