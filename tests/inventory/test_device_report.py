# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.exports import offer_of
from egn_desktop.inventory.lending.report.devices import device_record, stock_list
from egn_desktop.inventory.register.nouns import DeviceInput, IncidentFields, PupilInput
from egn_desktop.inventory.register.terms import (
    Acquisition,
    DeviceKind,
    DeviceState,
    IncidentKind,
    Retirement,
)
from egn_desktop.services import Services


def shot(size: tuple[int, int] = (600, 400)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "steelblue").save(written, "PNG")
    return written.getvalue()


def printed(content: bytes, tmp_path: Path) -> str:
    file = tmp_path / "fiche.pdf"
    file.write_bytes(content)
    done = subprocess.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


@pytest.fixture
def services(dossier: Dossier) -> Services:
    made = Services.of(dossier)
    made.devices.add_device(
        DeviceInput(
            "YSS-0001",
            DeviceKind.LAPTOP,
            brand="Lenovo",
            model="ThinkPad L390",
            serial_number="SN77",
            owner="Ordi Solidaire",
            acquired_on=date(2023, 9, 12),
            acquired_by=Acquisition.DONATED,
            refurbished=True,
            warranty_until=date(2027, 9, 12),
            place="Armoire",
            accessories=("chargeur", "clé 4G n° 8933150319"),
        )
    )
    made.devices.add_device(DeviceInput("YSS-0002", DeviceKind.TABLET, place="Salle 4"))
    made.devices.add_device(DeviceInput("YSS-0003", DeviceKind.TABLET))
    made.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2 M. Colin"))
    return made


def test_a_sheet_says_all_of_a_device(dossier: Dossier, services: Services, tmp_path: Path) -> None:
    lent = services.loans.lend(device_id=1, borrower_id=1, lent_on=date(2026, 10, 1))
    services.loans.return_device(lent, returned_on=date(2026, 11, 2), accessories=["chargeur"])
    services.photos.add_photo(1, shot(), "Dos, avec l’étiquette")
    services.photos.add_photo(1, shot((300, 600)))
    services.photos.add_photo(1, shot(), "Charnière fendue", loan_id=lent)
    services.incidents.add_incident(
        1,
        IncidentFields(
            IncidentKind.BREAKAGE, date(2026, 11, 3), description="Écran fendu", cost_cents=12050
        ),
    )
    content = render(device_record(dossier, "1"))
    text = printed(content, tmp_path)
    for words in (
        "Fiche de matériel · YSS-0001",
        "En panne",
        "Don le 12/09/2023",
        "3 ans 2 mois",
        "jusqu’au 12/09/2027",
        "Dos, avec l’étiquette",
        "Photo du 24/11/2026",
        "Clé 4G n° 8933150319 Jamais revenu",
        "Benali Inès CM2 M. Colin 01/10/2026",
        "Rendu le 02/11/2026",
        "Écran fendu 120,50",
        "Coût connu : 120,50",
    ):
        assert words in text, words
    assert "Charnière" not in text
    assert text.index("Coût connu") < text.index("Benali")
    with pikepdf.open(BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert len(pdf.pages) == 2
        images = list(pdf.pages[0].get_images().values())
        assert len(images) == 2
        assert all("/DCTDecode" in [str(filter_) for filter_ in image.Filter] for image in images)
    assert content == render(device_record(dossier, "1"))


def test_a_new_device_has_a_short_sheet(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    services.loans.lend(device_id=2, borrower_id=1)
    dossier.undo_stack.undo()
    text = printed(render(device_record(dossier, "2")), tmp_path)
    assert "Jamais prêté." in text
    assert "Incidents" not in text
    assert "Accessoires" not in text


def test_who_has_it_or_waits_for_it_stands_on_a_page_of_its_own(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    services.devices.change_device(
        2, state=DeviceState.RESERVED, reserved_for=1, reserved_note="grand-mère prévenue"
    )
    services.loans.lend(device_id=1, borrower_id=1, due_on=date(2026, 12, 18))
    for key, first, second in (
        ("1", "Prêté jusqu’au 18/12/2026", "Benali Inès CM2"),
        ("2", "Réservé", "Réservé : Benali Inès, grand-mère prévenue."),
    ):
        text = printed(render(device_record(dossier, key)), tmp_path)
        front, _, back = text.partition("1/2")
        assert first in front
        assert "Benali" not in front
        assert second in back


def test_the_stock_is_listed_by_kind_without_names(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    services.loans.lend(device_id=1, borrower_id=1)
    services.devices.change_device(2, state=DeviceState.RESERVED, reserved_for=1)
    services.devices.change_device(3, state=DeviceState.RETIRED, retired_as=Retirement.RECYCLED)
    text = printed(render(stock_list(dossier, "")), tmp_path)
    assert "Benali" not in text
    assert "Ordinateur portable 1 1 1" in text
    assert "YSS-0001 Lenovo ThinkPad L390 SN77 Armoire Ordi Solidaire 12/09/2023 Prêté" in text
    assert "Salle 4" in text
    rest = text.rpartition("Sortis du parc")[2]
    assert "YSS-0003 Tablette Recyclé 24/11/2026" in rest
    assert "YSS-0002" not in rest


def test_they_are_offered_once_there_is_a_device(dossier: Dossier) -> None:
    for name in ("fiche-de-materiel", "inventaire-du-materiel"):
        assert not offer_of(name).subjects(dossier)
        assert offer_of(name).missing
    assert not offer_of("fiche-de-materiel").together
