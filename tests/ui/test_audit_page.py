# SPDX-License-Identifier: GPL-3.0-or-later
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.actions.queries import actions
from egn_desktop.audit.answers import Choice, Counts, Standing, Value
from egn_desktop.audit.queries import AuditView, view
from egn_desktop.dossier import Dossier
from egn_desktop.school.queries import Identity, LevelCount
from egn_desktop.school.rules import Level
from egn_desktop.school.service import SchoolService
from egn_desktop.services import Services
from egn_desktop.settings import MachineSettings
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.audit import AuditPage
from egn_desktop.ui.pages.audit.action_panel import ActionPanel
from egn_desktop.ui.pages.audit.question_card import QuestionCard
from tests.conftest import KEY

PRIMARY = Identity(
    name="École Jules-Verne",
    teachers=10,
    levels=(LevelCount(Level.MATERNELLE, 2, 50), LevelCount(Level.ELEMENTAIRE, 6, 140)),
)
Open = Callable[[Dossier], AuditPage]


@pytest.fixture
def school(dossier: Dossier) -> Dossier:
    SchoolService(dossier).save(PRIMARY)
    return dossier


@pytest.fixture
def open_page(show: Callable[[QWidget], None], qapp: QApplication) -> Iterator[Open]:
    """Opens the real page on a dossier, as the window shows it."""
    contexts: list[Context] = []

    def open_on(dossier: Dossier) -> AuditPage:
        context = Context(Services.of(dossier), MachineSettings())
        contexts.append(context)
        page = AuditPage(context)
        page.resize(1150, 768)
        show(page)
        page.arrive(None)
        return page

    yield open_on
    for context in contexts:
        context.close()


@pytest.fixture
def page(open_page: Open, school: Dossier) -> AuditPage:
    """The page of a primary school whose audit has just been started."""
    opened = open_page(school)
    opened.new()
    return opened


def audit_of(dossier: Dossier) -> AuditView:
    found = view(dossier)
    assert found is not None
    return found


def card(page: AuditPage) -> QuestionCard:
    found = page._questions.current
    assert found is not None
    return found


def press(qtbot: QtBot, *keys: str | Qt.Key) -> None:
    """Type where the keyboard is at each key, as a user does."""
    for key in [key for keys_ in keys for key in ([*keys_] if isinstance(keys_, str) else [keys_])]:
        where = QApplication.focusWidget()
        assert where is not None, "nothing has the keyboard"
        if isinstance(key, str):
            qtbot.keyClicks(where, key)
        else:
            qtbot.keyClick(where, key)


def value_of(dossier: Dossier, key: str) -> Value | None:
    return audit_of(dossier).answers[key].value


def test_a_new_dossier_is_invited_to_start(qtbot: QtBot, open_page: Open, dossier: Dossier) -> None:
    page = open_page(dossier)
    with qtbot.waitSignal(page.context.page_wanted) as sent:
        page.new()
    assert sent.args == ["settings", None]
    SchoolService(dossier).save(PRIMARY)
    assert page._start.text() == "Commencer l’état des lieux"
    press(qtbot, Qt.Key.Key_Space)
    assert audit_of(dossier).campaign.school_year == "2026-2027"
    assert card(page).key == "elv-01:M"
    assert card(page).hasFocus()


def test_a_whole_domain_is_answered_by_keyboard_alone(
    qtbot: QtBot, page: AuditPage, school: Dossier
) -> None:
    enter = Qt.Key.Key_Return
    # Two counts: the pupils are known already; a choice; two counts with nothing known.
    press(qtbot, "4", enter, "22", enter, "p", enter, "31")
    press(qtbot, enter, "60", enter)
    press(qtbot, "18", enter, "30", enter)
    assert value_of(school, "elv-01:M") == Counts(4, 50)
    assert value_of(school, "elv-01:E") == Counts(22, 140)
    assert value_of(school, "elv-02") is Choice.PARTLY
    assert value_of(school, "elv-03") == Counts(31, 60)
    assert value_of(school, "elv-04") == Counts(18, 30)
    press(qtbot, "?", enter, "?", enter, "o", enter)
    assert value_of(school, "elv-07") is Choice.YES
    assert [question.key for question in audit_of(school).to_find_out] == ["elv-05", "elv-06"]
    # The next domain follows by itself.
    assert card(page).key == "ens-01"
    assert audit_of(school).place == "ens-01"


def test_every_kind_of_answer_can_be_typed(qtbot: QtBot, page: AuditPage, school: Dossier) -> None:
    enter = Qt.Key.Key_Return
    page.arrive("ens-03")
    press(qtbot, "oon", enter)
    page.arrive("res-01")
    press(qtbot, "12,5", enter)
    page.arrive("mnt-02")
    press(qtbot, "8", enter)
    page.arrive("mnt-04")
    press(qtbot, "14/09", enter)
    page.arrive("gov-02")
    press(qtbot, "j", enter)
    page.arrive("res-06")
    press(qtbot, "n", enter)
    assert value_of(school, "ens-03") == (True, True, False)
    assert value_of(school, "res-01") == 12.5
    assert value_of(school, "mnt-02") == 8
    assert value_of(school, "mnt-04") == date(2026, 9, 14)
    assert value_of(school, "gov-02") is Choice.NO
    assert value_of(school, "res-06") is Choice.NO


def test_a_date_without_its_year_is_the_last_one(
    qtbot: QtBot, page: AuditPage, school: Dossier
) -> None:
    page.arrive("gov-02")
    press(qtbot, "12/12", Qt.Key.Key_Return)
    assert value_of(school, "gov-02") == date(2025, 12, 12)
    page.arrive("mnt-04")
    press(qtbot, "hier", Qt.Key.Key_Return)
    assert value_of(school, "mnt-04") == date(2026, 11, 23)


def test_not_applicable_asks_for_its_reason(qtbot: QtBot, page: AuditPage, school: Dossier) -> None:
    page.arrive("res-09")
    press(qtbot, "s")
    assert (
        audit_of(school).answers["res-09"].reason == "Aucun réseau sans fil installé depuis 2015."
    )
    press(qtbot, "Pas de radio", Qt.Key.Key_Return)
    answer = audit_of(school).answers["res-09"]
    assert (answer.standing, answer.reason) == (Standing.NOT_APPLICABLE, "Pas de radio")
    page.arrive("gov-01")
    press(qtbot, "s")
    assert "gov-01" not in audit_of(school).answers
    press(qtbot, "Pas de projet", Qt.Key.Key_Return)
    assert audit_of(school).answers["gov-01"].reason == "Pas de projet"


def test_a_wrong_answer_is_told_in_place_and_keeps_what_was_typed(
    qtbot: QtBot, page: AuditPage, school: Dossier
) -> None:
    page.arrive("ens-01")
    press(qtbot, "12", Qt.Key.Key_Return)
    assert card(page).key == "ens-01"
    assert (
        card(page).error == "«\u202féquipés\u202f» ne peut pas dépasser «\u202fenseignants\u202f»."
    )
    assert card(page).editor.part.text() == "12"  # type: ignore[attr-defined]
    assert not audit_of(school).answers
    field = card(page).editor.part  # type: ignore[attr-defined]
    field.selectAll()
    press(qtbot, "9", Qt.Key.Key_Return)
    assert value_of(school, "ens-01") == Counts(9, 10)
    assert card(page).key == "ens-02"


def test_an_answer_is_taken_back_and_undone(qtbot: QtBot, page: AuditPage, school: Dossier) -> None:
    page.arrive("ent-01")
    press(qtbot, "o")
    with qtbot.waitSignal(page.context.said) as said:
        press(qtbot, Qt.Key.Key_Backspace)
    assert not audit_of(school).answers
    assert said.args is not None
    said.args[1]()
    assert value_of(school, "ent-01") is Choice.YES


def test_a_note_is_kept_beside_the_answer(qtbot: QtBot, page: AuditPage, school: Dossier) -> None:
    page.arrive("res-01")
    press(qtbot, "18", Qt.Key.Key_Return)
    page.arrive("res-01")
    card(page).note.setFocus()
    press(qtbot, "En salle 4 ?", Qt.Key.Key_Return)
    assert audit_of(school).answers["res-01"].note == "En salle 4 ?"
    assert value_of(school, "res-01") == 18
    assert card(page).key == "res-02"


def test_the_mouse_answers_too(qtbot: QtBot, page: AuditPage, school: Dossier) -> None:
    page.arrive("ent-01")
    buttons = {button.text(): button for button in card(page).findChildren(type(page._print))}
    qtbot.mouseClick(buttons["En partie"], Qt.MouseButton.LeftButton)
    assert value_of(school, "ent-01") is Choice.PARTLY
    qtbot.mouseClick(buttons["Je ne sais pas"], Qt.MouseButton.LeftButton)
    assert audit_of(school).answers["ent-01"].standing is Standing.UNKNOWN
    other = page._questions._cards["ent-04"]
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert card(page) is other


def test_what_is_typed_is_kept_on_leaving_by_the_mouse(
    qtbot: QtBot, page: AuditPage, school: Dossier
) -> None:
    page.arrive("res-01")
    press(qtbot, "18")
    qtbot.mouseClick(page._questions._cards["res-03"], Qt.MouseButton.LeftButton)
    assert value_of(school, "res-01") == 18
    assert card(page).key == "res-03"


def test_leaving_and_coming_back_finds_the_same_question(
    qtbot: QtBot, open_page: Open, page: AuditPage, school: Dossier
) -> None:
    page.arrive("res-05")
    press(qtbot, "j", Qt.Key.Key_Return)
    page.context.close()
    page.close()
    path = school.path
    school.close()
    with Dossier.open(path, key=KEY, clock=school.clock) as again:
        back = open_page(again)
        assert card(back).key == "res-06"
        assert card(back).hasFocus()
        assert back._questions._cards["res-05"]._chip.text() == "Écart"
        back.context.close()


def test_domains_are_reached_by_keyboard(qtbot: QtBot, page: AuditPage) -> None:
    press(qtbot, Qt.Key.Key_PageDown)
    assert card(page).key == "ens-01"
    press(qtbot, Qt.Key.Key_PageUp, Qt.Key.Key_Down)
    assert card(page).key == "elv-01:E"
    page._questions._list.setFocus()
    press(qtbot, Qt.Key.Key_End)
    assert card(page).key == "gov-01"
    assert page._questions._list.hasFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert card(page).hasFocus()


def test_the_result_shows_gaps_and_makes_actions(
    qtbot: QtBot, page: AuditPage, school: Dossier
) -> None:
    campaign = audit_of(school).campaign.id
    page.services.audit.answer_many(campaign, {"res-01": "12", "res-06": "n", "ens-01": "8/10"})
    page._views.set_index(1)
    table = page._result.table
    assert [row.criterion_id for row in table.rows()] == ["res-06", "ens-01", "res-01"]
    table.select(lambda row: row.criterion_id == "res-01")
    table.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert isinstance(page.panel, ActionPanel)
    page.panel.form.set_value("responsible", "Mme Joly")
    page.panel.form.set_value("due_on", date(2027, 3, 1))
    with qtbot.waitSignal(page.context.said) as said:
        page.panel._make()
    (action,) = actions(school)
    assert (action.source.ref, action.responsible, action.provider) == ("res-01", "Mme Joly", "co")
    assert action.due_on == date(2027, 3, 1)
    assert page.panel is None
    assert said.args is not None
    said.args[1]()
    assert not actions(school)
    table.select(lambda row: row.action is None)
    assert page._result._make.text() == "Créer 3 actions"
    with qtbot.waitSignal(page.context.said) as said:
        page._result._make.click()
    assert len(actions(school)) == 3
    assert not page._result._make.isEnabled()
    assert said.args is not None
    said.args[1]()
    assert not actions(school)
    assert not any(row.set_aside for row in table.rows())


def test_the_question_of_a_gap_is_one_click_away(
    qtbot: QtBot, page: AuditPage, school: Dossier
) -> None:
    page.services.audit.answer(audit_of(school).campaign.id, "res-01", "12")
    page._views.set_index(1)
    page._result.opened.emit(page._result.table.rows()[0])
    assert isinstance(page.panel, ActionPanel)
    page.panel._question()
    assert card(page).key == "res-01"
    assert page.panel is None


def test_a_closed_audit_shows_and_refuses_answers(
    qtbot: QtBot, page: AuditPage, school: Dossier
) -> None:
    page.arrive("ent-01")
    press(qtbot, "o")
    page._views.set_index(1)
    page._result._close.click()
    assert audit_of(school).is_closed
    assert page._result._close.text() == "Rouvrir"
    page.arrive("ent-01")
    press(qtbot, "n", "?", Qt.Key.Key_Backspace)
    assert value_of(school, "ent-01") is Choice.YES
    assert not card(page).editor.isEnabled()
    page._views.set_index(1)
    page._result._close.click()
    page.arrive("ent-01")
    press(qtbot, "n")
    assert value_of(school, "ent-01") is Choice.NO


def test_a_new_year_starts_a_new_audit(page: AuditPage, school: Dossier) -> None:
    campaign = audit_of(school).campaign.id
    page.services.audit.answer(campaign, "res-01", "12")
    page.services.audit.close(campaign)
    page.new()
    assert audit_of(school).campaign.id == campaign
    school.clock = lambda: datetime(2027, 9, 6, 8, tzinfo=UTC)
    page.refresh()
    page.new()
    assert audit_of(school).campaign.school_year == "2027-2028"
    assert not audit_of(school).answers


def test_each_control_says_what_it_is(page: AuditPage) -> None:
    for key in ("elv-01:M", "ens-03", "gov-02", "ent-01"):
        page.arrive(key)
        assert card(page).accessibleName() == card(page)._shown.question.text
        fields = card(page).findChildren(QLineEdit)
        assert all(field.accessibleName() for field in fields)


def test_printing_asks_for_the_document_of_the_audit_shown(
    page: AuditPage, school: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []
    monkeypatch.setattr(page.context, "print_document", lambda *what: asked.append(what))
    page._print.click()
    assert asked == [("etat-des-lieux", str(audit_of(school).campaign.id))]
