# SPDX-License-Identifier: GPL-3.0-or-later
"""Print any offered document to a file: what the window and the command line share."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from egn_desktop import features
from egn_desktop.documents.offers import Offer, Subject
from egn_desktop.dossier import Dossier
from egn_desktop.dossier.secret_notes import note_sheet_printed
from egn_desktop.errors import UserError
from egn_desktop.exchange.spreadsheets import write_file

if TYPE_CHECKING:
    from egn_desktop.documents.offers import Compose
    from egn_desktop.documents.render import Rendered
    from egn_desktop.inventory.stock.labels import LabelWish

RECOVERY_SHEET = "fiche-de-secours"

MOST_NAMED = 20
"""How many subjects a refusal names: a lycée has thousands of loans."""


def available() -> Sequence[Offer]:
    """Return every document that the features offer, in the order of the rail and of its table."""
    return [offer for feature in features.FEATURES for offer in offers_of(feature)]


def offers_of(feature: features.Feature) -> Sequence[Offer]:
    """Return the documents that a feature offers, in the order of its tables."""
    return [offer for table in feature.offers for offer in features.resolve(table)]


def offer_of(document_id: str) -> Offer:
    """Return the offer of that id.

    Raises:
        UserError: there is none; the message lists those there are.
    """
    for offer in available():
        if offer.id == document_id:
            return offer
    known = ", ".join(offer.id for offer in available())
    raise UserError(f"Le document « {document_id} » n’existe pas.", todo=f"Au choix : {known}.")


def pdf_bytes(dossier: Dossier, document_id: str, key: str | None = None) -> bytes:
    """Return a document as PDF bytes.

    Args:
        key: the subject's key; may be left out when there is only one.

    Raises:
        UserError: no such document, nothing to print yet, or no such subject.
    """
    return printed(dossier, document_id, key).pdf


def printed(dossier: Dossier, document_id: str, key: str | None = None) -> "Rendered":
    """Return a document as PDF, with the texts that could not be written whole.

    See ``pdf_bytes`` for what can be refused.
    """
    offer = offer_of(document_id)
    return _printed(offer, dossier, subject_of(offer, dossier, key))


def export_one(
    dossier: Dossier, document_id: str, key: str | None, target: Path
) -> tuple[str, ...]:
    """Write a document to ``target``, and return the texts that could not be written whole.

    See ``pdf_bytes`` for what can be refused.
    """
    rendered = printed(dossier, document_id, key)
    write_printed(dossier, document_id, rendered, target)
    return rendered.unwritten


def write_printed(dossier: Dossier, document_id: str, rendered: "Rendered", target: Path) -> None:
    """Write what ``printed`` returned to ``target``.

    Raises:
        UserError: the file cannot be written.
    """
    write_file(target, rendered.pdf)
    if document_id == RECOVERY_SHEET:
        note_sheet_printed(dossier)


def export_personal_data(dossier: Dossier, borrower_id: int, target: Path) -> None:
    """Write a borrower's data as json to ``target``.

    Raises:
        UserError: nobody of that id, or the file cannot be written.
    """
    from egn_desktop.inventory.privacy.personal_json import personal_json

    write_file(target, personal_json(dossier, borrower_id).encode())


def export_labels(dossier: Dossier, wish: "LabelWish", target: Path) -> None:
    """Write the labels asked for to ``target``.

    Raises:
        UserError: there is nothing to print, or the file cannot be written.
    """
    from egn_desktop.inventory.stock.report import labels

    write_file(target, labels(dossier, wish))


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written, and the texts in it that could not be written whole."""

    path: Path
    unwritten: tuple[str, ...]


def export_all(dossier: Dossier, folder: Path) -> Iterator[Exported]:
    """Write every document, for every subject, into ``folder``, yielding each file.

    Raises:
        UserError: the folder cannot be written.
    """
    for offer in available():
        for subject in printed_together(offer, dossier):
            target = folder / file_name(offer, subject)
            rendered = _printed(offer, dossier, subject)
            write_file(target, rendered.pdf)
            yield Exported(target, rendered.unwritten)


def printed_together(offer: Offer, dossier: Dossier) -> Sequence[Subject]:
    """Return what of a document is printed when all documents are."""
    if not offer.together:
        return ()
    subjects = offer.subjects(dossier)
    return subjects[:1] if offer.first_holds_all else subjects


def file_name(offer: Offer, subject: Subject) -> str:
    """Return the proposed name of a document's file: plain letters, so that any disk takes it."""
    key, label = _slug(subject.key), _slug(subject.label)
    if label == key or label.startswith(f"{key}-"):
        key = ""
    parts = (offer.id, key, label)
    return f"{'-'.join(filter(None, parts))[:110]}.pdf"


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def subject_of(offer: Offer, dossier: Dossier, key: str | None) -> Subject:
    """Return what a document is printed for; the key may be left out when there is only one.

    Raises:
        UserError: nothing to print yet, or no such subject.
    """
    if key and offer.find and (found := offer.find(dossier, key)):
        return found
    subjects = offer.subjects(dossier)
    if not subjects:
        raise UserError(
            f"« {offer.title} » n’est pas encore disponible.",
            kept="Aucun fichier n’a été créé.",
            todo=offer.missing,
        )
    if key is None and len(subjects) == 1:
        return subjects[0]
    for subject in subjects:
        if subject.key == (key or ""):
            return subject
    shown = [f"{subject.key} ({subject.label})" for subject in subjects[:MOST_NAMED]]
    left = len(subjects) - len(shown)
    known = ", ".join(shown) + (f" et {left} autres" if left else "")
    raise UserError(
        f"Indiquez pour quel sujet imprimer « {offer.title} ».",
        kept="Aucun fichier n’a été créé.",
        todo=f"Au choix : {known}.",
    )


def _printed(offer: Offer, dossier: Dossier, subject: Subject) -> "Rendered":
    compose: Compose = features.resolve(offer.maker)
    composed = compose(dossier, subject.key)
    from egn_desktop.documents.render import Rendered, rendered

    return Rendered(composed) if isinstance(composed, bytes) else rendered(composed)
