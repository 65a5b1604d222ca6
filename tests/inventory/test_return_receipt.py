# SPDX-License-Identifier: GPL-3.0-or-later
import subprocess
from datetime import date
from pathlib import Path

import pytest

from egn_desktop.documents.blocks import Document
from egn_desktop.documents.render import render
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.lending.report.incidents import incident_register
from egn_desktop.inventory.papers.acts import RECEIPT, act
from egn_desktop.inventory.papers.forms import case_of, compose
from egn_desktop.inventory.papers.keys import receipt_key
from egn_desktop.inventory.papers.offers import recent_returns
from egn_desktop.inventory.papers.report.receipt import receipt
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import Condition, DeviceKind, IncidentOutcome
from egn_desktop.services import Services

TODAY = date(2026, 11, 24)


def printed(made: Document | bytes, folder: Path) -> str:
    """Return the text of a printed document, its lines joined."""
    file = folder / "a.pdf"
    assert isinstance(made, Document)
    file.write_bytes(render(made))
    done = subprocess.run(
        ["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True
    )
    return " ".join(done.stdout.split())


@pytest.fixture
def services(dossier: Dossier) -> Services:
    """Three laptops; Inès has two of them, Awa the third."""
    made = Services.of(dossier)
    for number in (1, 2, 3):
        kit = ("chargeur", "housse")
        made.devices.add_device(
            DeviceInput(f"A-{number}", DeviceKind.LAPTOP, "HP", accessories=kit)
        )
    made.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    made.pupils.add_pupil(PupilInput("Traoré", "Awa", school_class="CE1"))
    for device_id, borrower_id in ((1, 1), (2, 1), (3, 2)):
        made.loans.lend(device_id=device_id, borrower_id=borrower_id, lent_on=date(2026, 9, 2))
    return made


def test_one_receipt_says_all_that_came_back_on_a_day(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    assert recent_returns(dossier) == []
    services.loans.return_device(
        1,
        condition=Condition.BROKEN,
        accessories=["chargeur"],
        note="Écran fendu",
        wiped=["accounts"],
    )
    services.loans.return_accessories(2, ["housse"])
    (subject,) = recent_returns(dossier)
    assert subject.key == receipt_key(1, TODAY)
    assert subject.label == "Benali Inès, 24/11/2026 (1 appareil, 1 accessoire)"
    said = printed(receipt(dossier, subject.key), tmp_path)
    for words in (
        "L’école a reçu 1 appareil et 1 accessoire à part. Il manque : housse.",
        "HP · A-1",
        "Bon état",
        "En panne ou cassé",
        "Non rendu",
        "Écran fendu",
        "comptes déconnectés",
        "n° 1, casse ou panne : ouvert aujourd’hui",
        "Accessoires rendus à part",
        "HP · A-2, chargeur : pour le",
        "Remis avec HP · A-1 : housse",
        "Rendu par",
    ):
        assert words in said, words


def test_a_receipt_of_everything_says_that_nothing_is_left(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    services.loans.return_device(3)
    said = printed(compose(case_of(dossier, act(RECEIPT), [3])), tmp_path)
    assert "Tout ce qui avait été remis est revenu." in said
    assert "Rien : au 24 novembre 2026, tout a été rendu." in said
    services.loans.return_device(1)
    with pytest.raises(UserError, match="d’une seule personne"):
        case_of(dossier, act(RECEIPT), [1, 3])


@pytest.mark.parametrize("key", ["", "1", "x:2026-11-24", "1:hier", "1:2026-11-24"])
def test_a_return_that_is_not_there_is_refused(
    dossier: Dossier, services: Services, key: str
) -> None:
    assert services is not None
    with pytest.raises(UserError):
        receipt(dossier, key)


def test_the_register_of_incidents_tells_what_is_open_and_what_it_cost(
    dossier: Dossier, services: Services, tmp_path: Path
) -> None:
    stolen = services.loans.declare_missing(1, stolen=True, note="Dans le car")
    services.incidents.change_incident(stolen, report_number="2026/0451")
    services.loans.return_device(3, condition=Condition.BROKEN, note="Prise arrachée")
    services.incidents.close_incident(2, IncidentOutcome.REPAIRED, cost_cents=8_950)
    said = printed(incident_register(dossier, ""), tmp_path)
    for words in (
        "Vol : Dans le car",
        "Plainte n° 2026/0451",
        "Benali Inès, CM2",
        "Réparé",
        "89,50",
    ):
        assert words in said, words
    assert said.index("Vol") < said.index("Réglé depuis") < said.index("Prise arrachée")
