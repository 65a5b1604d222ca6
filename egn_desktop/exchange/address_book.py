# SPDX-License-Identifier: GPL-3.0-or-later
"""The crisis directory for a phone's address book, as vCard 3.0: what all of them read.

Numbers stay as they were written, but for the spaces: an international prefix would be a guess, as
an overseas number looks like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from egn_desktop import french
from egn_desktop.dossier import Dossier
from egn_desktop.errors import UserError
from egn_desktop.exchange.content_lines import as_bytes, escaped, identifier
from egn_desktop.exchange.spreadsheets import write_file
from egn_desktop.plans.queries import contacts
from egn_desktop.plans.snapshot import ContactPart
from egn_desktop.school.queries import identity

_NUMBER = re.compile(r"\+?[\d .\-\u00a0\u202f]+")
_APART = re.compile(r"[^\d+]")


@dataclass(frozen=True, slots=True)
class Card:
    """One person with a number to call."""

    what: str
    name: str
    role: str
    phone: str
    note: str


@dataclass(frozen=True, slots=True)
class Written:
    """How many cards were written, and how many people had no number."""

    cards: int
    without_number: int

    @property
    def told(self) -> str:
        """What was written, in French."""
        words = french.count(self.cards, "contact")
        if self.without_number:
            left = french.count(self.without_number, "autre", "autres")
            words += f" ; {left} sans numéro, laissé de côté"
        return words


def write_contacts(dossier: Dossier, path: Path) -> Written:
    """Write who is called in a crisis, and who stands in for them, as vCard.

    Raises:
        UserError: nobody has a number, or the file cannot be written.
    """
    everybody = [card for contact in contacts(dossier) for card in _cards(contact)]
    found = [card for card in everybody if card.phone]
    if not found:
        raise UserError(
            "L’annuaire de crise ne contient aucun numéro.",
            kept="Aucun fichier n’a été écrit.",
            todo="Notez les numéros dans le plan de continuité, onglet Cellule.",
        )
    write_file(path, as_bytes([line for card in found for line in _lines(dossier, card)]))
    return Written(len(found), len(everybody) - len(found))


def _cards(contact: ContactPart) -> Iterator[Card]:
    called = f"Appelé par : {contact.called_by}" if contact.called_by else ""
    note = "\n".join(filter(None, (contact.duty, called)))
    if contact.name or contact.phone:
        name = contact.name or contact.role
        yield Card(f"contact:{contact.id}", name, contact.role, contact.phone, note)
    if contact.deputy or contact.deputy_phone:
        role = f"{contact.role}, suppléance"
        name = contact.deputy or role
        yield Card(f"deputy:{contact.id}", name, role, contact.deputy_phone, note)


def _lines(dossier: Dossier, card: Card) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:3.0"
    yield "PRODID:-//EGN Desktop//Annuaire de crise//FR"
    yield f"UID:{identifier(dossier, card.what)}"
    yield f"REV:{dossier.now().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
    # Which word is the family name, nobody has said: all of them stand where phones sort by.
    yield f"N:{escaped(card.name)};;;;"
    yield f"FN:{escaped(card.name)}"
    yield f"ORG:{escaped(identity(dossier).name or 'EGN Desktop')};Cellule de crise"
    yield f"TITLE:{escaped(card.role)}"
    yield f"TEL;TYPE=WORK,VOICE:{escaped(_number(card.phone))}"
    if card.note:
        yield f"NOTE:{escaped(card.note)}"
    yield "END:VCARD"


def _number(text: str) -> str:
    """Return a number without what stands between its figures; what is more than one, as it is."""
    return _APART.sub("", text) if _NUMBER.fullmatch(text) else text
