# SPDX-License-Identifier: GPL-3.0-or-later
"""Photos of devices and of their damage: kept small, told apart, removed."""

import hashlib
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.finding import describe_device, find_device, find_loan
from egn_desktop.inventory.register.model import Borrower, Incident, Photo

MOST_PHOTOS: Final = 12
"""Of one device, outside its loans and incidents; of one loan; of one incident."""
LONGEST_CAPTION: Final = 200


class PhotoService:
    """Use cases of photos."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier

    def add_photo(
        self,
        device_id: int,
        image: bytes,
        caption: str = "",
        *,
        loan_id: int | None = None,
        incident_id: int | None = None,
        name: str = "",
    ) -> int:
        """Keep a photo of a device and return its id; its place and camera are left behind.

        Args:
            image: a JPEG, PNG or WebP file.
            loan_id: the loan during which what it shows happened.
            incident_id: the incident that it shows.
            name: the file's, to say which one is refused.

        Raises:
            UserError: it cannot be read, there are enough, or what it belongs to is not there.
        """
        from egn_desktop.documents import images

        # Before the write: nobody waits for a picture to be made small.
        picture = images.photo(image, name)
        with self._dossier.write(Changed.DEVICES, undo="ajout d’une photo") as session:
            photo = Photo(
                device_id=device_id,
                loan_id=loan_id,
                incident_id=incident_id,
                taken_on=self._dossier.today(),
                caption=_caption(caption),
                image=picture.content,
                created_at=self._dossier.now(),
            )
            _check(session, photo)
            session.add(photo)
            session.flush()
            # Neither picture nor caption: the journal never forgets, and they may show somebody.
            after = {"photo": photo.id, "sha256": hashlib.sha256(photo.image).hexdigest()}
            self._dossier.record("photo.added", _subject(photo), after=after)
            return photo.id

    def remove_photo(self, photo_id: int) -> None:
        """Take a photo out of the dossier.

        Raises:
            UserError: there is no such photo.
        """
        with self._dossier.write(Changed.DEVICES, undo="retrait d’une photo") as session:
            photo = _find(session, photo_id)
            session.delete(photo)
            self._dossier.record("photo.removed", _subject(photo), before={"photo": photo_id})

    def caption_photo(self, photo_id: int, caption: str) -> None:
        """Say in a few words what a photo shows.

        Raises:
            UserError: there is no such photo, or the words are too many.
        """
        kept = _caption(caption)
        with self._dossier.write(Changed.DEVICES, undo="légende de la photo") as session:
            _find(session, photo_id).caption = kept


def _check(session: Session, wanted: Photo) -> None:
    kept = "La photo n’a pas été ajoutée."
    device = find_device(session, wanted.device_id)
    loan_id = wanted.loan_id
    if wanted.incident_id is not None:
        incident = session.get(Incident, wanted.incident_id)
        if incident is None or incident.device_id != device.id:
            raise UserError("Cet incident n’est pas celui de ce matériel.", kept=kept)
        loan_id = loan_id or incident.loan_id
    if loan_id is not None:
        loan = find_loan(session, loan_id)
        if loan.device_id != device.id:
            raise UserError("Ce prêt n’est pas celui de ce matériel.", kept=kept)
        if session.get_one(Borrower, loan.borrower_id).erased_at is not None:
            raise UserError(
                "Les données de la personne à qui ce matériel était prêté ont été effacées.",
                kept=kept,
            )
    there = session.scalar(
        select(func.count())
        .select_from(Photo)
        .where(
            Photo.device_id == wanted.device_id,
            Photo.loan_id.is_not_distinct_from(wanted.loan_id),
            Photo.incident_id.is_not_distinct_from(wanted.incident_id),
        )
    )
    if (there or 0) >= MOST_PHOTOS:
        raise UserError(
            f"{describe_device(device)} a déjà {MOST_PHOTOS} photos.",
            kept=kept,
            todo="Retirez celles qui ne servent plus.",
        )


def _caption(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST_CAPTION:
        raise UserError(
            f"La légende est trop longue ({LONGEST_CAPTION} caractères au plus).",
            kept="La légende n’a pas changé.",
        )
    return words


def _find(session: Session, photo_id: int) -> Photo:
    photo = session.get(Photo, photo_id)
    if photo is None:
        raise UserError(f"Il n’y a pas de photo n° {photo_id} dans ce dossier.")
    return photo


def _subject(photo: Photo) -> str:
    """Return what the journal calls what a photo belongs to, erased with it."""
    if photo.incident_id is not None:
        return f"incident:{photo.incident_id}"
    return f"loan:{photo.loan_id}" if photo.loan_id is not None else f"device:{photo.device_id}"
