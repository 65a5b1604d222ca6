# SPDX-License-Identifier: GPL-3.0-or-later
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from egn_desktop.dossier import Dossier
from egn_desktop.dossier.verify import first_broken_link
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.nouns import DeviceInput, PupilInput
from egn_desktop.inventory.register.terms import DeviceKind
from egn_desktop.inventory.stock.queries.photos import photo_image, photos
from egn_desktop.inventory.stock.service.photos import MOST_PHOTOS
from egn_desktop.services import Services


def shot(colour: str = "red") -> bytes:
    written = BytesIO()
    Image.new("RGB", (60, 40), colour).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def services(dossier: Dossier) -> Services:
    return Services.of(dossier)


@pytest.fixture
def laptop(services: Services) -> int:
    return services.devices.add_device(DeviceInput("YSS-0001", DeviceKind.LAPTOP, brand="HP"))


@pytest.fixture
def lent(services: Services, laptop: int) -> int:
    ines = services.pupils.add_pupil(PupilInput("Benali", "Inès", school_class="CM2"))
    return services.loans.lend(device_id=laptop, borrower_id=ines)


def test_photos_of_a_device_and_of_its_damage_are_told_apart(
    dossier: Dossier, services: Services, laptop: int, lent: int
) -> None:
    services.photos.add_photo(laptop, shot(), "  Dos, avec   l’étiquette ")
    damage = services.photos.add_photo(laptop, shot("blue"), "Charnière", loan_id=lent)
    every = photos(dossier, laptop)
    assert [row.caption for row in every] == ["Dos, avec l’étiquette", "Charnière"]
    assert {row.taken_on for row in every} == {date(2026, 11, 24)}
    (row,) = photos(dossier, laptop, loan_id=lent)
    assert (row.id, row.loan_id, row.incident_id) == (damage, lent, None)
    with Image.open(BytesIO(photo_image(dossier, damage))) as kept:
        assert (kept.format, kept.size) == ("JPEG", (60, 40))
    with pytest.raises(UserError, match="n° 99"):
        photo_image(dossier, 99)


def test_a_removed_photo_leaves_nothing_and_its_removal_can_be_undone(
    dossier: Dossier, services: Services, laptop: int
) -> None:
    made = services.photos.add_photo(laptop, shot(), "Dos")
    image = photo_image(dossier, made)
    services.photos.remove_photo(made)
    assert not photos(dossier, laptop)
    with dossier.read() as session:
        left = session.connection().exec_driver_sql("SELECT count(*) FROM photo")
        assert left.scalar() == 0
    with pytest.raises(UserError, match="Il n’y a pas de photo"):
        services.photos.remove_photo(made)
    dossier.undo_stack.undo()
    assert photo_image(dossier, made) == image
    assert photos(dossier, laptop)[0].caption == "Dos"


def test_a_caption_is_a_few_words(dossier: Dossier, services: Services, laptop: int) -> None:
    made = services.photos.add_photo(laptop, shot())
    services.photos.caption_photo(made, "Touche F4 absente")
    assert photos(dossier, laptop)[0].caption == "Touche F4 absente"
    with pytest.raises(UserError, match="trop longue"):
        services.photos.caption_photo(made, "x" * 201)
    with dossier.read() as session:
        kept = session.connection().exec_driver_sql("SELECT * FROM journal").all()
    assert "Touche" not in str(kept)


def test_what_is_no_photo_or_belongs_elsewhere_is_refused(
    dossier: Dossier, services: Services, laptop: int, lent: int
) -> None:
    other = services.devices.add_device(DeviceInput("YSS-0002", DeviceKind.TABLET))
    with pytest.raises(UserError, match="n’est pas une photo"):
        services.photos.add_photo(laptop, b"%PDF", name="facture.pdf")
    with pytest.raises(UserError, match="pas celui de ce matériel"):
        services.photos.add_photo(other, shot(), loan_id=lent)
    with pytest.raises(UserError, match="pas celui de ce matériel"):
        services.photos.add_photo(other, shot(), incident_id=7)
    with pytest.raises(UserError, match="matériel n° 99"):
        services.photos.add_photo(99, shot())
    for _ in range(MOST_PHOTOS):
        services.photos.add_photo(laptop, shot())
    with pytest.raises(UserError, match="déjà 12 photos"):
        services.photos.add_photo(laptop, shot())
    assert services.photos.add_photo(laptop, shot(), loan_id=lent)
    assert not photos(dossier, other)


def test_a_persons_erasure_takes_the_photos_of_the_loans_and_no_other(
    dossier: Dossier, services: Services, laptop: int, lent: int
) -> None:
    services.photos.add_photo(laptop, shot(), "Dos")
    damage = services.photos.add_photo(laptop, shot("blue"), "Rendu par Inès", loan_id=lent)
    services.photos.remove_photo(damage)
    services.photos.add_photo(laptop, shot("green"), "Écran fendu", loan_id=lent)
    services.loans.return_device(lent)
    services.privacy.erase_pupil(1)
    assert [row.caption for row in photos(dossier, laptop)] == ["Dos"]
    # Not even what was removed before is kept for an undo.
    assert dossier.undo_stack.last is None
    with pytest.raises(UserError, match="ont été effacées"):
        services.photos.add_photo(laptop, shot(), loan_id=lent)
    assert first_broken_link(dossier) is None
