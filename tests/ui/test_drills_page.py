# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of drills and actions, driven as a user does, on a real dossier."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import ActionState, Source, SourceKind
from egn_desktop.drills.history import Histories
from egn_desktop.drills.queries import drill, drills
from egn_desktop.drills.rules import DrillState
from egn_desktop.ui.context import Context
from egn_desktop.ui.forms import Form
from egn_desktop.ui.pages.drills import DrillsPage
from egn_desktop.ui.pages.drills.action_panel import ActionPanel, NewActionPanel
from egn_desktop.ui.pages.drills.day_note import DayNote
from egn_desktop.ui.pages.drills.drill_view import COURSE, PREPARATION, RESULTS, DrillView
from egn_desktop.ui.pages.drills.lessons import LessonPanel
from egn_desktop.ui.pages.drills.page import ACTIONS
from egn_desktop.ui.pages.drills.plan_panel import PlanPanel
from egn_desktop.ui.pages.drills.preparation import TickLine
from egn_desktop.ui.pages.drills.results import MeasureLine


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> Iterator[DrillsPage]:
    made = DrillsPage(context)
    qtbot.addWidget(made)
    made.resize(1134, 768)
    made.show()
    yield made
    made.close()


def click(qtbot: QtBot, within: QWidget, words: str) -> None:
    def named() -> list[QAbstractButton]:
        return [
            button
            for button in within.findChildren(QAbstractButton)
            if words in (button.text(), button.accessibleName()) and button.isVisibleTo(within)
        ]

    qtbot.waitUntil(lambda: len(named()) == 1)
    qtbot.mouseClick(named()[0], Qt.MouseButton.LeftButton)


def typed(qtbot: QtBot, within: QWidget, name: str, words: str) -> None:
    """Type in a field in place of what it holds, then leave it."""
    form = next(form for form in within.findChildren(Form) if name in form.values())
    control = form.field(name).control
    control.setFocus()
    control.selectAll()  # type: ignore[attr-defined]
    # Test keys know ASCII alone.
    if isinstance(control, QPlainTextEdit):
        control.insertPlainText(words)
        qtbot.keyClick(control, Qt.Key.Key_Tab)
    else:
        control.insert(words)  # type: ignore[attr-defined]
        qtbot.keyClick(control, Qt.Key.Key_Return)


def opened(page: DrillsPage) -> DrillView:
    (found,) = page.findChildren(DrillView)
    return found


@pytest.fixture
def alert(context: Context) -> int:
    """An alert drill planned for the day before, with its script."""
    return context.services.drills.plan(
        kind="alert",
        scenario="intemperies",
        script="alerte-chaine",
        planned_on=date(2026, 11, 23),
    )


def test_an_empty_page_offers_the_first_drill(
    page: DrillsPage, context: Context, qtbot: QtBot
) -> None:
    click(qtbot, page, "Préparer un exercice d’alerte")
    panel = page.panel
    assert isinstance(panel, PlanPanel)
    typed(qtbot, panel, "planned_on", "+14")
    with qtbot.waitSignal(context.said) as said:
        click(qtbot, panel, "Prévoir cet exercice")
    (row,) = drills(context.services.dossier)
    assert row.planned_on == date(2026, 12, 8)
    assert row.script == "alerte-chaine"
    assert "être jointes" in row.aim
    assert opened(page).drill_id == row.id
    said.args[1]()
    assert not drills(context.services.dossier)


def test_a_day_on_which_the_school_is_closed_is_told_but_not_refused(
    page: DrillsPage, context: Context, qtbot: QtBot
) -> None:
    click(qtbot, page, "Préparer un exercice d’alerte")
    panel = page.panel
    assert isinstance(panel, PlanPanel)
    typed(qtbot, panel, "planned_on", "25/12/2026")
    told = panel.findChild(DayNote)
    assert told is not None
    assert told.text.startswith("C’est un jour férié (Noël). Réouverture le lundi")
    typed(qtbot, panel, "planned_on", "18/12/2026")
    assert "Noël" not in told.text
    typed(qtbot, panel, "planned_on", "25/12/2026")
    click(qtbot, panel, "Prévoir cet exercice")
    (row,) = drills(context.services.dossier)
    assert row.planned_on == date(2026, 12, 25)
    assert any(note.text.startswith("C’est un jour férié") for note in page.findChildren(DayNote))


def test_the_kind_brings_its_own_scripts_and_aim(page: DrillsPage, qtbot: QtBot) -> None:
    page.new()
    panel = page.panel
    assert isinstance(panel, PlanPanel)
    form = panel.findChild(Form)
    assert form is not None
    form.field("kind").control.setCurrentIndex(1)  # type: ignore[attr-defined]
    form.field("scenario").write("cyberattaque")
    assert form.value("script") == "table-cyberattaque"
    assert "autour d’une table" in form.value("aim")


def test_a_drill_is_prepared_recorded_and_learnt_from(
    page: DrillsPage, context: Context, alert: int, qtbot: QtBot
) -> None:
    dossier = context.services.dossier
    page.open_drill(alert)
    view = opened(page)
    tick = view.findChildren(TickLine)[0]
    tick.box.click()
    assert len(drill(dossier, alert).prepared) == 1
    click(qtbot, page, "Noter l’exercice")
    assert drill(dossier, alert).row.held_on == date(2026, 11, 23)
    typed(qtbot, view, "participants:0", "Claire Morvan")
    typed(qtbot, view, "course", "7 h 02 : appel")
    view.show_step(RESULTS)
    typed(qtbot, view, "families_2h", "94,5")
    typed(qtbot, view, "failed", "Sept numéros sont faux")
    detail = drill(dossier, alert)
    assert detail.participants == {"Direction": "Claire Morvan"}
    assert detail.course == "7 h 02 : appel"
    assert detail.answers == {"failed": "Sept numéros sont faux"}
    assert detail.row.headline.startswith("94,5")
    assert "94,5" in view.state
    page.new()
    panel = page.panel
    assert isinstance(panel, LessonPanel)
    typed(qtbot, panel, "text", "Sept numéros sont faux")
    typed(qtbot, panel, "responsible", "Mme Joly")
    click(qtbot, panel, "Ajouter l’enseignement")
    (lesson,) = drill(dossier, alert).lessons
    assert lesson.action.responsible == "Mme Joly"
    assert page.panel is None


def test_a_measure_says_whether_its_target_is_met(
    page: DrillsPage, context: Context, alert: int, qtbot: QtBot
) -> None:
    context.services.drills.record(alert, held_on=date(2026, 11, 23), measures={"families_2h": 94})
    page.open_drill(alert)
    line = opened(page).findChildren(MeasureLine)[0]
    assert line._chip.text() == "Objectif tenu"
    typed(qtbot, line, "families_2h", "60")
    assert line._chip.text() == "À améliorer"
    typed(qtbot, line, "families_2h", "160")
    assert "ne dépasse pas 100" in line._form.field("families_2h").error
    assert drill(context.services.dossier, alert).measures[0].value == 60


def test_a_day_to_come_is_refused_under_its_field(
    page: DrillsPage, context: Context, alert: int, qtbot: QtBot
) -> None:
    context.services.drills.record(alert, held_on=date(2026, 11, 23))
    page.open_drill(alert)
    view = opened(page)
    view.show_step(COURSE)
    typed(qtbot, view, "held_on", "demain")
    form = next(form for form in view.findChildren(Form) if "held_on" in form.values())
    assert "à venir" in form.field("held_on").error
    assert drill(context.services.dossier, alert).row.held_on == date(2026, 11, 23)


def test_recording_by_mistake_and_cancelling_can_be_undone(
    page: DrillsPage, context: Context, alert: int, qtbot: QtBot
) -> None:
    page.open_drill(alert)
    view = opened(page)
    with qtbot.waitSignal(context.said) as said:
        click(qtbot, page, "Noter l’exercice")
    said.args[1]()
    assert view.detail.row.state is DrillState.PLANNED
    with qtbot.waitSignal(context.said) as said:
        click(qtbot, page, "Annuler l’exercice")
    assert view.detail.row.state is DrillState.CANCELLED
    click(qtbot, page, "Remettre au programme")
    assert view.detail.row.state is DrillState.PLANNED


def test_what_is_planned_is_kept_as_typed_and_the_script_follows(
    page: DrillsPage, context: Context, qtbot: QtBot
) -> None:
    plan = context.services.drills.plan(kind="tabletop")
    page.open_drill(plan)
    view = opened(page)
    assert view._stack.currentIndex() == PREPARATION
    typed(qtbot, view, "planned_on", "18/12")
    form = next(form for form in view.findChildren(Form) if "script" in form.values())
    form.field("script").write("table-cyberattaque")
    detail = drill(context.services.dossier, plan)
    assert detail.row.planned_on == date(2026, 12, 18)
    assert detail.row.script == "table-cyberattaque"
    view.show_step(COURSE)
    qtbot.waitUntil(lambda: "demande de rançon" in words_of(view))


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def test_a_lesson_is_taken_out_and_put_back(
    page: DrillsPage, context: Context, alert: int, qtbot: QtBot
) -> None:
    services = context.services
    services.drills.record(alert, held_on=date(2026, 11, 23))
    services.drills.add_lesson(alert, text="Les numéros sont faux")
    page.open_drill(alert)
    with qtbot.waitSignal(context.said) as said:
        click(qtbot, opened(page), "Retirer cet enseignement")
    assert not drill(services.dossier, alert).lessons
    said.args[1]()
    assert drill(services.dossier, alert).lessons[0].action.state is ActionState.OPEN
    click(qtbot, opened(page), "Ouvrir l’action")
    assert isinstance(page.panel, ActionPanel)


def test_an_action_shows_its_history(page: DrillsPage, context: Context, alert: int) -> None:
    services = context.services
    services.drills.record(alert)
    services.drills.add_lesson(alert, text="Appris", decision="Acheter un sifflet")
    (lesson,) = drill(services.dossier, alert).lessons
    page._open_action(lesson.action.id)
    assert isinstance(page.panel, ActionPanel)
    shown = [label.text() for label in page.panel.findChildren(QLabel)]
    assert Histories(services.dossier).of(lesson.action.id) in shown


@pytest.fixture
def three_actions(context: Context, alert: int) -> list[int]:
    add = context.services.actions.add
    return [
        add(title="Acheter une clé 4G", source=Source(SourceKind.AUDIT, "res-05")),
        add(
            title="Vérifier les numéros",
            source=Source(SourceKind.DRILL, f"drill:{alert}"),
            responsible="Mme Joly",
            due_on=date(2026, 11, 1),
        ),
        add(title="Relire le plan", due_on=date(2026, 12, 1)),
    ]


def test_actions_are_filtered_and_searched(
    page: DrillsPage, context: Context, three_actions: list[int], qtbot: QtBot
) -> None:
    page.arrive("actions")
    tab = page._action_list
    assert [row.title for row in tab.table.rows()] == ["Vérifier les numéros"]
    tab._filter.set_index(0)
    assert [row.id for row in tab.table.rows()] == [
        three_actions[1],
        three_actions[2],
        three_actions[0],
    ]
    for words, found in (("joly", 1), ("état des lieux", 1), ("exercice du 23/11", 1), ("rien", 0)):
        tab.search.setText(words)
        qtbot.keyClick(tab.search, Qt.Key.Key_Return)
        assert len(tab.table.rows()) == found, words


def test_actions_are_narrowed_to_a_source_and_a_person_and_printed_so(
    page: DrillsPage,
    context: Context,
    three_actions: list[int],
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    printed: list[tuple[str, str]] = []
    monkeypatch.setattr(context, "print_document", lambda *what: printed.append(what))
    page.arrive("actions")
    tab = page._action_list
    click(qtbot, page, "Plan d’actions")
    tab._filter.set_index(0)
    click(qtbot, page, "Plan d’actions")
    tab.sources.choose(SourceKind.AUDIT)
    assert [row.title for row in tab.table.rows()] == ["Acheter une clé 4G"]
    click(qtbot, page, "Plan d’actions")
    tab.persons.choose("Mme Joly")
    assert not tab.table.rows()
    tab.sources.choose(None)
    assert [row.title for row in tab.table.rows()] == ["Vérifier les numéros"]
    click(qtbot, page, "Plan d’actions")
    tab.persons.choose("")
    assert [row.title for row in tab.table.rows()] == ["Relire le plan", "Acheter une clé 4G"]
    context.services.actions.close(three_actions[1])
    tab._filter.set_index(1)
    click(qtbot, page, "Plan d’actions")
    assert printed == [
        ("plan-d-actions", key)
        for key in ("en-retard", "a-faire", "origine:audit", "responsable:Mme Joly", "toutes")
    ]
    assert page.document == "plan-d-actions"


def test_several_actions_are_closed_at_once_and_reopened(
    page: DrillsPage, context: Context, three_actions: list[int], qtbot: QtBot
) -> None:
    page.arrive("actions")
    tab = page._action_list
    tab._filter.set_index(0)
    tab.table.check(lambda row: row.id in three_actions[:2])
    with qtbot.waitSignal(context.said) as said:
        click(qtbot, tab, "Marquer faites")
    states = {row.id: row.state for row in actions(context.services.dossier)}
    assert [states[action] for action in three_actions] == ["done", "done", "open"]
    assert len(tab.table.rows()) == 1
    said.args[1]()
    assert all(row.state is ActionState.OPEN for row in actions(context.services.dossier))


def test_an_action_is_added_changed_dropped_and_taken_up_again(
    page: DrillsPage, context: Context, alert: int, qtbot: QtBot
) -> None:
    dossier = context.services.dossier
    page._views.set_index(ACTIONS)
    page.new()
    panel = page.panel
    assert isinstance(panel, NewActionPanel)
    click(qtbot, panel, "Ajouter à la liste")
    assert not actions(dossier), "an action without a title is refused under its field"
    typed(qtbot, panel, "title", "Relire l’annuaire")
    typed(qtbot, panel, "due_on", "01/12/2026")
    click(qtbot, panel, "Ajouter à la liste")
    (row,) = actions(dossier)
    page._action_list.table.opened.emit(row)
    panel = page.panel
    assert isinstance(panel, ActionPanel)
    typed(qtbot, panel, "cost", "environ 20 €")
    assert actions(dossier)[0].cost_label == "environ 20 €"
    click(qtbot, panel, "Abandonner")
    assert actions(dossier)[0].state is ActionState.DROPPED
    assert page.panel is None
    page._open_action(row.id)
    click(qtbot, page.panel, "Reprendre")  # type: ignore[arg-type]
    assert actions(dossier)[0].state is ActionState.OPEN


def test_an_action_leads_back_to_its_drill_and_the_page_prints_what_it_shows(
    page: DrillsPage, context: Context, three_actions: list[int], alert: int, qtbot: QtBot
) -> None:
    assert page.document == "programme-des-exercices"
    page._open_action(three_actions[1])
    click(qtbot, page.panel, "Voir l’exercice")  # type: ignore[arg-type]
    assert opened(page).drill_id == alert
    assert page.document == ""
    context.services.drills.record(alert, held_on=date(2026, 11, 23))
    assert (page.document, page.document_key) == ("compte-rendu-exercice", str(alert))
    click(qtbot, page, "Tous les exercices")
    assert page.document == "programme-des-exercices"


def test_the_heading_says_the_state_in_figures(
    page: DrillsPage, context: Context, three_actions: list[int]
) -> None:
    said = page._state.text()
    assert said == "0 tenu en 2026-2027 · prochain le 23/11/2026 · 3 actions à faire · 1 en retard"
