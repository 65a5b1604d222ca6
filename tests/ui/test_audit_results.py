# SPDX-License-Identifier: GPL-3.0-or-later
"""What comes out of the audit in the window: actions, the score explained, years, exports."""

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import ActionState
from egn_desktop.audit.model import CampaignAnswer
from egn_desktop.audit.queries import new_questions, todos
from egn_desktop.audit.service import AuditService
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.ui.context import Context
from egn_desktop.ui.pages.audit import AuditPage
from egn_desktop.ui.pages.audit.action_panel import ActionPanel
from egn_desktop.ui.pages.audit.score_panel import ScorePanel
from egn_desktop.ui.widgets.buttons import Button
from tests.ui.test_audit_page import Open, audit_of, card, open_page, school

__all__ = ["open_page", "school"]

LAST = {"res-01": "18", "res-06": "n", "ens-01": "8/10", "fam-02": "o", "mnt-02": "21"}
THIS = LAST | {"res-01": "30", "res-06": "o", "fam-02": "n", "mnt-02": "8", "sal-07": "?"}


@pytest.fixture
def page(open_page: Open, school: Dossier) -> AuditPage:
    """The result of a second year."""
    service = AuditService(school)
    first = service.start(2025)
    service.answer_many(first, LAST)
    service.close(first)
    service.answer_many(service.start(2026), THIS)
    opened = open_page(school)
    opened._views.set_index(1)
    return opened


def press_button(panel: ActionPanel, text: str) -> None:
    (found,) = [button for button in panel.findChildren(Button) if button.text() == text]
    found.click()


def open_gap(page: AuditPage, criterion: str) -> ActionPanel:
    row = next(row for row in page._result.table.rows() if row.criterion_id == criterion)
    page._result.opened.emit(row)
    panel = page.panel
    assert isinstance(panel, ActionPanel)
    return panel


def test_an_action_is_edited_before_and_after_it_is_made(page: AuditPage, school: Dossier) -> None:
    panel = open_gap(page, "ens-01")
    panel.form.set_value("title", "Demander les deux ordinateurs qui manquent")
    panel.form.set_value("due_on", date(2027, 3, 1))
    press_button(panel, "Créer l’action")
    panel = open_gap(page, "ens-01")
    assert panel.form.value("title") == "Demander les deux ordinateurs qui manquent"
    panel.form.set_value("responsible", "Mme Joly")
    panel.form.set_value("cost", "deux fois 600 €")
    press_button(panel, "Enregistrer l’action")
    (action,) = actions(school)
    assert (action.responsible, action.cost) == ("Mme Joly", "deux fois 600 €")
    assert action.due_on == date(2027, 3, 1)
    assert page.panel is None


def test_an_action_given_up_can_be_made_again(
    page: AuditPage, school: Dossier, qtbot: QtBot
) -> None:
    press_button(open_gap(page, "ens-01"), "Créer l’action")
    with qtbot.waitSignal(page.context.said) as said:
        press_button(open_gap(page, "ens-01"), "Abandonner l’action")
    assert actions(school)[0].state is ActionState.DROPPED
    text, undo = said.args or ["", None]
    assert text == "Action abandonnée."
    assert undo is not None
    undo()
    assert actions(school)[0].state is ActionState.OPEN


def test_what_is_decided_of_a_gap_can_be_undone(
    page: AuditPage, school: Dossier, qtbot: QtBot
) -> None:
    for button in ("Ne rien prévoir", "Créer l’action"):
        with qtbot.waitSignal(page.context.said) as said:
            press_button(open_gap(page, "ens-01"), button)
        assert said.args is not None
        said.args[1]()
        row = next(row for row in page._result.table.rows() if row.criterion_id == "ens-01")
        assert (row.action, row.set_aside) == (None, False)
        assert not actions(school)


def test_a_gap_can_be_left_without_action(page: AuditPage, school: Dossier) -> None:
    assert any("sans action prévue" in todo.text for todo in todos(school))
    for criterion in ("ens-01", "fam-02"):
        press_button(open_gap(page, criterion), "Ne rien prévoir")
    rows = {row.criterion_id: row for row in page._result.table.rows()}
    assert rows["ens-01"].set_aside
    assert not any("sans action prévue" in todo.text for todo in todos(school))
    # The head may change their mind.
    press_button(open_gap(page, "ens-01"), "Créer l’action")
    rows = {row.criterion_id: row for row in page._result.table.rows()}
    assert rows["ens-01"].action is not None
    assert not rows["ens-01"].set_aside


def test_a_legal_duty_is_not_left_without_action(page: AuditPage, school: Dossier) -> None:
    service = page.services.audit
    service.answer(audit_of(school).campaign.id, "res-06", "n")
    panel = open_gap(page, "res-06")
    assert "Ne rien prévoir" not in [button.text() for button in panel.findChildren(Button)]


def test_a_gap_that_its_action_did_not_close_asks_for_another(
    page: AuditPage, school: Dossier
) -> None:
    press_button(open_gap(page, "ens-01"), "Créer l’action")
    page.services.actions.close(actions(school)[0].id)
    press_button(open_gap(page, "ens-01"), "Créer l’action")
    assert [row.state for row in actions(school)] == [ActionState.OPEN, ActionState.DONE]


def test_an_action_without_words_is_not_kept(page: AuditPage, school: Dossier) -> None:
    panel = open_gap(page, "ens-01")
    panel.form.set_value("title", "")
    press_button(panel, "Créer l’action")
    assert not actions(school)
    assert page.panel is panel


@pytest.mark.tampers
def test_the_questions_of_a_newer_program_are_added_by_one_button(
    page: AuditPage, school: Dossier, qtbot: QtBot
) -> None:
    assert not page._result._new.isVisibleTo(page)
    with school.write(Changed.AUDIT) as session:
        session.execute(update(CampaignAnswer).values(version="2026.1"))
    qtbot.waitUntil(lambda: page._result._new.isVisibleTo(page))
    before = audit_of(school)
    gained = len(new_questions(school, before))
    assert page._result._new.text() == f"Ajouter {gained} nouvelles questions"
    page._result._new.click()
    qtbot.waitUntil(lambda: not page._result._new.isVisibleTo(page))
    after = audit_of(school)
    assert len(after.questions) == len(before.questions) + gained
    assert after.answers == before.answers


def test_the_result_says_what_of_the_official_baseline_is_met(page: AuditPage) -> None:
    words = page._result._words.text().replace("\u202f", " ")
    assert "des repères atteints" in words
    assert "Socle officiel de l’élémentaire : 0 points atteints sur 8" in words


def test_the_score_is_explained_one_click_away(page: AuditPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page._result._explain, Qt.MouseButton.LeftButton)
    panel = page.panel
    assert isinstance(panel, ScorePanel)
    assert "Réseau (9 critères)" in [row.title for row in panel.table.rows()]
    network = next(row for row in panel.table.rows() if row.key == "reseau")
    panel.table.opened.emit(network)
    rows = {row.key: row for row in panel.table.rows()}
    assert rows["res-01"].points.text == "11,1 sur 11,1"
    assert rows["res-07"].points.text == "À trouver : 0–11,1 sur 11,1"
    panel.table.opened.emit(rows["res-07"])
    assert page._views.index() == 0
    assert card(page).key == "res-07"


def test_a_click_on_a_bar_explains_its_domain(page: AuditPage, qtbot: QtBot) -> None:
    bars = page._result._left_bars
    labels = [row[0] for row in bars.rows()]
    line = labels.index("Réseau")
    at = QPoint(20, int((line + 0.5) * bars.height() / len(labels)))
    QTest.mouseClick(bars, Qt.MouseButton.LeftButton, pos=at)
    panel = page.panel
    assert isinstance(panel, ScorePanel)
    assert panel.choice.value("score") == "reseau"


def test_the_years_are_shown_side_by_side(page: AuditPage) -> None:
    page._views.set_index(2)
    view = page._evolution
    assert [chip.text() for chip in view._chips] == [
        "2 écarts comblés",
        "1 nouvel écart",
        "3 réponses meilleures",
        "1 moins bonne",
    ]
    overall = view._left.groups()[0]
    assert overall.title == "Ensemble"
    assert [year for year, _ in overall.scores] == ["2025-2026", "2026-2027"]
    assert "Réseau : 2025-2026" in view._left.accessibleDescription()
    changed = {row.key for row in view.table.rows()}
    assert changed == {"res-01", "res-06", "fam-02", "mnt-02"}
    view._kind.set_index(1)
    assert len(view.table.rows()) == len(audit_of(page.services.dossier).questions)
    row = next(row for row in view.table.rows() if row.key == "mnt-02")
    view.table.opened.emit(row)
    assert card(page).key == "mnt-02"


def test_a_year_is_never_compared_with_itself(page: AuditPage) -> None:
    page._views.set_index(2)
    view = page._evolution
    view._before.setCurrentIndex(1)
    assert (view._before.currentText(), view._after.currentText()) == ("2025-2026", "2026-2027")


def test_a_single_year_says_what_will_come(open_page: Open, school: Dossier) -> None:
    AuditService(school).start()
    page = open_page(school)
    page._views.set_index(2)
    assert page._evolution._stack.currentIndex() == 1


def test_the_menu_exports_what_is_shown(
    page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    names: list[str] = []

    def choose(self: Context, title: str, name: str, filter: str) -> Path:
        names.append(name)
        return tmp_path / Path(name).stem if name.endswith("csv") else tmp_path / name

    monkeypatch.setattr(Context, "ask_save_file", choose)
    for action in page._results._menu.actions():
        with qtbot.waitSignal(page.context.said) as said:
            action.trigger()
        assert "est écrit" in (said.args or [""])[0]
    assert names == [
        "etat-des-lieux-reponses-2026-2027.ods",
        "etat-des-lieux-reponses-2026-2027.xlsx",
        "etat-des-lieux-reponses-2026-2027.csv",
        "etat-des-lieux-indicateurs-2026-2027.json",
    ]
    # The ending that the user left out is put back.
    assert all((tmp_path / name).stat().st_size for name in names)
    assert json.loads((tmp_path / names[3]).read_bytes())["annee_scolaire"] == "2026-2027"


def test_a_refused_place_is_told(
    page: AuditPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    taken = tmp_path / "fichier"
    taken.write_text("un fichier, pas un dossier", encoding="utf-8")
    monkeypatch.setattr(Context, "ask_save_file", lambda *_: taken / "reponses.ods")
    with qtbot.waitSignal(page.context.failed) as failed:
        page._results._menu.actions()[0].trigger()
    assert "n’a pas pu être écrit" in (failed.args or [None])[0].what
