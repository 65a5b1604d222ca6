# SPDX-License-Identifier: GPL-3.0-or-later
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.matching import DoubtReason
from egn_desktop.inventory.people.queries.doubts import review_pupils
from egn_desktop.inventory.people.queries.pupils import pupil, pupils
from egn_desktop.inventory.register.imports import ImportCounts
from egn_desktop.inventory.register.nouns import (
    DeviceInput,
    GuardianFields,
    PupilInput,
    StaffFields,
)
from egn_desktop.inventory.register.rules import ChildName
from egn_desktop.inventory.register.terms import Condition, DeviceKind, DeviceState
from egn_desktop.inventory.stock.queries.devices import device, devices
from egn_desktop.services import Services
from tests.examples import examples

LAPTOP = DeviceInput("YSS-1", DeviceKind.LAPTOP, "HP", "ProBook", "SN1", accessories=("chargeur",))
INES = PupilInput("BENALI", "Inès", born_on=date(2016, 3, 4), ine="120000000AA", school_class="CM1")


@pytest.fixture
def services(dossier: Dossier) -> Services:
    return Services.of(dossier)


def counts(found: ImportCounts) -> tuple[int, int, int]:
    return found.added, found.updated, found.unchanged


def test_importing_twice_changes_nothing(dossier: Dossier, services: Services) -> None:
    list_of_devices = [LAPTOP, replace(LAPTOP, asset_number="YSS-2", serial_number="SN2")]
    assert counts(services.devices.import_devices(list_of_devices)) == (2, 0, 0)
    before = [device(dossier, row.id) for row in devices(dossier)]
    assert counts(services.devices.import_devices(list_of_devices)) == (0, 0, 2)
    assert [device(dossier, row.id) for row in devices(dossier)] == before
    assert counts(services.pupils.import_pupils([INES])) == (1, 0, 0)
    assert counts(services.pupils.import_pupils([INES])) == (0, 0, 1)


def test_an_empty_cell_never_erases(dossier: Dossier, services: Services) -> None:
    services.devices.import_devices(
        [replace(LAPTOP, place="Armoire", acquired_on=date(2023, 9, 1))]
    )
    update = DeviceInput("yss-1", DeviceKind.LAPTOP, model="ProBook 11", accessories=("housse",))
    assert counts(services.devices.import_devices([update])) == (0, 1, 0)
    (row,) = devices(dossier)
    assert (row.brand, row.model, row.place) == ("HP", "ProBook 11", "Armoire")
    assert row.acquired_on == date(2023, 9, 1)
    assert [accessory.name for accessory in device(dossier, row.id).accessories] == [
        "chargeur",
        "housse",
    ]


def test_words_that_a_list_lacks_leave_the_kind_and_the_notes(
    dossier: Dossier, services: Services
) -> None:
    services.devices.import_devices([replace(LAPTOP, notes="Charnière à surveiller")])
    services.devices.import_devices(
        [replace(LAPTOP, kind=DeviceKind.OTHER, notes="État : « moyen »")]
    )
    (row,) = devices(dossier)
    assert row.kind is DeviceKind.LAPTOP
    assert device(dossier, row.id).row.notes == "Charnière à surveiller"


def test_a_device_without_a_number_is_known_by_its_serial_number(
    dossier: Dossier, services: Services
) -> None:
    services.devices.import_devices([replace(LAPTOP, asset_number="")])
    assert counts(services.devices.import_devices([LAPTOP])) == (0, 1, 0)
    copied = replace(LAPTOP, asset_number="YSS-2")
    assert counts(services.devices.import_devices([copied])) == (1, 0, 0)
    assert [row.asset_number for row in devices(dossier)] == ["YSS-1", "YSS-2"]


def test_a_list_breaks_a_device_but_does_not_mend_it(dossier: Dossier, services: Services) -> None:
    services.devices.import_devices([replace(LAPTOP, condition=Condition.BROKEN)])
    services.devices.import_devices([LAPTOP])
    (row,) = devices(dossier)
    assert (row.condition, row.state) == (Condition.BROKEN, DeviceState.IN_REPAIR)


def test_in_september_a_pupil_changes_class_and_is_not_doubled(
    dossier: Dossier, services: Services
) -> None:
    services.pupils.import_pupils([INES])
    moved = replace(INES, last_name="Benali", school_class="CM2", ine="")
    assert counts(services.pupils.import_pupils([moved])) == (0, 1, 0)
    (row,) = pupils(dossier)
    assert (row.school_class, row.ine) == ("CM2", "120000000AA")


def test_an_ine_alone_merges_nobody(dossier: Dossier, services: Services) -> None:
    services.pupils.import_pupils([INES])
    other = replace(INES, last_name="Traoré", first_name="Noé", born_on=date(2015, 1, 1))
    assert counts(services.pupils.import_pupils([other])) == (1, 0, 0)
    renamed = replace(INES, last_name="García", born_on=None)
    assert counts(services.pupils.import_pupils([renamed])) == (0, 1, 0)
    assert sorted(row.name for row in pupils(dossier)) == ["García Inès", "Traoré Noé"]


def test_namesakes_stay_two_people(dossier: Dossier, services: Services) -> None:
    twins = [
        PupilInput("Martin", "Léa", born_on=date(2016, 5, 1), school_class="CM1"),
        PupilInput("Martin", "Léa", born_on=date(2017, 8, 9), school_class="CE2"),
        PupilInput("MARTIN", "Lea", school_class="CP"),
        PupilInput("MARTIN", "Lea", school_class="CE1"),
    ]
    assert counts(services.pupils.import_pupils(twins[:2])) == (2, 0, 0)
    assert counts(services.pupils.import_pupils(twins[2:])) == (2, 0, 0)
    assert counts(services.pupils.import_pupils(twins)) == (0, 0, 4)


def test_a_pupil_taken_out_comes_back_with_the_list(dossier: Dossier, services: Services) -> None:
    services.pupils.import_pupils([INES])
    services.pupils.remove_pupil(pupils(dossier)[0].id)
    assert counts(services.pupils.import_pupils([INES])) == (0, 1, 0)
    assert len(pupils(dossier)) == 1


def test_representatives_join_their_children_once(dossier: Dossier, services: Services) -> None:
    adam = PupilInput("Benali", "Adam", school_class="CP")
    services.pupils.import_pupils([INES, adam])
    nadia = GuardianFields("MME", "BENALI", "Nadia", "nadia@exemple.fr", "06 39 98 12 34")
    children = (
        ChildName("BENALI", "", "Inès", "CM1"),
        ChildName("BENALI", "", "Adam", "une autre classe"),
    )
    stranger = (GuardianFields("M.", "X", "Y"), (ChildName("INCONNU", "", "Jo", ""),))
    found = services.pupils.import_guardians([(nadia, children), stranger])
    assert (found.added, found.unmatched) == (1, 1)
    found = services.pupils.import_guardians([(nadia, children)])
    assert counts(found) == (0, 0, 1)
    assert [len(pupil(dossier, row.id).guardians) for row in pupils(dossier)] == [1, 1]
    found = services.pupils.import_guardians([(replace(nadia, phone="06 39 98 00 00"), children)])
    assert counts(found) == (0, 1, 0)
    assert pupil(dossier, pupils(dossier)[0].id).guardians[0].phone == "06 39 98 00 00"


def test_a_wrong_row_keeps_the_whole_list_out(dossier: Dossier, services: Services) -> None:
    with pytest.raises(UserError, match="ligne 2"):
        services.pupils.import_pupils([INES, replace(INES, first_name="")])
    with pytest.raises(UserError, match="ligne 1"):
        services.devices.import_devices([replace(LAPTOP, asset_number="", serial_number="")])
    assert not pupils(dossier)
    assert not devices(dossier)


def test_ten_thousand_pupils_are_found_again(dossier: Dossier, services: Services) -> None:
    many = [
        PupilInput(f"Nom{i % 700}", f"Prénom{i}", born_on=date(2010, 1, 1 + i % 28))
        for i in range(10_000)
    ]
    assert counts(services.pupils.import_pupils(many)) == (10_000, 0, 0)
    assert counts(services.pupils.import_pupils(many)) == (0, 0, 10_000)
    assert len(pupils(dossier, "nom12 prenom12")) > 0


NAMES = st.sampled_from(["Benali", "BENALI", "Traoré", "Le Goff"])
PUPILS = st.builds(
    PupilInput,
    last_name=NAMES,
    first_name=st.sampled_from(["Inès", "Ines", "Noé"]),
    usual_name=st.sampled_from(["", "Haddad"]),
    born_on=st.sampled_from([None, date(2016, 1, 1), date(2017, 2, 2)]),
    ine=st.sampled_from(["", "120000000AA", "120000000AB", "faux"]),
    school_class=st.sampled_from(["CP", "CE1", ""]),
    guardians=st.sampled_from([(), (GuardianFields("M.", "Benali", "Karim", phone="1"),)]),
)


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PUPILS, max_size=8))
def test_every_row_is_added_updated_or_unchanged(dossier: Dossier, rows: list[PupilInput]) -> None:
    services = Services.of(dossier)
    before = len(pupils(dossier))
    found = services.pupils.import_pupils(rows)
    assert len(pupils(dossier)) == before + found.added
    assert found.added + found.updated + found.unchanged <= len(rows)


ADAM = PupilInput("Benali", "Adam", born_on=date(2018, 1, 2), school_class="CP")
RENAMED = replace(INES, last_name="Haddad", ine="")


def test_a_doubt_shows_who_it_may_be_and_waits_for_a_human(
    dossier: Dossier, services: Services
) -> None:
    services.pupils.import_pupils([INES, ADAM])
    services.loans.lend(
        device_id=services.devices.add_device(LAPTOP), borrower_id=pupils(dossier)[1].id
    )
    review = review_pupils(dossier, [RENAMED, ADAM])
    (doubt,) = review.doubts
    assert (doubt.row, doubt.reason, doubt.likely) == (0, DoubtReason.RENAMED, None)
    (candidate,) = doubt.candidates
    assert (candidate.name, candidate.devices) == ("BENALI Inès", ("HP ProBook · YSS-1",))
    assert len(pupils(dossier)) == 2
    same = services.pupils.import_pupils([RENAMED, ADAM], answers={0: candidate.id})
    assert counts(same) == (0, 1, 1)
    assert [row.name for row in pupils(dossier)] == ["Benali Adam", "Haddad Inès"]


def test_without_an_answer_a_slip_is_mended_and_nobody_else_is_merged(
    dossier: Dossier, services: Services
) -> None:
    services.pupils.import_pupils([INES, ADAM])
    slip = replace(INES, last_name="Benhali", ine="")
    assert review_pupils(dossier, [slip]).doubts[0].likely is not None
    assert counts(services.pupils.import_pupils([slip])) == (0, 1, 0)
    twin = replace(ADAM, first_name="Adem")
    assert counts(services.pupils.import_pupils([twin])) == (1, 0, 0)


def test_a_whole_list_tells_who_left_and_a_later_one_who_is_back(
    dossier: Dossier, services: Services
) -> None:
    services.pupils.import_pupils([INES, ADAM])
    ines = pupils(dossier)[1]
    services.loans.lend(device_id=services.devices.add_device(LAPTOP), borrower_id=ines.id)
    review = review_pupils(dossier, [ADAM])
    assert (review.listed, review.named, review.looks_whole) == (2, 1, False)
    assert [(leaver.name, leaver.devices) for leaver in review.leavers()] == [
        ("BENALI Inès", ("HP ProBook · YSS-1",))
    ]
    assert services.pupils.import_pupils([ADAM]).left == 0
    found = services.pupils.import_pupils([ADAM], mark_left=True)
    assert (counts(found), found.left) == ((0, 0, 1), 1)
    assert pupil(dossier, ines.id).row.left_on == dossier.today()
    assert services.pupils.import_pupils([ADAM], mark_left=True).left == 0
    assert review_pupils(dossier, [ADAM]).looks_whole
    assert counts(services.pupils.import_pupils([INES, ADAM])) == (0, 1, 1)
    assert pupil(dossier, ines.id).row.left_on is None


def test_whoever_left_with_nothing_is_taken_off_the_list_and_put_back(
    dossier: Dossier, services: Services
) -> None:
    services.pupils.import_pupils([INES, ADAM])
    adam, ines = pupils(dossier)
    services.loans.lend(device_id=services.devices.add_device(LAPTOP), borrower_id=ines.id)
    for gone in (adam, ines):
        services.pupils.mark_left(gone.id)
    assert services.pupils.remove_leavers() == 1
    assert [row.id for row in pupils(dossier)] == [ines.id]
    dossier.undo_stack.undo()
    services.pupils.mark_back(adam.id)
    assert [row.left_on for row in pupils(dossier)] == [None, dossier.today()]


def test_a_whole_import_is_undone_in_one(dossier: Dossier, services: Services) -> None:
    nadia = GuardianFields("Mme", "Benali", "Nadia", phone="06 39 98 12 34")
    services.pupils.import_pupils([replace(INES, guardians=(nadia,)), ADAM])
    before = [pupil(dossier, row.id) for row in pupils(dossier)]
    karim = GuardianFields("M.", "Traoré", "Karim")
    noe = PupilInput("Traoré", "Noé", school_class="CP", guardians=(karim,))
    moved = replace(INES, school_class="CM2", guardians=(replace(nadia, phone="07"),))
    done = services.pupils.import_pupils([moved, noe], mark_left=True)
    assert (counts(done), done.left) == ((1, 1, 0), 1)
    assert dossier.undo_stack.undo() == "import d’élèves"
    assert [pupil(dossier, row.id) for row in pupils(dossier)] == before
    assert not pupils(dossier, "CM2")


def test_representatives_are_undone_in_one(dossier: Dossier, services: Services) -> None:
    services.pupils.import_pupils([INES])
    child = ChildName("Benali", "", "Inès", "CM1")
    services.pupils.import_guardians([(GuardianFields("M.", "Benali", "Karim"), (child,))])
    dossier.undo_stack.undo()
    assert not pupil(dossier, pupils(dossier)[0].id).guardians


def test_the_ids_of_pupils_and_staff_do_not_meet(dossier: Dossier, services: Services) -> None:
    services.pupils.import_pupils([ADAM])
    services.staff.add_staff(StaffFields("Caron", "Rose"))
    assert counts(services.pupils.import_pupils([INES])) == (1, 0, 0)
    assert len(pupils(dossier)) == 2


@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PUPILS, max_size=5), st.lists(PUPILS, max_size=5), st.booleans())
def test_undoing_any_import_leaves_everything_as_it_was(
    dossier: Dossier, first: list[PupilInput], second: list[PupilInput], mark_left: bool
) -> None:
    services = Services.of(dossier)
    start = dossier.undo_stack.last
    services.pupils.import_pupils(first)
    earlier = dossier.undo_stack.last
    before = [pupil(dossier, row.id) for row in pupils(dossier)]
    services.pupils.import_pupils(second, mark_left=mark_left)
    if dossier.undo_stack.last is not earlier:  # or it came to nothing new
        dossier.undo_stack.undo()
    assert [pupil(dossier, row.id) for row in pupils(dossier)] == before
    if dossier.undo_stack.last is not start:
        dossier.undo_stack.undo()
    assert not pupils(dossier)
