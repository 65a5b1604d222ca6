# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date

import pytest

from egn_desktop.dossier import Dossier, journal
from egn_desktop.errors import UserError
from egn_desktop.inventory.people.queries.borrowers import borrower, borrowers
from egn_desktop.inventory.people.queries.pupils import pupils
from egn_desktop.inventory.people.queries.staff import staff_member, staff_members
from egn_desktop.inventory.register.loans import loan, loans
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput, StaffFields
from egn_desktop.inventory.register.rules import staff_problem
from egn_desktop.inventory.register.terms import BorrowerKind, DeviceKind
from egn_desktop.services import Services

CLAIRE = StaffFields(
    "Roux", "Claire", duty="Enseignante, CE1", email="claire.roux@ac-lyon.fr", phone="0639981200"
)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    return Services.of(dossier)


@pytest.fixture
def claire(services: Services) -> int:
    return services.staff.add_staff(CLAIRE)


@pytest.fixture
def ines(services: Services) -> int:
    return services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2 M. Colin"))


@pytest.fixture
def laptop(services: Services) -> int:
    return services.devices.add_device(
        DeviceInput("YSS-0001", DeviceKind.LAPTOP, accessories=("chargeur",))
    )


@pytest.mark.parametrize(
    ("member", "said"),
    [
        (StaffFields(" ", "Claire"), "nom"),
        (StaffFields("Roux", ""), "prénom"),
        (StaffFields("Roux", "Claire", duty="x" * 201), "« Fonction »"),
        (StaffFields("Roux", "Claire", email="claire.roux"), "adresse électronique"),
        (StaffFields("Roux", "Claire", email="claire @ac-lyon.fr"), "adresse électronique"),
    ],
)
def test_what_is_wrong_with_a_member_of_staff_is_said(member: StaffFields, said: str) -> None:
    assert said in (staff_problem(member) or "")


def test_a_member_of_staff_is_right_with_two_names_alone() -> None:
    assert staff_problem(StaffFields("Roux", "Claire")) is None
    assert staff_problem(CLAIRE) is None


def test_staff_are_found_by_name_and_duty_whatever_the_accents(
    dossier: Dossier, services: Services, claire: int
) -> None:
    services.staff.add_staff(StaffFields("Martin", "Élodie", duty="Directrice"))
    assert [row.name for row in staff_members(dossier)] == ["Martin Élodie", "Roux Claire"]
    assert [row.id for row in staff_members(dossier, "CE1 roux")] == [claire]
    assert [row.name for row in staff_members(dossier, "elodie")] == ["Martin Élodie"]


def test_a_change_is_kept_searched_and_journalled(
    dossier: Dossier, services: Services, claire: int
) -> None:
    services.staff.change_staff(claire, last_name=" Roux-Faure ", duty="Enseignante, CM1")
    services.staff.change_staff(claire, duty="Enseignante, CM1")
    assert staff_members(dossier, "faure cm1")[0].name == "Roux-Faure Claire"
    with pytest.raises(UserError, match="adresse électronique"):
        services.staff.change_staff(claire, email="claire")
    with dossier.read() as session:
        said = [entry.what for entry in journal.entries(session, [f"staff:{claire}"])]
    assert said == ["staff.added", "staff.changed"]


def test_staff_borrow_as_pupils_do(
    dossier: Dossier, services: Services, claire: int, laptop: int
) -> None:
    lent = services.loans.lend(device_id=laptop, borrower_id=claire, due_on=date(2026, 11, 20),
                        lent_on=date(2026, 9, 2))  # fmt: skip
    row = loan(dossier, lent).row
    assert (row.borrower_name, row.borrower_kind) == ("Roux Claire", BorrowerKind.STAFF)
    assert (row.school_class, row.group) == ("", "Personnel")
    member = staff_member(dossier, claire)
    assert (member.row.open_loans, member.row.late) == (1, 1)
    assert [loan.id for loan in member.loans] == [lent]
    assert [loan.id for loan in loans(dossier, "roux")] == [lent]
    for refused in (services.staff.remove_staff, services.privacy.erase_staff):
        with pytest.raises(UserError, match="encore un matériel"):
            refused(claire)


def test_a_loan_says_what_it_is_grouped_under(
    dossier: Dossier, services: Services, ines: int, laptop: int
) -> None:
    lent = services.loans.lend(device_id=laptop, borrower_id=ines)
    assert loan(dossier, lent).row.group == "CM2 M. Colin"
    services.loans.return_device(lent)
    unclassed = services.pupils.add_pupil(PupilInput("Zidi", "Sami"))
    again = services.loans.lend(device_id=laptop, borrower_id=unclassed)
    assert loan(dossier, again).row.group == "Sans classe"


def test_one_list_holds_pupils_and_staff(
    dossier: Dossier, services: Services, claire: int, ines: int
) -> None:
    assert [row.label for row in borrowers(dossier)] == [
        "Benali Inès, CM2 M. Colin",
        "Roux Claire, Enseignante, CE1",
    ]
    assert [row.id for row in borrowers(dossier, "ce1")] == [claire]
    assert [row.id for row in borrowers(dossier, kind=BorrowerKind.PUPIL)] == [ines]
    assert borrower(dossier, claire).kind is BorrowerKind.STAFF
    services.pupils.add_pupil(PupilInput("Aubry", "Léo", school_class="CE1 Mme Roux"))
    assert [row.name for row in borrowers(dossier, "roux")] == ["Roux Claire", "Aubry Léo"]
    services.staff.remove_staff(claire)
    assert [row.name for row in borrowers(dossier)] == ["Aubry Léo", "Benali Inès"]
    assert not borrower(dossier, claire).is_listed
    with pytest.raises(UserError, match="pas d’emprunteur"):
        borrower(dossier, 99)


def test_one_kind_is_never_taken_for_the_other(
    dossier: Dossier, services: Services, claire: int, ines: int
) -> None:
    with pytest.raises(UserError, match="parmi le personnel"):
        services.staff.change_staff(ines, duty="Directrice")
    with pytest.raises(UserError, match="pas d’élève"):
        services.pupils.change_pupil(claire, school_class="CE1")
    assert [row.id for row in pupils(dossier)] == [ines]
    assert [row.id for row in staff_members(dossier)] == [claire]


def test_who_was_taken_out_can_be_put_back_until_erased(
    dossier: Dossier, services: Services, claire: int
) -> None:
    services.staff.remove_staff(claire)
    assert not staff_members(dossier)
    dossier.undo_stack.undo()
    assert staff_member(dossier, claire).row.email == "claire.roux@ac-lyon.fr"
    services.privacy.erase_staff(claire)
    assert staff_member(dossier, claire).row.name == "Personne effacée"
    assert dossier.undo_stack.last is None
