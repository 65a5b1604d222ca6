# SPDX-License-Identifier: GPL-3.0-or-later
"""An agreement signed on screen is recognised; a copy that was changed is not."""

import pytest

from egn_desktop.documents.blocks import Drawing
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.papers.queries import paper_pdf
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.plans.recognition import recognised
from egn_desktop.services import Services

HAND = Drawing([[(0.1, 0.2), (0.8, 0.7), (0.3, 0.9)]])


@pytest.fixture
def services(dossier: Dossier) -> Services:
    made = Services.of(dossier)
    pupil = made.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    device = made.devices.add_device(DeviceInput("YSS-0001", DeviceKind.LAPTOP))
    made.loans.lend(device_id=device, borrower_id=pupil)
    return made


def sign(services: Services) -> int:
    signature = Signature("Le représentant légal", "Nadia Benali", HAND)
    return services.papers.sign(document_id=AGREEMENT, loan_ids=[1], signatures=[signature])


def test_a_signed_paper_says_who_signed_and_when(dossier: Dossier, services: Services) -> None:
    pdf = paper_pdf(dossier, sign(services))
    found = recognised(pdf, "convention.pdf", dossier)
    assert found.is_good
    assert found.headline == (
        "Convention de prêt : Benali Inès, document signé à l’écran le 24/11/2026 par Nadia Benali."
    )
    assert recognised(pdf, "convention.pdf").is_good, "its seal is intact without the dossier too"


def test_a_changed_copy_is_told_apart(dossier: Dossier, services: Services) -> None:
    pdf = bytearray(paper_pdf(dossier, sign(services)))
    pdf[len(pdf) // 2] ^= 1
    assert recognised(bytes(pdf), "convention.pdf", dossier).tone == "bad"


def test_a_withdrawn_paper_is_known_but_worth_nothing(dossier: Dossier, services: Services) -> None:
    paper_id = sign(services)
    pdf = paper_pdf(dossier, paper_id)
    services.papers.withdraw_paper(paper_id)
    found = recognised(pdf, "convention.pdf", dossier)
    assert not found.is_good
    assert "puis retiré le 24/11/2026" in found.headline
