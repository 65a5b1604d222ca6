# SPDX-License-Identifier: GPL-3.0-or-later
"""Papers that some families signed on screen: a hand that nobody has, always the same."""

import math
from random import Random

from egn_desktop.documents.blocks import Drawing
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers.acts import AGREEMENT, RECEIPT, act
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.papers.forms import case_of
from egn_desktop.inventory.register.nouns import PupilInput
from egn_desktop.services import Services

_ASPECT = 3.0


def sign_agreement(dossier: Dossier, services: Services, loan: int, who: PupilInput) -> None:
    """Have the agreement of a loan signed by the pupil's first representative and the head."""
    _sign(dossier, services, AGREEMENT, loan, who)


def sign_receipt(dossier: Dossier, services: Services, loan: int, who: PupilInput) -> None:
    """Have the receipt of what came back signed by both."""
    _sign(dossier, services, RECEIPT, loan, who)


def _sign(dossier: Dossier, services: Services, document: str, loan: int, who: PupilInput) -> None:
    first, *_, last = case_of(dossier, act(document), [loan]).signers
    adult = who.guardians[0]
    names = {first.role: f"{adult.first_name} {adult.last_name}", last.role: last.name}
    services.papers.sign(
        document_id=document,
        loan_ids=[loan],
        signatures=[Signature(role, name, handwriting(name)) for role, name in names.items()],
    )


def handwriting(name: str) -> Drawing:
    """Return some loops that look signed, the same for the same name."""
    chance = Random(name)  # noqa: S311
    letters = [(chance.uniform(0.15, 0.4), chance.uniform(0.7, 1.3)) for _ in name[:9]]
    x, stroke = 0.08, [(0.08, 0.62)]
    for height, wide in letters:
        for step in range(1, 13):
            turn = 2 * math.pi * step / 12
            across = x + 0.08 * wide * step / 12 + 0.022 * math.sin(turn)
            stroke.append((across, 0.62 - height * (1 - math.cos(turn)) / 2))
        x += 0.08 * wide
    flourish = [(0.1 + at / 40 * 0.7, 0.8 - 0.1 * math.sin(at / 9)) for at in range(40)]
    return Drawing((tuple(stroke), tuple(flourish)), _ASPECT)
