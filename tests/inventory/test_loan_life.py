# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date, timedelta

import pytest

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.incidents import incidents
from egn_desktop.inventory.lending.queries.todos import todos
from egn_desktop.inventory.lending.queries.wiping import to_wipe
from egn_desktop.inventory.register import wiping
from egn_desktop.inventory.register.loans import loan, loans
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    LoanState,
)
from egn_desktop.inventory.stock.queries.devices import device
from egn_desktop.services import Services
from tests.conftest import NOW

KIT = ("chargeur", "housse", "clé 4G")


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Two laptops with their kit, a headset, two pupils; the first laptop is lent and late."""
    made = Services.of(dossier)
    for number in (1, 2):
        made.devices.add_device(DeviceInput(f"A-{number}", DeviceKind.LAPTOP, accessories=KIT))
    made.devices.add_device(DeviceInput("C-1", DeviceKind.HEADSET))
    made.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    made.pupils.add_pupil(PupilInput("Traoré", "Awa", school_class="CE1"))
    made.loans.lend(device_id=1, borrower_id=1, lent_on=date(2026, 9, 2), due_on=date(2026, 11, 13))
    return made


def present(dossier: Dossier, device_id: int = 1) -> list[str]:
    return [
        accessory.name for accessory in device(dossier, device_id).accessories if accessory.present
    ]


def test_an_end_before_the_beginning_names_the_clock_where_that_is_to_blame(
    dossier: Dossier, services: Services
) -> None:
    with pytest.raises(UserError, match=r"a commencé le 02/09/2026 : il ne peut pas") as refused:
        services.loans.return_device(1, returned_on=date(2026, 9, 1))
    assert "horloge" not in str(refused.value)
    dossier.clock = lambda: NOW - timedelta(days=120)
    dossier.trust_clock()
    for end in (
        lambda: services.loans.return_device(1),
        lambda: services.loans.declare_missing(1),
    ):
        with pytest.raises(UserError, match="indique le 27/07/2026") as refused:
            end()
        assert refused.value.todo.startswith("Corrigez la date de l’ordinateur")
    assert loan(dossier, 1).row.state is LoanState.OPEN


def test_a_part_of_the_kit_comes_back_while_the_loan_goes_on(
    dossier: Dossier, services: Services
) -> None:
    services.loans.return_accessories(1, ["Clé 4g"], on=date(2026, 11, 20))
    kept = loan(dossier, 1)
    assert kept.row.state is LoanState.OPEN
    assert kept.accessories == {"chargeur": None, "housse": None, "clé 4G": True}
    assert kept.still_out == ("chargeur", "housse")
    assert kept.came_apart == {"clé 4G": date(2026, 11, 20)}
    services.loans.return_device(1, accessories=["chargeur"])
    ended = loan(dossier, 1)
    assert ended.accessories == {"chargeur": True, "housse": False, "clé 4G": True}
    assert present(dossier) == ["chargeur", "clé 4G"]
    services.loans.reopen_loan(1)
    assert loan(dossier, 1) == kept
    for _ in range(3):
        dossier.undo_stack.undo()
    assert loan(dossier, 1).still_out == KIT


def test_what_was_missing_comes_back_after_the_loan(dossier: Dossier, services: Services) -> None:
    services.loans.return_device(1, accessories=["chargeur"])
    services.loans.return_accessories(1, ["housse"])
    ended = loan(dossier, 1)
    assert ended.still_out == ("clé 4G",)
    assert ended.came_apart == {"housse": date(2026, 11, 24)}
    assert present(dossier) == ["chargeur", "housse"]
    dossier.undo_stack.undo()
    assert loan(dossier, 1).accessories["housse"] is False
    assert present(dossier) == ["chargeur"]


@pytest.mark.parametrize(
    ("names", "day", "words"),
    [
        (["souris"], None, "n’est pas à rendre"),
        ([], None, "n’est pas à rendre"),
        (["housse"], date(2026, 9, 1), "ne peut pas se terminer avant"),
        (["housse"], date(2026, 12, 1), "à venir"),
    ],
)
def test_only_what_is_out_comes_back(
    dossier: Dossier,
    services: Services,
    names: list[str],
    day: date | None,
    words: str,
) -> None:
    before = loan(dossier, 1)
    with pytest.raises(UserError, match=words):
        services.loans.return_accessories(1, names, on=day)
    assert loan(dossier, 1) == before


def test_an_exchange_keeps_both_histories(dossier: Dossier, services: Services) -> None:
    new_id = services.loans.exchange(
        1, device_id=2, accessories=["chargeur", "housse"], note="Écran fendu"
    )
    old, new = loan(dossier, 1), loan(dossier, new_id)
    assert (old.row.state, old.condition_in) == (LoanState.EXCHANGED, Condition.BROKEN)
    assert (old.note_in, old.still_out, old.replaced_by) == ("Écran fendu", ("clé 4G",), new_id)
    assert (new.row.borrower_id, new.replaces_id) == (1, 1)
    assert new.row.due_on == date(2026, 11, 24), "the day of return was past"
    assert tuple(new.accessories) == KIT
    assert device(dossier, 1).row.state is DeviceState.IN_REPAIR
    (opened,) = incidents(dossier)
    assert (opened.kind, opened.loan_id, opened.description) == (
        IncidentKind.BREAKAGE,
        1,
        "Écran fendu",
    )
    assert opened.borrower_name == "Benali Inès"


def test_an_exchange_is_undone_whole(dossier: Dossier, services: Services) -> None:
    before = loan(dossier, 1), device(dossier, 1).row, device(dossier, 2).row
    new_id = services.loans.exchange(1, device_id=2)
    with pytest.raises(UserError, match="a été échangé"):
        services.loans.reopen_loan(1)
    services.loans.cancel_exchange(new_id)
    assert (loan(dossier, 1), device(dossier, 1).row, device(dossier, 2).row) == before
    assert loan(dossier, new_id).row.state is LoanState.CANCELLED
    assert incidents(dossier) == []
    with pytest.raises(UserError, match="ne vient pas d’un échange"):
        services.loans.cancel_exchange(1)


def test_an_exchange_that_cannot_be_changes_nothing(dossier: Dossier, services: Services) -> None:
    services.loans.lend(device_id=2, borrower_id=2)
    before = loans(dossier)
    with pytest.raises(UserError, match="contre lui-même"):
        services.loans.exchange(1, device_id=1, condition=Condition.GOOD)
    with pytest.raises(UserError, match="déjà prêté à Traoré Awa") as refused:
        services.loans.exchange(1, device_id=2)
    assert refused.value.kept == "L’échange n’a pas été noté."
    assert loans(dossier) == before
    assert incidents(dossier) == []
    services.loans.return_device(2)
    new_id = services.loans.exchange(1, device_id=2, condition=Condition.GOOD)
    assert device(dossier, 1).row.state is DeviceState.AVAILABLE
    services.loans.return_device(new_id)
    with pytest.raises(UserError, match="déjà terminé"):
        services.loans.cancel_exchange(new_id)


def test_a_device_is_wiped_step_by_step(dossier: Dossier, services: Services) -> None:
    steps = [step.id for step in wiping.steps_for(DeviceKind.LAPTOP)]
    assert loan(dossier, 1).wiped is None
    with pytest.raises(UserError, match="n’est pas revenu"):
        services.loans.wipe(1, steps)
    services.loans.return_device(1, wiped=steps[1::-1])
    assert loan(dossier, 1).wiped == tuple(steps[:2])
    (waits,) = to_wipe(dossier)
    assert (waits.device_id, [step.id for step in waits.left]) == (1, steps[2:])
    assert "Un appareil rendu est à effacer avant d’être prêté à nouveau" in {
        todo.text for todo in todos(dossier)
    }
    with pytest.raises(UserError, match="« licorne » n’est pas une étape"):
        services.loans.wipe(1, ["licorne"])
    services.loans.wipe(1, steps)
    assert to_wipe(dossier) == []
    assert loan(dossier, 1).wiping_left == ()
    services.loans.reopen_loan(1)
    assert loan(dossier, 1).wiped is None


def test_a_device_lent_again_is_not_waited_for(dossier: Dossier, services: Services) -> None:
    services.loans.return_device(1)
    services.loans.lend(device_id=3, borrower_id=1)
    services.loans.return_device(2)
    assert [wipe.device_id for wipe in to_wipe(dossier)] == [1], "a headset keeps no data"
    services.loans.lend(device_id=1, borrower_id=2)
    assert to_wipe(dossier) == []


def test_a_return_cannot_be_undone_once_the_device_moved_on(
    dossier: Dossier, services: Services
) -> None:
    services.loans.return_device(1)
    services.loans.return_device(services.loans.lend(device_id=1, borrower_id=2))
    with pytest.raises(UserError, match="ne peut plus être annulé"):
        services.loans.reopen_loan(1)
    services.loans.reopen_loan(2)
    assert loan(dossier, 2).row.state is LoanState.OPEN
    services.loans.return_device(2)
    services.pupils.remove_pupil(2)
    with pytest.raises(UserError, match="Traoré Awa n’est plus dans la liste"):
        services.loans.reopen_loan(2)


def test_an_incident_followed_already_is_not_opened_twice(
    dossier: Dossier, services: Services
) -> None:
    noted = services.incidents.add_incident(
        1, IncidentFields(IncidentKind.BREAKAGE, date(2026, 11, 2))
    )
    assert device(dossier, 1).row.state is DeviceState.LENT, "the loan goes on"
    services.loans.return_device(1, condition=Condition.BROKEN)
    assert [row.id for row in incidents(dossier)] == [noted]
    services.loans.reopen_loan(1)
    assert [row.id for row in incidents(dossier)] == [noted], "it was noted by hand"
