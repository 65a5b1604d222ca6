# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device is worth, and until when a 4G key connects anybody."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from egn_desktop import exports, french
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange import listing
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.lists import LISTS
from egn_desktop.exchange.preview import apply, preview, read
from egn_desktop.exchange.table import Row, Table
from egn_desktop.fields import columns_of
from egn_desktop.inventory.lending.needs import Want
from egn_desktop.inventory.lending.queries.figures import facts
from egn_desktop.inventory.lending.queries.needs import servable, spare_devices, waiting
from egn_desktop.inventory.lending.queries.todos import todos
from egn_desktop.inventory.register.nouns import DeviceFields, DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import Condition, DeviceKind, OwnerKind
from egn_desktop.inventory.stock.queries.devices import devices
from egn_desktop.services import Services
from tests.plans.test_plan_report import printed

TODAY = date(2026, 11, 24)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Inès and Adam lack a connection; two keys, the plan of neither known."""
    made = Services.of(dossier)
    for first_name in ("Inès", "Adam"):
        pupil = made.pupils.add_pupil(PupilInput("Benali", first_name, school_class="CM2"))
        made.needs.note_need(pupil, ["no-connection"])
    for number in (1, 2):
        made.devices.add_device(DeviceInput(f"4G-{number}", DeviceKind.HOTSPOT))
    return made


def recalled(dossier: Dossier) -> list[str]:
    return [todo.text for todo in todos(dossier) if todo.tag == "Forfait"]


def test_a_key_whose_plan_has_ended_counts_nowhere_and_the_home_page_says_so(
    dossier: Dossier, services: Services
) -> None:
    assert (facts(dossier)["hotspots"].part, servable(dossier), recalled(dossier)) == (2, 2, [])
    services.devices.change_device(1, data_until=TODAY)
    assert (facts(dossier)["hotspots"].part, servable(dossier)) == (2, 2), "its last day counts"
    assert recalled(dossier) == ["Le forfait de 4G-1 prend fin le 24/11/2026"]
    services.devices.change_device(1, data_until=YESTERDAY)
    fact = facts(dossier)["hotspots"]
    assert (fact.part, servable(dossier)) == (1, 1)
    assert "non comptés, forfait fini : 1" in fact.words
    assert [row.code for row in spare_devices(dossier)] == ["4G-2"]
    assert recalled(dossier) == ["Le forfait de 4G-1 a pris fin : cette connexion ne compte plus"]
    services.devices.change_device(2, data_until=YESTERDAY)
    assert recalled(dossier)[0].startswith("2 forfaits de clés ou routeurs 4G ont pris fin")
    services.devices.change_device(1, data_until=date(2027, 6, 30))
    services.devices.remove_device(2)
    assert recalled(dossier) == []


def test_whoever_holds_a_key_without_a_plan_waits_again(
    dossier: Dossier, services: Services
) -> None:
    services.loans.lend(device_id=1, borrower_id=1)
    assert [row.id for row in waiting(dossier)] == [2]
    services.devices.change_device(1, data_until=YESTERDAY)
    assert {row.id: row.missing for row in waiting(dossier)} == {
        1: (Want.CONNECTION,),
        2: (Want.CONNECTION,),
    }
    services.devices.change_device(1, data_until=None)
    assert [row.id for row in waiting(dossier)] == [2]


def test_the_plan_of_anything_else_is_noted_and_changes_nothing(
    dossier: Dossier, services: Services
) -> None:
    services.devices.add_device(DeviceInput("T-1", DeviceKind.TABLET, data_until=YESTERDAY))
    assert "T-1" in [row.code for row in spare_devices(dossier)]
    assert recalled(dossier) == []


def test_a_value_is_in_the_agreement_and_the_inventory(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    services.devices.change_device(1, value_cents=5990)
    lent = services.loans.lend(device_id=1, borrower_id=1)
    worth = french.money(5990)
    for document, key in (("convention-de-pret", str(lent)), ("fiche-de-materiel", "1")):
        text, _ = printed(exports.pdf_bytes(dossier, document, key), tmp_path)
        assert "Valeur" in text
        assert worth in text or worth.replace("\u202f", " ") in text
    text, _ = printed(exports.pdf_bytes(dossier, "inventaire-du-materiel"), tmp_path)
    assert "Valeur notée : 59,90" in text.replace("\u202f", " "), text
    with pytest.raises(UserError, match="La valeur"):
        services.devices.change_device(1, value_cents=-1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("389", 38900),
        ("389,5", 38950),
        ("1 250,00 €", 125000),
        ("1\u202f250,00\u202f€", 125000),
        ("1.250,00", 125000),
        ("1,250.00", 125000),
        ("450.0000", 45000),
        ("59,90 € TTC", 5990),
        ("1.250", None),
        ("environ 300", None),
        ("-5", None),
        ("", None),
    ],
)
def test_an_amount_reads_however_it_is_written(text: str, cents: int | None) -> None:
    assert french.cents(text) == cents


@pytest.mark.parametrize("value", ["Valeur", "Prix d’achat", "Coût d'achat", "Purchase Cost"])
@pytest.mark.parametrize("plan", ["Fin de forfait", "Date de fin d’abonnement", "Forfait"])
def test_both_are_read_from_the_lists_that_schools_have(value: str, plan: str) -> None:
    table = Table(
        "parc.csv",
        ("N° inventaire", "Type", value, "Date d'achat", plan),
        (
            Row(2, ("1", "Clé 4G", "59,90 €", "02/10/2025", "30/06/2027")),
            Row(3, ("2", "Clé 4G", "cher", "02/10/2025", "24 mois")),
            Row(4, ("3", "Clé 4G", "", "", "illimité")),
        ),
    )
    first, second, third = preview(table, ImportKind.DEVICES).accepted
    assert isinstance(first.input, DeviceInput)
    assert isinstance(second.input, DeviceInput)
    assert (first.input.value_cents, first.input.data_until) == (5990, date(2027, 6, 30))
    assert (second.input.value_cents, second.input.data_until) == (None, date(2027, 10, 2))
    assert second.remarks == ("Valeur « cher » non reconnu : laissé vide.",)
    assert third.remarks == ("Forfait « illimité » non reconnu : laissé vide.",)


FULL = DeviceInput(
    asset_number="YSS-9",
    kind=DeviceKind.HOTSPOT,
    brand="TP-Link",
    model="M7000",
    serial_number="SN 9",
    condition=Condition.WORN,
    place="Salle 3",
    owner="Mairie",
    owner_kind=OwnerKind.AUTHORITY,
    funding="Budget",
    acquired_on=date(2025, 10, 2),
    refurbished=True,
    value_cents=5990,
    warranty_until=date(2027, 10, 2),
    maintained_by="Service informatique",
    data_until=date(2027, 6, 30),
    notes="Rayé",
)


@pytest.mark.parametrize("ending", [".csv", ".ods"])
def test_a_list_that_is_exported_is_read_back_as_it_was(
    ending: str, dossier: Dossier, tmp_path: Path
) -> None:
    services, path = Services.of(dossier), tmp_path / f"parc{ending}"
    services.devices.add_device(FULL)
    (row,) = devices(dossier)
    whole = next(listing for listing in LISTS if listing.id == "devices")
    listing.write(whole.titles, whole.cells([row]), path, sheet="Parc")
    ready = read(path, ImportKind.DEVICES)
    (line,) = ready.accepted
    assert not line.remarks
    said = {name: getattr(line.input, name) for name in columns_of(DeviceFields)}
    assert said == {name: getattr(FULL, name) for name in columns_of(DeviceFields)}
    assert apply(ready, services).unchanged == 1
