# SPDX-License-Identifier: GPL-3.0-or-later
"""Who left: flagged wherever he or she still counts, counted no more where not."""

from datetime import timedelta

import pytest

from egn_desktop.dossier import Dossier, journal
from egn_desktop.inventory.lending.queries.needs import needs_summary, waiting, waiting_for_class
from egn_desktop.inventory.lending.queries.reminders import late_loans
from egn_desktop.inventory.lending.queries.todos import todos
from egn_desktop.inventory.people.queries.leavers import leaver_summary, leavers
from egn_desktop.inventory.people.queries.pupils import pupils, school_classes
from egn_desktop.inventory.register.loans import loan, loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.services import Services


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Three pupils and a teacher; two pupils and the teacher have a laptop."""
    made = Services.of(dossier)
    people = [
        made.pupils.add_pupil(PupilInput(last, first, school_class=name))
        for last, first, name in (
            ("Benali", "Inès", "CM1"),
            ("Traoré", "Noé", "CM2"),
            ("Haddad", "Rose", "CM2"),
        )
    ]
    people.append(made.staff.add_staff(StaffFields("Caron", "Luce")))
    for number, days in ((0, -20), (1, -3), (3, 9)):
        device = made.devices.add_device(DeviceInput(f"YSS-{number}", DeviceKind.LAPTOP))
        lent, due = dossier.today() - timedelta(days=60), dossier.today() + timedelta(days=days)
        made.loans.lend(device_id=device, borrower_id=people[number], lent_on=lent, due_on=due)
    return made


def test_a_leaver_with_a_device_comes_first_wherever_it_is_missed(
    dossier: Dossier, services: Services
) -> None:
    assert [row.borrower_name for row in loans(dossier)] == [
        "Benali Inès", "Traoré Noé", "Caron Luce",
    ]  # fmt: skip
    services.pupils.mark_left(2)
    assert [(row.borrower_name, row.has_left) for row in loans(dossier)] == [
        ("Traoré Noé", True),
        ("Benali Inès", False),
        ("Caron Luce", False),
    ]
    assert [loan.row.borrower_name for loan in late_loans(dossier)] == ["Traoré Noé", "Benali Inès"]
    assert loan(dossier, 2).row.has_left
    assert any(todo.text == "1 élève parti a encore du matériel prêté" for todo in todos(dossier))
    assert (leaver_summary(dossier).with_device, leaver_summary(dossier).with_nothing) == (1, 0)


def test_a_leaver_with_nothing_counts_no_more_and_may_go(
    dossier: Dossier, services: Services
) -> None:
    services.needs.note_need(3, ["no-device"])
    assert [row.name for row in waiting(dossier)] == ["Haddad Rose"]
    services.pupils.mark_left(3)
    services.pupils.mark_left(1)
    assert not waiting(dossier)
    assert not waiting_for_class(dossier, "CM1")
    assert needs_summary(dossier).pupils == 1
    assert list(school_classes(dossier)) == ["CM2"]
    assert [row.name for row in leavers(dossier)] == ["Benali Inès", "Haddad Rose"]
    texts = [todo.text for todo in todos(dossier)]
    assert "1 élève parti n’a rien à rendre : le retirer de la liste" in texts
    assert services.pupils.remove_leavers() == 1
    assert not leaver_summary(dossier).with_nothing
    assert len(pupils(dossier)) == 2


def test_saying_it_twice_is_written_once(dossier: Dossier, services: Services) -> None:
    services.pupils.mark_left(1)
    services.pupils.mark_left(1)
    services.pupils.mark_back(1)
    services.pupils.mark_back(1)
    with dossier.read() as session:
        said = [entry.what for entry in journal.entries(session, ["pupil:1"])]
    assert said == ["pupil.added", "pupil.left", "pupil.back"]
