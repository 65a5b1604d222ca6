# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device is and becomes: its origin, its age, reserved, lent, retired."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.queries.figures import facts
from egn_desktop.inventory.lending.queries.scan import scanned
from egn_desktop.inventory.lending.queries.todos import todos
from egn_desktop.inventory.register import rules
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import (
    Acquisition,
    Condition,
    DeviceKind,
    DeviceState,
    OwnerKind,
    Retirement,
)
from egn_desktop.inventory.stock.queries.devices import device, devices, stock
from egn_desktop.services import Services

TODAY = date(2026, 11, 24)
LAPTOP = DeviceInput(
    "YSS-0001",
    DeviceKind.LAPTOP,
    brand="Lenovo",
    model="ThinkPad L390",
    owner="Association Ordi Solidaire",
    funding="Plan de relance 2021",
    acquired_on=date(2023, 9, 12),
    acquired_by=Acquisition.DONATED,
    refurbished=True,
    warranty_until=date(2027, 9, 12),
    maintained_by="Mairie, service informatique",
    accessories=("chargeur", "clé 4G n° 8933150319"),
)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    return Services.of(dossier)


@pytest.fixture
def laptop(services: Services) -> int:
    return services.devices.add_device(LAPTOP)


@pytest.fixture
def ines(services: Services) -> int:
    return services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))


@pytest.fixture
def hugo(services: Services) -> int:
    return services.pupils.add_pupil(PupilInput("Roche", "Hugo", school_class="CM2"))


@pytest.mark.parametrize(
    ("acquired_on", "said"),
    [
        (date(2023, 9, 12), "3 ans 2 mois"),
        (date(2025, 11, 24), "1 an"),
        (date(2025, 11, 25), "11 mois"),
        (date(2026, 10, 31), "moins d’un mois"),
        (TODAY, "moins d’un mois"),
        (date(2027, 1, 1), ""),
        (None, ""),
    ],
)
def test_age_is_told_in_years_and_months(acquired_on: date | None, said: str) -> None:
    assert rules.age_text(acquired_on, TODAY) == said


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 15_000))
def test_age_never_counts_a_month_that_is_not_over(day: date, days: int) -> None:
    words = rules.age_text(day, day + timedelta(days=days)).split()
    years = int(words[0]) if words[1:2] in (["an"], ["ans"]) else 0
    months = int(words[words.index("mois") - 1]) if "mois" in words and "moins" not in words else 0
    assert months < 12
    least = 365 * years + 28 * months
    assert least <= days < 366 * years + 31 * (months + 1) + 2


def test_all_that_is_known_of_a_device_is_kept(
    dossier: Dossier, services: Services, laptop: int
) -> None:
    row = device(dossier, laptop).row
    assert row.owner_kind is OwnerKind.ASSOCIATION
    assert (row.funding, row.acquired_by) == ("Plan de relance 2021", Acquisition.DONATED)
    assert (row.warranty_until, row.maintained_by) == (
        date(2027, 9, 12),
        "Mairie, service informatique",
    )
    services.devices.change_device(
        laptop, warranty_until=None, acquired_by=None, funding=" CR 2024 "
    )
    row = device(dossier, laptop).row
    assert (row.warranty_until, row.acquired_by, row.funding) == (None, None, "CR 2024")
    with pytest.raises(UserError, match="garantie ne peut pas finir avant"):
        services.devices.change_device(laptop, warranty_until=date(2023, 9, 1))
    with pytest.raises(UserError, match="trop long pour « Entretenu par »"):
        services.devices.change_device(laptop, maintained_by="x" * 201)


def test_the_number_of_an_accessory_finds_the_device_it_goes_with(
    dossier: Dossier, services: Services, laptop: int
) -> None:
    services.devices.add_device(
        DeviceInput("YSS-0002", DeviceKind.TABLET, accessories=("chargeur",))
    )
    assert [row.id for row in devices(dossier, "8933150319")] == [laptop]
    assert scanned(dossier, "8933150319").only_device is not None
    assert not devices(dossier, "chargeur")
    services.devices.change_device(laptop, accessories=("chargeur n° 77001234",))
    assert not devices(dossier, "8933150319")
    assert [row.id for row in devices(dossier, "77001234")] == [laptop]


def test_a_reserved_device_waits_for_its_borrower(
    dossier: Dossier, services: Services, laptop: int, ines: int, hugo: int
) -> None:
    with pytest.raises(UserError, match="pour qui, ou pour quoi"):
        services.devices.change_device(laptop, state=DeviceState.RESERVED)
    services.devices.change_device(
        laptop, state=DeviceState.RESERVED, reserved_for=ines, reserved_note="dès le retour"
    )
    row = device(dossier, laptop).row
    assert (row.state, row.reserved_for) == (DeviceState.RESERVED, ines)
    assert row.reservation == "Benali Inès, dès le retour"
    assert [device.id for device in devices(dossier, "benali")] == [laptop]
    assert [device.id for device in devices(dossier, state=DeviceState.RESERVED)] == [laptop]
    figures = stock(dossier)
    assert (figures.total, figures.available, figures.reserved) == (1, 0, 1)
    with pytest.raises(UserError, match="est réservé pour Benali Inès") as refused:
        services.loans.lend(device_id=laptop, borrower_id=hugo)
    assert "levez la réservation" in refused.value.todo

    services.loans.lend(device_id=laptop, borrower_id=ines)
    row = device(dossier, laptop).row
    assert (row.state, row.reservation) == (DeviceState.LENT, "")
    dossier.undo_stack.undo()
    assert device(dossier, laptop).row.reserved_for == ines

    services.loans.return_device(services.loans.lend(device_id=laptop, borrower_id=ines))
    row = device(dossier, laptop).row
    assert (row.state, row.reserved_for) == (DeviceState.AVAILABLE, None)
    assert services.loans.lend(device_id=laptop, borrower_id=hugo)


def test_a_reservation_without_a_name_is_lifted_before_the_device_is_lent(
    dossier: Dossier, services: Services, laptop: int, hugo: int
) -> None:
    services.devices.change_device(
        laptop, state=DeviceState.RESERVED, reserved_note="rallye de maths"
    )
    with pytest.raises(UserError, match=r"réservé \(rallye de maths\)"):
        services.loans.lend(device_id=laptop, borrower_id=hugo)
    with pytest.raises(UserError, match="pour qui, ou pour quoi"):
        services.devices.change_device(laptop, reserved_note="")
    assert device(dossier, laptop).row.reserved_note == "rallye de maths"
    services.devices.change_device(laptop, state=DeviceState.AVAILABLE)
    assert device(dossier, laptop).row.reservation == ""
    assert services.loans.lend(device_id=laptop, borrower_id=hugo)


def test_who_is_erased_holds_no_reservation_and_the_journal_forgets_the_note(
    dossier: Dossier, services: Services, laptop: int, ines: int
) -> None:
    services.devices.change_device(
        laptop, state=DeviceState.RESERVED, reserved_for=ines, reserved_note="la mère d’Inès vient"
    )
    services.privacy.erase_pupil(ines)
    row = device(dossier, laptop).row
    assert (row.state, row.reservation) == (DeviceState.AVAILABLE, "")
    with dossier.read() as session:
        kept = session.connection().exec_driver_sql("SELECT * FROM journal").all()
    assert "Inès" not in str(kept)


def test_a_reserved_device_that_breaks_waits_for_nobody(
    dossier: Dossier, services: Services, laptop: int, ines: int
) -> None:
    services.devices.change_device(laptop, state=DeviceState.RESERVED, reserved_for=ines)
    services.devices.change_device(laptop, condition=Condition.BROKEN)
    row = device(dossier, laptop).row
    assert (row.state, row.reserved_for) == (DeviceState.IN_REPAIR, None)
    with pytest.raises(UserError, match="en panne et ne peut pas être réservé"):
        services.devices.change_device(laptop, state=DeviceState.RESERVED, reserved_for=ines)


def test_what_becomes_of_a_retired_device_is_said(
    dossier: Dossier, services: Services, laptop: int, ines: int
) -> None:
    with pytest.raises(UserError, match="qu’est devenu ce matériel"):
        services.devices.change_device(laptop, state=DeviceState.RETIRED)
    assert device(dossier, laptop).row.state is DeviceState.AVAILABLE
    with pytest.raises(UserError, match="date à venir"):
        services.devices.change_device(
            laptop,
            state=DeviceState.RETIRED,
            retired_as=Retirement.RECYCLED,
            retired_on=date(2026, 12, 1),
        )
    services.devices.change_device(
        laptop, state=DeviceState.RETIRED, retired_as=Retirement.GIVEN_BACK
    )
    row = device(dossier, laptop).row
    assert (row.retired_as, row.retired_on) == (Retirement.GIVEN_BACK, TODAY)
    assert stock(dossier).total == 0
    with pytest.raises(UserError, match="sorti du parc"):
        services.loans.lend(device_id=laptop, borrower_id=ines)
    services.devices.change_device(laptop, notes="Bon de reprise n° 12")
    services.devices.change_device(laptop, state=DeviceState.AVAILABLE)
    row = device(dossier, laptop).row
    assert (row.retired_as, row.retired_on) == (None, None)


def test_equipment_counts_what_waits_and_not_what_is_gone(
    dossier: Dossier, services: Services, laptop: int, ines: int
) -> None:
    services.devices.change_device(laptop, state=DeviceState.RESERVED, reserved_for=ines)
    assert facts(dossier)["pupil_devices"].part == 1
    services.devices.change_device(laptop, state=DeviceState.RETIRED, retired_as=Retirement.DONATED)
    assert "pupil_devices" not in facts(dossier)


def test_a_warranty_about_to_end_is_recalled_for_a_broken_device_alone(
    dossier: Dossier, services: Services, laptop: int
) -> None:
    def recalled() -> list[str]:
        return [todo.text for todo in todos(dossier) if todo.tag == "Garantie"]

    services.devices.change_device(laptop, warranty_until=date(2027, 1, 20))
    assert not recalled()
    services.devices.change_device(laptop, condition=Condition.BROKEN)
    assert recalled() == ["Un appareil en panne n’est garanti que jusqu’au 20/01/2027"]
    for until in (date(2027, 1, 24), date(2026, 11, 23)):
        services.devices.change_device(laptop, warranty_until=until)
        assert not recalled()
    services.devices.change_device(laptop, warranty_until=TODAY)
    other = DeviceInput("YSS-3", DeviceKind.TABLET, condition=Condition.BROKEN,
                        warranty_until=date(2026, 12, 1))  # fmt: skip
    services.devices.add_device(other)
    assert recalled() == ["2 appareils en panne, garantis jusqu’au 24/11/2026 pour le premier"]
