# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop import french
from egn_desktop.dossier import Dossier, journal
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending import incidents as rules
from egn_desktop.inventory.lending.incidents import Standing
from egn_desktop.inventory.lending.queries.incidents import incident, incident_summary, incidents
from egn_desktop.inventory.lending.queries.todos import todos
from egn_desktop.inventory.register.loans import loan
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    IncidentOutcome,
    LoanState,
)
from egn_desktop.inventory.stock.queries.devices import device
from egn_desktop.services import Services

BROKEN = IncidentFields(IncidentKind.BREAKAGE, date(2026, 11, 20), " Écran fendu ")


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Two tablets and a pupil, who has the second."""
    made = Services.of(dossier)
    for number in (1, 2):
        made.devices.add_device(DeviceInput(f"T-{number}", DeviceKind.TABLET, brand="Lenovo"))
    made.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    made.loans.lend(device_id=2, borrower_id=1, lent_on=date(2026, 9, 2))
    return made


def standing(dossier: Dossier, device_id: int) -> tuple[DeviceState, Condition]:
    row = device(dossier, device_id).row
    return row.state, row.condition


def test_a_breakage_sends_a_device_to_repair_and_back(dossier: Dossier, services: Services) -> None:
    incident_id = services.incidents.add_incident(1, BROKEN)
    assert standing(dossier, 1) == (DeviceState.IN_REPAIR, Condition.BROKEN)
    row = incident(dossier, incident_id)
    assert (row.description, row.state_label, row.borrower_name) == (
        "Écran fendu",
        f"Ouvert depuis 4{french.NARROW_SPACE}j",
        "",
    )
    services.incidents.change_incident(
        incident_id, repairer="Atelier du Velay", sent_on=date(2026, 11, 21)
    )
    assert incident(dossier, incident_id).state_label == "En réparation"
    services.incidents.close_incident(incident_id, IncidentOutcome.REPAIRED, cost_cents=8_950)
    assert standing(dossier, 1) == (DeviceState.AVAILABLE, Condition.WORN)
    row = incident(dossier, incident_id)
    assert (row.state_label, row.cost_label) == ("Réparé", f"89,50{french.NARROW_SPACE}€")
    assert not row.is_open
    dossier.undo_stack.undo()
    assert standing(dossier, 1) == (DeviceState.IN_REPAIR, Condition.BROKEN)
    assert incident(dossier, incident_id).is_open


def test_a_lost_device_that_is_found_is_available_again(
    dossier: Dossier, services: Services
) -> None:
    incident_id = services.loans.declare_missing(1, note="Oubliée dans le car")
    row = incident(dossier, incident_id)
    assert (row.kind, row.loan_id, row.borrower_name) == (IncidentKind.LOSS, 1, "Benali Inès")
    assert standing(dossier, 2)[0] is DeviceState.LOST
    services.incidents.close_incident(incident_id, IncidentOutcome.FOUND)
    assert standing(dossier, 2)[0] is DeviceState.AVAILABLE
    assert loan(dossier, 1).row.state is LoanState.LOST, "what was stays said"


def test_a_theft_keeps_the_number_of_the_report(dossier: Dossier, services: Services) -> None:
    incident_id = services.loans.declare_missing(1, stolen=True)
    services.incidents.change_incident(incident_id, report_number=" 2026/004512 ")
    assert [row.id for row in incidents(dossier, "004512 benali")] == [incident_id]
    assert incidents(dossier, "004513") == []
    services.loans.reopen_loan(1)
    assert incidents(dossier) == []
    with pytest.raises(UserError, match="pas d’incident n° 1"):
        services.incidents.change_incident(incident_id, repairer="x")
    assert services.loans.declare_missing(1) != incident_id, "another end is another incident"


def test_a_lent_device_is_lost_on_its_loan(dossier: Dossier, services: Services) -> None:
    with pytest.raises(UserError, match="se déclare sur le prêt"):
        services.incidents.add_incident(2, IncidentFields(IncidentKind.LOSS, date(2026, 11, 20)))
    assert incidents(dossier) == []
    incident_id = services.incidents.add_incident(2, BROKEN)
    assert incident(dossier, incident_id).loan_id == 1
    services.incidents.close_incident(incident_id, IncidentOutcome.REPAIRED)
    assert standing(dossier, 2)[0] is DeviceState.LENT


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (replace(BROKEN, happened_on=date(2026, 12, 1)), "à venir"),
        (replace(BROKEN, sent_on=date(2026, 11, 1)), "avant l’incident"),
        (replace(BROKEN, cost_cents=-1), "montant"),
        (replace(BROKEN, repairer="x" * 201), "Réparateur"),
        (replace(BROKEN, description="x" * 2_001), "récit"),
    ],
)
def test_what_makes_no_sense_is_refused(
    dossier: Dossier, services: Services, given: IncidentFields, words: str
) -> None:
    with pytest.raises(UserError, match=words):
        services.incidents.add_incident(1, given)
    assert incidents(dossier) == []
    assert standing(dossier, 1)[0] is DeviceState.AVAILABLE


def test_an_incident_closes_once_and_not_before_it_happened(
    dossier: Dossier, services: Services
) -> None:
    incident_id = services.incidents.add_incident(1, BROKEN)
    with pytest.raises(UserError, match="20/11/2026"):
        services.incidents.close_incident(
            incident_id, IncidentOutcome.NOTHING, on=date(2026, 11, 19)
        )
    services.incidents.close_incident(incident_id, IncidentOutcome.RETIRED)
    assert standing(dossier, 1)[0] is DeviceState.RETIRED
    with pytest.raises(UserError, match="déjà clos"):
        services.incidents.close_incident(incident_id, IncidentOutcome.NOTHING)


def test_an_incident_noted_by_mistake_goes_and_comes_back(
    dossier: Dossier, services: Services
) -> None:
    row = device(dossier, 1).row
    incident_id = services.incidents.add_incident(1, BROKEN)
    services.incidents.remove_incident(incident_id)
    assert (incidents(dossier), standing(dossier, 1)[0]) == ([], DeviceState.IN_REPAIR)
    dossier.undo_stack.undo()
    assert [found.id for found in incidents(dossier)] == [incident_id]
    dossier.undo_stack.undo()
    assert (incidents(dossier), standing(dossier, 1)) == ([], (row.state, row.condition))


def test_what_is_still_open_comes_first_and_long_silence_is_told(
    dossier: Dossier, services: Services
) -> None:
    closed = services.incidents.add_incident(1, replace(BROKEN, happened_on=date(2026, 9, 1)))
    services.incidents.close_incident(closed, IncidentOutcome.REPAIRED, cost_cents=1_000)
    quiet = services.incidents.add_incident(1, replace(BROKEN, happened_on=date(2026, 10, 1)))
    recent = services.incidents.add_incident(2, BROKEN)
    services.incidents.change_incident(recent, cost_cents=250)
    assert [row.id for row in incidents(dossier)] == [quiet, recent, closed]
    assert [row.id for row in incidents(dossier, only_open=True)] == [quiet, recent]
    assert [row.id for row in incidents(dossier, borrower_id=1)] == [recent]
    assert [row.id for row in incidents(dossier) if row.is_quiet] == [quiet]
    figures = incident_summary(dossier)
    assert (figures.open, figures.quiet, figures.this_year) == (2, 1, 3)
    assert figures.cost_cents == 1_250
    assert "Un incident est ouvert depuis plus de 30 jours" in {
        todo.text for todo in todos(dossier)
    }


def test_erasing_a_pupil_keeps_what_the_repair_cost(dossier: Dossier, services: Services) -> None:
    incident_id = services.loans.declare_missing(1, stolen=True, note="Volée à Inès au gymnase")
    services.incidents.change_incident(
        incident_id, report_number="2026/004512", repairer="Assurance", cost_cents=12_000
    )
    before = incident_summary(dossier)
    services.incidents.close_incident(incident_id, IncidentOutcome.UNRECOVERED)
    services.privacy.erase_pupil(1)
    row = incident(dossier, incident_id)
    assert (row.description, row.report_number) == ("", "")
    assert (row.repairer, row.cost_cents, row.kind) == ("Assurance", 12_000, IncidentKind.THEFT)
    assert "Benali" not in row.borrower_name
    after = incident_summary(dossier)
    assert (after.this_year, after.cost_cents) == (before.this_year, before.cost_cents)
    with dossier.read() as session:
        kept = journal.entries(session, [f"incident:{incident_id}", "loan:1"])
        assert all(entry.details is None for entry in kept)
        assert first_broken_link(dossier) is None


@given(cents=st.integers(0, rules.GREATEST_COST))
def test_money_is_kept_to_the_cent(cents: int) -> None:
    assert french.cents(french.money(cents)) == cents
    digits = "".join(sign for sign in french.money(cents) if sign.isdigit())
    assert int(digits) == cents


@given(
    kind=st.sampled_from(IncidentKind),
    outcome=st.sampled_from(IncidentOutcome),
    state=st.sampled_from([state for state in DeviceState if state is not DeviceState.LENT]),
    condition=st.sampled_from(Condition),
)
def test_a_broken_device_never_becomes_available(
    kind: IncidentKind, outcome: IncidentOutcome, state: DeviceState, condition: Condition
) -> None:
    before = Standing(state, condition)
    for after in (rules.after_opening(kind, before), rules.after_closing(outcome, before)):
        if after != before:
            is_broken = after.condition is Condition.BROKEN
            assert not (is_broken and after.state is DeviceState.AVAILABLE)


def test_every_outcome_ends_some_kind_of_incident() -> None:
    assert set(rules.OUTCOMES) == set(IncidentKind)
    assert {end for ends in rules.OUTCOMES.values() for end in ends} == set(IncidentOutcome)
