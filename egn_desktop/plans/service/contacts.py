# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom to call in a crisis."""

from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from egn_desktop.changes import Changed
from egn_desktop.errors import UserError
from egn_desktop.plans.model import CrisisContact
from egn_desktop.plans.service.part import Part

CHANGEABLE: Final = ("role", "name", "deputy", "phone", "deputy_phone", "called_by", "checked_on")


class ContactList(Part):
    """The crisis cell and its partners."""

    def add_contact(
        self,
        *,
        role: str,
        name: str = "",
        phone: str = "",
        deputy: str = "",
        deputy_phone: str = "",
        called_by: str = "",
        checked_on: date | None = None,
    ) -> int:
        """Add somebody to call and return the contact's id.

        Args:
            role: id of one of the content's roles, or free words.
            called_by: who calls this person in the phone tree; empty: whoever leads the cell.
            checked_on: the day the numbers were last tried.

        Raises:
            UserError: there is neither a name nor a number, or no role.
        """
        if not role.strip():
            raise UserError("Un contact a besoin d’un rôle.", todo="Dites pour quoi on l’appelle.")
        if not (name.strip() or phone.strip()):
            raise UserError("Indiquez un nom ou un numéro de téléphone.")
        with self._dossier.write(
            Changed.PLAN, undo=f"ajout du contact « {(name or role).strip()} »"
        ) as session:
            contact = CrisisContact(
                role=role.strip(),
                name=name.strip(),
                deputy=deputy.strip(),
                phone=phone.strip(),
                deputy_phone=deputy_phone.strip(),
                called_by=called_by.strip(),
                checked_on=checked_on,
            )
            session.add(contact)
            session.flush()
            return contact.id

    def change_contact(self, contact_id: int, **fields: Any) -> None:
        """Change some of ``CHANGEABLE``.

        Raises:
            UserError: there is no such contact.
        """
        unknown = set(fields) - set(CHANGEABLE)
        if unknown:
            raise TypeError(f"not fields of a contact: {sorted(unknown)}")
        with self._dossier.write(Changed.PLAN, undo="modification d’un contact") as session:
            contact = _find(session, contact_id)
            for name, value in fields.items():
                setattr(contact, name, value.strip() if isinstance(value, str) else value)

    def check_contact(self, contact_id: int) -> None:
        """Note that a contact's numbers were tried today and are right."""
        self.change_contact(contact_id, checked_on=self._dossier.today())

    def remove_contact(self, contact_id: int) -> None:
        """Take a contact off the list: nothing of the person stays, but in the adopted plans.

        Undoing it brings the contact back for as long as the dossier stays open.
        """
        with self._dossier.write(Changed.PLAN, undo="retrait d’un contact") as session:
            contact = _find(session, contact_id)
            self._dossier.name_act(f"retrait du contact « {contact.name or contact.role} »")
            session.delete(contact)
            earlier = CrisisContact.deleted_at.is_not(None)
            for row in session.scalars(select(CrisisContact).where(earlier)):
                session.delete(row)


def _find(session: Session, contact_id: int) -> CrisisContact:
    contact = session.get(CrisisContact, contact_id)
    if contact is None:
        raise UserError(f"Il n’y a pas de contact n° {contact_id} dans ce dossier.")
    return contact
