# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date

import pytest

from egn_desktop.actions.queries import actions
from egn_desktop.actions.rules import ActionState, SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.drills.model import DrillPreparation
from egn_desktop.drills.queries import drill, drills, due_drills, summary, todos
from egn_desktop.drills.rules import DrillKind, DrillState, kinds
from egn_desktop.drills.service import DrillService
from egn_desktop.errors import UserError
from egn_desktop.plans.service import PlanService
from egn_desktop.todo import Urgency


@pytest.fixture
def service(dossier: Dossier) -> DrillService:
    return DrillService(dossier)


@pytest.fixture
def alert(service: DrillService) -> int:
    """An alert drill held on 6 October, with all that can be noted."""
    plan = service.plan(kind="alert", planned_on=date(2026, 10, 6), script="alerte-chaine")
    service.record(
        plan,
        held_on=date(2026, 10, 6),
        participants={"Direction": "Mme Nguyen", "Chronométrage": "M. Colin"},
        course="7 h 00 : premier appel.\n7 h 12 : cellule au complet.",
        measures={"families_2h": 94, "cell_minutes": 12, "wrong_contacts": 7},
        debrief={"worked": "La chaîne d’appel", "surprise": "Le standard de la mairie ouvre à 8 h"},
    )
    return plan


def test_a_planned_drill_takes_the_aim_of_its_kind(dossier: Dossier, service: DrillService) -> None:
    plan = service.plan(kind="tabletop", scenario="cyberattaque", planned_on=date(2026, 12, 18))
    (row,) = drills(dossier)
    assert (row.id, row.kind, row.state) == (plan, DrillKind.TABLETOP, DrillState.PLANNED)
    assert row.aim == kinds()["tabletop"].aim
    assert row.day == date(2026, 12, 18)
    assert row.headline == ""
    assert row.title.startswith("Exercice sur table\u202f: Cyberattaque")


def test_everything_noted_is_read_back(dossier: Dossier, alert: int) -> None:
    detail = drill(dossier, alert)
    assert detail.row.state is DrillState.HELD
    assert detail.row.day == date(2026, 10, 6)
    assert detail.participants == {"Direction": "Mme Nguyen", "Chronométrage": "M. Colin"}
    assert detail.course.endswith("7 h 12 : cellule au complet.")
    assert detail.answers["worked"] == "La chaîne d’appel"
    by_id = {measure.measure.id: measure for measure in detail.measures}
    assert by_id["families_2h"].met is True
    assert by_id["cell_minutes"].met is True
    assert by_id["wrong_contacts"].met is False
    assert by_id["families_24h"].met is None
    # The script measures the families first: that is what the list tells of this drill.
    assert detail.row.headline == "94\u202f% des familles jointes en 2\u202fh"


def test_recording_one_field_leaves_the_others(
    dossier: Dossier, service: DrillService, alert: int
) -> None:
    service.record(alert, measures={"families_24h": 100, "wrong_contacts": None})
    service.record(alert, participants={"Chronométrage": " ", "Cellule de crise": "Mme Joly"})
    detail = drill(dossier, alert)
    taken = {
        measure.measure.id: measure.value
        for measure in detail.measures
        if measure.value is not None
    }
    assert taken == {"families_2h": 94, "cell_minutes": 12, "families_24h": 100}
    assert detail.participants == {"Direction": "Mme Nguyen", "Cellule de crise": "Mme Joly"}
    assert detail.course.startswith("7 h 00")
    assert detail.row.held_on == date(2026, 10, 6)


def test_without_a_day_a_drill_is_recorded_today(dossier: Dossier, service: DrillService) -> None:
    plan = service.plan(kind="alert")
    service.record(plan, course="Tout a été dit.")
    assert drill(dossier, plan).row.held_on == date(2026, 11, 24)


def test_a_lesson_becomes_an_action_in_the_one_list(
    dossier: Dossier, service: DrillService, alert: int
) -> None:
    told: list[frozenset[Changed]] = []
    dossier.listen(told.append)
    service.add_lesson(
        alert,
        text="Sept numéros de téléphone sont faux",
        decision="Faire vérifier les numéros à chaque rentrée",
        responsible="Mme Nguyen",
        due_on=date(2026, 12, 15),
    )
    assert told == [frozenset({Changed.DRILLS, Changed.ACTIONS})]
    (action,) = actions(dossier)
    assert action.title == "Faire vérifier les numéros à chaque rentrée"
    assert (action.source.kind, action.source.ref) == (SourceKind.DRILL, f"drill:{alert}")
    assert (action.responsible, action.due_on) == ("Mme Nguyen", date(2026, 12, 15))
    (lesson,) = drill(dossier, alert).lessons
    assert lesson.text == "Sept numéros de téléphone sont faux"
    assert lesson.action == action


def test_removing_a_lesson_drops_its_action_and_undo_gives_it_back_as_it_was(
    dossier: Dossier, service: DrillService, alert: int
) -> None:
    lesson = service.add_lesson(alert, text="Imprimer l’annuaire")
    ActionService(dossier).close(actions(dossier)[0].id, on=date(2026, 11, 20))
    done = actions(dossier)
    service.remove_lesson(lesson)
    assert not drill(dossier, alert).lessons
    assert [action.state for action in actions(dossier)] == [ActionState.DROPPED]
    dossier.undo_stack.undo()
    assert [lesson.text for lesson in drill(dossier, alert).lessons] == ["Imprimer l’annuaire"]
    assert actions(dossier) == done


def test_undoing_a_lesson_leaves_no_trace_of_its_action(
    dossier: Dossier, service: DrillService, alert: int
) -> None:
    service.add_lesson(alert, text="Imprimer l’annuaire")
    dossier.undo_stack.undo()
    assert not drill(dossier, alert).lessons
    assert not actions(dossier)


def test_a_lesson_that_cannot_be_kept_leaves_no_action(
    dossier: Dossier, service: DrillService
) -> None:
    with pytest.raises(UserError, match="n° 12"):
        service.add_lesson(12, text="Imprimer l’annuaire")
    assert not actions(dossier)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"held_on": date(2026, 11, 25)}, "date à venir"),
        ({"measures": {"families_2h": 140}}, "ne dépasse pas 100"),
        ({"measures": {"vitesse": 3}}, "Mesure inconnue"),
        ({"debrief": {"météo": "beau"}}, "inconnue"),
    ],
)
def test_a_record_that_makes_no_sense_changes_nothing(
    dossier: Dossier, service: DrillService, wrong: dict, words: str
) -> None:
    plan = service.plan(kind="alert", planned_on=date(2026, 11, 20))
    with pytest.raises(UserError, match=words):
        service.record(plan, **({"course": "Bien passé"} | wrong))
    detail = drill(dossier, plan)
    assert (detail.row.state, detail.course) == (DrillState.PLANNED, "")


def test_unknown_kinds_scripts_and_drills_are_refused(service: DrillService) -> None:
    with pytest.raises(UserError, match="grandeur nature") as refusal:
        service.plan(kind="grandeur nature")
    assert "tabletop" in refusal.value.todo
    with pytest.raises(UserError, match="Déroulé inconnu"):
        service.plan(kind="alert", script="table-cyberattaque")
    with pytest.raises(UserError, match="n° 7"):
        service.cancel(7)


def test_cancelling_and_restoring_keep_what_it_was(
    dossier: Dossier, service: DrillService, alert: int
) -> None:
    planned = service.plan(kind="tabletop", planned_on=date(2026, 12, 18))
    for drill_id, state in ((planned, DrillState.PLANNED), (alert, DrillState.HELD)):
        service.cancel(drill_id, reason="Neige")
        assert drill(dossier, drill_id).row.state is DrillState.CANCELLED
        assert drill(dossier, drill_id).cancelled_because == "Neige"
        service.restore(drill_id)
        assert drill(dossier, drill_id).row.state is state


def test_a_drill_recorded_by_mistake_is_planned_again(
    dossier: Dossier, service: DrillService
) -> None:
    planned = service.plan(kind="tabletop", planned_on=date(2026, 11, 20))
    before = drill(dossier, planned)
    service.record(planned)
    dossier.undo_stack.undo()
    assert drill(dossier, planned) == before


def test_planned_drills_come_first_then_the_latest(
    dossier: Dossier, service: DrillService, alert: int
) -> None:
    older = service.plan(kind="tabletop")
    service.record(older, held_on=date(2026, 3, 12))
    late = service.plan(kind="functional", planned_on=date(2027, 3, 1))
    soon = service.plan(kind="tabletop", planned_on=date(2026, 12, 18))
    assert [row.id for row in drills(dossier)] == [soon, late, alert, older]


def test_what_is_prepared_is_ticked_off_and_can_be_unticked(dossier: Dossier) -> None:
    service = DrillService(dossier)
    plan = service.plan(kind="alert")
    first, second, *_ = (item.id for item in drill(dossier, plan).row.kind_entry.preparation)
    service.prepare(plan, first)
    service.prepare(plan, second)
    service.prepare(plan, first)
    service.prepare(plan, second, done=False)
    assert drill(dossier, plan).prepared == {first}
    with pytest.raises(UserError, match="ne comprend pas"):
        service.prepare(plan, "autre-chose")


def test_what_an_earlier_version_ticked_off_in_its_words_is_still_ticked_off(
    dossier: Dossier, service: DrillService
) -> None:
    plan = service.plan(kind="alert")
    first = drill(dossier, plan).row.kind_entry.preparation[0]
    with dossier.write(Changed.DRILLS) as session:
        session.add(DrillPreparation(drill_id=plan, item=first.text))
    assert drill(dossier, plan).prepared == {first.id}
    service.prepare(plan, first.id)
    service.prepare(plan, first.id, done=False)
    assert not drill(dossier, plan).prepared


def test_every_change_is_journaled(dossier: Dossier, service: DrillService, alert: int) -> None:
    service.change(alert, aim="Joindre chacun")
    service.add_lesson(alert, text="Imprimer l’annuaire")
    service.cancel(alert)
    service.restore(alert)
    with dossier.read() as session:
        assert first_broken_link(dossier) is None
        what = session.connection().exec_driver_sql(
            "SELECT what FROM journal WHERE subject = ? ORDER BY id", (f"drill:{alert}",)
        )
        assert [row[0] for row in what] == [
            "drill.planned",
            "drill.recorded",
            "drill.changed",
            "drill.lesson_added",
            "drill.cancelled",
            "drill.restored",
        ]


def test_the_summary_says_the_last_and_the_next(
    dossier: Dossier, service: DrillService, alert: int
) -> None:
    assert summary(dossier).next is None
    soon = service.plan(kind="tabletop", planned_on=date(2026, 12, 18))
    found = summary(dossier)
    assert found.last is not None
    assert found.next is not None
    assert (found.last.id, found.next.id, found.held_this_year) == (alert, soon, 1)


def test_the_home_page_is_told_where_to_start(dossier: Dossier, service: DrillService) -> None:
    (todo,) = todos(dossier)
    assert todo.urgency is Urgency.START
    service.cancel(service.plan(kind="alert"))
    (todo,) = todos(dossier)
    assert todo.urgency is Urgency.START


def test_the_home_page_recalls_what_to_record_and_what_comes(
    dossier: Dossier, service: DrillService
) -> None:
    service.plan(kind="alert", planned_on=date(2026, 11, 20))
    service.plan(kind="tabletop", planned_on=date(2026, 12, 18))
    found = {todo.urgency: todo.text for todo in todos(dossier)}
    assert "20/11/2026" in found[Urgency.NOW]
    assert "18/12/2026" in found[Urgency.SOON]
    assert len(found) == 2


def test_a_kind_not_held_in_time_is_recalled(dossier: Dossier, service: DrillService) -> None:
    old = service.plan(kind="alert")
    service.record(old, held_on=date(2026, 2, 3))
    texts = {todo.urgency: todo.text for todo in todos(dossier)}
    assert "aurait dû se tenir avant le 30/06/2026" in texts[Urgency.LATE]
    due = {drill.kind.id: drill.due_on for drill in due_drills(dossier)}
    assert due["alert"] == date(2026, 6, 30)
    assert due["tabletop"] == date(2027, 6, 30)
    assert due["full_scale"] is None


def test_a_scenario_of_the_school_s_own_is_drilled_by_its_title(dossier: Dossier) -> None:
    scenario = PlanService(dossier).add_scenario(title="Fuite de gaz dans la cour")
    DrillService(dossier).plan(kind=DrillKind.TABLETOP, scenario=scenario)
    (row,) = drills(dossier)
    assert row.title.endswith("Fuite de gaz dans la cour")
