# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date

import pytest

from egn_desktop.dossier import Dossier, journal
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.scan import scanned
from egn_desktop.inventory.lending.queries.todos import todos
from egn_desktop.inventory.people.queries.pupils import pupil, pupils, school_classes
from egn_desktop.inventory.register.loans import loan, loan_summary, loans
from egn_desktop.inventory.register.nouns import DeviceInput, GuardianFields, PupilInput
from egn_desktop.inventory.register.terms import (
    Condition,
    DeviceKind,
    DeviceState,
    LoanState,
    OwnerKind,
    Retirement,
)
from egn_desktop.inventory.stock.queries.devices import device, devices, stock
from egn_desktop.services import Services
from egn_desktop.todo import Urgency

LAPTOP = DeviceInput(
    "YSS-0001",
    DeviceKind.LAPTOP,
    brand="HP",
    model="ProBook 11",
    serial_number="SN13950253",
    owner="Mairie d’Yssingeaux",
    accessories=("chargeur", "housse", "Chargeur "),
)
INES = PupilInput(
    "Benali",
    "Inès",
    school_class="CM2 M. Colin",
    guardians=(GuardianFields("Mme", "Benali", "Nadia", phone="06 39 98 12 34"),),
)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    return Services.of(dossier)


@pytest.fixture
def laptop(services: Services) -> int:
    return services.devices.add_device(LAPTOP)


@pytest.fixture
def ines(services: Services) -> int:
    return services.pupils.add_pupil(INES)


@pytest.fixture
def lent(services: Services, laptop: int, ines: int) -> int:
    return services.loans.lend(
        device_id=laptop, borrower_id=ines, lent_on=date(2026, 9, 2), due_on=date(2026, 11, 13)
    )


def entries(dossier: Dossier, subject: str) -> list[tuple[str, str | None]]:
    with dossier.read() as session:
        assert first_broken_link(dossier) is None
        found = session.connection().exec_driver_sql(
            "SELECT what, details FROM journal WHERE subject = ? ORDER BY id", (subject,)
        )
        return [(row[0], row[1]) for row in found]


def test_a_device_is_kept_with_its_accessories(dossier: Dossier, laptop: int) -> None:
    kept = device(dossier, laptop)
    assert kept.row.state is DeviceState.AVAILABLE
    assert kept.row.owner_kind is OwnerKind.AUTHORITY
    assert [accessory.name for accessory in kept.accessories] == ["chargeur", "housse"]
    assert kept.row.name == "HP ProBook 11"


def test_two_devices_never_bear_one_number(
    dossier: Dossier, services: Services, laptop: int
) -> None:
    with pytest.raises(UserError, match="YSS-0001"):
        services.devices.add_device(DeviceInput(" yss-0001", DeviceKind.TABLET))
    other = services.devices.add_device(DeviceInput("YSS-0002", DeviceKind.TABLET))
    with pytest.raises(UserError, match="déjà celui"):
        services.devices.change_device(other, asset_number="YSS-0001")
    services.devices.remove_device(laptop)
    services.devices.change_device(other, asset_number="YSS-0001")
    assert [row.id for row in devices(dossier)] == [other]


def test_a_removed_device_comes_back_as_it_was(
    dossier: Dossier, services: Services, laptop: int
) -> None:
    before = device(dossier, laptop)
    services.devices.remove_device(laptop)
    assert not devices(dossier)
    dossier.undo_stack.undo()
    assert device(dossier, laptop) == before


def test_lending_takes_the_device_out_of_stock(dossier: Dossier, laptop: int, lent: int) -> None:
    row = loan(dossier, lent).row
    assert (row.borrower_name, row.school_class) == ("Benali Inès", "CM2 M. Colin")
    assert row.device_label == "HP ProBook 11 · YSS-0001"
    assert row.state_label == "En retard de 11\u202fj"
    kept = device(dossier, laptop).row
    assert (kept.state, kept.borrower_name, kept.is_late) == (DeviceState.LENT, "Benali Inès", True)
    figures = stock(dossier)
    assert (figures.total, figures.lent, figures.available) == (1, 1, 0)
    assert loan(dossier, lent).accessories == {"chargeur": None, "housse": None}


def test_a_loan_lasts_until_the_end_of_the_school_year_unless_said(
    dossier: Dossier, services: Services, laptop: int, ines: int
) -> None:
    row = loan(dossier, services.loans.lend(device_id=laptop, borrower_id=ines)).row
    assert (row.lent_on, row.due_on) == (date(2026, 11, 24), date(2027, 7, 2))


def test_what_cannot_be_lent_is_refused_and_says_why(
    dossier: Dossier, services: Services, laptop: int, ines: int, lent: int
) -> None:
    noe = services.pupils.add_pupil(PupilInput("Traoré", "Noé"))
    with pytest.raises(UserError, match=r"déjà prêté à Benali Inès.*13/11/2026"):
        services.loans.lend(device_id=laptop, borrower_id=noe)
    broken = services.devices.add_device(
        DeviceInput("YSS-2", DeviceKind.TABLET, condition=Condition.BROKEN)
    )
    with pytest.raises(UserError, match="en panne"):
        services.loans.lend(device_id=broken, borrower_id=noe)
    tablet = services.devices.add_device(DeviceInput("YSS-3", DeviceKind.TABLET))
    with pytest.raises(UserError, match="à venir"):
        services.loans.lend(device_id=tablet, borrower_id=noe, lent_on=date(2026, 11, 25))
    with pytest.raises(UserError, match="avant le prêt"):
        services.loans.lend(device_id=tablet, borrower_id=noe, due_on=date(2026, 11, 23))
    services.pupils.remove_pupil(noe)
    with pytest.raises(UserError, match="plus dans la liste"):
        services.loans.lend(device_id=tablet, borrower_id=noe)
    assert [row.id for row in loans(dossier)] == [lent]


def test_a_return_checks_item_by_item_and_can_be_undone(
    dossier: Dossier, services: Services, laptop: int, lent: int
) -> None:
    services.loans.return_device(
        lent, accessories=["Chargeur"], condition=Condition.BROKEN, note="Écran fendu"
    )
    ended = loan(dossier, lent)
    assert ended.accessories == {"chargeur": True, "housse": False}
    assert (ended.row.state, ended.row.ended_on) == (LoanState.RETURNED, date(2026, 11, 24))
    assert (ended.condition_in, ended.note_in) == (Condition.BROKEN, "Écran fendu")
    kept = device(dossier, laptop)
    assert kept.row.state is DeviceState.IN_REPAIR
    assert [(accessory.name, accessory.present) for accessory in kept.accessories] == [
        ("chargeur", True),
        ("housse", False),
    ]
    services.loans.reopen_loan(lent)
    assert loan(dossier, lent).row.state is LoanState.OPEN
    assert loan(dossier, lent).accessories == {"chargeur": None, "housse": None}
    again = device(dossier, laptop)
    assert again.row.condition is Condition.GOOD
    assert all(accessory.present for accessory in again.accessories)


def test_what_is_missing_is_not_lent_again(
    dossier: Dossier, services: Services, laptop: int, ines: int, lent: int
) -> None:
    services.loans.return_device(lent, accessories=["housse"])
    again = services.loans.lend(device_id=laptop, borrower_id=ines)
    assert list(loan(dossier, again).accessories) == ["housse"]


def test_a_loan_made_by_mistake_leaves_the_register_but_not_the_journal(
    dossier: Dossier, laptop: int, lent: int
) -> None:
    assert dossier.undo_stack.undo() == "prêt de YSS-0001 à Benali Inès"
    assert not loans(dossier)
    assert device(dossier, laptop).row.state is DeviceState.AVAILABLE
    assert [what for what, _ in entries(dossier, f"loan:{lent}")] == ["loan.lent"]
    with dossier.read() as session:
        assert journal.undone(session)


def test_undoing_a_loan_gives_the_device_its_condition_back(
    dossier: Dossier, services: Services, laptop: int, ines: int
) -> None:
    before = device(dossier, laptop)
    services.loans.lend(device_id=laptop, borrower_id=ines, condition=Condition.WORN)
    dossier.undo_stack.undo()
    assert device(dossier, laptop) == before


def test_a_stolen_device_leaves_the_stock_until_it_is_found(
    dossier: Dossier, services: Services, laptop: int, ines: int, lent: int
) -> None:
    services.loans.declare_missing(lent, stolen=True, note="Plainte n° 2026/118")
    assert loan(dossier, lent).row.state_label == "Volé"
    assert stock(dossier).lost == 1
    with pytest.raises(UserError, match="volé"):
        services.loans.lend(device_id=laptop, borrower_id=ines)
    services.devices.change_device(laptop, state=DeviceState.AVAILABLE)
    assert stock(dossier).available == 1


def test_a_loan_ends_once_and_is_not_reopened_over_another(
    dossier: Dossier, services: Services, laptop: int, ines: int, lent: int
) -> None:
    with pytest.raises(UserError, match="pas terminé"):
        services.loans.reopen_loan(lent)
    services.loans.return_device(lent)
    with pytest.raises(UserError, match="déjà terminé"):
        services.loans.return_device(lent)
    services.loans.lend(device_id=laptop, borrower_id=ines)
    with pytest.raises(UserError, match="prêté à nouveau"):
        services.loans.reopen_loan(lent)


@pytest.mark.parametrize("day", [date(2026, 11, 25), date(2026, 9, 1)])
def test_a_return_is_neither_to_come_nor_before_the_loan(
    dossier: Dossier, services: Services, lent: int, day: date
) -> None:
    with pytest.raises(UserError):
        services.loans.return_device(lent, returned_on=day)
    assert loan(dossier, lent).row.state is LoanState.OPEN


def test_a_renewal_moves_the_day(dossier: Dossier, services: Services, lent: int) -> None:
    services.loans.renew(lent, due_on=date(2026, 12, 18))
    assert loan(dossier, lent).row.due_on == date(2026, 12, 18)
    with pytest.raises(UserError, match="avant le prêt"):
        services.loans.renew(lent, due_on=date(2026, 9, 1))


def test_who_or_what_is_lent_is_not_removed(
    services: Services, laptop: int, ines: int, lent: int
) -> None:
    with pytest.raises(UserError, match="est prêté"):
        services.devices.remove_device(laptop)
    with pytest.raises(UserError, match="Benali Inès a encore"):
        services.pupils.remove_pupil(ines)
    with pytest.raises(UserError, match="Benali Inès a encore"):
        services.privacy.erase_pupil(ines)
    with pytest.raises(UserError, match="prêté"):
        services.devices.change_device(laptop, state=DeviceState.RETIRED)


def test_condition_and_state_follow_each_other(
    dossier: Dossier, services: Services, laptop: int
) -> None:
    services.devices.change_device(laptop, condition=Condition.BROKEN)
    assert device(dossier, laptop).row.state is DeviceState.IN_REPAIR
    services.devices.change_device(laptop, condition=Condition.WORN)
    assert device(dossier, laptop).row.state is DeviceState.AVAILABLE
    services.devices.change_device(
        laptop, state=DeviceState.RETIRED, retired_as=Retirement.RECYCLED
    )
    assert (stock(dossier).total, stock(dossier).retired) == (0, 1)


def test_a_changed_name_is_found_by_the_new_one(
    dossier: Dossier, services: Services, ines: int
) -> None:
    services.pupils.change_pupil(ines, usual_name="García-López", school_class="6e B")
    assert [row.name for row in pupils(dossier, "garcia lopez 6E")] == ["García-López Inès"]
    with pytest.raises(UserError, match="prénom"):
        services.pupils.change_pupil(ines, first_name=" ")
    with pytest.raises(UserError, match="11 caractères"):
        services.pupils.change_pupil(ines, ine="12")
    assert school_classes(dossier) == ["6e B"]


def test_guardians_are_added_changed_and_removed(
    dossier: Dossier, services: Services, ines: int
) -> None:
    (mother,) = pupil(dossier, ines).guardians
    father = services.pupils.add_guardian(ines, GuardianFields("M.", "Benali", "Karim"))
    services.pupils.change_guardian(ines, mother.id, phone="06 39 98 00 00")
    assert [guardian.name for guardian in pupil(dossier, ines).guardians] == [
        "Mme Nadia Benali",
        "M. Karim Benali",
    ]
    assert pupil(dossier, ines).guardians[0].phone == "06 39 98 00 00"
    services.pupils.remove_guardian(ines, father)
    assert [guardian.id for guardian in pupil(dossier, ines).guardians] == [mother.id]


def test_erasing_a_pupil_leaves_figures_and_a_sound_journal_without_a_name(
    dossier: Dossier, services: Services, ines: int, lent: int
) -> None:
    services.loans.return_device(lent, note="Rendu par Nadia")
    services.privacy.erase_pupil(ines)
    assert not pupils(dossier)
    assert not pupil(dossier, ines).guardians
    (row,) = loans(dossier)
    assert (row.borrower_name, row.school_class) == ("Personne effacée", "CM2 M. Colin")
    assert loan(dossier, lent).note_in == ""
    told = [*entries(dossier, f"loan:{lent}"), *entries(dossier, f"pupil:{ines}")]
    assert len(told) == 4
    assert not any("Benali" in (details or "") for _, details in told)
    assert dossier.undo_stack.last is None


def test_names_are_kept_only_in_erasable_details(dossier: Dossier, lent: int) -> None:
    ((what, details),) = entries(dossier, f"loan:{lent}")
    assert what == "loan.lent"
    assert "Benali Inès" in (details or "")


def test_late_loans_come_first_and_ended_ones_last(
    dossier: Dossier, services: Services, ines: int, lent: int
) -> None:
    ids = [
        services.devices.add_device(DeviceInput(f"T-{number}", DeviceKind.TABLET))
        for number in (9, 10, 11)
    ]
    later, soon, ended = (
        services.loans.lend(device_id=id_, borrower_id=ines, due_on=due, lent_on=date(2026, 9, 2))
        for id_, due in zip(
            ids, (date(2027, 7, 2), date(2026, 11, 27), date(2026, 10, 1)), strict=True
        )
    )
    services.loans.return_device(ended)
    assert [row.id for row in loans(dossier)] == [lent, soon, later, ended]
    assert [row.id for row in loans(dossier, state=LoanState.OPEN)] == [lent, soon, later]
    assert [row.id for row in loans(dossier, "tablette t-9")] == [later]
    assert [row.id for row in loans(dossier, "BENALÍ", since=date(2026, 11, 25))] == [
        *(lent, soon, later),
    ]
    figures = loan_summary(dossier)
    assert (figures.open, figures.late, figures.oldest_late_days, figures.this_week) == (
        3,
        1,
        11,
        1,
    )
    assert [row.asset_number for row in devices(dossier, "tablette")] == ["T-9", "T-10", "T-11"]
    (row,) = pupils(dossier)
    assert (row.open_loans, row.late) == (3, 1)


def test_a_scanned_number_means_one_device_and_nothing_else(
    dossier: Dossier, services: Services, laptop: int, ines: int
) -> None:
    services.devices.add_device(DeviceInput("YSS-00012", DeviceKind.TABLET))
    for text in ("YSS-0001", "yss-0001 ", "sn13950253"):
        found = scanned(dossier, text).only_device
        assert found is not None
        assert found.id == laptop
    assert scanned(dossier, "yss").only_device is None
    assert scanned(dossier, "ines").only_borrower is not None
    for nothing in (" ", "rien de tel"):
        found = scanned(dossier, nothing)
        assert not found.devices
        assert not found.borrowers


def test_the_home_page_is_told_the_first_step_then_what_is_late(
    dossier: Dossier, services: Services
) -> None:
    (todo,) = todos(dossier)
    assert (todo.urgency, todo.page) == (Urgency.START, "loans")
    laptop = services.devices.add_device(LAPTOP)
    assert [todo.action for todo in todos(dossier)] == ["Importer"]
    lent = services.loans.lend(
        device_id=laptop,
        borrower_id=services.pupils.add_pupil(INES),
        lent_on=date(2026, 9, 2),
        due_on=date(2026, 11, 13),
    )
    (todo,) = todos(dossier)
    assert (todo.urgency, todo.action) == (Urgency.LATE, "Relancer")
    assert "11 jours" in todo.text
    services.loans.renew(lent, due_on=date(2026, 11, 26))
    (todo,) = todos(dossier)
    assert todo.urgency is Urgency.SOON


def test_a_pupil_is_not_born_after_today(services: Services, ines: int, dossier: Dossier) -> None:
    with pytest.raises(UserError, match="03/03/2027 est à venir"):
        services.pupils.change_pupil(ines, born_on=date(2027, 3, 3))
    with pytest.raises(UserError, match="à venir"):
        services.pupils.add_pupil(PupilInput("Roux", "Ana", born_on=date(2027, 3, 3)))
    services.pupils.change_pupil(ines, born_on=dossier.today())
    assert pupil(dossier, ines).row.born_on == dossier.today()
