# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date

import pytest

from egn_desktop.actions.queries import actions, summary, todos
from egn_desktop.actions.rules import ActionState, Source, SourceKind
from egn_desktop.actions.service import ActionService
from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.todo import Urgency


@pytest.fixture
def service(dossier: Dossier) -> ActionService:
    return ActionService(dossier)


def test_an_action_is_read_back_as_it_was_added(dossier: Dossier, service: ActionService) -> None:
    added = service.add(
        title="  Acheter 12 tablettes ",
        source=Source(SourceKind.AUDIT, "elv-01"),
        responsible="Mairie",
        provider="co",
        due_on=date(2027, 3, 1),
        cost_cents=420050,
    )
    (row,) = actions(dossier)
    assert row.id == added
    assert row.title == "Acheter 12 tablettes"
    assert (row.source.kind, row.source.ref) == (SourceKind.AUDIT, "elv-01")
    assert row.state is ActionState.OPEN
    assert not row.is_late
    assert row.cost_label == "4\u202f200,50\u202f€"


def test_one_just_added_is_taken_back_as_if_it_had_never_been(
    dossier: Dossier, service: ActionService
) -> None:
    kept = service.add(title="Acheter des casques")
    service.add(title="Demander un devis")
    dossier.undo_stack.undo()
    assert [row.id for row in actions(dossier)] == [kept]
    assert first_broken_link(dossier) is None


def test_late_ones_come_first_and_reach_the_home_page(
    dossier: Dossier, service: ActionService
) -> None:
    service.add(title="Sans date")
    service.add(title="Plus tard", due_on=date(2027, 1, 5))
    service.add(title="Vérifier l’annuaire", due_on=date(2026, 11, 10))
    assert [row.title for row in actions(dossier)] == [
        "Vérifier l’annuaire",
        "Plus tard",
        "Sans date",
    ]
    assert [row.is_late for row in actions(dossier)] == [True, False, False]
    (todo,) = todos(dossier)
    assert todo.urgency is Urgency.LATE
    assert "Vérifier l’annuaire" in todo.text
    assert "10/11/2026" in todo.text
    service.add(title="Former les AESH", due_on=date(2026, 11, 2))
    (todo,) = todos(dossier)
    assert todo.text.startswith("2 actions en retard")
    assert "02/11/2026" in todo.text


def test_nothing_late_asks_for_nothing(dossier: Dossier, service: ActionService) -> None:
    assert not todos(dossier)
    done = service.add(title="Faite à temps", due_on=date(2026, 11, 1))
    service.close(done)
    assert not todos(dossier)


def test_closing_dropping_and_reopening(dossier: Dossier, service: ActionService) -> None:
    action_id = service.add(title="Une", due_on=date(2026, 11, 1))
    service.close(action_id)
    (row,) = actions(dossier, ActionState.DONE)
    assert row.closed_on == date(2026, 11, 24)
    service.drop(action_id)
    assert [row.state for row in actions(dossier)] == [ActionState.DROPPED]
    service.reopen(action_id)
    (row,) = actions(dossier, ActionState.OPEN)
    assert row.closed_on is None
    assert row.is_late
    assert row.state_label == "En retard"
    totals = summary(dossier)
    assert (totals.open, totals.late, totals.done, totals.dropped) == (1, 1, 0, 0)


def test_changes_are_told_and_journaled(dossier: Dossier, service: ActionService) -> None:
    told: list[frozenset[Changed]] = []
    action_id = service.add(title="Une")
    dossier.listen(told.append)
    service.change(action_id, responsible="M. Colin", due_on=date(2027, 1, 1))
    assert told == [frozenset({Changed.ACTIONS})]
    (row,) = actions(dossier)
    assert (row.title, row.responsible, row.due_on) == ("Une", "M. Colin", date(2027, 1, 1))
    assert first_broken_link(dossier) is None


def test_what_makes_no_sense_is_refused_in_french(dossier: Dossier, service: ActionService) -> None:
    with pytest.raises(UserError, match="besoin d’un intitulé"):
        service.add(title="   ")
    action_id = service.add(title="Une")
    with pytest.raises(UserError, match="intitulé"):
        service.change(action_id, title="")
    with pytest.raises(UserError, match="date à venir"):
        service.close(action_id, on=date(2026, 11, 25))
    with pytest.raises(UserError, match="négatif"):
        service.change(action_id, cost_cents=-1)
    with pytest.raises(UserError, match="n° 99"):
        service.drop(99)
    (row,) = actions(dossier)
    assert (row.title, row.state) == ("Une", ActionState.OPEN)


def test_the_actions_of_one_source_can_be_told_apart(
    dossier: Dossier, service: ActionService
) -> None:
    service.add(title="A", source=Source(SourceKind.AUDIT, "res-01"))
    service.add(title="B", source=Source(SourceKind.DRILL, "res-01"))
    found = actions(dossier, source_kind=SourceKind.AUDIT)
    assert [row.title for row in found] == ["A"]
