# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a device of a list comes from: who owns it, what paid for it, its warranty, its upkeep."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egn_desktop.dossier import Dossier
from egn_desktop.exchange import stock
from egn_desktop.exchange.kinds import ImportKind
from egn_desktop.exchange.preview import AcceptedLine, preview
from egn_desktop.exchange.table import Row, Table
from egn_desktop.inventory.register.terms import Acquisition, OwnerKind
from egn_desktop.inventory.stock.queries.devices import devices
from egn_desktop.services import Services

HEADER = (
    "N° inventaire", "Propriétaire", "Nature du propriétaire", "Financeur", "Mode d’acquisition",
    "Date d’achat", "Date de fin de garantie", "Maintenance",
)  # fmt: skip


def line(*cells: str, header: tuple[str, ...] = HEADER) -> AcceptedLine:
    table = Table("parc.csv", header, (Row(2, cells),))
    (accepted,) = preview(table, ImportKind.DEVICES).accepted
    return accepted


def given_by(accepted: AcceptedLine) -> Any:
    return accepted.input


def test_the_origin_of_a_device_is_read_in_full() -> None:
    found = line(
        *("YSS-1", "Ordi Solidaire", "Association", "Plan de relance", "Don de l’association"),
        *("12/09/2023", "12/09/2026", "Mairie, M. Faure", "Tablette"),
        header=(*HEADER, "Type"),
    )
    device = given_by(found)
    assert device.owner_kind is OwnerKind.ASSOCIATION
    assert device.funding == "Plan de relance"
    assert device.acquired_by is Acquisition.DONATED
    assert device.warranty_until == date(2026, 9, 12)
    assert device.maintained_by == "Mairie, M. Faure"
    assert not found.remarks


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Achat", Acquisition.BOUGHT),
        ("Marché public 2022", Acquisition.BOUGHT),
        ("Donné par une entreprise", Acquisition.DONATED),
        ("Mise à disposition", Acquisition.PROVIDED),
        ("Dotation du département", Acquisition.PROVIDED),
        ("inconnu", None),
        ("", None),
    ],
)
def test_how_it_came_is_understood(text: str, meant: Acquisition | None) -> None:
    found = line("YSS-1", "", "", "", text, "", "", "")
    assert given_by(found).acquired_by is meant
    assert any("« inconnu » non reconnu" in remark for remark in found.remarks) is (
        text == "inconnu"
    )


@pytest.mark.parametrize(
    ("bought", "warranty", "until", "remarked"),
    [
        ("31/08/2023", "3 ans", date(2026, 8, 31), False),
        ("31/08/2023", "6 mois", date(2024, 2, 29), False),
        ("31/08/2023", "31/08/2025", date(2025, 8, 31), False),
        ("31/08/2023", "31/08/2022", None, True),
        ("", "3 ans", None, True),
        ("31/08/2023", "constructeur", None, True),
        ("31/08/2023", "", None, False),
    ],
)
def test_a_warranty_is_a_day_or_lasts_from_the_purchase(
    bought: str, warranty: str, until: date | None, remarked: bool
) -> None:
    header = ("N° inventaire", "Type", "Date d'achat", "Garantie")
    found = line("YSS-1", "Tablette", bought, warranty, header=header)
    assert given_by(found).warranty_until == until
    assert bool(found.remarks) is remarked


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 999))
def test_months_later_is_never_another_month(day: date, months: int) -> None:
    later = stock.after(day, months)
    assert 12 * (later.year - day.year) + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


def test_an_import_adds_what_is_missing_and_erases_nothing(dossier: Dossier) -> None:
    services = Services.of(dossier)
    full = line(
        *("YSS-1", "Mairie", "", "Socle numérique", "Achat", "12/09/2023", "12/09/2026", "Mairie")
    )
    services.devices.import_devices([given_by(full)])
    bare = line("YSS-1", "", "", "", "", "", "12/09/2027", "")
    counts = services.devices.import_devices([given_by(bare)])
    assert (counts.added, counts.updated) == (0, 1)
    (row,) = devices(dossier)
    assert (row.funding, row.acquired_by) == ("Socle numérique", Acquisition.BOUGHT)
    assert row.owner_kind is OwnerKind.AUTHORITY
    assert row.warranty_until == date(2027, 9, 12)
    assert row.maintained_by == "Mairie"
    assert services.devices.import_devices([given_by(bare)]).unchanged == 1
