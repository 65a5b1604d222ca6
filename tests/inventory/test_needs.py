# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop import content
from egn_desktop.cli.lending import needs as commands
from egn_desktop.cli.parser import FrenchParser, SubCommands
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import needs
from egn_desktop.inventory.lending.needs import Priority, Want
from egn_desktop.inventory.lending.queries.needs import need, needs_noted, needs_summary, waiting
from egn_desktop.inventory.lending.queries.todos import todos
from egn_desktop.inventory.privacy.queries.erasures import erasures
from egn_desktop.inventory.register.loans import loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind, LoanState
from egn_desktop.services import Services

IDS = [criterion.id for criterion in needs.criteria()]
ANSWERS = st.frozensets(st.sampled_from(IDS))
DUE = date(2027, 7, 2)


@given(ANSWERS, st.sampled_from(IDS))
def test_one_more_difficulty_never_puts_a_pupil_lower(answers: frozenset[str], more: str) -> None:
    before, after = needs.score(answers), needs.score(answers | {more})
    assert after >= before
    assert needs.priority(after) <= needs.priority(before)


@given(ANSWERS)
def test_the_sum_is_that_of_its_lines_one_answer_to_a_question(
    answers: frozenset[str],
) -> None:
    lines = needs.retained(answers)
    assert needs.score(answers) == sum(line.weight for line in lines)
    groups = [line.group for line in lines if line.group]
    assert len(groups) == len(set(groups))
    assert needs.retained([line.id for line in lines]) == lines


def test_the_criteria_are_sourced_and_hold_no_diagnosis() -> None:
    for criterion in needs.criteria():
        assert content.source(criterion).title
        assert criterion.weight > 0
        assert criterion.title
    asked = {
        "device at home": "no-device",
        "shared by two": "shared-device",
        "shared by more": "shared-by-many",
        "connection": "no-connection",
        "place to work": "no-quiet-place",
        "the family's help": "no-adult-help",
        "special needs": "special-need",
        "lost before": "lost-contact",
    }
    assert set(asked.values()) <= set(IDS)
    assert needs.score({"shared-by-many"}) > needs.score({"shared-device"})


def test_whoever_shares_a_device_counts_as_without_one(
    dossier: Dossier, services: Services
) -> None:
    services.needs.note_need(1, ["shared-by-many"])
    assert needs_summary(dossier).without_device == 1


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Two laptops and a 4G key; four pupils, of whom Noé has nothing at home."""
    made = Services.of(dossier)
    for number, kind in enumerate((DeviceKind.LAPTOP, DeviceKind.LAPTOP, DeviceKind.HOTSPOT), 1):
        made.devices.add_device(DeviceInput(f"YSS-{number:04}", kind))
    for last, first in (("Benali", "Inès"), ("Traoré", "Noé"), ("Haddad", "Rose"), ("Roy", "Max")):
        made.pupils.add_pupil(PupilInput(last, first, school_class="CM2"))
    return made


def test_who_waits_is_sorted_by_priority_and_served_by_a_loan(
    dossier: Dossier, services: Services
) -> None:
    assert need(dossier, 1) is None
    services.needs.note_need(1, ["shared-device"])
    services.needs.note_need(2, ["no-device", "only-smartphone", "no-connection"])
    services.needs.note_need(3, ["no-printer"])
    assert [(row.name, row.score, row.priority) for row in waiting(dossier)] == [
        ("Traoré Noé", 70, Priority.FIRST),
        ("Benali Inès", 20, Priority.LATER),
    ]
    assert [row.name for row in needs_noted(dossier)][-1] == "Haddad Rose"
    figures = needs_summary(dossier)
    assert (figures.pupils, figures.surveyed, figures.waiting) == (4, 3, 2)
    assert (figures.without_device, figures.no_device, figures.without_connection) == (2, 1, 1)
    services.loans.lend(device_id=1, borrower_id=2)
    assert waiting(dossier, "noe")[0].missing == (Want.CONNECTION,)
    services.loans.lend(device_id=3, borrower_id=2)
    assert [row.name for row in waiting(dossier)] == ["Benali Inès"]


def test_a_human_decides_otherwise_with_a_reason_that_is_kept(
    dossier: Dossier, services: Services
) -> None:
    services.needs.note_need(1, ["shared-device"])
    services.needs.note_need(2, ["no-device"])
    with pytest.raises(UserError, match="raison"):
        services.needs.decide_priority(1, Priority.FIRST, "  ")
    with pytest.raises(UserError, match="Aucun besoin n’est noté pour Roy Max"):
        services.needs.decide_priority(4, Priority.FIRST, "Parce que")
    services.needs.decide_priority(1, Priority.FIRST, " Déménage samedi ")
    first = waiting(dossier)[0]
    assert (first.name, first.priority, first.reason) == (
        "Benali Inès",
        Priority.FIRST,
        "Déménage samedi",
    )
    assert _journal(dossier, "need:1")[-1][0] == "need.decided"
    services.needs.decide_priority(1, None)
    assert [row.id for row in waiting(dossier)] == [2, 1]


def test_an_unknown_criterion_is_refused_with_those_there_are(services: Services) -> None:
    with pytest.raises(UserError) as refused:
        services.needs.note_need(1, ["revenus"])
    assert "no-device" in refused.value.todo


def test_the_home_page_says_who_can_be_served(dossier: Dossier, services: Services) -> None:
    assert not [todo for todo in todos(dossier) if todo.tag == "À servir"]
    for pupil_id in (1, 2, 3):
        services.needs.note_need(pupil_id, ["no-device"])
    (todo,) = [todo for todo in todos(dossier) if todo.tag == "À servir"]
    assert (
        todo.text == "3 élèves attendent un prêt : 2 appareils disponibles pour servir les premiers"
    )
    services.privacy.forget_need(3)
    (todo,) = [todo for todo in todos(dossier) if todo.tag == "À servir"]
    assert todo.text == "2 élèves attendent un prêt, et le matériel est là"


@pytest.mark.parametrize("how", ["forget", "erase"])
def test_erased_answers_leave_no_trace(dossier: Dossier, services: Services, how: str) -> None:
    services.needs.note_need(1, ["no-device"])
    services.needs.decide_priority(1, Priority.FIRST, "Secret de famille")
    if how == "forget":
        services.privacy.forget_need(1)
    else:
        services.privacy.erase_pupil(1)
    assert need(dossier, 1) is None
    assert all(details is None for what, details in _journal(dossier, "need:1")[:2])
    assert not waiting(dossier)


def test_answers_end_with_the_school_year(tmp_path: Path) -> None:
    now = [datetime(2026, 11, 24, tzinfo=UTC)]
    with Dossier.create(tmp_path / "an.egn", key=bytes(range(32)), clock=lambda: now[0]) as dossier:
        services = Services.of(dossier)
        services.pupils.add_pupil(PupilInput("Benali", "Inès"))
        services.needs.note_need(1, ["no-device"])
        found = need(dossier, 1)
        assert found is not None
        assert found.kept_until == date(2027, 8, 31)
        now[0] = datetime(2027, 8, 31, tzinfo=UTC)
        assert waiting(dossier)
        assert not erasures(dossier)
        now[0] = datetime(2027, 9, 1, tzinfo=UTC)
        assert not waiting(dossier)
        (due,) = erasures(dossier)
        assert (due.name, due.what) == ("Benali Inès", "Les réponses sur ses besoins")
        assert services.privacy.erase_due() == 1
        assert not erasures(dossier)
        assert _journal(dossier, "need:1")[0][1] is None


def test_many_are_lent_and_undone_together_or_not_at_all(
    dossier: Dossier, services: Services
) -> None:
    with pytest.raises(UserError) as refused:
        services.loans.lend_together([(1, 1), (2, 2), (3, 1)], due_on=DUE)
    assert refused.value.kept == "Aucun des prêts n’a été enregistré."
    assert not loans(dossier)
    made = services.loans.lend_together([(1, 1), (2, 2)], due_on=DUE)
    assert [row.id for row in loans(dossier, state=LoanState.OPEN)] == made
    assert dossier.undo_stack.undo() == "2 appareils prêtés"
    assert not loans(dossier)


def test_the_commands_note_explain_and_list(
    dossier: Dossier, services: Services, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = FrenchParser(prog="egn-desktop")
    commands.register(SubCommands(parser))

    def run(*words: str) -> str:
        options = parser.parse_args([words[0], "ecole.egn", *words[1:]])
        options.run(services, options)
        return capsys.readouterr().out

    assert "Aucun besoin n’est noté" in run("need", "--pupil", "Traoré Noé")
    text = run("need", "--pupil", "noe traore", "--set", "no-device", "--set", "lost-contact")
    assert "Très prioritaire" in text
    assert " 40 Aucun appareil à la maison (no-device)" in text
    assert " 60 en tout" in text
    text = run("need", "--pupil", "noe traore", "--unset", "lost-contact")
    assert "Prioritaire\n" in text
    text = run("need", "--pupil", "noe traore", "--priority", "first", "--reason", "Fratrie de 4")
    assert "Priorité décidée : Fratrie de 4" in text
    text = run("needs").replace("\u202f", " ")
    assert "Très prioritaire · 40 points · Traoré Noé · CM2 · ordinateur ou tablette" in text
    assert "1 élève en attente ; questionnaire rempli pour 1 sur 4." in text
    assert "no-quiet-place" in run("needs", "--criteria")
    assert "effacées" in run("need", "--pupil", "noe traore", "--erase")
    assert "0 élève en attente" in run("needs").replace("\u202f", " ")


def _journal(dossier: Dossier, subject: str) -> list[tuple[str, str | None]]:
    with dossier.read() as session:
        found = session.connection().exec_driver_sql(
            "SELECT what, details FROM journal WHERE subject = ? ORDER BY id", (subject,)
        )
        return [(row[0], row[1]) for row in found]
