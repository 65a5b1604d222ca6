# SPDX-License-Identifier: GPL-3.0-or-later
"""People who work at the school: add, change, take out, put back, erase for good."""

from typing import Any, Final

from egn_desktop.changes import Changed
from egn_desktop.dossier.compaction import compact
from egn_desktop.errors import UserError
from egn_desktop.inventory import rules
from egn_desktop.inventory.model import Staff
from egn_desktop.inventory.rules import StaffInput
from egn_desktop.inventory.service.base import (
    UseCases,
    check_holds_nothing,
    find_staff,
    index_staff,
)
from egn_desktop.inventory.service.erasure import erase_person

CHANGEABLE: Final = ("last_name", "first_name", "duty", "email", "phone")


class StaffUseCases(UseCases):
    """Use cases of the staff."""

    def add_staff(self, member: StaffInput) -> int:
        """Add somebody who works at the school and return the id.

        Raises:
            UserError: a name is missing or the e-mail address is wrong.
        """
        fields = {name: getattr(member, name).strip() for name in CHANGEABLE}
        _check(fields)
        with self._dossier.write(Changed.STAFF) as session:
            kept = Staff(**fields, created_at=self._dossier.now())
            index_staff(kept)
            session.add(kept)
            session.flush()
            self._record("staff.added", f"staff:{kept.id}", after=fields)
            return kept.id

    def change_staff(self, staff_id: int, **fields: str) -> None:
        """Change some of somebody's fields: those of ``CHANGEABLE``.

        Raises:
            UserError: a name would be missing, the address is wrong, or there is no such person.
        """
        unknown = fields.keys() - set(CHANGEABLE)
        if unknown:
            raise TypeError(f"unknown fields: {sorted(unknown)}")
        with self._dossier.write(Changed.STAFF) as session:
            member = find_staff(session, staff_id)
            after = {name: value.strip() for name, value in fields.items()}
            _check(_fields(member) | after)
            before = {name: getattr(member, name) for name in fields}
            if before == after:
                return
            for name, value in after.items():
                setattr(member, name, value)
            index_staff(member)
            self._record("staff.changed", f"staff:{staff_id}", before=before, after=after)

    def remove_staff(self, staff_id: int) -> None:
        """Take somebody out of the lists; ``restore_staff`` undoes it.

        Raises:
            UserError: he or she still has a device.
        """
        with self._dossier.write(Changed.STAFF) as session:
            member = find_staff(session, staff_id)
            check_holds_nothing(session, member, "être retiré de la liste")
            member.deleted_at = self._dossier.now()
            self._record("staff.removed", f"staff:{staff_id}")

    def restore_staff(self, staff_id: int) -> None:
        """Put somebody who was removed back.

        Raises:
            UserError: the person was erased for good.
        """
        with self._dossier.write(Changed.STAFF) as session:
            member = find_staff(session, staff_id)
            if member.erased_at is not None:
                raise UserError("Cette personne a été effacée définitivement.")
            member.deleted_at = None
            self._record("staff.restored", f"staff:{staff_id}")

    def erase_staff(self, staff_id: int) -> None:
        """Erase somebody for good (RGPD, article 17), as ``erase_pupil`` does.

        Raises:
            UserError: he or she still has a device.
        """
        with self._dossier.write(Changed.STAFF, Changed.LOANS) as session:
            check_holds_nothing(session, find_staff(session, staff_id), "être effacé")
            erase_person(self._dossier, session, staff_id)
            self._record("staff.erased", f"staff:{staff_id}")
        compact(self._dossier)


def _check(fields: dict[str, Any]) -> None:
    problem = rules.staff_problem(StaffInput(**fields))
    if problem:
        raise UserError(problem)


def _fields(member: Staff) -> dict[str, Any]:
    return {name: getattr(member, name) for name in CHANGEABLE}
