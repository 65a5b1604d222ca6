# SPDX-License-Identifier: GPL-3.0-or-later
"""What no font of ours can write: plain letters where there are some, else told with its place."""

from pathlib import Path

import pytest

from egn_desktop import exports
from egn_desktop.documents.blocks import Document, Facts, Paragraph
from egn_desktop.documents.render import rendered
from egn_desktop.documents.text import fonts
from egn_desktop.documents.text.styles import REGULAR
from egn_desktop.documents.unwritten import MOST_TEXTS, UnwrittenError, unwritten_words
from egn_desktop.dossier import Dossier
from egn_desktop.inventory.papers.acts import AGREEMENT
from egn_desktop.inventory.papers.case import Signature
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.services import Services

NAME = "王 Wei"


@pytest.mark.parametrize(
    ("typed", "shown"), [("eﬃcace", "efficace"), ("㎡", "m2"), ("Ａnna", "Anna")]
)
def test_a_sign_that_stands_for_plain_letters_prints_as_these(typed: str, shown: str) -> None:
    assert fonts.printable(typed, REGULAR) == shown


def test_what_cannot_be_written_is_told_with_the_text_it_stands_in() -> None:
    blocks = [
        Facts([("Emprunteur", NAME)]),
        Paragraph("Une case ☐ et □, 🙂 et தமிழ்"),
        Paragraph("É"),
    ]
    printed = rendered(Document("Titre", "École", "24 novembre 2026", blocks))
    assert printed.unwritten == (NAME, "Une case ☐ et □, 🙂 et தமிழ்")
    assert rendered(Document("Titre", "É", "", [Paragraph("Une case ☐")])).unwritten == ()


def test_many_are_counted() -> None:
    words = unwritten_words([f"{number} 王" for number in range(MOST_TEXTS + 3)])
    assert words.count("王") == MOST_TEXTS
    assert "et 3 autres textes" in words
    assert not unwritten_words([])


@pytest.fixture
def lent(dossier: Dossier) -> Services:
    services = Services.of(dossier)
    pupil = services.pupils.add_pupil(PupilInput("王", "Wei"))
    device = services.devices.add_device(DeviceInput("PC-1", DeviceKind.LAPTOP))
    services.loans.lend(device_id=device, borrower_id=pupil)
    return services


def test_an_agreement_is_not_signed_with_a_name_that_it_does_not_show(lent: Services) -> None:
    asked = {
        "document_id": AGREEMENT,
        "loan_ids": [1],
        "signatures": [Signature("Le représentant légal", "Li")],
    }
    with pytest.raises(UnwrittenError, match="王"):
        lent.papers.sign(**asked)
    assert lent.papers.sign(**asked, with_marks=True)


def test_the_file_is_written_and_what_it_lacks_is_returned(lent: Services, tmp_path: Path) -> None:
    target = tmp_path / "convention.pdf"
    texts = exports.export_one(lent.dossier, "convention-de-pret", None, target)
    assert target.stat().st_size
    assert any("王" in text for text in texts)
    assert not any("□" in text for text in texts)
