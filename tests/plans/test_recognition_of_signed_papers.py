# SPDX-License-Identifier: GPL-3.0-or-later
"""An agreement signed on screen is recognised; a copy that was changed is not."""

import pytest

from egn_desktop.documents.blocks import Drawing
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers import AGREEMENT, Signature
from egn_desktop.inventory.queries.papers import paper_pdf
from egn_desktop.inventory.rules import DeviceInput, PupilInput
from egn_desktop.inventory.service import InventoryService
from egn_desktop.inventory.terms import DeviceKind
from egn_desktop.plans.recognition import recognised

HAND = Drawing([[(0.1, 0.2), (0.8, 0.7), (0.3, 0.9)]])


@pytest.fixture
def service(dossier: Dossier) -> InventoryService:
    made = InventoryService(dossier)
    pupil = made.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    device = made.add_device(DeviceInput("YSS-0001", DeviceKind.LAPTOP))
    made.lend(device_id=device, borrower_id=pupil)
    return made


def sign(service: InventoryService) -> int:
    signature = Signature("Le représentant légal", "Nadia Benali", HAND)
    return service.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[signature])


def test_a_signed_paper_says_who_signed_and_when(
    dossier: Dossier, service: InventoryService
) -> None:
    pdf = paper_pdf(dossier, sign(service))
    found = recognised(pdf, "convention.pdf", dossier)
    assert found.is_good
    assert found.headline == (
        "Convention de prêt : Benali Inès, document signé à l’écran le 24/11/2026 par Nadia Benali."
    )
    assert recognised(pdf, "convention.pdf").is_good, "its seal is intact without the dossier too"


def test_a_changed_copy_is_told_apart(dossier: Dossier, service: InventoryService) -> None:
    pdf = bytearray(paper_pdf(dossier, sign(service)))
    pdf[len(pdf) // 2] ^= 1
    assert recognised(bytes(pdf), "convention.pdf", dossier).tone == "bad"


def test_a_withdrawn_paper_is_known_but_worth_nothing(
    dossier: Dossier, service: InventoryService
) -> None:
    paper_id = sign(service)
    pdf = paper_pdf(dossier, paper_id)
    service.withdraw_paper(paper_id)
    found = recognised(pdf, "convention.pdf", dossier)
    assert not found.is_good
    assert "puis retiré le 24/11/2026" in found.headline
