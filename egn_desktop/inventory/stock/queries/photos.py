# SPDX-License-Identifier: GPL-3.0-or-later
"""Photos of devices and of their damage, as screens and documents read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.inventory.register.model import Photo


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo without its picture.

    Attributes:
        loan_id: the loan during which what it shows happened, or None.
        incident_id: the incident that it shows, or None.
    """

    id: int
    device_id: int
    loan_id: int | None
    incident_id: int | None
    taken_on: date
    caption: str


def photo_rows() -> Any:
    """Return the selection of photos, oldest first, to be narrowed: the fields of ``PhotoRow``."""
    return select(
        Photo.id,
        Photo.device_id,
        Photo.loan_id,
        Photo.incident_id,
        Photo.taken_on,
        Photo.caption,
    ).order_by(Photo.taken_on, Photo.id)


def photos(
    dossier: Dossier,
    device_id: int,
    *,
    loan_id: int | None = None,
    incident_id: int | None = None,
) -> Sequence[PhotoRow]:
    """Return the photos of a device, oldest first; those of a loan or of an incident alone."""
    wanted = photo_rows().where(Photo.device_id == device_id)
    if loan_id is not None:
        wanted = wanted.where(Photo.loan_id == loan_id)
    if incident_id is not None:
        wanted = wanted.where(Photo.incident_id == incident_id)
    return [PhotoRow(*row) for row in dossier.rows(wanted)]


def photo_image(dossier: Dossier, photo_id: int) -> bytes:
    """Return the picture of one photo: a JPEG file.

    Raises:
        UserError: there is no such photo.
    """
    found = dossier.rows(select(Photo.image).where(Photo.id == photo_id))
    if not found:
        raise UserError(f"Il n’y a pas de photo n° {photo_id} dans ce dossier.")
    return found[0].image
