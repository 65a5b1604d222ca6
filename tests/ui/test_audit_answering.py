# SPDX-License-Identifier: GPL-3.0-or-later
"""What is proposed to the head, why an answer differs, and what backs it: in the window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.audit.answers import Choice, Counts, Origin
from egn_desktop.audit.queries import evidence, view
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import DeviceInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.audit import AuditPage
from egn_desktop.ui.pages.audit.question_card import QuestionCard
from tests.plans.test_attachments import acting_pdf

ENTER = Qt.Key.Key_Return
PRIMARY = Identity(
    levels=(LevelCount(Level.MATERNELLE, 2, 50), LevelCount(Level.ELEMENTAIRE, 6, 140))
)


@pytest.fixture
def school(dossier: Dossier) -> Dossier:
    """A primary school that has listed three hotspots, and answered last year's audit."""
    SchoolService(dossier).save(PRIMARY)
    services = Services.of(dossier)
    before = services.audit.start(2025)
    services.audit.answer_many(before, {"res-01": "12", "ent-01": "en partie", "ent-04": "?"})
    services.audit.close(before)
    for at in range(3):
        services.devices.add_device(DeviceInput(f"C-{at}", DeviceKind.HOTSPOT))
    services.audit.start()
    return dossier


@pytest.fixture
def page(
    school: Dossier, show: Callable[[QWidget], None], qapp: QApplication
) -> Iterator[AuditPage]:
    context = Context(Services.of(school), MachineSettings())
    made = AuditPage(context)
    made.resize(1150, 768)
    show(made)
    made.arrive(None)
    yield made
    assert not context.jobs.busy
    context.close()


def card(page: AuditPage) -> QuestionCard:
    found = page._questions.current
    assert found is not None
    return found


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    for pressed in (
        key for given in keys for key in (given if isinstance(given, str) else [given])
    ):
        where = QApplication.focusWidget()
        assert where is not None, "nothing has the keyboard"
        if isinstance(pressed, str):
            qtbot.keyClicks(where, pressed)
        else:
            qtbot.keyClick(where, pressed)


def answer_of(page: AuditPage, key: str) -> object:
    found = view(page.services.dossier)
    assert found is not None
    return found.answers.get(key)


def test_what_the_inventory_knows_is_confirmed_by_one_key(qtbot: QtBot, page: AuditPage) -> None:
    page.arrive("elv-06")
    assert card(page)._chip.text() == "À confirmer"
    assert answer_of(page, "elv-06") is None
    press(qtbot, "c")
    kept = answer_of(page, "elv-06")
    assert (kept.value, kept.origin) == (Counts(3, 190), Origin.INVENTORY)  # type: ignore[attr-defined]
    assert card(page)._saved.text().endswith("d’après l’inventaire")
    # Nothing is left to confirm: the key means nothing more.
    assert not card(page).proposals.take_first()
    press(qtbot, ENTER)
    assert card(page).key == "elv-07"


def test_another_figure_asks_why_and_is_kept_with_the_reason(qtbot: QtBot, page: AuditPage) -> None:
    page.arrive("elv-06")
    press(qtbot, "2", ENTER)
    assert card(page).key == "elv-06"
    assert "D’après l’inventaire, c’est" in card(page).error
    assert card(page).note.hasFocus()
    press(qtbot, ENTER)
    assert card(page).key == "elv-06"
    assert answer_of(page, "elv-06") is None
    press(qtbot, "Un forfait est fini", ENTER)
    kept = answer_of(page, "elv-06")
    assert (kept.value, kept.note) == (Counts(2, 190), "Un forfait est fini")  # type: ignore[attr-defined]
    assert card(page).key == "elv-07"
    # The reason cannot be taken away alone, and the inventory's figure can still be had.
    page.arrive("elv-06")
    card(page).note.setFocus()
    card(page).note.clear()
    press(qtbot, ENTER)
    assert "pourquoi" in card(page).error
    assert answer_of(page, "elv-06") == kept
    qtbot.mouseClick(card(page).proposals._lines[0].button, Qt.MouseButton.LeftButton)
    assert answer_of(page, "elv-06").value == Counts(3, 190)  # type: ignore[attr-defined]


def test_last_year_is_confirmed_question_by_question(qtbot: QtBot, page: AuditPage) -> None:
    page.arrive("ent-01")
    press(qtbot, "c", ENTER)
    kept = answer_of(page, "ent-01")
    assert (kept.value, kept.origin) == (Choice.PARTLY, Origin.LAST_AUDIT)  # type: ignore[attr-defined]
    assert answer_of(page, "res-01") is None
    page.arrive("ent-04")
    assert card(page).proposals.isHidden()
    press(qtbot, "c")
    assert answer_of(page, "ent-04") is None
    # Another answer than last year's needs no reason.
    page.arrive("res-01")
    press(qtbot, "30", ENTER)
    assert answer_of(page, "res-01").value == 30  # type: ignore[attr-defined]


def test_a_device_added_is_proposed_at_once(page: AuditPage) -> None:
    page.arrive("elv-06")
    page.services.devices.add_device(DeviceInput("C-9", DeviceKind.HOTSPOT))
    proposal = page._questions._beside.proposals["elv-06"][0]
    assert proposal.answer is not None
    assert proposal.answer.value == Counts(4, 190)


def test_a_document_is_joined_opened_removed_and_put_back(
    qtbot: QtBot, page: AuditPage, school: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, copy = tmp_path / "relevé.pdf", tmp_path / "copie.pdf"
    source.write_bytes(b"%PDF-1.7 releve")
    opened: list[str] = []
    monkeypatch.setattr(page.context, "ask_open_file", lambda *_: source)
    monkeypatch.setattr(page.context, "ask_save_file", lambda *_: copy)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page.arrive("res-01")
    assert card(page).evidence.isHidden()
    press(qtbot, "c")
    campaign = page._audit.campaign.id  # type: ignore[union-attr]
    with qtbot.waitSignal(page.context.said):
        qtbot.mouseClick(card(page).evidence.attach, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(card(page).evidence.lines) == 1)
    (line,) = card(page).evidence.lines
    assert line.open_button.accessibleName() == "Ouvrir relevé.pdf"
    line.open_button.click()
    assert copy.read_bytes() == source.read_bytes()
    assert opened == [str(copy)]
    with qtbot.waitSignal(page.context.said) as said:
        line.remove_button.click()
    assert not evidence(school, campaign)
    assert not card(page).evidence.lines
    assert said.args is not None
    said.args[1]()
    assert [row.name for row in evidence(school, campaign)["res-01"]] == ["relevé.pdf"]
    page.services.audit.close(campaign)
    (line,) = card(page).evidence.lines
    assert card(page).evidence.attach.isHidden()
    # Closed or not, what shows a person is erased when they ask.
    asked: list[str] = []
    monkeypatch.setattr(page.context, "confirm", lambda title, *_: asked.append(title))
    line.remove_button.click()
    assert asked == ["Effacer «\u202frelevé.pdf\u202f» ?"]
    assert evidence(school, campaign)
    monkeypatch.setattr(page.context, "confirm", lambda *_: True)
    with qtbot.waitSignal(page.context.said):
        line.remove_button.click()
    assert not evidence(school, campaign)
    assert not card(page).evidence.lines
    qtbot.waitUntil(lambda: not page.context.jobs.busy)


def test_a_document_that_would_do_something_is_kept_only_with_a_word(
    qtbot: QtBot, page: AuditPage, school: Dossier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, asked = tmp_path / "relevé.pdf", list[tuple[str, ...]]()
    source.write_bytes(acting_pdf())
    answers = iter([False, True])

    def confirm(*words: str) -> bool:
        asked.append(words)
        return next(answers)

    monkeypatch.setattr(page.context, "ask_open_file", lambda *_: source)
    monkeypatch.setattr(page.context, "confirm", confirm)
    page.arrive("res-01")
    press(qtbot, "c")
    campaign = page._audit.campaign.id  # type: ignore[union-attr]
    qtbot.mouseClick(card(page).evidence.attach, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(asked) and not page.context.jobs.busy)
    assert not evidence(school, campaign)
    title, text, action = asked[0]
    assert "tel quel" in title
    assert "« relevé.pdf » contient autre chose que des pages : du code JavaScript." in text
    assert action == "Joindre quand même"
    with qtbot.waitSignal(page.context.said):
        qtbot.mouseClick(card(page).evidence.attach, Qt.MouseButton.LeftButton)
    assert [row.name for row in evidence(school, campaign)["res-01"]] == ["relevé.pdf"]
    (details,) = school.raw.execute("SELECT details FROM journal").fetchall()[-1]
    assert "du code JavaScript" in details
    qtbot.waitUntil(lambda: not page.context.jobs.busy)


def test_a_file_too_large_is_refused_in_words(
    qtbot: QtBot, page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = tmp_path / "grand.pdf"
    film.write_bytes(b"x" * (5 * 1024 * 1024 + 1))
    monkeypatch.setattr(page.context, "ask_open_file", lambda *_: film)
    page.arrive("res-01")
    press(qtbot, "c")
    with qtbot.waitSignal(page.context.failed) as failed:
        qtbot.mouseClick(card(page).evidence.attach, Qt.MouseButton.LeftButton)
    assert failed.args is not None
    assert isinstance(failed.args[0], UserError)
    assert "5\u202fMo" in failed.args[0].what
    assert not card(page).evidence.lines
    qtbot.waitUntil(lambda: not page.context.jobs.busy)
