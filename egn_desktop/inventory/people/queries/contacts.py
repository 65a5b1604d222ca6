# SPDX-License-Identifier: GPL-3.0-or-later
"""Whom to write to about a loan: a pupil's legal representatives, or the borrower in person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from egn_desktop.dossier import Dossier
from egn_desktop.inventory.people.queries.pupils import GuardianRow, guardians_of
from egn_desktop.inventory.register.loans import LoanRow
from egn_desktop.inventory.register.model import Staff
from egn_desktop.inventory.register.terms import BorrowerKind


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom a letter about a loan goes to.

    Attributes:
        name: the first legal representative, or those of the pupil when none is known; a member
            of the staff in person.
        address: where the letter goes; for the staff, what tells the person at school.
        emails: of all representatives, or the person's own.
    """

    name: str
    address: str
    emails: tuple[str, ...]
    phones: tuple[str, ...]


def contacts(dossier: Dossier, loans: Iterable[LoanRow]) -> Mapping[int, Contact]:
    """Return whom to write to about each of these loans, by borrower."""
    rows = {row.borrower_id: row for row in loans}
    staff = [id_ for id_, row in rows.items() if row.borrower_kind is BorrowerKind.STAFF]
    guardians = guardians_of(dossier, rows.keys() - set(staff))
    families = {
        id_: _family(guardians[id_], row.borrower_name)
        for id_, row in rows.items()
        if row.borrower_kind is BorrowerKind.PUPIL
    }
    return {**families, **_staff(dossier, staff)}


def _family(known: Sequence[GuardianRow], pupil: str) -> Contact:
    return Contact(
        name=known[0].name if known else f"Aux responsables légaux de {pupil}",
        address=known[0].address if known else "",
        emails=tuple(person.email for person in known if person.email),
        phones=tuple(person.phone for person in known if person.phone),
    )


def _staff(dossier: Dossier, ids: Sequence[int]) -> Mapping[int, Contact]:
    wanted = select(
        Staff.id, Staff.first_name, Staff.last_name, Staff.duty, Staff.email, Staff.phone
    ).where(Staff.id.in_(ids))
    return {
        row.id: Contact(
            name=f"{row.first_name} {row.last_name}".strip(),
            address=row.duty,
            emails=tuple(filter(None, (row.email,))),
            phones=tuple(filter(None, (row.phone,))),
        )
        for row in dossier.rows(wanted)
    }
